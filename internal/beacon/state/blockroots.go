package state

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// ErrForgotten: a state remembers the roots of blocks before its own slot, for SLOTS_PER_HISTORICAL_ROOT slots.
var ErrForgotten = errors.New("the state does not remember the block root of this slot")

// blockRootsField is the position of block_roots in every fork. Source: consensus specs, phase0 beacon-chain.md.
const blockRootsField = 5

// BlockRoots are a state's block_roots, with what leads from them to the state's root.
type BlockRoots struct {
	slot  uint64        // of the state
	roots []byte        // one after the other
	above []common.Hash // siblings from the field to the state's root, lowest first
}

// Prove gives the root of the last block at or before slot, and the siblings from block_roots[slot] to the state's root, lowest first.
// Source: consensus specs, phase0 beacon-chain.md, get_block_root_at_slot. Errors: ErrForgotten.
func (b *BlockRoots) Prove(slot uint64) (root common.Hash, branch []common.Hash, err error) {
	count := uint64(len(b.roots) / chunkSize)
	if slot >= b.slot || b.slot-slot > count {
		return root, nil, fmt.Errorf("%w: slot %d, a state of slot %d with %d roots", ErrForgotten, slot, b.slot, count)
	}
	at := slot % count
	copy(root[:], b.roots[at*chunkSize:])
	return root, append(siblings(b.roots, at, 0, depthFor(count), newZeroHashes()), b.above...), nil
}

// keepBlockRoots takes block_roots when they are asked for.
func (p *parser) keepBlockRoots(data []byte) error {
	if p.query.BlockRoots {
		p.blockRoots = append(p.blockRoots, data...)
	}
	return nil
}

// finishBlockRoots makes the result of block_roots and of the roots of all fields.
func (p *parser) finishBlockRoots(fields []byte) {
	if !p.query.BlockRoots {
		return
	}
	b := &BlockRoots{slot: p.state.Slot, roots: p.blockRoots}
	b.above = p.fieldSiblings(fields, blockRootsField)
	p.state.BlockRoots = b
}

// fieldSiblings lead from a field to the state's root; fields are the roots of all fields.
func (p *parser) fieldSiblings(fields []byte, at uint64) []common.Hash {
	if p.state.Fork >= Gloas {
		return progressiveSiblings(fields, at)
	}
	return siblings(fields, at, 0, depthFor(uint64(len(fields)/chunkSize)), p.hasher.zero)
}

// siblings are those of node `at` among nodes, which are roots of subtrees of a height, up to depth, lowest first. Behind the last node are empty subtrees.
func siblings(nodes []byte, at uint64, height, depth int, zero *zeroHashes) (branch []common.Hash) {
	level := bytes.Clone(nodes)
	for ; height < depth; height++ {
		sibling := common.Hash(zero[height])
		if from := int(at^1) * chunkSize; from < len(level) {
			sibling = common.Hash(level[from:][:chunkSize])
		}
		branch = append(branch, sibling)
		if len(level)%(2*chunkSize) != 0 {
			level = append(level, zero[height][:]...)
		}
		for i := 0; i < len(level); i += 2 * chunkSize {
			node := hashPair([chunkSize]byte(level[i:]), [chunkSize]byte(level[i+chunkSize:]))
			copy(level[i/2:], node[:])
		}
		level, at = level[:len(level)/2], at/2
	}
	return branch
}

// besideSubtree are the siblings of subtree own of a progressive tree, up to the chain's root: the rest of the chain, then the subtrees before.
func besideSubtree(subtrees [][chunkSize]byte, own int) []common.Hash {
	branch := []common.Hash{chain(subtrees[own+1:])}
	for k := own - 1; k >= 0; k-- {
		branch = append(branch, subtrees[k])
	}
	return branch
}

// progressiveSiblings are those of field `at` of a progressive container, up to its root: in its subtree, the rest of the chain, subtrees before, active fields.
func progressiveSiblings(fields []byte, at uint64) []common.Hash {
	own := subtreeOf(at)
	h := &hasher{zero: newZeroHashes()}
	var subtrees [][chunkSize]byte
	var branch []common.Hash
	for k, rest := 0, bytes.Clone(fields); len(rest) > 0; k++ {
		size := min(len(rest), chunkSize<<subtreeHeight(k))
		if k < own {
			at -= 1 << subtreeHeight(k)
		} else if k == own {
			branch = siblings(rest[:size], at, 0, subtreeHeight(k), h.zero)
		}
		subtrees = append(subtrees, h.merkleize(rest[:size:size], 0, subtreeHeight(k)))
		rest = rest[size:]
	}
	branch = append(branch, besideSubtree(subtrees, own)...)
	return append(branch, activeFields(len(fields)/chunkSize))
}
