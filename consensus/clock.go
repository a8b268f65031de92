package consensus

import (
	"time"
)

// unseenTime is how far the clock may go at once without anybody being told: small against a frame, large against what corrects a clock in service.
const unseenTime = time.Minute

// setBack is how far the clock may be set back without anybody being told, and how much of a round must be left for it to be taken up again.
const setBack = 10 * time.Second

// clock makes of the runner's time one that never runs backwards. Timers go by it; deadlines, which the runner names, by the runner's.
type clock struct {
	told    Instant // by the runner, last
	ahead   Instant // of told: what the runner's clock has been set back by, in all
	started Instant // when the process began
	due     Instant // when the runner was to come again, in its time; 0: nothing was awaited
}

// tell takes the runner's time, and says how far the clock was set back, or how much time passed unseen.
func (t *clock) tell(told Instant) (back, unseen time.Duration) {
	if t.started == 0 {
		t.started = told
	} else if told < t.told {
		back = milliseconds(t.told - told)
		t.ahead += t.told - told
	} else if t.due != 0 && told > t.due {
		unseen = milliseconds(told - t.due)
	}
	t.told = told
	return back, unseen
}

// now never runs backwards.
func (t *clock) now() Instant { return t.told + t.ahead }

// steady is the instant of now's time at which the runner's clock shows told, as it goes now.
func (t *clock) steady(told Instant) Instant { return told + t.ahead }

// shown is the runner's time at an instant of now's.
func (t *clock) shown(steady Instant) Instant { return max(steady-t.ahead, 1) }

func milliseconds(i Instant) time.Duration { return time.Duration(i) * time.Millisecond }

// tellTime tells the operator of a clock that jumps. Which of its times was wrong the core cannot know.
func (c *Core) tellTime(told Instant) {
	back, unseen := c.clock.tell(told)
	c.now = c.clock.now()
	r := c.newest()
	switch {
	case r == nil:
	case back > setBack:
		c.alarm(r, AlarmClock, -1, "the clock was set back by "+back.String()+": rounds that it ended too early are taken up again")
	case unseen > unseenTime:
		c.alarm(r, AlarmUnseenTime, -1, unseen.String()+" passed unseen: the clock was set ahead, or the process did not run")
	}
}

// forgetFuture lets go of rounds after the present reference slot that were opened at a time that has not come yet.
func (c *Core) forgetFuture(present uint64) {
	for len(c.rounds) > 0 && c.rounds[0].id.RefSlot > present && c.rounds[0].openedAt > c.clock.told {
		if r := c.rounds[0]; r.closed == nil {
			c.end(r, c.missed(r))
		}
		c.rounds = c.rounds[1:]
	}
}

// ended tells whether the round is closed for good: not by a clock that may be wrong.
func (r *round) ended() bool { return r.closed != nil && !r.overdue }

// takeUp goes on with the newest round if it was closed at its deadline, which is still to come.
func (c *Core) takeUp() {
	r := c.newest()
	if r == nil || r.closed == nil || !r.overdue || c.clock.told.After(setBack) >= r.deadline {
		return
	}
	r.closed, r.overdue, r.resendAt = nil, false, c.now
}

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
