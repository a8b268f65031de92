package dashboard

import (
	"math/big"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

func TestAmountsKeepEveryDigitThatIsShown(t *testing.T) {
	for _, c := range []struct {
		text, shown string
		decimals    int
	}{
		{"1", "0.000000000000000001", 18}, {"1", "0.0000", 4}, {"1234567890123456789012", "1\u202f234.5678", 4}, {"-1500000000000000000", "−1.50", 2},
		{"999999999999999999", "0.9999", 4}, {"0", "0", 0}, {"", "unknown", 2}, {"1e5", "unknown", 2}, {strings.Repeat("9", 101), "unknown", 2},
		{"123456000000000000000000", "123\u202f456", 0},
	} {
		require.Equal(t, c.shown, ether(c.text, c.decimals), c.text)
	}
	require.Equal(t, "−0.42 %", percent(-4200))
	require.Equal(t, "12\u202f345", count(12345))
}

func TestTheBalanceFollowsTheShareRate(t *testing.T) {
	require.Equal(t, "110.000000", fixed(balanceWei(big.NewInt(1000), big.NewInt(1100)), format.WeiDecimals, 6))
}

func FuzzShortTextIsHarmless(f *testing.F) {
	f.Add("\u202eevil\u2066\x00\xff\n\tx")
	f.Add(strings.Repeat("é", 300))
	f.Fuzz(func(t *testing.T, text string) {
		require.True(t, utf8.ValidString(short(text)))
		require.LessOrEqual(t, utf8.RuneCountInString(short(text)), 15)
	})
}

func TestPlotsOfOneDayAreLabelledByTheTimeOfDay(t *testing.T) {
	first := time.Date(2026, 1, 2, 3, 4, 0, 0, time.UTC)
	reports := func(apart time.Duration) []status.Report {
		return []status.Report{{Time: first}, {Time: first.Add(apart)}}
	}
	require.Equal(t, "03:04", first.Format(labelLayout(reports(time.Hour))))
	require.Equal(t, "2 Jan", first.Format(labelLayout(reports(72*time.Hour))))
}
