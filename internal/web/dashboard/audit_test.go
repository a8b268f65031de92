package dashboard_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// audited is a dashboard that shows an audit with a result.
func audited(t *testing.T, result status.AuditResult) *dashboard.Dashboard {
	t.Helper()
	d := dashboard.NewAudit(sample.AuditSource{Shown: sample.Audit(result)}, dashboard.Options{})
	t.Cleanup(d.Close)
	return d
}

func TestThePageOfAnAuditTellsItsVerdict(t *testing.T) {
	for name, c := range map[string]struct {
		audit status.AuditResult
		says  []string
	}{
		"clean":     {status.AuditResult{Verdict: "clean", Text: "All was checked.", FirstBlock: 7, LastBlock: 9}, []string{"In order", "Nothing differs", "All was checked."}},
		"one":       {status.AuditResult{Verdict: "findings", Findings: 1}, []string{"Failure", "There is 1 finding"}},
		"many":      {status.AuditResult{Verdict: "findings", Findings: 3}, []string{"There are 3 findings"}},
		"unchecked": {status.AuditResult{Verdict: "unchecked", Unchecked: 2, Skipped: 5}, []string{"Attention", "Not everything could be checked", "5 more that the named nodes do not allow"}},
		"begun":     {status.AuditResult{}, []string{"At work", "The first look is not over."}},
	} {
		t.Run(name, func(t *testing.T) {
			shown := text(t, pageOf(t, audited(t, c.audit)))
			for _, words := range append(c.says, "The audit", "No round") {
				require.Contains(t, shown, words)
			}
			for _, ofNodes := range []string{"Members connected", "This node", "Peers", "Votes signed", "Submitter"} {
				require.NotContains(t, shown, ofNodes)
			}
		})
	}
}

func TestAnswersOfAnAuditAreAsDescribed(t *testing.T) {
	d := describeHandler(t, audited(t, status.AuditResult{
		Verdict: "findings", Text: "1 finding.", FirstBlock: 1, LastBlock: 2, Findings: 1, Kinds: map[string]uint64{"wrong-values": 1}, Unchecked: 3, Skipped: 4,
	}))
	answer := d.check(t, "/api/v1/status", http.StatusOK).Body
	require.Contains(t, answer.String(), `"verdict":"findings"`)
	var fields map[string]any
	require.NoError(t, json.Unmarshal(answer.Bytes(), &fields))
	for _, ofNodes := range []string{"self", "rounds", "peers", "submitter", "evidence", "counters"} {
		require.NotContains(t, fields, ofNodes)
	}
	d.check(t, "/api/v1/reports", http.StatusOK)
	require.Equal(t, http.StatusNotFound, get(d.handler, "/api/v1/rounds").Code)
}

func TestAnswersOfAnAuditThatHasNothingAreAsDescribed(t *testing.T) {
	d := dashboard.NewAudit(sample.AuditSource{Shown: status.Audit{}}, dashboard.Options{})
	t.Cleanup(d.Close)
	describeHandler(t, d).check(t, "/api/v1/status", http.StatusOK)
}
