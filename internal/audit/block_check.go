package audit

import (
	"context"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// checkBlock verifies the block proof: the headers' fields hash to the reported root and lead to the newest one, or a state's memory does, and the execution block of
// the child slot, whose hash vouches for it, names the newest block as its parent beacon block (EIP-4788). Then it finds the execution block that goes with the
// reference block's state.
func (rc *reportCheck) checkBlock(ctx context.Context) {
	if rc.submission == nil {
		rc.notChecked(checkBlock, "the block proof is not in the transaction's own bytes")
		return
	}
	r, p, layouts := rc.submission.Report, rc.submission.Proof, rc.o.Manifest.Layouts()
	newest, err := p.Newest(r.RefSlot, r.RefBlockRoot, layouts)
	if err != nil {
		rc.wrong(checkBlock, WrongBlock, "the block proof does not hold: %v", err)
		return
	}
	child, err := rc.blockAt(ctx, rc.schedule.TimeOf(p.ChildSlot))
	if err != nil {
		rc.notChecked(checkBlock, "execution block of child slot %d: %v", p.ChildSlot, err)
		return
	}
	if child.Time != rc.schedule.TimeOf(p.ChildSlot) || child.ParentBeaconRoot == nil || *child.ParentBeaconRoot != newest {
		rc.wrong(checkBlock, WrongBlock, "the chain has no block in slot %d that names %s as its parent", p.ChildSlot, newest)
		return
	}
	// A state of Gloas goes with the newest payload before its slot, an older state with its own block's payload.
	time, gloas := rc.schedule.TimeOf(p.Header.Slot), p.Header.Slot >= layouts.GloasSlot
	if gloas {
		time--
	}
	payload, err := rc.blockAt(ctx, time)
	if err != nil {
		rc.notChecked(checkBlock, "execution block at slot %d: %v", p.Header.Slot, err)
		return
	}
	if payload.Time > time || !gloas && payload.Time != time {
		rc.wrong(checkBlock, WrongBlock, "the payload at or before slot %d is of slot %d", p.Header.Slot, rc.schedule.SlotAt(payload.Time))
		return
	}
	rc.reference = payload
	rc.ok(checkBlock)
}

// blockAt is the last block at or before a time, in seconds, that EIP-4788 remembers when the report was submitted.
func (rc *reportCheck) blockAt(ctx context.Context, time uint64) (events.Block, error) {
	first := rc.h.seen.Block - min(rc.h.seen.Block, report.BeaconRootsMemorySlots)
	return rc.o.Chain.BlockAtTime(ctx, time, first, rc.h.seen.Block)
}
