package dashboard_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// ofAudit is the sample as an audit would tell it.
func ofAudit(a status.Audit) status.Status {
	s := sample.Status(8)
	s.Rounds, s.Peers, s.Submitter, s.Audit = nil, nil, nil, &a
	s.Self = status.Self{Observe: true, Member: -1}
	return s
}

func TestThePageOfAnAuditTellsItsVerdict(t *testing.T) {
	for name, c := range map[string]struct {
		audit status.Audit
		says  []string
	}{
		"clean":     {status.Audit{Verdict: "clean", Text: "All was checked.", FirstBlock: 7, LastBlock: 9}, []string{"In order", "Nothing differs", "All was checked."}},
		"one":       {status.Audit{Verdict: "findings", Findings: 1}, []string{"Trouble", "There is 1 finding"}},
		"many":      {status.Audit{Verdict: "findings", Findings: 3}, []string{"There are 3 findings"}},
		"unchecked": {status.Audit{Verdict: "unchecked", Unchecked: 2, Skipped: 5}, []string{"Look at this", "Not everything could be checked", "5 more that the named nodes do not allow"}},
		"begun":     {status.Audit{}, []string{"At work", "The first look is not over."}},
	} {
		t.Run(name, func(t *testing.T) {
			shown := text(t, servePage(t, ofAudit(c.audit)))
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
	source := sample.NewSource(0)
	source.Show(ofAudit(status.Audit{Verdict: "findings", Text: "1 finding.", FirstBlock: 1, LastBlock: 2, Findings: 1, Unchecked: 3, Skipped: 4}))
	d := describe(t, source)
	require.Contains(t, d.check(t, "/api/v1/status", http.StatusOK).Body.String(), `"verdict":"findings"`)
}
