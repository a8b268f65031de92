package node

import (
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Clock is the node's time.
type Clock interface {
	Now() time.Time
	// Elapsed is the time that has passed since the clock was made. It goes on evenly whatever is done to Now.
	Elapsed() time.Duration
	// After delivers the time once d has passed.
	After(d time.Duration) <-chan time.Time
}

// systemClock is the machine's clock.
type systemClock struct{ made time.Time }

func newSystemClock() systemClock { return systemClock{time.Now()} }

// Now is without the monotonic reading: frames go by what the machine's clock shows.
func (c systemClock) Now() time.Time                         { return time.Now().Round(0) }
func (c systemClock) Elapsed() time.Duration                 { return time.Since(c.made) }
func (c systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// fastClock runs rate times as fast as the machine's: origin + (now - origin) * rate. It is for the devnet.
type fastClock struct {
	systemClock
	origin time.Time
	rate   int64
}

func (c fastClock) Now() time.Time {
	return c.origin.Add(c.systemClock.Now().Sub(c.origin) * time.Duration(c.rate))
}

func (c fastClock) Elapsed() time.Duration { return c.systemClock.Elapsed() * time.Duration(c.rate) }

func (c fastClock) After(d time.Duration) <-chan time.Time {
	return time.After(d / time.Duration(c.rate))
}

// offsetClock is the machine's clock, ahead by some time.
type offsetClock struct {
	systemClock
	ahead time.Duration
}

func (c offsetClock) Now() time.Time { return c.systemClock.Now().Add(c.ahead) }

// instantOf is a time as the core takes it.
func instantOf(t time.Time) consensus.Instant { return consensus.Instant(t.UnixMilli()) }

// instant is the core's now.
func (p *parts) instant() consensus.Instant { return instantOf(p.clock.Now()) }

// clockWatch notices that the clock was set.
type clockWatch struct {
	wall    time.Time
	elapsed time.Duration
}

// look is how far the clock was set ahead (back, if negative) since the last look.
func (w *clockWatch) look(c Clock) time.Duration {
	wall, elapsed := c.Now(), c.Elapsed()
	by := wall.Sub(w.wall) - (elapsed - w.elapsed)
	if w.wall.IsZero() {
		by = 0
	}
	w.wall, w.elapsed = wall, elapsed
	return by
}
