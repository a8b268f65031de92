package blockproof

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// MaxLinks is the most headers above the reference block: BlockProofs.MAX_LINKS. From then on a branch is cheaper.
const MaxLinks = 4

// Sentinel errors of a proof that is none.
var (
	ErrHeader    = errors.New("the header is not the reference block's")
	ErrSlotOrder = errors.New("slots are out of order")
	ErrLink      = errors.New("a header is not the child of the block below it")
	ErrLinkCount = errors.New("wrong number of headers")
	ErrBranch    = errors.New("the state does not remember the block")
)

// Proof is the contracts' BlockProof.
type Proof struct {
	ChildSlot uint64              // of the block whose payload stored its parent's root, that of the newest header here
	Header    state.BlockHeader   // of the reference block
	Above     []state.BlockHeader // lowest first, each the parent of the next; with a branch the one later header
	Branch    []common.Hash       // from block_roots[refSlot] to the state root of that header, lowest first
}

// Layouts are what StateProofs is deployed with, as far as block roots need it.
type Layouts struct {
	GloasSlot              uint64 // first of the fork; the largest number when nobody knows it
	SlotsPerHistoricalRoot uint64
}

// Newest verifies that the proof's headers and branch lead to the block of root as the last one at or before refSlot, and gives the root that EIP-4788 must have at
// ChildSlot. Errors: ErrHeader, ErrSlotOrder, ErrLink, ErrLinkCount, ErrBranch.
func (p Proof) Newest(refSlot uint64, root common.Hash, l Layouts) (common.Hash, error) {
	if p.Header.Slot > refSlot {
		return common.Hash{}, fmt.Errorf("%w: block %d, reference slot %d", ErrSlotOrder, p.Header.Slot, refSlot)
	}
	if got := p.Header.HashTreeRoot(); got != root {
		return common.Hash{}, fmt.Errorf("%w: it hashes to %s, the report says %s", ErrHeader, got, root)
	}
	newest, slot, err := p.climb(refSlot, root, l)
	if err != nil {
		return common.Hash{}, err
	}
	if p.ChildSlot <= slot {
		return common.Hash{}, fmt.Errorf("%w: child %d, %d below it", ErrSlotOrder, p.ChildSlot, slot)
	}
	return newest, nil
}

// climb gives root and slot of the newest header; refSlot when that is the reference block's.
func (p Proof) climb(refSlot uint64, root common.Hash, l Layouts) (newest common.Hash, slot uint64, err error) {
	if len(p.Branch) > 0 {
		if len(p.Above) != 1 {
			return newest, 0, fmt.Errorf("%w: %d, one with a branch", ErrLinkCount, len(p.Above))
		}
		header := p.Above[0]
		return header.HashTreeRoot(), header.Slot, l.verify(header, refSlot, root, p.Branch)
	}
	if len(p.Above) > MaxLinks {
		return newest, 0, fmt.Errorf("%w: %d, at most %d", ErrLinkCount, len(p.Above), MaxLinks)
	}
	slot = refSlot
	for i, header := range p.Above {
		switch {
		case header.Slot <= slot:
			return newest, 0, fmt.Errorf("%w: header %d of slot %d, %d below it", ErrSlotOrder, i, header.Slot, slot)
		case header.ParentRoot != root:
			return newest, 0, fmt.Errorf("%w: header %d has parent %s, below it is %s", ErrLink, i, header.ParentRoot, root)
		}
		root, slot = header.HashTreeRoot(), header.Slot
	}
	return root, slot, nil
}
