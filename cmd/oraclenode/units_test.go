package main

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

func TestAmountsAreExactWithUnits(t *testing.T) {
	require.Equal(t, "0 ETH", ethFromGwei(0))
	require.Equal(t, "0.000000001 ETH", ethFromGwei(1))
	require.Equal(t, "32 ETH", ethFromGwei(32_000_000_000))
	require.Equal(t, "1,234.5 ETH", ethFromGwei(1_234_500_000_000))
	require.Equal(t, "18,446,744,073.709551615 ETH", ethFromGwei(math.MaxUint64))
	require.Equal(t, "0.000000000000000001 ETH", ethFromWei(uint256.NewInt(1)))
	require.Equal(t, "9,007,199.254740993000000001 ETH", ethFromWei(uint256.MustFromDecimal("9007199254740993000000001")))

	require.Equal(t, "0", count(0))
	require.Equal(t, "999", count(999))
	require.Equal(t, "1,000", count(1000))
	require.Equal(t, "18,446,744,073,709,551,615", count(math.MaxUint64))

	require.Equal(t, "1,023 bytes", size(1023))
	require.Equal(t, "1,024 bytes (1.0 KiB)", size(1024))
	require.Equal(t, "308,123,456 bytes (293.8 MiB)", size(308_123_456))
	require.Equal(t, "18,446,744,073,709,551,615 bytes (16777215.9 TiB)", size(math.MaxUint64))

	require.Equal(t, "0.001 s", seconds(1999*time.Microsecond))
	require.Equal(t, "3,600.000 s", seconds(time.Hour))
	require.Equal(t, "1 deposit", plural(1, "deposit"))
	require.Equal(t, "0 deposits", plural(0, "deposit"))

	require.Equal(t, "2023-11-14 22:13:20 UTC", utc(1_700_000_000))
	require.Equal(t, "18,446,744,073,709,551,615 s after 1970", utc(math.MaxUint64))
}

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
