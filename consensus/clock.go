package consensus

import (
	"time"
)

// maxUnseenTime is how far the clock may advance in one step without an alarm: short against a frame, long against what NTP corrects.
const maxUnseenTime = time.Minute

// maxSetBack is how far the clock may be set back without an alarm, and how much of a round must be left for it to resume.
const maxSetBack = 10 * time.Second

// clock makes of the runner's time one that never runs backwards. Timers go by it; deadlines, which the runner names, by the runner's.
type clock struct {
	wall     Instant // by the runner, last
	offset   Instant // of told: what the runner's clock has been set back by, in all
	started  Instant // when the process began
	expected Instant // when the runner was to come again, in its time; 0: nothing was awaited
}

// set reads the runner's time, and returns how far the clock was set back, or how much time passed unseen.
func (t *clock) set(told Instant) (back, unseen time.Duration) {
	if t.started == 0 {
		t.started = told
	} else if told < t.wall {
		back = milliseconds(t.wall - told)
		t.offset += t.wall - told
	} else if t.expected != 0 && told > t.expected {
		unseen = milliseconds(told - t.expected)
	}
	t.wall = told
	return back, unseen
}

// now never runs backwards.
func (t *clock) now() Instant { return t.wall + t.offset }

// monotonic converts a time of the runner's clock, as it runs now, to the time that never runs backwards.
func (t *clock) monotonic(told Instant) Instant { return told + t.offset }

// wallTime is the runner's time at an instant of now's.
func (t *clock) wallTime(steady Instant) Instant { return max(steady-t.offset, 1) }

func milliseconds(i Instant) time.Duration { return time.Duration(i) * time.Millisecond }

// readClock advances the core's time, and raises an alarm when the clock jumps. The core cannot know which of the times was wrong.
func (c *Core) readClock(told Instant) {
	back, unseen := c.clock.set(told)
	c.now = c.clock.now()
	r := c.newest()
	switch {
	case r == nil:
	case back > maxSetBack:
		c.alarm(r, AlarmClock, -1, "the clock was set back by "+back.String()+": rounds that it ended too early are taken up again")
	case unseen > maxUnseenTime:
		c.alarm(r, AlarmUnseenTime, -1, unseen.String()+" passed unseen: the clock was set ahead, or the process did not run")
	}
}

// dropFutureRounds lets go of rounds after the present reference slot that were opened at a time that has not come yet.
func (c *Core) dropFutureRounds(present uint64) {
	for len(c.rounds) > 0 && c.rounds[0].id.RefSlot > present && c.rounds[0].openedAt > c.clock.wall {
		if r := c.rounds[0]; r.closed == nil {
			c.closeRound(r, c.missedOutcome(r))
		}
		c.rounds = c.rounds[1:]
	}
}

// ended reports whether the round is closed for good: not by a clock that may be wrong.
func (r *round) ended() bool { return r.closed != nil && !r.closedByClock }

// resumeClosed goes on with the newest round if it was closed at its deadline, which is still to come.
func (c *Core) resumeClosed() {
	r := c.newest()
	if r == nil || r.closed == nil || !r.closedByClock || c.clock.wall.After(maxSetBack) >= r.deadline {
		return
	}
	r.closed, r.closedByClock, r.resendAt = nil, false, c.now
}

// resend repeats what this node says in an open round that is not certified, and asks again those who owe an answer.
func (c *Core) resend(r *round) {
	if c.now < r.resendAt {
		return
	}
	r.resendAt = c.now.After(c.jittered(c.config.Timing.ResendInterval))
	if r.certificate != nil {
		return
	}
	if r.own != nil && r.self >= 0 {
		c.send("", c.ownObservation(r))
	}
	if r.vote != nil && r.vote.signature != nil && c.halt == nil {
		c.send("", c.ownVote(r))
	}
	if r.self >= 0 && c.recovering(r) {
		for m, p := range r.peers {
			if !p.answered {
				c.requestRound(r, m)
			}
		}
	}
	c.requestReports(r, true)
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
	sooner(c.clock.monotonic(r.deadline))
	if r.certificate == nil {
		sooner(r.resendAt)
		if r.vote != nil && r.vote.recorded && c.wantsSignature(r) {
			sooner(r.vote.signAt)
		}
	} else if at, _, ok := c.submitTurn(r); ok {
		sooner(max(at, c.retryAt))
	}
	return next
}

// awaitsJournal reports whether something is to be written that could not be, or may be: no vote is decided in the meantime.
func (c *Core) awaitsJournal(newest *round) bool {
	if c.mayPersist() {
		return false
	}
	if len(c.pending) > 0 || newest.vote == nil || !newest.vote.recorded {
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
