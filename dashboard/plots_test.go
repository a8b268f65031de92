package dashboard

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/status"
)

func TestTheYearlyRateOfAReportWithNoneBeforeIsNotDrawn(t *testing.T) {
	report := func(refSlot uint64, ppm int64) status.Report {
		return status.Report{RefSlot: refSlot, Outcome: accepted, YearlyRatePpm: ppm}
	}
	drawn := func(newestFirst ...status.Report) []float64 {
		return historyPlotKinds()[0].chart(status.Status{Reports: newestFirst}).Values
	}
	require.Equal(t, []float64{0, 4}, drawn(report(3, 40_000), report(2, 0), report(1, 0)), "only the first has none before; another's zero is a zero")
	require.Equal(t, []float64{3, 4}, drawn(report(3, 40_000), report(2, 30_000)), "the oldest that is kept may have had one before")
}
