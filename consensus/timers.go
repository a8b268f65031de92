package consensus

import "time"

// resend repeats what the own node says in an open round that is not certified, and asks again those who owe an answer.
func (c *Core) resend(r *round) {
	if c.now < r.resendAt {
		return
	}
	r.resendAt = c.now.After(c.jittered(c.config.Timing.ResendEvery))
	if r.certificate != nil {
		return
	}
	if r.own != nil && r.self >= 0 {
		c.send("", c.ownObservation(r))
	}
	if r.vote != nil && r.vote.signature != nil && c.halt == nil {
		c.send("", c.ownVote(r))
	}
	if r.self >= 0 && c.onProbation(r) {
		for m, p := range r.peers {
			if !p.answered {
				c.ask(r, m)
			}
		}
	}
	c.askForValues(r, true)
}

// jittered is d, a fifth more or less, so that members do not speak all at once. The sequence follows from Config.Seed (splitmix64).
func (c *Core) jittered(d time.Duration) time.Duration {
	c.jitter += 0x9e3779b97f4a7c15
	z := c.jitter
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	spread := uint64(d) * 2 / 5
	return d*4/5 + time.Duration(z%(spread+1))
}

// next is when Tick is due.
func (c *Core) next() Instant {
	r := c.newest()
	if r == nil {
		return 0
	}
	next := c.statusAt
	sooner := func(at Instant) { next = min(next, max(at, c.now+1)) }
	if c.awaitsJournal(r) {
		sooner(c.retryAt)
	}
	if r.closed != nil {
		return next
	}
	sooner(c.clock.steady(r.deadline))
	if r.certificate == nil {
		sooner(r.resendAt)
		if r.vote != nil && r.vote.recorded && c.wantsSignature(r) {
			sooner(r.vote.signAt)
		}
	} else if at, _, ok := c.turn(r); ok {
		sooner(max(at, c.retryAt))
	}
	return next
}

// awaitsJournal tells whether something is to be written that could not be, or may be: no vote is decided in the meantime.
func (c *Core) awaitsJournal(newest *round) bool {
	if c.mayPersist() {
		return false
	}
	if len(c.owed) > 0 || newest.vote == nil || !newest.vote.recorded {
		return true
	}
	for _, r := range c.rounds {
		for _, held := range []*heldCertificate{r.certificate, r.conflict} {
			if held != nil && !held.recorded {
				return true
			}
		}
	}
	return false
}
