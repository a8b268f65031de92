package main

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// queue prints when requests that wait are paid.
func (v *statusView) queue() {
	v.sheet.title("Withdrawal requests")
	q := v.status.Queue
	switch {
	case q == nil:
		v.sheet.row("waiting", v.palette.faint("not known before the first report is computed"))
	case q.Why != "":
		v.sheet.row("waiting", v.palette.doubt("not known:")+" "+wrap(shown(q.Why), sentenceWidth))
	case q.Last == 0:
		v.sheet.row("waiting", fmt.Sprintf("none after the report of slot %s", format.Count(q.RefSlot)))
	default:
		v.sheet.row("waiting", fmt.Sprintf("%s, %s, after the report of slot %s", format.Plural(q.Last-q.First+1, "request"), weiDecimal(q.DueWei), format.Count(q.RefSlot)))
		if q.Hold != "" {
			v.sheet.row("held up", v.palette.doubt(wrap(shown(q.Hold), sentenceWidth)))
		}
		v.sheet.row("first paid", payment(q.FirstPaid))
		v.sheet.row("last paid", payment(q.LastPaid))
		for _, step := range q.Steps {
			v.sheet.row("", fmt.Sprintf("up to request %d by the report of %s", step.UpTo, format.Time(step.At)))
		}
		v.sheet.row("exits", weiDecimal(q.ExitWei)+" must come home; no report says it yet")
	}
}

// payment is when a request is paid, and why.
func payment(p *status.Payment) string {
	if p == nil {
		return "not known"
	}
	return wrap(shown(p.Text), sentenceWidth)
}
