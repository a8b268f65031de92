package secondopinion_test

import (
	"crypto/sha256"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
)

// Merkle trees once more, as EIP-7495 and EIP-7916 write them down: slow, short, and nothing of the reader's.

func hashPair(left, right common.Hash) common.Hash {
	return sha256.Sum256(append(left.Bytes(), right.Bytes()...))
}

// treeRoot is the root of the tree of this height whose first leaves are given.
func treeRoot(leaves []common.Hash, height int) common.Hash {
	if height == 0 {
		return append(leaves, common.Hash{})[0]
	}
	half := min(len(leaves), 1<<(height-1))
	return hashPair(treeRoot(leaves[:half:half], height-1), treeRoot(leaves[half:], height-1))
}

// progressiveRoot is merkleize_progressive: subtrees of 1, 4, 16 … leaves.
func progressiveRoot(leaves []common.Hash) common.Hash { return subtreesFrom(leaves, 0) }

func subtreesFrom(leaves []common.Hash, height int) common.Hash {
	if len(leaves) == 0 {
		return common.Hash{}
	}
	size := min(len(leaves), 1<<height)
	return hashPair(treeRoot(leaves[:size:size], height), subtreesFrom(leaves[size:], height+2))
}

// leafIndex is the generalized index of leaf i in the progressive tree under the root with index root.
func leafIndex(root *big.Int, i uint64) *big.Int {
	next := new(big.Int).Set(root)
	for size := uint64(1); ; size *= 4 {
		next.Lsh(next, 1)
		if i < size {
			return next.Add(next.Mul(next, new(big.Int).SetUint64(size)), new(big.Int).SetUint64(i))
		}
		i -= size
		next.Add(next, big.NewInt(1))
	}
}

// fieldIndex is the generalized index of a field of a progressive container: one level for active_fields lies above the tree of fields.
func fieldIndex(field uint64) *big.Int { return leafIndex(big.NewInt(2), field) }

// elementIndex is that of leaf i of a progressive list: one level for the length lies above the tree of leaves.
func elementIndex(list *big.Int, i uint64) *big.Int { return leafIndex(new(big.Int).Lsh(list, 1), i) }

// rootOfBranch climbs from a leaf to the root: the siblings come from below.
func rootOfBranch(leaf common.Hash, branch []common.Hash, index *big.Int) common.Hash {
	for level, sibling := range branch {
		if index.Bit(level) == 1 {
			leaf = hashPair(sibling, leaf)
		} else {
			leaf = hashPair(leaf, sibling)
		}
	}
	return leaf
}
