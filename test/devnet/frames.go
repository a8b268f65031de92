package devnet

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
)

// frame is what the chain shows of a reference slot.
type frame struct {
	number      uint64
	refSlot     uint64
	submissions []follow.Submission
	rebase      *follow.Rebase // nil: no report took effect
}

// frame collects what happened in the k-th frame.
func (env *environment) frame(k uint64) frame {
	f := frame{number: k, refSlot: env.RefSlot(k)}
	for _, b := range env.follower.Blocks() {
		if b.Slot <= f.refSlot {
			continue
		}
		for _, e := range b.Events {
			switch e := e.(type) {
			case follow.Submission:
				if e.RefSlot == f.refSlot {
					f.submissions = append(f.submissions, e)
				}
			case follow.Rebase:
				if e.RefSlot == f.refSlot {
					f.rebase = &e
				}
			}
		}
	}
	return f
}

// accepted is the submission that the contract took.
func (f frame) accepted() (follow.Submission, bool) {
	for _, sub := range f.submissions {
		if sub.Outcome == follow.Accepted {
			return sub, true
		}
	}
	return follow.Submission{}, false
}

// quarantined is the submission that the contract holds for guardians.
func (f frame) quarantined() bool {
	for _, sub := range f.submissions {
		if sub.Outcome == follow.Quarantined {
			return true
		}
	}
	return false
}

// violations are how a frame breaks the promise: one transaction reports it, and every balance is as calculated.
func (f frame) violations() (faults []string) {
	if f.rebase == nil {
		return []string{fmt.Sprintf("frame %d was not reported", f.number+1)}
	}
	if n := len(f.submissions); n != 1 {
		faults = append(faults, fmt.Sprintf("frame %d took %d transactions", f.number+1, n))
	}
	return append(faults, f.mismatches()...)
}

func (f frame) mismatches() (found []string) {
	if f.rebase != nil {
		for _, m := range f.rebase.Mismatches {
			found = append(found, fmt.Sprintf("frame %d, %s", f.number+1, m))
		}
	}
	return found
}

// deadline is the last slot in which the k-th frame can be reported.
func (env *environment) deadline(k uint64) uint64 {
	return env.Schedule.CloseSlot(env.RefSlot(k)) - 1
}

// currentFrame is the number of the frame whose reference slot has passed last; 0 before the first, too.
func (env *environment) currentFrame() uint64 {
	first, slot := env.RefSlot(0), env.Chain.Slot()
	if slot <= first {
		return 0
	}
	return (slot - first - 1) / env.Schedule.FrameSlots()
}

// awaitReport waits for the k-th frame's rebase, and checks that it took one transaction and that every balance is as calculated.
func (env *environment) awaitReport(ctx context.Context, k uint64) (frame, error) {
	f, err := env.awaitRebase(ctx, k)
	if err != nil {
		return f, err
	}
	for _, fault := range f.violations() {
		return f, fmt.Errorf("%w: %s", ErrOutcome, fault)
	}
	return f, nil
}

// awaitRebase waits for the k-th frame's rebase, however many transactions it took, and checks that every balance is as calculated.
func (env *environment) awaitRebase(ctx context.Context, k uint64) (f frame, err error) {
	err = env.await(ctx, fmt.Sprintf("frame %d is reported", k+1), env.deadline(k), func() bool {
		f = env.frame(k)
		return f.rebase != nil
	})
	for _, fault := range f.mismatches() {
		return f, fmt.Errorf("%w: %s", ErrOutcome, fault)
	}
	return f, err
}
