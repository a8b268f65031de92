package node

import (
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Clock is the node's time. Now carries a monotonic reading where the machine has one, as time.Now does.
type Clock interface {
	Now() time.Time
	// After delivers the time once d has passed.
	After(d time.Duration) <-chan time.Time
}

// systemClock is the machine's clock.
type systemClock struct{}

func (systemClock) Now() time.Time                         { return time.Now() }
func (systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// fastClock runs rate times as fast as the machine's: origin + (now - origin) * rate. It is for the devnet.
type fastClock struct {
	origin time.Time
	rate   int64
}

// Now adds to wall and monotonic reading alike.
func (c fastClock) Now() time.Time {
	now := time.Now()
	return now.Add(now.Round(0).Sub(c.origin) * time.Duration(c.rate-1))
}

func (c fastClock) After(d time.Duration) <-chan time.Time {
	return time.After(d / time.Duration(c.rate))
}

// steadyClock gives the core instants that go on evenly whatever is done to the wall clock: set once, then by the monotonic reading.
type steadyClock struct {
	clock Clock
	base  time.Time // monotonic reading included
	zero  time.Time // the same without
}

func newSteadyClock(clock Clock) *steadyClock {
	base := clock.Now()
	return &steadyClock{clock: clock, base: base, zero: base.Round(0)}
}

// instant is the core's now.
func (s *steadyClock) instant() consensus.Instant {
	return consensus.Instant(s.zero.Add(s.clock.Now().Sub(s.base)).UnixMilli())
}

// at is the instant at which the wall clock, as it goes now, will show t.
func (s *steadyClock) at(t time.Time) consensus.Instant {
	return s.instant().After(t.Sub(s.clock.Now().Round(0)))
}

// jumped is how far the wall clock has been set ahead (or back, if negative) since the start.
func (s *steadyClock) jumped() time.Duration {
	now := s.clock.Now()
	return now.Round(0).Sub(s.zero) - now.Sub(s.base)
}
