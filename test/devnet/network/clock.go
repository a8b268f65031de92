package network

import (
	"context"
	"time"
)

// Clock maps the wall's time to the chain's, which runs Rate times as fast: chain = Origin + (wall - Origin) * Rate.
type Clock struct {
	Origin time.Time
	Rate   int64
}

// newClock is the clock that shows chainTime at the wall's time now.
//
//	now * rate - origin * (rate - 1) = chainTime
func newClock(now, chainTime time.Time, rate int64) Clock {
	behind := now.Sub(chainTime) // Origin lies where both clocks met, or will meet.
	return Clock{Origin: now.Add(behind / time.Duration(rate-1)), Rate: rate}
}

// At is the chain's time when the wall shows wall.
func (c Clock) At(wall time.Time) time.Time {
	return c.Origin.Add(wall.Sub(c.Origin) * time.Duration(c.Rate))
}

// WallOf is the wall's time at the chain's time.
func (c Clock) WallOf(chainTime time.Time) time.Time {
	return c.Origin.Add(chainTime.Sub(c.Origin) / time.Duration(c.Rate))
}

// wait returns at the wall's time until, or when ctx ends.
func wait(ctx context.Context, now func() time.Time, until time.Time) error {
	timer := time.NewTimer(until.Sub(now()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
