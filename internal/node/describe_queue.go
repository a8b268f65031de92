package node

import (
	"math/big"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// exitsView is what the newest computation says of exits. It outlasts the opening of a frame, in which there is none yet.
type exitsView struct {
	refSlot uint64
	exits   *snapshot.Exits // nil: err says why
	err     error
}

// keepExits takes what a computation says of exits. What could not be computed stops no report.
func (r *runner) keepExits(refSlot uint64, exits *snapshot.Exits, err error) {
	if err != nil && r.ctx.Err() != nil {
		return
	}
	r.exits = &exitsView{refSlot, exits, err}
	if err != nil {
		r.log.Warn("It is not known when requests are paid. No report depends on it.", "refSlot", refSlot, "reason", err)
	}
}

// describeQueue is what waits by the newest computation; nil before the first one.
func (r *runner) describeQueue() *status.Queue {
	e := r.exits
	if e == nil {
		return nil
	}
	q := &status.Queue{RefSlot: e.refSlot, DueWei: "0", ExitWei: "0", Steps: []status.Step{}, Explanation: []status.Line{}}
	if e.exits == nil {
		q.Why = e.err.Error()
		return q
	}
	w := e.exits.Waiting
	q.First, q.Last, q.DueWei, q.Hold, q.ExitWei = w.First, w.Last, w.DueWei.String(), w.Hold, gweiInWei(e.exits.Demand.ExitGwei)
	if w.Last > 0 {
		q.FirstPaid, q.LastPaid = r.describePayment(w.FirstPaid), r.describePayment(w.LastPaid)
	}
	for _, step := range w.Steps {
		q.Steps = append(q.Steps, status.Step{RefSlot: step.RefSlot, At: r.timeOf(step.RefSlot).UTC(), UpTo: step.UpTo})
	}
	for _, l := range e.exits.Demand.Explain() {
		q.Explanation = append(q.Explanation, status.Line(l))
	}
	return q
}

func (r *runner) describePayment(p report.Payment) *status.Payment {
	text := p.Sentence(r.schedule, uint64(max(r.clock.Now().Unix(), 0)))
	if p.Bunker { // When its ether is there does not say when it is paid.
		p.RefSlot, p.IfAskedRefSlot = 0, 0
	}
	return &status.Payment{
		Text: text, RefSlot: p.RefSlot, At: r.timeOrNil(p.RefSlot), IfAskedAt: r.timeOrNil(p.IfAskedRefSlot),
		HereWei: gweiInWei(p.HereGwei), HomeWei: gweiInWei(p.HomeGwei), MissingWei: gweiInWei(p.MissingGwei),
	}
}

// timeOrNil is when a slot begins; nil for slot 0.
func (r *runner) timeOrNil(slot uint64) *time.Time {
	if slot == 0 {
		return nil
	}
	t := r.timeOf(slot).UTC()
	return &t
}

func gweiInWei(gwei uint64) string {
	return new(big.Int).Mul(new(big.Int).SetUint64(gwei), big.NewInt(report.WeiPerGwei)).String()
}
