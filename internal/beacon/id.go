package beacon

import (
	"strconv"

	"github.com/ethereum/go-ethereum/common"
)

// ID names a block or a state as the Beacon API's block_id and state_id do. The zero ID is the head.
type ID struct {
	kind idKind
	slot uint64
	root common.Hash
}

type idKind uint8

const (
	idHead idKind = iota
	idFinalized
	idSlot
	idRoot
)

// Finalized is the block or state of the node's finalized checkpoint.
func Finalized() ID { return ID{kind: idFinalized} }

// AtSlot is the canonical block or the state at slot.
func AtSlot(slot uint64) ID { return ID{kind: idSlot, slot: slot} }

// AtRoot is the block with this block root, or the state with this state root.
func AtRoot(root common.Hash) ID { return ID{kind: idRoot, root: root} }

// String is the text that stands in the request's path.
func (id ID) String() string {
	switch id.kind {
	case idFinalized:
		return "finalized"
	case idSlot:
		return strconv.FormatUint(id.slot, 10)
	case idRoot:
		return id.root.Hex()
	default:
		return "head"
	}
}
