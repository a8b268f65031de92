package ops_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/web/metrics"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// TestEachMetricThatIsUsedIsServed compares with what a node really serves; tools/opscheck reads the expressions themselves.
func TestEachMetricThatIsUsedIsServed(t *testing.T) {
	s := sample.Status(6)
	s.Ready, s.Reasons = false, []status.Reason{{Code: "clock"}}
	source := sample.NewSource(0)
	source.Show(s)
	answer := httptest.NewRecorder()
	metrics.Handler(source).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	served := answer.Body.String()
	used := 0
	for _, file := range []string{"prometheus/alerts.yaml", "grafana/tidemark.json"} {
		for _, name := range regexp.MustCompile(`\b(tidemark|process|go)_[a-z_]+\b`).FindAllString(read(t, file), -1) {
			used++
			require.Regexp(t, regexp.MustCompile(`(?m)^`+name+`[ {]`), served, "%s uses a metric that no node serves", file)
		}
	}
	require.Greater(t, used, 60)
}

func TestTheRuleOnMissedRoundsNamesEveryWayToMissOne(t *testing.T) {
	_, rule, found := strings.Cut(read(t, "prometheus/alerts.yaml"), "- alert: TidemarkRoundMissed\n")
	require.True(t, found)
	rule, _, _ = strings.Cut(rule, "- alert:")
	tables := metrics.CodeTables()
	rounds := tables[slices.IndexFunc(tables, func(c metrics.CodeTable) bool { return c.Metric == "tidemark_rounds_total" })].Codes
	for _, result := range []consensus.Result{consensus.NotReported, consensus.NoQuorum, consensus.NotCertified, consensus.NotSubmitted} {
		of := slices.IndexFunc(rounds, func(c metrics.Code) bool { return c.Text == string(result) })
		require.NotEqual(t, -1, of)
		require.Contains(t, rule, rounds[of].Code)
	}
}
