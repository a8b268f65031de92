package dashboard

import (
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// queueView is the withdrawal requests that wait, and when they are paid.
type queueView struct {
	Text  string // instead of figures, or what holds payments up; may be empty
	Facts []fact
	Steps []payerView
	Slot  string // reference slot of the report that it follows from
}

// payerView is a report that pays requests.
type payerView struct {
	UpTo string // the last of them
	At   *instant
}

func queueOf(s status.Status) *queueView {
	q := s.Queue
	if q == nil {
		return nil
	}
	v := &queueView{Slot: count(q.RefSlot)}
	switch {
	case q.Why != "":
		v.Text = "It is not known when requests are paid: " + sentence(q.Why)
	case q.Last == 0:
		v.Text = "No request waits."
	default:
		v.Text = sentence(q.Hold)
		v.Facts = []fact{
			{Name: "Requests", Value: count(q.Last - q.First + 1), Note: "they are paid " + ether(q.DueWei, 4) + " ETH"},
			paymentFact("The first is paid", q.FirstPaid, s), paymentFact("The last is paid", q.LastPaid, s),
			{Name: "Exits must bring home", Value: ether(q.ExitWei, 4) + " ETH", Note: "no report says it yet"},
		}
		v.Steps, _ = views(q.Steps, maxRows, func(step status.Step) payerView { return payerView{count(step.UpTo), at(step.At, s.Time)} })
	}
	return v
}

// paymentFact is when a request is paid, and why.
func paymentFact(name string, p *status.Payment, s status.Status) fact {
	f := fact{Name: name, Value: "not known"}
	if p == nil {
		return f
	}
	f.Note = sentence(p.Text)
	if p.At == nil {
		return f
	}
	f.Value = "soon"
	if left := p.At.Sub(s.Time); left > 0 {
		f.Value = "within " + format.Span(left)
	}
	return f
}
