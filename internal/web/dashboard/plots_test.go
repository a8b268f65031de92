package dashboard

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// addresses are those of the pictures; browsers keep a picture for an hour under its address.
func addresses(s status.Status) (all []string) {
	for _, v := range historyPlots(s.Overview) {
		all = append(all, v.Light, v.Dark)
	}
	return all
}

func TestAPictureHasAnotherAddressWheneverItChanges(t *testing.T) {
	s := sample.Status(8)
	before := addresses(s)
	require.NotEmpty(t, before)
	require.Equal(t, before, addresses(s))
	for name, change := range map[string]func(r *status.Report){
		"a guardian accepted it":    func(r *status.Report) { r.Outcome = "quarantined" },
		"its gas was read":          func(r *status.Report) { r.GasUsed++ },
		"its values were corrected": func(r *status.Report) { r.TotalPooledWei += "0" },
	} {
		other := s
		other.Reports = slices.Clone(s.Reports)
		change(&other.Reports[0])
		require.NotEqual(t, before[0], addresses(other)[0], name)
	}
}

// TestReportWithoutValuesIsNoZero: an audit that cannot read a report's block does not know what it did to the token.
func TestReportWithoutValuesIsNoZero(t *testing.T) {
	s := sample.Status(8)
	s.Reports = slices.Clone(s.Reports)
	last := len(s.Reports) - 1
	for _, i := range []int{0, last} {
		s.Reports[i].ShareRateRay, s.Reports[i].TotalPooledWei, s.Reports[i].YearlyRatePpm = "0", "0", 0
	}
	for _, kind := range append(tokenPlotKinds(), historyPlotKinds()...) {
		if kind.name == "latency" || kind.name == "gas" {
			continue
		}
		chart := kind.chart(s.Overview)
		require.NotEmpty(t, chart.Values, kind.name)
		for _, value := range chart.Values {
			require.NotZero(t, value, kind.name)
		}
	}
}

func TestTheYearlyRateOfAReportWithNoneBeforeIsNotDrawn(t *testing.T) {
	report := func(refSlot uint64, ppm int64) status.Report {
		return status.Report{RefSlot: refSlot, Outcome: accepted, ShareRateRay: "1", YearlyRatePpm: ppm}
	}
	drawn := func(newestFirst ...status.Report) []float64 {
		return historyPlotKinds()[0].chart(status.Overview{Reports: newestFirst}).Values
	}
	require.Equal(t, []float64{0, 4}, drawn(report(3, 40_000), report(2, 0), report(1, 0)), "only the first has none before; another's zero is a zero")
	require.Equal(t, []float64{3, 4}, drawn(report(3, 40_000), report(2, 30_000)), "the oldest that is kept may have had one before")
}
