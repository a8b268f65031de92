package snapshot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// readState reads the post-state of the reference block and verifies it against the block's state root.
func (g *Builder) readState(ctx context.Context, reference beacon.ReferenceBlock) (*state.State, network, error) {
	n, err := g.networkIn(ctx, reference.Slot/g.schedule.SlotsPerEpoch) // of the state's own fork: after missed slots it can be older than the reference slot's
	if err != nil {
		return nil, network{}, err
	}
	s, err := g.readAgain(ctx, reference, n.Spec, g.query(ctx, reference))
	if err != nil {
		return nil, network{}, err
	}
	return s, n, nil
}

// query is what a report takes of the state of its reference block.
func (g *Builder) query(ctx context.Context, reference beacon.ReferenceBlock) state.Query {
	epoch := reference.RefSlot / g.schedule.SlotsPerEpoch
	return state.Query{
		Credentials: []common.Hash{report.CredentialsOf(g.vault)}, Epoch: &epoch, Hint: g.hint(ctx, reference), Workers: g.o.Workers,
		Asked:    g.o.Execution.LikelyKeys(ctx),
		Progress: func(bytesRead uint64) { g.o.Progress(ReadingState, bytesRead, 0) },
	}
}

// readAgain reads and verifies a state, and once more when the hint lacked keys.
func (g *Builder) readAgain(ctx context.Context, reference beacon.ReferenceBlock, spec state.Spec, query state.Query) (*state.State, error) {
	s, err := g.readVerified(ctx, reference, spec, query)
	if incomplete := (*state.HintError)(nil); errors.As(err, &incomplete) {
		query.Hint = incomplete.Keys
		s, err = g.readVerified(ctx, reference, spec, query)
	}
	if err != nil {
		return nil, fmt.Errorf("read the beacon state of slot %d: %w", reference.Slot, err)
	}
	return s, g.checkState(s, reference)
}

// find wants a state in which keys were looked for: it is read once more when they were not. Which ones, only the execution block tells that it names.
func (g *Builder) find(ctx context.Context, reference beacon.ReferenceBlock, spec state.Spec, s *state.State, keys []report.PublicKey) (*state.State, error) {
	if !slices.ContainsFunc(keys, func(key report.PublicKey) bool { return !s.LookedFor(key) }) {
		return s, nil
	}
	query := g.query(ctx, reference)
	query.Asked = append(query.Asked, keys...)
	return g.readAgain(ctx, reference, spec, query)
}

// executionBlock is the block at which the contracts are read: the newest one that the state knows to be included. Its payload and what it did to the
// beacon chain are both in the state; a later block's are not, be it the payload of this very block (Gloas). The state vouches for the hash, and up to
// Fulu for the header; from Gloas on the header must hash to it.
func (g *Builder) executionBlock(ctx context.Context, s *state.State) (execution.BlockRef, error) {
	if header := s.Execution; header != nil {
		return execution.BlockRef{Hash: header.BlockHash, StateRoot: header.StateRoot, Number: header.Number}, nil
	}
	return g.o.Execution.Block(ctx, s.LatestBlockHash)
}

// hint are the keys that the node says have pending deposits. The reading checks it; without one the state may be read twice.
func (g *Builder) hint(ctx context.Context, reference beacon.ReferenceBlock) []state.PendingKey {
	pools := make(map[[48]byte]bool)
	_, err := g.o.Beacon.PendingDeposits(ctx, beacon.AtSlot(reference.Slot), func(d beacon.PendingDeposit) bool {
		if _, known := pools[d.PublicKey]; !known && len(pools) == state.DefaultMaxPending {
			return false // no honest list is as long; the reading tells what is missing
		}
		isPool := report.WithdrawsTo(d.Credentials[:], g.vault)
		pools[d.PublicKey] = pools[d.PublicKey] || isPool
		return false
	})
	if err != nil {
		return nil
	}
	keys := make([]state.PendingKey, 0, len(pools))
	for key, isPool := range pools {
		keys = append(keys, state.PendingKey{PublicKey: key, Pool: isPool})
	}
	return keys
}

// readVerified reads the state from the first endpoint whose bytes verify. An incomplete hint is no fault of the endpoint: it ends the search.
func (g *Builder) readVerified(ctx context.Context, reference beacon.ReferenceBlock, spec state.Spec, query state.Query) (*state.State, error) {
	var (
		found      *state.State
		incomplete *state.HintError
	)
	err := g.o.Beacon.ReadState(ctx, reference.Slot, reference.StateRoot, func(ctx context.Context, stream *beacon.StateStream) error {
		fork, err := state.ParseFork(stream.Fork)
		if err != nil {
			return err
		}
		found, err = state.Read(ctx, stream, fork, spec, &reference.StateRoot, query)
		if errors.As(err, &incomplete) {
			return nil
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case incomplete != nil:
		return nil, incomplete
	}
	return found, nil
}

// Proofs reads the state of a final block and verifies it, and proves the validators and builders that have these keys; those that it does not have are left out.
// Errors: ErrContradiction, and those of the beacon nodes.
func (g *Builder) Proofs(ctx context.Context, block beacon.ReferenceBlock, keys []report.PublicKey) ([]state.ValidatorProof, []state.BuilderProof, error) {
	s, err := g.readBlock(ctx, block, state.Query{ProveKeys: keys})
	if err != nil {
		return nil, nil, fmt.Errorf("prove validators in the state of slot %d: %w", block.Slot, err)
	}
	return s.Proofs, s.Builders, nil
}

// readBlock reads the state of a block and verifies it.
func (g *Builder) readBlock(ctx context.Context, block beacon.ReferenceBlock, query state.Query) (*state.State, error) {
	n, err := g.networkIn(ctx, block.Slot/g.schedule.SlotsPerEpoch)
	if err != nil {
		return nil, err
	}
	query.Workers = g.o.Workers
	s, err := g.readVerified(ctx, block, n.Spec, query)
	if err != nil {
		return nil, err
	}
	return s, g.checkState(s, block)
}

// BlockRoots reads the state of a block and verifies it, for the roots of older blocks that it remembers. It is read whole, as for a report.
// Errors: ErrContradiction, and those of the beacon nodes.
func (g *Builder) BlockRoots(ctx context.Context, header state.BlockHeader) (*state.BlockRoots, error) {
	block := beacon.ReferenceBlock{RefSlot: header.Slot, Root: header.HashTreeRoot(), Header: header}
	s, err := g.readBlock(ctx, block, state.Query{BlockRoots: true})
	if err != nil {
		return nil, fmt.Errorf("read what the state of slot %d remembers: %w", header.Slot, err)
	}
	return s.BlockRoots, nil
}

// checkState compares a verified state with the block and the manifest. The root has matched, so a difference is no endpoint's doing.
func (g *Builder) checkState(s *state.State, reference beacon.ReferenceBlock) error {
	switch {
	case s.Slot != reference.Slot:
		return fmt.Errorf("%w: the state is of slot %d, the block of %d", ErrContradiction, s.Slot, reference.Slot)
	case s.BlockRoot() != reference.Root:
		return fmt.Errorf("%w: the state comes after block %s, the reference block is %s", ErrContradiction, s.BlockRoot(), reference.Root)
	case s.GenesisTime != g.schedule.GenesisTime:
		return fmt.Errorf("%w: genesis at %d, the manifest has %d", ErrContradiction, s.GenesisTime, g.schedule.GenesisTime)
	}
	return nil
}
