package report

import (
	"errors"
	"fmt"
	"iter"
	"math/bits"

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

// balanceWatch collects the path of one validator while the tree is built.
type balanceWatch struct {
	validatorIndex, balanceGwei uint64
	position                    uint32
	found                       bool
	steps                       []BalanceStep
}

// ProveBalance builds the tree of balances, (validator index, balance in gwei) in index order, and the proof for one of them, in one pass.
// It returns the root too. Errors: ErrUnknownValidator and those of BalanceTree.Add.
func ProveBalance(validatorIndex uint64, balances iter.Seq2[uint64, uint64]) (BalanceProof, common.Hash, error) {
	tree := BalanceTree{watch: &balanceWatch{validatorIndex: validatorIndex}}
	for index, balanceGwei := range balances {
		if err := tree.Add(index, balanceGwei); err != nil {
			return BalanceProof{}, common.Hash{}, fmt.Errorf("prove the balance of validator %d: %w", validatorIndex, err)
		}
	}
	if !tree.watch.found {
		return BalanceProof{}, common.Hash{}, fmt.Errorf("validator %d among %d: %w", validatorIndex, tree.count, ErrUnknownValidator)
	}
	root := tree.Root() // adds the last steps
	w := tree.watch
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
