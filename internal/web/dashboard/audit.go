package dashboard

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// auditDescription shows an audit.
type auditDescription struct{ audit status.Audit }

func (d auditDescription) overview() status.Overview { return d.audit.Overview }
func (d auditDescription) document() any             { return d.audit }

func (d auditDescription) view() view {
	a := d.audit
	v := view{
		Network: word(a.Network.Name), Name: "audit", Noun: "audit",
		Now:     nowView{Headline: auditHeadline(a), Facts: auditFacts(a), Time: at(a.Time, a.Time)},
		NoRound: emptyView{"No round", "An audit looks at what has been reported. A round as it unfolds is on the page of a node."},
		Token:   tokenOf(a.Overview), History: historyOf(a.Overview, "not what the audit computed"), NoHistory: "No report has been read.",
		Health: auditHealth(a), Alarms: alarmsOf(a.Overview, nil),
		Data: []linkView{{"status", "status"}, {"reports", "reports"}, {"openapi.yaml", "description"}},
	}
	v.Title = v.Now.Headline.Title
	return v
}

// auditFacts are the figures under the headline.
func auditFacts(a status.Audit) []fact {
	members := fact{Name: "Members", Value: fmt.Sprint(len(a.Members))}
	return append([]fact{lastReportFact(a.Overview), members}, tokenFacts(a.Overview)...)
}

func auditHealth(a status.Audit) healthView {
	r := a.Result
	v := healthView{
		Title: "The audit", Endpoints: endpointsOf(a.Overview), NoEndpoints: "How they are is known when the first look is over.",
		Facts: append(runningFacts(a.Overview),
			fact{Name: "Blocks", Value: count(r.FirstBlock), Note: "to " + count(r.LastBlock)},
			fact{Name: "Checks not made", Value: fmt.Sprint(r.Unchecked), Note: fmt.Sprintf("%d more that the named nodes do not allow", r.Skipped)}),
	}
	if !a.Ready {
		v.State, v.Reasons = &cell{Sign: "bad", Text: "The last look failed"}, reasonsOf(a.Overview)
	}
	return v
}

// auditHeadline says what an audit came to, by its own words.
func auditHeadline(a status.Audit) headline {
	r := a.Result
	h := headline{busy, "The audit goes on", "The first look is not over."}
	switch r.Verdict {
	case "clean":
		h = headline{good, "Nothing differs", sentence(r.Text)}
	case "findings":
		h = headline{bad, "There is 1 finding", sentence(r.Text)}
		if r.Findings != 1 {
			h.Title = fmt.Sprintf("There are %d findings", r.Findings)
		}
	case "unchecked":
		h = headline{warning, "Not everything could be checked", sentence(r.Text)}
	}
	return withReadiness(a.Overview, h, "The last look failed")
}
