package report

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/bits"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

var (
	// ErrBalanceOrder: validators came out of order or twice.
	ErrBalanceOrder = errors.New("validator indices must rise")
	// ErrBalanceOverflow: the balances sum up to more than 64 bits, or there are more than 32 bits can count.
	ErrBalanceOverflow = errors.New("balances overflow")
	// ErrWrongCommitment: a report says other totals than the balances that it should commit to.
	ErrWrongCommitment = errors.New("report does not commit to these balances")
)

// maxTreeDepth is the depth of a tree of 2**32 leaves, as in contracts/src/lib/BalanceTree.sol.
const maxTreeDepth = 32

// sumNode is a node of the tree: the zero value is the leaf that pads.
type sumNode struct {
	hash     common.Hash
	sumGwei  uint64
	recorded bool // the watched leaf is below
}

// BalanceTree builds Report.BalancesRoot, the Merkle-sum tree over (validator index, balance), from a stream, keeping one node a level:
//
//	leaf  keccak256(0x00 ‖ index u64 ‖ balanceGwei u64), its sum is the balance
//	node  keccak256(0x01 ‖ leftHash ‖ leftSum u64 ‖ rightHash ‖ rightSum u64)
//	root  keccak256(0x02 ‖ topHash ‖ topSum u64 ‖ count u32)
//
// Integers are big-endian. Leaves stand in index order and are padded to a power of two with hash 0, sum 0. The zero value is the tree of no validators,
// one padding leaf. Not for concurrent use.
type BalanceTree struct {
	complete  [maxTreeDepth + 1]sumNode // complete[d] is in use when bit d of count is set: the subtrees so far, small to the right
	count     uint32
	sumGwei   uint64
	lastIndex uint64
	recorder  *pathRecorder
}

// Add appends a validator. The tree is unchanged on error. Errors: ErrBalanceOrder, ErrBalanceOverflow.
func (t *BalanceTree) Add(validatorIndex, balanceGwei uint64) error {
	if t.count > 0 && validatorIndex <= t.lastIndex {
		return fmt.Errorf("validator %d after %d: %w", validatorIndex, t.lastIndex, ErrBalanceOrder)
	}
	if t.count == math.MaxUint32 {
		return fmt.Errorf("validator %d after %d others: %w", validatorIndex, t.count, ErrBalanceOverflow)
	}
	sumGwei, carry := bits.Add64(t.sumGwei, balanceGwei, 0)
	if carry != 0 {
		return fmt.Errorf("%d gwei of validator %d to %d gwei: %w", balanceGwei, validatorIndex, t.sumGwei, ErrBalanceOverflow)
	}
	node := sumNode{hash: balanceLeaf(validatorIndex, balanceGwei), sumGwei: balanceGwei}
	if t.recorder != nil && t.recorder.validatorIndex == validatorIndex {
		node.recorded = true
		t.recorder.found, t.recorder.balanceGwei, t.recorder.position = true, balanceGwei, t.count
	}
	depth := 0
	for ; t.count>>depth&1 == 1; depth++ {
		node = t.join(t.complete[depth], node)
	}
	t.complete[depth] = node
	t.count, t.sumGwei, t.lastIndex = t.count+1, sumGwei, validatorIndex
	return nil
}

// Root is the commitment to what was added so far. More may be added after it.
func (t *BalanceTree) Root() common.Hash {
	top := t.top()
	return balanceRoot(top.hash, top.sumGwei, t.count)
}

// SumGwei is the sum of all balances.
func (t *BalanceTree) SumGwei() uint64 { return t.sumGwei }

// Count is the number of validators.
func (t *BalanceTree) Count() uint32 { return t.count }

// Committed returns nil when the report's root, sum and count are the tree's: a report whose are not is wrong by itself.
// Errors: ErrWrongCommitment.
func (t *BalanceTree) Committed(r Report) error {
	switch root := t.Root(); {
	case r.CLValidatorsGwei != t.sumGwei:
		return fmt.Errorf("%w: clValidatorsGwei is %d, balances sum up to %d", ErrWrongCommitment, r.CLValidatorsGwei, t.sumGwei)
	case r.Validators != t.count:
		return fmt.Errorf("%w: validators is %d, there are %d balances", ErrWrongCommitment, r.Validators, t.count)
	case r.BalancesRoot != root:
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

// join makes the parent of two nodes. Its sum fits: all leaves together do.
func (t *BalanceTree) join(left, right sumNode) sumNode {
	switch {
	case left.recorded:
		t.recorder.steps = append(t.recorder.steps, BalanceStep{right.hash, right.sumGwei})
	case right.recorded:
		t.recorder.steps = append(t.recorder.steps, BalanceStep{left.hash, left.sumGwei})
	}
	return sumNode{balanceParent(left.hash, left.sumGwei, right.hash, right.sumGwei), left.sumGwei + right.sumGwei, left.recorded || right.recorded}
}

// treeDepth is the number of levels above the leaves of the smallest tree with room for count of them.
func treeDepth(count uint32) int {
	if count <= 1 {
		return 0
	}
	return bits.Len32(count - 1)
}

func balanceLeaf(validatorIndex, balanceGwei uint64) common.Hash {
	var b [17]byte // 0x00 first
	binary.BigEndian.PutUint64(b[1:], validatorIndex)
	binary.BigEndian.PutUint64(b[9:], balanceGwei)
	return crypto.Keccak256Hash(b[:])
}

func balanceParent(leftHash common.Hash, leftSumGwei uint64, rightHash common.Hash, rightSumGwei uint64) common.Hash {
	var b [81]byte
	b[0] = 1
	copy(b[1:], leftHash[:])
	binary.BigEndian.PutUint64(b[33:], leftSumGwei)
	copy(b[41:], rightHash[:])
	binary.BigEndian.PutUint64(b[73:], rightSumGwei)
	return crypto.Keccak256Hash(b[:])
}

func balanceRoot(topHash common.Hash, topSumGwei uint64, count uint32) common.Hash {
	var b [45]byte
	b[0] = 2
	copy(b[1:], topHash[:])
	binary.BigEndian.PutUint64(b[33:], topSumGwei)
	binary.BigEndian.PutUint32(b[41:], count)
	return crypto.Keccak256Hash(b[:])
}

var (
	// ErrNotCommitted: a proof does not lead to the root.
	ErrNotCommitted = errors.New("balance is not committed to")
	// ErrUnknownValidator: the validator is not among the balances.
	ErrUnknownValidator = errors.New("validator is not in the tree")
)

// BalanceStep is one level of a path, from below: the node beside it.
type BalanceStep struct {
	SiblingHash    common.Hash
	SiblingSumGwei uint64
}

// BalanceProof shows a validator's balance under a balances root. It is SumPath of contracts/src/lib/BalanceTree.sol for a tree whose sums
// add: the sum of each parent is left out, since it follows.
type BalanceProof struct {
	ValidatorIndex uint64
	BalanceGwei    uint64
	Position       uint32 // of the leaf, from the left
	Count          uint32 // of validators
	Steps          []BalanceStep
}

// pathRecorder collects the path of one validator while the tree is built.
type pathRecorder struct {
	validatorIndex, balanceGwei uint64
	position                    uint32
	found                       bool
	steps                       []BalanceStep
}

// ProveBalance builds the tree of balances, (validator index, balance in gwei) in index order, and the proof for one of them, in one pass.
// It returns the root too. Errors: ErrUnknownValidator and those of BalanceTree.Add.
func ProveBalance(validatorIndex uint64, balances iter.Seq2[uint64, uint64]) (BalanceProof, common.Hash, error) {
	tree := BalanceTree{recorder: &pathRecorder{validatorIndex: validatorIndex}}
	for index, balanceGwei := range balances {
		if err := tree.Add(index, balanceGwei); err != nil {
			return BalanceProof{}, common.Hash{}, fmt.Errorf("prove the balance of validator %d: %w", validatorIndex, err)
		}
	}
	if !tree.recorder.found {
		return BalanceProof{}, common.Hash{}, fmt.Errorf("validator %d among %d: %w", validatorIndex, tree.count, ErrUnknownValidator)
	}
	root := tree.Root() // adds the last steps
	w := tree.recorder
	return BalanceProof{w.validatorIndex, w.balanceGwei, w.position, tree.count, w.steps}, root, nil
}

// Verify returns the sum of all balances when the proof leads to root. The length of the path must be the one that count asks for.
// Errors: ErrNotCommitted.
func (p BalanceProof) Verify(root common.Hash) (totalGwei uint64, err error) {
	if p.Position >= p.Count || len(p.Steps) != treeDepth(p.Count) {
		return 0, fmt.Errorf("%w: position %d of %d validators with %d steps", ErrNotCommitted, p.Position, p.Count, len(p.Steps))
	}
	hash, sum := balanceLeaf(p.ValidatorIndex, p.BalanceGwei), p.BalanceGwei
	for level, step := range p.Steps {
		if p.Position>>level&1 == 0 {
			hash = balanceParent(hash, sum, step.SiblingHash, step.SiblingSumGwei)
		} else {
			hash = balanceParent(step.SiblingHash, step.SiblingSumGwei, hash, sum)
		}
		var carry uint64
		if sum, carry = bits.Add64(sum, step.SiblingSumGwei, 0); carry != 0 {
			return 0, fmt.Errorf("%w: sums overflow at level %d", ErrNotCommitted, level)
		}
	}
	if got := balanceRoot(hash, sum, p.Count); got != root {
		return 0, fmt.Errorf("%w: validator %d with %d gwei leads to %s, not to %s", ErrNotCommitted, p.ValidatorIndex, p.BalanceGwei, got, root)
	}
	return sum, nil
}
