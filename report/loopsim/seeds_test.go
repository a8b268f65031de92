package loopsim

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// simulated runs so many seeds of two years.
func simulated(t *testing.T, seeds uint64, terms Terms) []Result {
	t.Helper()
	results := make([]Result, 0, seeds)
	for seed := uint64(1); seed <= seeds; seed++ {
		r, err := Run(seed, 2*365, terms)
		require.NoError(t, err)
		results = append(results, r)
	}
	return results
}

func TestRequestsArePaidInTimeAndLittleIsIdleOrComesHomeForNothing(t *testing.T) {
	all := Summarize(simulated(t, ciSeeds, DefaultTerms()))
	t.Log("\n" + Table(all))
	for _, s := range all {
		require.Positive(t, s.Pools)
		require.Empty(t, s.Breaches())
		require.Greater(t, s.late.count, uint64(500), "hardly any request needed an exit: the simulation says nothing")
	}
}

func TestASeedIsTheSameYearsAgain(t *testing.T) {
	first, err := Run(11, 200, DefaultTerms())
	require.NoError(t, err)
	again, err := Run(11, 200, DefaultTerms())
	require.NoError(t, err)
	require.Equal(t, first, again)
}

// All ether that came is somewhere, in every kind of world.
func TestNoEtherIsMadeOrLost(t *testing.T) {
	for seed := uint64(1); seed <= 12; seed++ {
		f := draw(seed, 500)
		w := newWorld(f, DefaultTerms())
		begin, _ := w.chain.totals()
		begin += w.pool.bufferGwei
		require.NoError(t, w.run())
		c := w.chain
		all, _ := c.totals()
		paid := uint64(0)
		for _, r := range w.pool.requests[:w.pool.finalized] {
			paid += r.gwei
		}
		came := begin + w.pool.broughtGwei + c.earnedEver + c.earnedGwei + c.tipsEver
		require.Equal(t, came, all+w.pool.bufferGwei+paid+c.lostEver+c.lostGwei, seed)
	}
}

// The bounds would notice terms that are wrong.
func TestWithBadTermsABoundBreaks(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Terms)
		want   string
	}{
		"a bucket that a run on the pool empties": {func(x *Terms) { x.BucketBps = 300 }, "0x02, steady, reports after the best, worst"},
		"no stock of keys":                        {func(x *Terms) { x.StockBps = 0 }, "0x01, steady, millionths of the pool idle"},
	} {
		t.Run(name, func(t *testing.T) {
			terms := DefaultTerms()
			c.change(&terms)
			var found []string
			for _, s := range Summarize(simulated(t, 12, terms)) {
				found = append(found, s.Breaches()...)
			}
			require.Contains(t, strings.Join(found, "\n"), c.want)
		})
	}
}
