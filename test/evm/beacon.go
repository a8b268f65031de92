package evm

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// BeaconHeader is a BeaconBlockHeader (consensus specs, phase 0).
type BeaconHeader struct {
	Slot          uint64
	ProposerIndex uint64
	ParentRoot    common.Hash
	StateRoot     common.Hash
	BodyRoot      common.Hash
}

// Root is the header's hash-tree root.
func (h BeaconHeader) Root() common.Hash {
	leaves := [8][32]byte{littleEndian(h.Slot), littleEndian(h.ProposerIndex), h.ParentRoot, h.StateRoot, h.BodyRoot}
	for n := 8; n > 1; n /= 2 {
		for i := range n / 2 {
			leaves[i] = sha256.Sum256(append(append([]byte{}, leaves[2*i][:]...), leaves[2*i+1][:]...))
		}
	}
	return leaves[0]
}

func littleEndian(v uint64) (chunk [32]byte) {
	binary.LittleEndian.PutUint64(chunk[:], v)
	return chunk
}

// inventedRoot is a root that is different for each kind and slot.
func inventedRoot(kind string, slot uint64) common.Hash {
	return sha256.Sum256(fmt.Appendf(nil, "%s of slot %d", kind, slot))
}

// BlockAt gives the newest header at or below slot, and the slot of the block that names it as its parent.
func (ch *Chain) BlockAt(slot uint64) (header BeaconHeader, childSlot uint64, err error) {
	for i := len(ch.beacon) - 1; i > 0; i-- {
		if ch.beacon[i].Slot > slot && ch.beacon[i-1].Slot <= slot {
			return ch.beacon[i-1], ch.beacon[i].Slot, nil
		}
	}
	return BeaconHeader{}, 0, fmt.Errorf("no block above slot %d yet: open one with NextBlock", slot)
}

// WithholdBlock adds a beacon block whose payload is never executed: the execution chain goes on without it, and EIP-4788 never learns the root of its parent.
func (ch *Chain) WithholdBlock(slot uint64, stateRoot common.Hash) {
	parent := ch.beacon[len(ch.beacon)-1]
	if slot <= parent.Slot {
		panic(fmt.Sprintf("evm: slot %d is not above slot %d", slot, parent.Slot))
	}
	ch.beacon = append(ch.beacon, headerOf(slot, parent.Root(), stateRoot))
}

func headerOf(slot uint64, parentRoot, stateRoot common.Hash) BeaconHeader {
	return BeaconHeader{Slot: slot, ProposerIndex: slot % 7, ParentRoot: parentRoot, StateRoot: stateRoot, BodyRoot: inventedRoot("body", slot)}
}

// BeaconHeaders are those of all beacon blocks, oldest first.
func (ch *Chain) BeaconHeaders() []BeaconHeader { return slices.Clone(ch.beacon) }
