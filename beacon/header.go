package beacon

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/ethereum/go-ethereum/common"
)

// Header is a beacon block header. Source: consensus specs, phase 0, BeaconBlockHeader.
type Header struct {
	Slot          uint64
	ProposerIndex uint64
	ParentRoot    common.Hash
	StateRoot     common.Hash
	BodyRoot      common.Hash
}

// HashTreeRoot is the header's SSZ hash-tree root, which is the root of its block.
func (h Header) HashTreeRoot() common.Hash {
	zeros := hashPair(common.Hash{}, common.Hash{})
	position := hashPair(uintLeaf(h.Slot), uintLeaf(h.ProposerIndex))
	roots := hashPair(h.ParentRoot, h.StateRoot)
	return hashPair(hashPair(position, roots), hashPair(hashPair(h.BodyRoot, common.Hash{}), zeros))
}

// hashPair is an inner node of an SSZ Merkle tree.
func hashPair(left, right common.Hash) common.Hash {
	var both [64]byte
	copy(both[:32], left[:])
	copy(both[32:], right[:])
	return sha256.Sum256(both[:])
}

// uintLeaf is the SSZ leaf of a uint64: little-endian, padded with zeros.
func uintLeaf(n uint64) common.Hash {
	var leaf common.Hash
	binary.LittleEndian.PutUint64(leaf[:8], n)
	return leaf
}
