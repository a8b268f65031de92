package format_test

import (
	"math"
	"math/big"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

func decimal(t *testing.T, text string) *big.Int {
	t.Helper()
	n, ok := new(big.Int).SetString(text, 10)
	require.True(t, ok)
	return n
}

func TestAmountsAreExactWithUnits(t *testing.T) {
	require.Equal(t, "0 ETH", format.EtherOfGwei(0))
	require.Equal(t, "0.000000001 ETH", format.EtherOfGwei(1))
	require.Equal(t, "32 ETH", format.EtherOfGwei(32_000_000_000))
	require.Equal(t, "1,234.5 ETH", format.EtherOfGwei(1_234_500_000_000))
	require.Equal(t, "18,446,744,073.709551615 ETH", format.EtherOfGwei(math.MaxUint64))
	require.Equal(t, "0.000000000000000001 ETH", format.Ether(big.NewInt(1)))
	require.Equal(t, "-120 ETH", format.Ether(decimal(t, "-120000000000000000000")))
	require.Equal(t, "9,007,199.254740993000000001 ETH", format.Ether(decimal(t, "9007199254740993000000001")))

	require.Equal(t, "0", format.Count(0))
	require.Equal(t, "999", format.Count(999))
	require.Equal(t, "1,000", format.Count(1000))
	require.Equal(t, "18,446,744,073,709,551,615", format.Count(math.MaxUint64))
	require.Equal(t, "-123 456.7890", format.Group("-123456.7890", " "))

	require.Equal(t, "1,023 bytes", format.Bytes(1023))
	require.Equal(t, "1,024 bytes (1.0 KiB)", format.Bytes(1024))
	require.Equal(t, "308,123,456 bytes (293.8 MiB)", format.Bytes(308_123_456))
	require.Equal(t, "18,446,744,073,709,551,615 bytes (16777215.9 TiB)", format.Bytes(math.MaxUint64))

	require.Equal(t, "1 deposit", format.Plural(1, "deposit"))
	require.Equal(t, "0 deposits", format.Plural(uint64(0), "deposit"))
}

func TestFixedAmountsAreCutOffAndKeepTheirSign(t *testing.T) {
	for _, c := range []struct {
		wei, want string
		decimals  int
	}{
		{"0", "0", 0}, {"0", "0.0000", 4}, {"1", "0.0000", 4}, {"-1", "0.0000", 4}, {"99999999999999", "0.0000", 4}, {"100000000000000", "0.0001", 4},
		{"1234567890000000000", "1.2345", 4}, {"-1500000000000000000", "-1.5000", 4}, {"999999999999999999", "0", 0},
	} {
		require.Equal(t, c.want, format.Fixed(decimal(t, c.wei), format.WeiDecimals, c.decimals), c.wei)
	}
}

func TestTimesHaveOneForm(t *testing.T) {
	require.Equal(t, "0.001 s", format.Seconds(1999*time.Microsecond))
	require.Equal(t, "3,600.000 s", format.Seconds(time.Hour))
	require.Equal(t, "2023-11-14 22:13:20 UTC", format.Unix(1_700_000_000))
	require.Equal(t, "18,446,744,073,709,551,615 s after 1970", format.Unix(math.MaxUint64))
	require.Equal(t, "2023-11-14 22:13:20 UTC", format.Time(time.Unix(1_700_000_000, 0)))
	require.Equal(t, "-", format.Time(time.Time{}))
}

func TestSpansNameTheirTwoLargestUnits(t *testing.T) {
	for d, shown := range map[time.Duration]string{
		12 * time.Millisecond: "12 ms", 16840 * time.Millisecond: "16.8 s", 61 * time.Second: "1 min 1 s", 3*time.Hour + 59*time.Minute: "3 h 59 min",
		49 * time.Hour: "2 d 1 h", -2 * time.Second: "2.0 s",
	} {
		require.Equal(t, shown, format.Span(d))
	}
}

func TestLinesAreBounded(t *testing.T) {
	require.Equal(t, "one \ntwo…", format.PrintableLines("one\x1b\ntwo o\nthree", 2, 4))
}

func FuzzPrintableTextIsHarmless(f *testing.F) {
	f.Add("ordinary/1.0", 80)
	f.Add("\u202eevil\u2066\x00\xff\n\tx", 5)
	f.Add(strings.Repeat("é", 300), 7)
	f.Fuzz(func(t *testing.T, text string, most int) {
		most = 1 + int(uint(most)%1000)
		shown := format.Printable(text, most)
		require.True(t, utf8.ValidString(shown))
		require.LessOrEqual(t, utf8.RuneCountInString(shown), most)
		for _, r := range shown {
			require.False(t, unicode.IsControl(r) || unicode.In(r, unicode.Cf), "%q", r)
		}
		require.Equal(t, shown, format.Printable(shown, most))
	})
}
