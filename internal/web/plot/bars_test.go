package plot_test

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/plot"
)

// bar is where a bar stands, in the picture's system.
type bar struct{ left, right, top, bottom float64 }

// barsOf are the bars of a picture in the bright theme: its only areas in the colour of the series.
func barsOf(t *testing.T, svg []byte) (bars []bar) {
	t.Helper()
	path := regexp.MustCompile(`<path d="([^"]*)"[^>]*fill="rgb\(11,110,153\)"`)
	point := regexp.MustCompile(`[ML] (-?[0-9.]+) (-?[0-9.]+)`)
	for _, drawn := range path.FindAllSubmatch(svg, -1) {
		var b bar
		for i, p := range point.FindAllSubmatch(drawn[1], -1) {
			x, err := strconv.ParseFloat(string(p[1]), 64)
			require.NoError(t, err)
			y, err := strconv.ParseFloat(string(p[2]), 64)
			require.NoError(t, err)
			if i == 0 {
				b = bar{x, x, y, y}
			}
			b = bar{min(b.left, x), max(b.right, x), min(b.top, y), max(b.bottom, y)}
		}
		bars = append(bars, b)
	}
	return bars
}

func TestBarsCanBeSeenHoweverManyThereAre(t *testing.T) {
	for _, n := range []int{2, 7, 39, 60, 100, 122, 123, 365, 1000} {
		c := chart()
		for i := range n {
			c.Values, c.Labels = append(c.Values, float64(300+10*(i%7))), append(c.Labels, "")
		}
		c.FromZero = true
		svg, err := plot.Bars(c)
		require.NoError(t, err)
		texts(t, svg)
		bars := barsOf(t, svg)
		require.Len(t, bars, n)
		slot := (bars[n-1].left - bars[0].left) / float64(n-1)
		for i, b := range bars {
			require.GreaterOrEqual(t, b.right-b.left, max(1, slot/3), "the width of bar %d of %d", i, n)
			require.Greater(t, b.bottom-b.top, 50.0, "the height of bar %d of %d", i, n)
			require.GreaterOrEqual(t, b.left, 30.0)
			require.LessOrEqual(t, b.right, 560.0)
			if i > 0 && slot > 4 {
				require.Greater(t, b.left, bars[i-1].right, "between the bars %d and %d of %d", i-1, i, n)
			}
		}
	}
}

func TestNarrowBarsBelowZeroHangFromZero(t *testing.T) {
	c := chart()
	for i := range 100 {
		c.Values, c.Labels = append(c.Values, float64(10-20*(i%2))), append(c.Labels, "")
	}
	c.FromZero = true
	svg, err := plot.Bars(c)
	require.NoError(t, err)
	bars := barsOf(t, svg)
	require.Len(t, bars, 100)
	for i := 1; i < len(bars); i += 2 {
		require.GreaterOrEqual(t, bars[i].top, bars[i-1].bottom)
		require.GreaterOrEqual(t, bars[i].right-bars[i].left, 1.0)
	}
}
