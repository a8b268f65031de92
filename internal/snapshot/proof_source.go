package snapshot

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// ProofSource reads what the proof of a beacon block is made of, as the execution chain is at Head: a blockproof.Source.
type ProofSource struct {
	Head     events.Block
	Schedule report.Schedule
	Chain    *events.Reader
	Beacon   *beacon.Client
	States   *Builder
}

// ExecutedAbove finds the execution block after the last one at or before the slot: its header's hash vouches for its time and its parent beacon block.
func (s ProofSource) ExecutedAbove(ctx context.Context, slot uint64) (blockproof.Executed, error) {
	seconds := s.Schedule.TimeOf(slot)
	next, err := s.Chain.BlockAtTime(ctx, seconds, s.Head.Number-min(s.Head.Number, report.BeaconRootsMemorySlots), s.Head.Number)
	if err == nil && next.Time <= seconds {
		if next.Number >= s.Head.Number {
			return blockproof.Executed{}, fmt.Errorf("%w: the newest execution block, %d, is of slot %d", blockproof.ErrNotYet, next.Number, s.Schedule.SlotAt(next.Time))
		}
		next, err = s.Chain.BlockByNumber(ctx, next.Number+1)
	}
	switch {
	case err != nil:
		return blockproof.Executed{}, fmt.Errorf("find the first execution block above slot %d: %w", slot, err)
	case next.ParentBeaconRoot == nil:
		return blockproof.Executed{}, fmt.Errorf("execution block %d: %w: it names no parent beacon block", next.Number, events.ErrInconsistent)
	}
	return blockproof.Executed{Slot: s.Schedule.SlotAt(next.Time), ParentRoot: *next.ParentBeaconRoot}, nil
}

// Header asks the beacon nodes.
func (s ProofSource) Header(ctx context.Context, root common.Hash) (state.BlockHeader, error) {
	block, err := s.Beacon.Header(ctx, beacon.AtRoot(root))
	return block.Header, err
}

// BlockRoots reads a whole state.
func (s ProofSource) BlockRoots(ctx context.Context, header state.BlockHeader) (*state.BlockRoots, error) {
	return s.States.BlockRoots(ctx, header)
}
