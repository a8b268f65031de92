package node

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
)

// errPanic: work broke off in a way that this program does not expect.
var errPanic = errors.New("the work panicked: report the log lines before this one; it is tried again")

// recomputeSlots is how many slots pass between two computations of a round that finds no quorum: this node may have been shown another chain.
const recomputeSlots = 32

// compute begins a computation when one is due and possible.
func (r *runner) compute() {
	f := &r.frame
	switch {
	case !f.open || f.computing || r.core == nil || !r.isFinal(f.refSlot):
		return
	case f.result == nil && f.retryAt != 0 && r.instant() < f.retryAt:
		return
	case f.result != nil && (f.retryAt == 0 || r.instant() < f.retryAt):
		return
	case !r.clock.Now().Before(f.deadline):
		return
	}
	if f.times.Finality.IsZero() {
		f.times.Finality = r.clock.Now()
	}
	f.computing, f.retryAt = true, 0
	refSlot := f.refSlot
	r.work.Go(func() {
		ctx, cancel := context.WithCancel(r.ctx)
		defer cancel()
		started := time.Now()
		result, err := r.computeSafely(ctx, refSlot)
		took := time.Since(started)
		r.post(r.ctx, func() { r.computed(refSlot, result, err, took) })
		if err == nil { // Afterwards: no report waits for it.
			exits, err := r.exitsSafely(ctx, result)
			r.post(r.ctx, func() { r.keepExits(refSlot, exits, err) })
		}
	})
}

// isFinal reports whether a finalized checkpoint begins above the slot. It does not overflow: a beacon node that once claimed an epoch that no chain reaches
// makes the node try too early, which the computation finds out, and never stops it.
func (r *runner) isFinal(slot uint64) bool {
	return r.finalSeen && r.finalized > slot/r.schedule.SlotsPerEpoch
}

// computeSafely makes a panic an error.
func (p *parts) computeSafely(ctx context.Context, refSlot uint64) (result *snapshot.Result, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			result, err = nil, p.panicked(refSlot, cause)
		}
	}()
	result, err = p.builder.Compute(ctx, refSlot)
	if err == nil && p.hooks.Tamper != nil {
		p.hooks.Tamper(&result.Report)
		result.Digest = p.domain.Digest(result.Report)
	}
	return result, err
}

// exitsSafely makes a panic an error.
func (p *parts) exitsSafely(ctx context.Context, result *snapshot.Result) (exits *snapshot.Exits, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			exits, err = nil, p.panicked(result.Report.RefSlot, cause)
		}
	}()
	return p.builder.Exits(ctx, result)
}

func (p *parts) panicked(refSlot uint64, cause any) error {
	p.log.Error("The computation of a report panicked.", "refSlot", refSlot, "cause", cause, "stack", string(debug.Stack()))
	return fmt.Errorf("%w (%v)", errPanic, cause)
}

// computed takes the result of a computation.
func (r *runner) computed(refSlot uint64, result *snapshot.Result, err error, took time.Duration) {
	f := &r.frame
	r.metrics.counters.Computations++
	r.metrics.counters.ComputeMs = took.Milliseconds()
	if f.refSlot != refSlot {
		return // a newer frame has opened meanwhile
	}
	f.computing = false
	if err != nil {
		r.notComputed(err)
		return
	}
	r.metrics.counters.StateBytes = result.State.Bytes
	f.retryAt = r.instant().After(recomputeSlots * r.slot())
	again := f.result != nil
	if again && f.result.Digest == result.Digest {
		return
	}
	if r.chores != nil {
		r.chores.learn(result.Snapshot)
	}
	f.result, f.why = result, ""
	f.times.Computed = r.clock.Now()
	r.log.Info("The report is computed.", "refSlot", refSlot, "digest", r.domain.Digest(r.ownReport()), "again", again, "took", took.Round(time.Millisecond),
		"validators", result.Report.Validators, "bunker", result.Report.Bunker, "verdict", result.Sanity.Code.String())
	if !r.changeCommittee() {
		r.stepComputed()
	}
}

// notComputed gives the core the reason why there is no report, and tries again a slot later.
func (r *runner) notComputed(err error) {
	f := &r.frame
	f.retryAt = r.instant().After(r.slot())
	if errors.Is(err, context.Canceled) && r.ctx.Err() != nil {
		return
	}
	if errors.Is(err, beacon.ErrNotFinalized) {
		f.why = "the reference block is not finalized yet"
	} else {
		r.metrics.counters.ComputeErrors++
		f.why = err.Error()
		r.log.Warn("The report could not be computed. It is tried again.", "refSlot", f.refSlot, "reason", err)
	}
	if f.result == nil {
		r.step(consensus.NotComputed{Round: f.round, Why: f.why})
	}
}

// settled stops further computations: they can change nothing any more.
func (r *runner) settled() {
	if r.frame.result != nil {
		r.frame.retryAt = 0
	}
}

// watchFinality passes finalized checkpoints to the runner until ctx ends.
func (r *runner) watchFinality(ctx context.Context) {
	for checkpoint := range r.beacon.WatchFinalized(ctx) {
		epoch := checkpoint.Epoch
		r.post(ctx, func() {
			if r.finalSeen && epoch <= r.finalized {
				return
			}
			r.finalized, r.finalSeen = epoch, true
			r.frame.retryAtOnce()
		})
	}
}

// retryAtOnce: a newer checkpoint may let the report be computed.
func (f *frame) retryAtOnce() {
	if f.result == nil {
		f.retryAt = 0
	}
}
