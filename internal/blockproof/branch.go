package blockproof

import (
	"crypto/sha256"
	"fmt"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// Generalized indices of block_roots, field 5, in a state of Electra or Fulu and of Gloas. Source: consensus specs, BeaconState of these forks; EIP-7495.
const (
	electraBlockRoots = 69
	gloasBlockRoots   = 352
)

// index is the generalized index of block_roots[slot] in the state of a block of headerSlot.
func (l Layouts) index(headerSlot, slot uint64) uint64 {
	field := uint64(electraBlockRoots)
	if headerSlot >= l.GloasSlot {
		field = gloasBlockRoots
	}
	return field<<bits.Len64(l.SlotsPerHistoricalRoot-1) + slot%l.SlotsPerHistoricalRoot
}

// verify wants the branch to lead from root, as the root for slot, to the header's state root. Errors: ErrBranch.
func (l Layouts) verify(header state.BlockHeader, slot uint64, root common.Hash, branch []common.Hash) error {
	switch {
	case l.SlotsPerHistoricalRoot == 0:
		return fmt.Errorf("%w: SLOTS_PER_HISTORICAL_ROOT is 0", ErrBranch)
	case header.Slot <= slot || header.Slot-slot > l.SlotsPerHistoricalRoot:
		return fmt.Errorf("%w: slot %d from slot %d", ErrBranch, slot, header.Slot)
	}
	index := l.index(header.Slot, slot)
	if depth := bits.Len64(index) - 1; len(branch) != depth {
		return fmt.Errorf("%w: a branch of %d, %d are needed", ErrBranch, len(branch), depth)
	}
	node := [32]byte(root)
	for _, sibling := range branch {
		pair := append(node[:], sibling[:]...)
		if index&1 == 1 {
			pair = append(sibling[:], node[:]...)
		}
		node, index = sha256.Sum256(pair), index>>1
	}
	if common.Hash(node) != header.StateRoot {
		return fmt.Errorf("%w: the branch leads to %s, the state root is %s", ErrBranch, common.Hash(node), header.StateRoot)
	}
	return nil
}
