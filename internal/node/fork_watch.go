package node

import (
	"context"
	"log/slog"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	forkWarningDays = 30
	forkLookEvery   = 24 * time.Hour
	forkLookAgain   = time.Hour // after no node answered
)

// forkWatch warns, once a day, of forks that the beacon nodes announce and that this program cannot read: nobody should learn of a fork by a missed frame.
type forkWatch struct {
	specs    func(context.Context) ([]beacon.NodeSpec, error)
	schedule report.Schedule
	clock    clock.Clock
	log      *slog.Logger
}

// run looks until ctx ends.
func (w forkWatch) run(ctx context.Context) {
	for {
		next := forkLookEvery
		if !w.look(ctx) {
			next = forkLookAgain
		}
		select {
		case <-ctx.Done():
			return
		case <-w.clock.After(next):
		}
	}
}

// look warns of each fork once, by the first node that announces it. It is false when no node answered.
func (w forkWatch) look(ctx context.Context) bool {
	nodes, err := w.specs(ctx)
	warned := make(map[state.UnknownFork]bool)
	for _, node := range nodes {
		for _, f := range state.UnknownForks(node.Values) {
			if !warned[f] {
				w.warn(f, node.Endpoint)
			}
			warned[f] = true
		}
	}
	return err == nil
}

func (w forkWatch) warn(f state.UnknownFork, endpoint string) {
	begins := time.Unix(int64(w.schedule.TimeOf(f.Epoch*w.schedule.SlotsPerEpoch)), 0).UTC()
	left := begins.Sub(w.clock.Now())
	about := []any{"fork", f.Name, "epoch", f.Epoch, "begins", begins, "announcedBy", endpoint}
	switch {
	case left <= 0:
		w.log.Error("Alarm: a fork has begun that this program does not know. It can report nothing until it is updated.", about...)
	case left <= forkWarningDays*24*time.Hour:
		w.log.Warn("A fork is near that this program does not know. Update it before then: from then on it can report nothing.", append(about, "daysLeft", int(left.Hours()/24))...)
	}
}
