package presets

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNetworksAreFoundByChainAndName(t *testing.T) {
	for _, n := range All() {
		byID, ok := ByChainID(n.ChainID)
		require.True(t, ok)
		require.Equal(t, n, byID)
		byName, ok := ByName(n.Name)
		require.True(t, ok)
		require.Equal(t, n, byName)
	}
	_, ok := ByChainID(1337)
	require.False(t, ok, "a local network")
	_, ok = ByName("holesky")
	require.False(t, ok)
}

func TestForksAreInOrderAndDiffer(t *testing.T) {
	for _, n := range All() {
		require.Equal(t, "GENESIS", n.Forks[0].Name)
		require.True(t, slices.IsSortedFunc(n.Forks, func(a, b Fork) int { return int(a.Epoch) - int(b.Epoch) }), n.Name)
		seen := make(map[[4]byte]bool)
		for _, f := range n.Forks {
			require.False(t, seen[f.Version], "%s %s", n.Name, f.Name)
			seen[f.Version] = true
		}
		require.NotZero(t, n.GenesisValidatorsRoot)
		require.NotZero(t, n.DepositContract)
	}
}
