package node

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// settledSlots is how far behind the newest block a payload must be before a proof that is made with it stays true. In calm it is far behind when a report is
// certified; while payloads are withheld, the first one that comes may be the newest block.
const settledSlots = 8

// settled tells whether no reorganisation undoes the payload that a proof is made with.
func settled(s report.Schedule, head events.Block, p blockproof.Proof) bool {
	return s.SlotAt(head.Time) >= p.ChildSlot+settledSlots
}

// proofSource reads what the proof of a reference block is made of, as the chain is at head.
type proofSource struct {
	head     events.Block
	schedule report.Schedule
	chain    *events.Reader
	beacon   *beacon.Client
	builder  *snapshot.Builder
}

// blockProof makes the proof of a reference block that the contract takes at head; it is before while that stands. Errors: blockproof.ErrNotYet, and others.
func (p *parts) blockProof(ctx context.Context, head events.Block, b beacon.ReferenceBlock, before *blockproof.Proof) (*blockproof.Proof, error) {
	source := proofSource{head: head, schedule: p.schedule, chain: p.chain, beacon: p.beacon, builder: p.builder}
	return blockproof.Renew(ctx, source, blockproof.Reference{RefSlot: b.RefSlot, Root: b.Root, Header: b.Header}, p.manifest.Layouts(), before)
}

// ExecutedAbove finds the execution block after the last one at or before the slot: its header's hash vouches for its time and its parent beacon block.
func (s proofSource) ExecutedAbove(ctx context.Context, slot uint64) (blockproof.Executed, error) {
	seconds := s.schedule.TimeOf(slot)
	next, err := s.chain.BlockAtTime(ctx, seconds, s.head.Number-min(s.head.Number, report.BeaconRootsMemorySlots), s.head.Number)
	if err == nil && next.Time <= seconds {
		if next.Number >= s.head.Number {
			return blockproof.Executed{}, fmt.Errorf("%w: the newest execution block, %d, is of slot %d", blockproof.ErrNotYet, next.Number, s.schedule.SlotAt(next.Time))
		}
		next, err = s.chain.BlockByNumber(ctx, next.Number+1)
	}
	switch {
	case err != nil:
		return blockproof.Executed{}, fmt.Errorf("find the first execution block above slot %d: %w", slot, err)
	case next.ParentBeaconRoot == nil:
		return blockproof.Executed{}, fmt.Errorf("execution block %d: %w: it names no parent beacon block", next.Number, events.ErrInconsistent)
	}
	return blockproof.Executed{Slot: s.schedule.SlotAt(next.Time), ParentRoot: *next.ParentBeaconRoot}, nil
}

// Header asks the beacon nodes.
func (s proofSource) Header(ctx context.Context, root common.Hash) (state.BlockHeader, error) {
	block, err := s.beacon.Header(ctx, beacon.AtRoot(root))
	return block.Header, err
}

// BlockRoots reads a whole state.
func (s proofSource) BlockRoots(ctx context.Context, header state.BlockHeader) (*state.BlockRoots, error) {
	return s.builder.BlockRoots(ctx, header)
}
