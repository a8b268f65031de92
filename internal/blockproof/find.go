package blockproof

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

var (
	// ErrNotYet: no payload above the reference slot is executed, so EIP-4788 knows nothing above it.
	ErrNotYet = errors.New("no payload above the reference slot is executed yet: wait for the next one")
	// ErrOtherChain: what the execution chain has above the reference slot does not descend from the reference block.
	ErrOtherChain = errors.New("the execution chain's blocks above the reference slot do not descend from the reference block: one of the nodes is on another chain")
)

// Reference is the block to prove.
type Reference struct {
	RefSlot uint64
	Root    common.Hash
	Header  state.BlockHeader
}

// Executed is a beacon block whose payload was executed.
type Executed struct {
	Slot       uint64
	ParentRoot common.Hash // what EIP-4788 has at the slot's time
}

// Source reads what a proof is made of. What it gives is verified where it can be: a lie about executed payloads makes a proof that the contract refuses.
type Source interface {
	// ExecutedAbove is the first block above slot whose payload was executed. Errors: ErrNotYet.
	ExecutedAbove(ctx context.Context, slot uint64) (Executed, error)
	// Header is the header of the block of root.
	Header(ctx context.Context, root common.Hash) (state.BlockHeader, error)
	// BlockRoots reads the state of a block.
	BlockRoots(ctx context.Context, header state.BlockHeader) (*state.BlockRoots, error)
}

// Find makes the cheapest proof there is: of the first executed payload above the reference slot, by the headers down to the reference block when they are at most
// MaxLinks, else by the state of the newest of them. Errors: ErrNotYet, ErrOtherChain, those of the source.
func Find(ctx context.Context, from Source, r Reference, l Layouts) (Proof, error) {
	proof, err := Renew(ctx, from, r, l, nil)
	if err != nil {
		return Proof{}, err
	}
	return *proof, nil
}

// Renew gives a proof that was made before while EIP-4788 still has what it leads to, and else a new one, as Find makes it. before may be nil. What stands is not
// read again: a branch takes a whole state. Errors: those of Find.
func Renew(ctx context.Context, from Source, r Reference, l Layouts, before *Proof) (*Proof, error) {
	proof, err := renew(ctx, from, r, l, before)
	if err != nil {
		return nil, fmt.Errorf("prove the reference block of slot %d: %w", r.RefSlot, err)
	}
	return proof, nil
}

func renew(ctx context.Context, from Source, r Reference, l Layouts, before *Proof) (*Proof, error) {
	child, err := from.ExecutedAbove(ctx, r.RefSlot)
	if err != nil {
		return nil, err
	}
	if before != nil && before.leadsTo(child, r, l) == nil {
		return before, nil
	}
	p, err := find(ctx, from, r, child)
	if err == nil {
		err = p.leadsTo(child, r, l)
	}
	if err != nil {
		return nil, err
	}
	return &p, nil
}

// find reads the proof of an executed payload.
func find(ctx context.Context, from Source, r Reference, child Executed) (_ Proof, err error) {
	p := Proof{ChildSlot: child.Slot, Header: r.Header}
	if p.Above, err = links(ctx, from, r, child.ParentRoot); err != nil {
		return Proof{}, err
	}
	if len(p.Above) > MaxLinks {
		p.Above = p.Above[len(p.Above)-1:]
		if p.Branch, err = branch(ctx, from, r, p.Above[0]); err != nil {
			return Proof{}, err
		}
	}
	return p, nil
}

// leadsTo refuses a proof of another executed payload, or of none. Errors: ErrOtherChain.
func (p Proof) leadsTo(child Executed, r Reference, l Layouts) error {
	switch newest, err := p.Newest(r.RefSlot, r.Root, l); {
	case err != nil:
		return fmt.Errorf("%w: %w", ErrOtherChain, err)
	case p.ChildSlot != child.Slot || newest != child.ParentRoot:
		return fmt.Errorf("%w: the block before slot %d is %s, the proof leads to %s before slot %d", ErrOtherChain, child.Slot, child.ParentRoot, newest, p.ChildSlot)
	}
	return nil
}

// links are the headers from newest down to the block above the reference block, lowest first. When there are more than MaxLinks, they are the newest ones and one
// more than MaxLinks.
func links(ctx context.Context, from Source, r Reference, newest common.Hash) ([]state.BlockHeader, error) {
	var above []state.BlockHeader
	for root := newest; root != r.Root && len(above) <= MaxLinks; {
		header, err := from.Header(ctx, root)
		switch {
		case err != nil:
			return nil, err
		case header.HashTreeRoot() != root:
			return nil, fmt.Errorf("%w: asked for block %s, the header hashes to %s", ErrOtherChain, root, header.HashTreeRoot())
		case header.Slot <= r.RefSlot:
			return nil, fmt.Errorf("%w: below block %s is block %s of slot %d, at or before the reference slot", ErrOtherChain, newest, root, header.Slot)
		}
		above, root = append(above, header), header.ParentRoot
	}
	slices.Reverse(above)
	return above, nil
}

// branch is what the state of a later block remembers of the reference block.
func branch(ctx context.Context, from Source, r Reference, header state.BlockHeader) ([]common.Hash, error) {
	roots, err := from.BlockRoots(ctx, header)
	if err != nil {
		return nil, err
	}
	root, siblings, err := roots.Prove(r.RefSlot)
	switch {
	case err != nil:
		return nil, err
	case root != r.Root:
		return nil, fmt.Errorf("%w: the state of slot %d remembers block %s", ErrOtherChain, header.Slot, root)
	}
	return siblings, nil
}
