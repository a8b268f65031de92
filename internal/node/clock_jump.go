package node

import (
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// instantOf is a time as the core takes it.
func instantOf(t time.Time) consensus.Instant { return consensus.Instant(t.UnixMilli()) }

// instant is the core's now.
func (p *parts) instant() consensus.Instant { return instantOf(p.clock.Now()) }

// clockWatch notices that the clock was set.
type clockWatch struct {
	wall    time.Time
	elapsed time.Duration
}

// jump is how far the clock was set ahead (back, if negative) since the last call.
func (w *clockWatch) jump(c clock.Clock) time.Duration {
	wall, elapsed := c.Now(), c.Elapsed()
	by := wall.Sub(w.wall) - (elapsed - w.elapsed)
	if w.wall.IsZero() {
		by = 0
	}
	w.wall, w.elapsed = wall, elapsed
	return by
}

// watchClock notices that the clock was set, and lets the frame follow it.
func (r *runner) watchClock() {
	last := r.watch.wall
	by := r.watch.jump(r.clock)
	if by.Abs() > r.config.MaxClockOffset {
		r.jumpedAt, r.jumpedBy = r.clock.Now(), r.jumpedBy+by
		if r.jumpedBy.Abs() <= r.config.MaxClockOffset { // set right again
			r.jumpedAt, r.jumpedBy = time.Time{}, 0
		}
		r.log.Error("Alarm: the clock was set while the node ran.", "by", by)
		r.metrics.alarm(status.Alarm{Time: r.clock.Now(), Kind: string(ClockJumped), RefSlot: r.frame.refSlot, Text: "the clock was set by " + by.String()})
	}
	if r.watch.wall.Before(last) {
		r.reschedule()
		r.rewind()
	}
}

// reschedule makes all that was put off due at once: after the clock was set back its time may be far away.
func (r *runner) reschedule() {
	for _, at := range []*consensus.Instant{&r.frame.retryAt, &r.reopenAt, &r.tickAt} {
		if *at != 0 {
			*at = min(*at, r.instant())
		}
	}
}
