package consensus

import "github.com/tidemark-oracle/tidemark/report"

// Mutant is a core with a deliberate fault inside: Break changes it before each step. Only tests can make one.
type Mutant struct {
	*Core
	Break func(*Core, Event)
}

// Step: see Core.
func (m Mutant) Step(now Instant, event Event) Ready {
	m.Break(m.Core, event)
	return m.Core.Step(now, event)
}

// BreakQuorum makes every quorum one too small.
func BreakQuorum(c *Core, _ Event) {
	for _, r := range c.rounds {
		if q := report.Quorum(r.quorum.members); q > 1 {
			r.quorum.needed = q - 1
		}
	}
}

// BreakPromise forgets this node's vote when another report is computed.
func BreakPromise(c *Core, _ Event) {
	for _, r := range c.rounds {
		if r.vote != nil && r.own != nil && r.own.digest != r.vote.record.Digest {
			r.vote = nil
			delete(c.history.votes, r.id)
		}
	}
}

// BreakBound keeps something of every observation that comes.
func BreakBound(c *Core, event Event) {
	received, ok := event.(Received)
	if !ok {
		return
	}
	if _, ok := received.Message.(*Observation); ok {
		c.restored.submissions = append(c.restored.submissions, SubmissionRecord{})
	}
}
