package snapshot

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/presets"
)

// With one beacon node its word would be taken; on a public network it need not be.
func TestOnAPublicNetworkTheRulesOfExitsAreKnown(t *testing.T) {
	honest := beacon.NodeSpec{Endpoint: "http://honest", Values: presets.ExitParameters()}
	for key := range presets.ExitParameters() {
		lying := beacon.NodeSpec{Endpoint: "http://liar", Values: maps.Clone(honest.Values)}
		lying.Values[key] = "5"
		for _, fork := range []state.Fork{state.Fulu, state.Gloas} {
			want, err := exitRules([]beacon.NodeSpec{honest}, fork, presets.ExitParameters())
			require.NoError(t, err)
			own, err := exitRules([]beacon.NodeSpec{lying}, fork, nil)
			require.NoError(t, err, "a network of one's own may have any")
			if own == want {
				continue // the fork has no use for it
			}
			_, err = exitRules([]beacon.NodeSpec{lying}, fork, presets.ExitParameters())
			require.ErrorIs(t, err, ErrContradiction, "%s, %s", key, fork)
			require.ErrorContains(t, err, key+" is 5")
			require.ErrorContains(t, err, "http://liar")
			got, err := exitRules([]beacon.NodeSpec{lying, honest}, fork, presets.ExitParameters())
			require.NoError(t, err, "another node is used")
			require.Equal(t, want, got)
		}
	}
}
