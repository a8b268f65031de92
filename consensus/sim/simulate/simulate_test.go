package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestACertificateComesAtMostTwoDelaysAfterTheLastNeededObservationWithoutATimer(t *testing.T) {
	for _, n := range []int{1, 2, 3, 4, 7, 16} {
		w, err := newNetwork(n)
		require.NoError(t, err)
		_, err = w.round(0)
		require.NoError(t, err)
		last, err := w.round(0)
		require.NoError(t, err)
		first := w.certified[0]
		for _, at := range w.certified {
			require.NotZero(t, at, "every member of %d is certified", n)
			first = min(first, at)
		}
		require.LessOrEqual(t, int64(first-last), int64(2*messageDelay), "n = %d", n)
	}
}

func TestMemoryDoesNotGrowWithTheRounds(t *testing.T) {
	w, err := newNetwork(4)
	require.NoError(t, err)
	before, err := w.heapAfter(100)
	require.NoError(t, err)
	after, err := w.heapAfter(1_000)
	require.NoError(t, err)
	require.Less(t, after, before+64<<10, "a round of four members may not leave 64 bytes behind")
}

func TestAReplayShowsTheScriptAndWhatHappens(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run([]string{"-seed", "52", "-keep", "4,7"}, &out))
	require.Contains(t, out.String(), "replay: make sim SEED=52 KEEP=4,7\n")
	require.Contains(t, out.String(), "round opened")
	require.Contains(t, out.String(), "all invariants held")
}

func TestManySeedsTellHowManyTheyWere(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run([]string{"-seeds", "20", "-first", "5"}, &out))
	require.Contains(t, out.String(), "20 seeds, ")
	require.Contains(t, out.String(), " 0 failures")
}

func TestImpossibleCommandLinesAreRefused(t *testing.T) {
	for _, arguments := range [][]string{{}, {"-seed", "x"}, {"-seed", "1", "-keep", "9999"}, {"-seed", "1", "-keep", "one"}} {
		require.Error(t, run(arguments, &strings.Builder{}), "%v", arguments)
	}
}
