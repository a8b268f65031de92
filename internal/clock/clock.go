package clock

import "time"

// Clock is a time that can be waited for.
type Clock interface {
	Now() time.Time
	// Elapsed is the time that has passed since the clock was made. It goes on evenly whatever is done to Now.
	Elapsed() time.Duration
	// After delivers the time once d has passed.
	After(d time.Duration) <-chan time.Time
}

// System is the machine's clock.
func System() Clock { return system{time.Now()} }

type system struct{ made time.Time }

// Now is without the monotonic reading: frames go by what the machine's clock shows.
func (c system) Now() time.Time                         { return time.Now().Round(0) }
func (c system) Elapsed() time.Duration                 { return time.Since(c.made) }
func (c system) After(d time.Duration) <-chan time.Time { return time.After(d) }

// Fast runs rate times as fast as the machine's clock: origin + (now - origin) * rate. It is for the devnet.
func Fast(origin time.Time, rate int64) Clock {
	return fast{system: system{time.Now()}, origin: origin, rate: rate}
}

type fast struct {
	system
	origin time.Time
	rate   int64
}

func (c fast) Now() time.Time {
	return c.origin.Add(c.system.Now().Sub(c.origin) * time.Duration(c.rate))
}

func (c fast) Elapsed() time.Duration { return c.system.Elapsed() * time.Duration(c.rate) }

func (c fast) After(d time.Duration) <-chan time.Time {
	return time.After(d / time.Duration(c.rate))
}

// Ahead is the machine's clock, ahead by some time: that of a machine without time synchronisation.
func Ahead(by time.Duration) Clock { return ahead{system{time.Now()}, by} }

type ahead struct {
	system
	by time.Duration
}

func (c ahead) Now() time.Time { return c.system.Now().Add(c.by) }
