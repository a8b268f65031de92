package snapshot

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// BlockRoots reads the state of a block and verifies it, for the roots of older blocks that it remembers. It is read whole, as for a report.
// Errors: ErrContradiction, and those of the beacon nodes.
func (g *Builder) BlockRoots(ctx context.Context, header state.BlockHeader) (*state.BlockRoots, error) {
	spec, err := g.specOf(ctx, header.Slot/g.schedule.SlotsPerEpoch)
	if err != nil {
		return nil, err
	}
	block := beacon.ReferenceBlock{RefSlot: header.Slot, Root: header.HashTreeRoot(), Header: header}
	s, err := g.readVerified(ctx, block, spec, state.Query{BlockRoots: true, Workers: g.o.Workers})
	if err == nil {
		err = g.checkState(s, block)
	}
	if err != nil {
		return nil, fmt.Errorf("read what the state of slot %d remembers: %w", header.Slot, err)
	}
	return s.BlockRoots, nil
}
