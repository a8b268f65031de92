package report

import (
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// notAsked says what is not known of ether for which nobody has asked an exit.
const notAsked = "No report asks yet: whoever has the pool's exit role does, or an operator for its own keys"

// Sentence says when a request is paid, counted from a time in seconds, and why.
func (p Payment) Sentence(schedule Schedule, now uint64) string {
	switch {
	case p.Bunker:
		return fmt.Sprintf("Not known: losses are in progress (bunker), and it waits until they are over. Its ether can be there within %s.", about(schedule, max(p.RefSlot, p.IfAskedRefSlot), now))
	case p.RefSlot == 0:
		return fmt.Sprintf("Not known: nobody has asked for %s of exits that it needs. %s. If it was asked for now: within %s.",
			format.EtherOfGwei(p.MissingGwei), notAsked, about(schedule, p.IfAskedRefSlot, now))
	case p.HomeGwei > 0:
		return fmt.Sprintf("Within %s: %s come home.", about(schedule, p.RefSlot, now), format.EtherOfGwei(p.HomeGwei))
	}
	return fmt.Sprintf("Within %s: the pool has what it is paid.", about(schedule, p.RefSlot, now))
}

// maxWait is a hundred years, in seconds.
const maxWait = 100 * yearSeconds

// about is the time until the report of a reference slot, in days, or in hours when there are less than two of them. Its acceptance takes some minutes more.
func about(schedule Schedule, refSlot, now uint64) string {
	at := schedule.TimeOf(refSlot)
	left := time.Duration(min(at-min(at, now), maxWait)) * time.Second
	const day = 24 * time.Hour
	switch {
	case left < time.Hour:
		return "about an hour"
	case left < 2*day:
		return "about " + format.Plural(uint64((left+time.Hour-1)/time.Hour), "hour")
	}
	return "about " + format.Plural(uint64((left+day-1)/day), "day")
}

// Explain says of the requests that wait when they are paid, counted from a time in seconds.
func (q WaitingQueue) Explain(schedule Schedule, now uint64) []Line {
	e := &explanation{}
	if q.Last == 0 {
		e.add("waiting", "none", "This report pays all requests, or there is none.")
		return e.lines
	}
	e.add("waiting", format.Plural(q.Last-q.First+1, "request"), "Requests %d to %d are paid %s at the rate that this report leaves.", q.First, q.Last, format.Ether(q.DueWei))
	if q.Hold != "" {
		e.add("held up", "yes", "%s", q.Hold)
	}
	e.add("first paid", q.FirstPaid.value(), "%s", q.FirstPaid.Sentence(schedule, now))
	e.add("last paid", q.LastPaid.value(), "%s", q.LastPaid.Sentence(schedule, now))
	for _, step := range q.Steps {
		e.add(fmt.Sprintf("up to request %d", step.UpTo), fmt.Sprintf("report of slot %s", format.Count(step.RefSlot)), "Within %s.", about(schedule, step.RefSlot, now))
	}
	return e.lines
}

// value names the report that pays.
func (p Payment) value() string {
	if p.RefSlot == 0 || p.Bunker {
		return "not known"
	}
	return fmt.Sprintf("report of slot %s", format.Count(p.RefSlot))
}
