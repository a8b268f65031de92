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
func (s *stage) frame(k uint64) frame {
	f := frame{number: k, refSlot: s.Schedule.RefSlot(k)}
	for _, b := range s.follower.Blocks() {
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
	for _, s := range f.submissions {
		if s.Outcome == follow.Accepted {
			return s, true
		}
	}
	return follow.Submission{}, false
}

// quarantined is the submission that the contract holds for guardians.
func (f frame) quarantined() bool {
	for _, s := range f.submissions {
		if s.Outcome == follow.Quarantined {
			return true
		}
	}
	return false
}

// faults are what is not as promised of a frame: it is reported by one transaction, and every balance is as calculated.
func (f frame) faults() (faults []string) {
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
func (s *stage) deadline(k uint64) uint64 { return s.Schedule.CloseSlot(s.Schedule.RefSlot(k)) - 1 }

// current is the number of the frame whose reference slot has passed last; 0 before the first, too.
func (s *stage) current() uint64 {
	first, slot := s.Schedule.RefSlot(0), s.Chain.Slot()
	if slot <= first {
		return 0
	}
	return (slot - first - 1) / s.Schedule.FrameSlots()
}

// reported waits for the k-th frame's report to take effect, and wants it in one transaction and every balance as calculated.
func (s *stage) reported(ctx context.Context, k uint64) (frame, error) {
	f, err := s.tookEffect(ctx, k)
	if err != nil {
		return f, err
	}
	for _, fault := range f.faults() {
		return f, fmt.Errorf("%w: %s", ErrOutcome, fault)
	}
	return f, nil
}

// tookEffect waits for the k-th frame's report, however many transactions it took, and wants every balance as calculated.
func (s *stage) tookEffect(ctx context.Context, k uint64) (f frame, err error) {
	err = s.await(ctx, fmt.Sprintf("frame %d is reported", k+1), s.deadline(k), func() bool {
		f = s.frame(k)
		return f.rebase != nil
	})
	for _, fault := range f.mismatches() {
		return f, fmt.Errorf("%w: %s", ErrOutcome, fault)
	}
	return f, err
}
