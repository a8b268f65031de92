package report

import (
	"errors"
	"fmt"
	"math"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"
)

var (
	// ErrBalanceOrder: validators came out of order or twice.
	ErrBalanceOrder = errors.New("validator indices must rise")
	// ErrBalanceOverflow: the balances sum up to more than 64 bits, or there are more than 32 bits can count.
	ErrBalanceOverflow = errors.New("balances overflow")
	// ErrWrongCommitment: a report says other totals than the validators that it should commit to.
	ErrWrongCommitment = errors.New("report does not commit to these balances")
)

// maxTreeDepth is the depth of a tree of 2**32 leaves, as in contracts/src/lib/BalanceTree.sol.
const maxTreeDepth = 32

// BalanceTree builds Report.BalancesRoot, the Merkle-sum tree over the pool's validators, from a stream, keeping one node a level:
//
//	leaf  keccak256(0x00 ‖ index u64 ‖ balanceGwei u64 ‖ flags u8), flags: bit 0 exited, 1 slashed, 2 unproven
//	sums  balanceGwei u64 ‖ exited u32 ‖ slashed u32 ‖ unprovenGwei u64, those of a leaf are its own
//	node  keccak256(0x01 ‖ leftHash ‖ leftSums ‖ rightHash ‖ rightSums)
//	root  keccak256(0x02 ‖ topHash ‖ topSums ‖ count u32)
//
// Integers are big-endian. Leaves stand strictly by index and are padded to a power of two with hash 0, sums 0. The zero value is the tree of no
// validators, one padding leaf. Not for concurrent use.
type BalanceTree struct {
	complete  [maxTreeDepth + 1]sumNode // complete[d] is in use when bit d of count is set: the subtrees so far, small to the right
	count     uint32
	sums      Sums
	lastIndex uint64
	recorder  *pathRecorder
}

// Add appends a validator. The tree is unchanged on error. Errors: ErrBalanceOrder, ErrBalanceOverflow.
func (t *BalanceTree) Add(leaf BalanceLeaf) error {
	if t.count > 0 && leaf.ValidatorIndex <= t.lastIndex {
		return fmt.Errorf("validator %d after %d: %w", leaf.ValidatorIndex, t.lastIndex, ErrBalanceOrder)
	}
	if t.count == math.MaxUint32 {
		return fmt.Errorf("validator %d after %d others: %w", leaf.ValidatorIndex, t.count, ErrBalanceOverflow)
	}
	node := leaf.node()
	sums, fits := t.sums.plus(node.sums)
	if !fits {
		return fmt.Errorf("%d gwei of validator %d to %d gwei: %w", leaf.BalanceGwei, leaf.ValidatorIndex, t.sums.BalanceGwei, ErrBalanceOverflow)
	}
	if t.recorder != nil && t.recorder.validatorIndex == leaf.ValidatorIndex {
		node.recorded = true
		t.recorder.found, t.recorder.leaf, t.recorder.position = true, leaf, t.count
	}
	depth := 0
	for ; t.count>>depth&1 == 1; depth++ {
		node = t.join(t.complete[depth], node)
	}
	t.complete[depth] = node
	t.count, t.sums, t.lastIndex = t.count+1, sums, leaf.ValidatorIndex
	return nil
}

// Root is the commitment to what was added so far. More may be added after it.
func (t *BalanceTree) Root() common.Hash {
	return t.top().root(t.count)
}

// Sums are those of all validators.
func (t *BalanceTree) Sums() Sums { return t.sums }

// Count is the number of validators.
func (t *BalanceTree) Count() uint32 { return t.count }

// Committed returns nil when the report's root, sums and count are the tree's: a report whose are not is wrong by itself.
// Errors: ErrWrongCommitment.
func (t *BalanceTree) Committed(r Report) error {
	for _, total := range []struct {
		field        string
		report, tree uint64
	}{
		{"clValidatorsGwei", r.CLValidatorsGwei, t.sums.BalanceGwei},
		{"validators", uint64(r.Validators), uint64(t.count)},
		{"exited", uint64(r.Exited), uint64(t.sums.Exited)}, {"slashed", uint64(r.Slashed), uint64(t.sums.Slashed)},
	} {
		if total.report != total.tree {
			return fmt.Errorf("%w: %s is %d, the leaves add up to %d", ErrWrongCommitment, total.field, total.report, total.tree)
		}
	}
	if r.UnprovenGwei < t.sums.UnprovenGwei { // The rest is on pending deposits.
		return fmt.Errorf("%w: unprovenGwei is %d, the leaves add up to %d", ErrWrongCommitment, r.UnprovenGwei, t.sums.UnprovenGwei)
	}
	if root := t.Root(); r.BalancesRoot != root {
		return fmt.Errorf("%w: balancesRoot is %s, theirs is %s", ErrWrongCommitment, r.BalancesRoot, root)
	}
	return nil
}

// top joins the complete subtrees from the right, padding each up to the size of its left neighbour.
func (t *BalanceTree) top() sumNode {
	depth := treeDepth(t.count)
	var node, padding sumNode // of the level; node is padding until the first subtree
	started := false
	for d := 0; d < depth; d++ {
		switch {
		case t.count>>d&1 == 1 && !started:
			node, started = t.join(t.complete[d], padding), true
		case t.count>>d&1 == 1:
			node = t.join(t.complete[d], node)
		case started:
			node = t.join(node, padding)
		}
		padding = t.join(padding, padding)
	}
	if !started {
		return t.complete[depth] // one whole subtree, or none: complete[0] is then the padding leaf
	}
	return node
}

// join makes the parent of two nodes. Its sums fit: those of all leaves together do.
func (t *BalanceTree) join(left, right sumNode) sumNode {
	switch {
	case left.recorded:
		t.recorder.steps = append(t.recorder.steps, BalanceStep{right.hash, right.sums})
	case right.recorded:
		t.recorder.steps = append(t.recorder.steps, BalanceStep{left.hash, left.sums})
	}
	parent, _ := parentOf(left, right)
	return parent
}

// treeDepth is the number of levels above the leaves of the smallest tree with room for count of them.
func treeDepth(count uint32) int {
	if count <= 1 {
		return 0
	}
	return bits.Len32(count - 1)
}
