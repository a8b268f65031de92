package chain

import (
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/phase0"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/beaconapi"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

var _ beaconapi.Chain = (*history)(nil)

// Rules are the network's.
func (h *history) Rules() *transition.Rules { return h.rules }

// Genesis is what all states share.
func (h *history) Genesis() beaconapi.Genesis { return h.genesis }

// Clock is the current slot and the head's.
func (h *history) Clock() (slot, headSlot uint64) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.tip.slot, h.tip.block.slot()
}

// Block finds a block of any branch by its root, or a canonical one.
func (h *history) Block(id beaconapi.ID) (beaconapi.Block, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	b, err := h.block(id)
	if err != nil {
		return beaconapi.Block{}, err
	}
	canonical := h.isCanonical(b)
	return beaconapi.Block{Root: b.root, Header: b.header, Signed: b.signed, Canonical: canonical, Finalized: canonical && h.isFinal(b.slot())}, nil
}

func (h *history) block(id beaconapi.ID) (*block, error) {
	root := id.Root
	switch id.Kind {
	case beaconapi.Head:
		root = h.tip.block.root
	case beaconapi.Justified:
		root = h.tip.block.checkpoints.justified.Root
	case beaconapi.Finalized:
		root = h.tip.block.checkpoints.finalized.Root
	case beaconapi.AtGenesis, beaconapi.AtSlot:
		r, ok := h.slots[id.Slot]
		if !ok || r.isMissed() {
			return nil, fmt.Errorf("block of slot %d: %w", id.Slot, beaconapi.ErrNotFound)
		}
		root = r.block.root
	}
	// What is justified or finalized before anything is: the genesis block.
	if r, ok := h.slots[0]; ok && root == (phase0.Root{}) && id.Kind != beaconapi.AtRoot {
		root = r.block.root
	}
	b, ok := h.blocks[root]
	if !ok {
		return nil, fmt.Errorf("block %s: %w", root, beaconapi.ErrNotFound)
	}
	return b, nil
}

func (h *history) isCanonical(b *block) bool {
	r, ok := h.slots[b.slot()]
	return ok && r.block.root == b.root
}

// isFinal is whether a canonical block or state of slot is finalized.
func (h *history) isFinal(slot uint64) bool {
	return slot <= uint64(h.tip.block.checkpoints.finalized.Epoch)*h.rules.Spec().SlotsPerEpoch
}

// State finds a state of the canonical chain, of slots without a block too. The head's is that of its block.
func (h *history) State(id beaconapi.ID) (beaconapi.State, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	r, err := h.stateRecord(id)
	if err != nil {
		return beaconapi.State{}, err
	}
	if r.ssz == nil {
		return beaconapi.State{}, fmt.Errorf("state of slot %d is no longer kept: %w", r.slot, beaconapi.ErrNotFound)
	}
	return beaconapi.State{Slot: r.slot, Root: r.root, SSZ: r.ssz, Finalized: h.isFinal(r.slot)}, nil
}

func (h *history) stateRecord(id beaconapi.ID) (*record, error) {
	switch id.Kind {
	case beaconapi.AtSlot:
		if r, ok := h.slots[id.Slot]; ok {
			return r, nil
		}
		return nil, fmt.Errorf("state of slot %d: %w", id.Slot, beaconapi.ErrNotFound)
	case beaconapi.AtRoot:
		for slot := h.tip.slot; slot >= h.bare; slot-- {
			if r := h.slots[slot]; r.root == id.Root {
				return r, nil
			}
			if slot == 0 {
				break
			}
		}
		return nil, fmt.Errorf("state %s: %w", id.Root, beaconapi.ErrNotFound)
	}
	b, err := h.block(id)
	if err != nil {
		return nil, err
	}
	return h.slots[b.slot()], nil
}
