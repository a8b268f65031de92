package report

import (
	"errors"
	"fmt"
	"iter"

	"github.com/ethereum/go-ethereum/common"
)

var (
	// ErrNotCommitted: a proof does not lead to the root.
	ErrNotCommitted = errors.New("balance is not committed to")
	// ErrUnknownValidator: the validator is not among the balances.
	ErrUnknownValidator = errors.New("validator is not in the tree")
)

// BalanceStep is one level of a path, from below: the node beside it.
type BalanceStep struct {
	SiblingHash common.Hash
	SiblingSums Sums
}

// BalanceProof shows what a balances root says of a validator. It is SumPath of contracts/src/lib/BalanceTree.sol for a tree whose sums add:
// those of each parent are left out, since they follow.
type BalanceProof struct {
	BalanceLeaf
	Position uint32 // of the leaf, from the left
	Count    uint32 // of validators
	Steps    []BalanceStep
}

// pathRecorder collects the path of one validator while the tree is built.
type pathRecorder struct {
	validatorIndex uint64
	leaf           BalanceLeaf
	position       uint32
	found          bool
	steps          []BalanceStep
}

// ProveBalance builds the tree of leaves, which come in index order, and the proof for one of them, in one pass. It returns the root too.
// Errors: ErrUnknownValidator and those of BalanceTree.Add.
func ProveBalance(validatorIndex uint64, leaves iter.Seq[BalanceLeaf]) (BalanceProof, common.Hash, error) {
	tree := BalanceTree{recorder: &pathRecorder{validatorIndex: validatorIndex}}
	for leaf := range leaves {
		if err := tree.Add(leaf); err != nil {
			return BalanceProof{}, common.Hash{}, fmt.Errorf("prove the balance of validator %d: %w", validatorIndex, err)
		}
	}
	if !tree.recorder.found {
		return BalanceProof{}, common.Hash{}, fmt.Errorf("validator %d among %d: %w", validatorIndex, tree.count, ErrUnknownValidator)
	}
	root := tree.Root() // adds the last steps
	w := tree.recorder
	return BalanceProof{w.leaf, w.position, tree.count, w.steps}, root, nil
}

// Verify returns the sums of all validators when the proof leads to root. The length of the path must be the one that count asks for.
// Errors: ErrNotCommitted.
func (p BalanceProof) Verify(root common.Hash) (total Sums, err error) {
	if p.Position >= p.Count || len(p.Steps) != treeDepth(p.Count) {
		return Sums{}, fmt.Errorf("%w: position %d of %d validators with %d steps", ErrNotCommitted, p.Position, p.Count, len(p.Steps))
	}
	node := p.node()
	for level, step := range p.Steps {
		left, right := node, sumNode{hash: step.SiblingHash, sums: step.SiblingSums}
		if p.Position>>level&1 == 1 {
			left, right = right, left
		}
		var fits bool
		if node, fits = parentOf(left, right); !fits {
			return Sums{}, fmt.Errorf("%w: sums overflow at level %d", ErrNotCommitted, level)
		}
	}
	if got := node.root(p.Count); got != root {
		return Sums{}, fmt.Errorf("%w: validator %d with %d gwei and flags %03b leads to %s, not to %s", ErrNotCommitted, p.ValidatorIndex, p.BalanceGwei, p.flags(), got, root)
	}
	return node.sums, nil
}
