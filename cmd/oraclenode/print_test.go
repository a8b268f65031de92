package main

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

func TestTextIsWrappedBetweenWords(t *testing.T) {
	require.Equal(t, "one two\nthree\nunbreakable\nfour", wrap("one two  three unbreakable four", 7))
	require.Empty(t, wrap("", 7))
}

func TestPeakMemoryIsReadFromTheProcessStatus(t *testing.T) {
	bytes, err := parsePeakMemory(strings.NewReader("Name:\toraclenode\nVmPeak:\t  999 kB\nVmHWM:\t   47104 kB\nVmRSS:\t 1 kB\n"))
	require.NoError(t, err)
	require.Equal(t, uint64(47104*1024), bytes)
	_, err = parsePeakMemory(strings.NewReader("Name:\toraclenode\n"))
	require.ErrorIs(t, err, errNoPeakMemory)
	for _, broken := range []string{"VmHWM:\t-1 kB\n", "VmHWM:\n", "VmHWM: 18446744073709551615 kB\n"} {
		_, err = parsePeakMemory(strings.NewReader(broken))
		require.ErrorContains(t, err, "peak memory", broken)
	}
}

func TestTimesBeyondNumbersAreNotWrappedAround(t *testing.T) {
	i := inspection{state: &state.State{Slot: math.MaxUint64, GenesisTime: 1}, spec: state.Mainnet()}
	require.Equal(t, uint64(math.MaxUint64), i.slotTime())
	i.state.Slot, i.spec.SecondsPerSlot = math.MaxUint64, 1
	require.Equal(t, uint64(math.MaxUint64), i.slotTime(), "the carry")
	i.state.Slot = 2
	require.Equal(t, uint64(3), i.slotTime())
}
