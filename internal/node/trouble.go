package node

import (
	"log/slog"
	"time"
)

// repeatEvery is how often a trouble that goes on is told again.
const repeatEvery = 10 * time.Minute

// trouble tells of something that fails again and again: when it begins, now and then, and when it ends.
type trouble struct {
	log    *slog.Logger
	clock  Clock
	begins string // sentences
	ends   string

	since, told time.Time
}

// note takes how it went this time.
func (t *trouble) note(err error) {
	now := t.clock.Now()
	switch {
	case err == nil && !t.since.IsZero():
		t.log.Info(t.ends, "after", now.Sub(t.since).Round(time.Second))
		t.since, t.told = time.Time{}, time.Time{}
	case err == nil:
	case t.since.IsZero():
		t.since, t.told = now, now
		t.log.Warn(t.begins, "reason", shortReason(err))
	case now.Sub(t.told) >= repeatEvery:
		t.told = now
		t.log.Warn(t.begins, "for", now.Sub(t.since).Round(time.Second), "reason", shortReason(err))
	}
}
