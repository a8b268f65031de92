package secondopinion_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// States that vectors.mjs wrote: empty lists, lists of one element, and of one more than fills three subtrees.
func TestStatesKeptFromTheClientAreReadAsItWroteThem(t *testing.T) {
	var kept struct {
		Spec   map[string]string
		States []struct {
			made
			File string
		}
	}
	text, err := os.ReadFile("testdata/states.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &kept))
	spec, err := state.ParseSpec(kept.Spec)
	require.NoError(t, err)
	forks := make(map[string]int)
	for _, s := range kept.States {
		data, err := os.ReadFile(filepath.Join("testdata", s.File))
		require.NoError(t, err)
		require.Len(t, data, s.Bytes)
		requireFound(t, spec, s.made, data)
		forks[s.Fork]++
	}
	require.Equal(t, map[string]int{"fulu": 1, "gloas": 3}, forks)
}
