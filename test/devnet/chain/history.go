package chain

import (
	"fmt"
	"sync"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/beaconapi"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// history is what has been: slots of the canonical chain, and blocks of all branches. It answers the Beacon API.
type history struct {
	rules                  *transition.Rules
	genesis                beaconapi.Genesis
	keepStates, keepBlocks uint64

	mu     sync.RWMutex
	slots  map[uint64]*record // canonical
	blocks map[phase0.Root]*block
	first  uint64 // oldest slot of slots
	bare   uint64 // slots below have no state any more
	tip    *record

	subscribers map[chan beaconapi.Event]struct{}
}

func newHistory(rules *transition.Rules, api beaconapi.Genesis, genesis *record, keepStates, keepBlocks int) *history {
	h := &history{
		rules: rules, genesis: api, keepStates: uint64(keepStates), keepBlocks: uint64(keepBlocks),
		slots: make(map[uint64]*record), blocks: make(map[phase0.Root]*block), subscribers: make(map[chan beaconapi.Event]struct{}),
	}
	h.add(genesis)
	return h
}

// add appends a slot to the canonical chain and forgets what is too old.
func (h *history) add(r *record) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.put(r)
	h.prune()
}

func (h *history) put(r *record) {
	h.slots[r.slot], h.blocks[r.block.root], h.tip = r, r.block, r
}

// replace puts another branch in place of the slots from its first one on.
func (h *history) replace(branch []*record) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range branch {
		h.put(r)
	}
}

// prune drops states and then whole slots that are older than the bounds, but nothing from the finalized checkpoint on.
func (h *history) prune() {
	finalized := uint64(h.tip.block.checkpoints.finalized.Epoch) * h.rules.Spec().SlotsPerEpoch
	if known := h.blocks[h.tip.block.checkpoints.finalized.Root]; known != nil {
		finalized = min(finalized, known.slot())
	}
	for ; h.bare < finalized && h.bare+h.keepStates <= h.tip.slot; h.bare++ {
		r := *h.slots[h.bare]
		if !r.isMissed() {
			bare := *r.block
			bare.signed = nil
			h.blocks[bare.root] = &bare
		}
		r.ssz, r.block = nil, h.blocks[r.block.root]
		h.slots[h.bare] = &r
	}
	for ; h.first < h.bare && h.first+h.keepBlocks <= h.tip.slot; h.first++ {
		delete(h.slots, h.first)
		for root, b := range h.blocks {
			if b.slot() == h.first {
				delete(h.blocks, root)
			}
		}
	}
}

// record is a slot of the canonical chain.
func (h *history) record(slot uint64) (*record, error) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	r, ok := h.slots[slot]
	if !ok {
		return nil, fmt.Errorf("slot %d: %w", slot, beaconapi.ErrNotFound)
	}
	return r, nil
}

func (h *history) head() *block {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.tip.block
}

func (h *history) checkpoints() checkpointPair { return h.head().checkpoints }

// executionOf is the newest execution block that a block's state knows, zero for an unknown root.
func (h *history) executionOf(root phase0.Root) common.Hash {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if b, ok := h.blocks[root]; ok {
		return b.known
	}
	return common.Hash{}
}
