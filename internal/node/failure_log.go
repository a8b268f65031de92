package node

import (
	"log/slog"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/clock"
)

// failureLogInterval is how often a failure that goes on is logged again.
const failureLogInterval = 10 * time.Minute

// failureLog logs something that fails again and again: when that begins, now and then while it lasts, and when it ends.
type failureLog struct {
	log    *slog.Logger
	clock  clock.Clock
	begins string // sentences
	ends   string

	since, loggedAt time.Time
}

// record takes the result of one try; nil: it worked.
func (f *failureLog) record(err error) {
	now := f.clock.Now()
	switch {
	case err == nil && !f.since.IsZero():
		f.log.Info(f.ends, "after", now.Sub(f.since).Round(time.Second))
		f.since, f.loggedAt = time.Time{}, time.Time{}
	case err == nil:
	case f.since.IsZero():
		f.since, f.loggedAt = now, now
		f.log.Warn(f.begins, "reason", shortReason(err))
	case now.Sub(f.loggedAt) >= failureLogInterval:
		f.loggedAt = now
		f.log.Warn(f.begins, "for", now.Sub(f.since).Round(time.Second), "reason", shortReason(err))
	}
}
