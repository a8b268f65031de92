package chain

import (
	"fmt"
	"strconv"

	"github.com/attestantio/go-eth2-client/spec/phase0"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/beaconapi"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// maxUnreadEvents is how far a subscriber may fall behind.
const maxUnreadEvents = 64

// Subscribe gives every event from now on.
func (h *history) Subscribe() (<-chan beaconapi.Event, func()) {
	events := make(chan beaconapi.Event, maxUnreadEvents)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subscribers[events] = struct{}{}
	return events, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.drop(events)
	}
}

// drop ends a subscription, once.
func (h *history) drop(events chan beaconapi.Event) {
	if _, ok := h.subscribers[events]; ok {
		delete(h.subscribers, events)
		close(events)
	}
}

func (h *history) send(e beaconapi.Event) {
	for events := range h.subscribers {
		select {
		case events <- e:
		default:
			h.drop(events)
		}
	}
}

// announce tells of a new head and of a new finalized checkpoint.
func (h *history) announce(before, now *record) {
	if before.block == now.block {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.announceHead(before, now)
	finalized := now.block.checkpoints.finalized
	if finalized.Epoch <= before.block.checkpoints.finalized.Epoch {
		return
	}
	state := phase0.Root{}
	if b, ok := h.blocks[finalized.Root]; ok {
		state = b.stateRoot
	}
	h.send(beaconapi.Event{Topic: beaconapi.FinalizedTopic, Data: finalizedEvent{
		Block: hexRoot(finalized.Root), State: hexRoot(state), Epoch: decimal(uint64(finalized.Epoch)),
	}})
}

// announceHead tells of a new head. From Gloas on it tells once more when the head's payload is there.
func (h *history) announceHead(before, now *record) {
	perEpoch := h.rules.Spec().SlotsPerEpoch
	epochTransition, nobody := before.block.slot()/perEpoch != now.slot/perEpoch, hexRoot(phase0.Root{})
	fork := h.rules.Spec().ForkAt(now.slot / perEpoch)
	if fork < transition.Gloas {
		h.send(beaconapi.Event{Topic: beaconapi.HeadTopic, Data: headEvent{
			Slot: decimal(now.slot), Block: hexRoot(now.block.root), State: hexRoot(now.block.stateRoot), EpochTransition: epochTransition,
			PreviousDutyDependentRoot: nobody, CurrentDutyDependentRoot: nobody,
		}})
		return
	}
	statuses := []string{"empty"}
	if now.block.requests != nil {
		statuses = append(statuses, "full")
	}
	for _, status := range statuses {
		h.send(beaconapi.Event{Topic: beaconapi.HeadV2Topic, Data: headV2Event{Version: fork.String(), Data: headV2{
			Slot: decimal(now.slot), Block: hexRoot(now.block.root), State: hexRoot(now.block.stateRoot), PayloadStatus: status,
			EpochTransition: epochTransition, CurrentEpochDependentRoot: nobody, NextEpochDependentRoot: nobody,
		}}})
	}
}

// announceReorg tells that the head left its branch.
func (h *history) announceReorg(before, now *record, from uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.send(beaconapi.Event{Topic: beaconapi.ReorgTopic, Data: reorgEvent{
		Slot: decimal(now.slot), Depth: decimal(before.slot - from + 1), OldHeadBlock: hexRoot(before.block.root), NewHeadBlock: hexRoot(now.block.root),
		OldHeadState: hexRoot(before.block.stateRoot), NewHeadState: hexRoot(now.block.stateRoot), Epoch: decimal(now.slot / h.rules.Spec().SlotsPerEpoch),
	}})
}

// The JSON of events. Source: ethereum/beacon-APIs, eventstream.
type (
	headEvent struct {
		Slot                      string `json:"slot"`
		Block                     string `json:"block"`
		State                     string `json:"state"`
		EpochTransition           bool   `json:"epoch_transition"`
		PreviousDutyDependentRoot string `json:"previous_duty_dependent_root"` // duties depend on nothing here
		CurrentDutyDependentRoot  string `json:"current_duty_dependent_root"`
		ExecutionOptimistic       bool   `json:"execution_optimistic"`
	}
	headV2Event struct {
		Version string `json:"version"`
		Data    headV2 `json:"data"`
	}
	headV2 struct {
		Slot                      string `json:"slot"`
		Block                     string `json:"block"`
		State                     string `json:"state"`
		PayloadStatus             string `json:"payload_status"` // of the head: empty, or full once its payload is there
		EpochTransition           bool   `json:"epoch_transition"`
		CurrentEpochDependentRoot string `json:"current_epoch_dependent_root"`
		NextEpochDependentRoot    string `json:"next_epoch_dependent_root"`
		ExecutionOptimistic       bool   `json:"execution_optimistic"`
	}
	finalizedEvent struct {
		Block               string `json:"block"`
		State               string `json:"state"`
		Epoch               string `json:"epoch"`
		ExecutionOptimistic bool   `json:"execution_optimistic"`
	}
	reorgEvent struct {
		Slot                string `json:"slot"`
		Depth               string `json:"depth"`
		OldHeadBlock        string `json:"old_head_block"`
		NewHeadBlock        string `json:"new_head_block"`
		OldHeadState        string `json:"old_head_state"`
		NewHeadState        string `json:"new_head_state"`
		Epoch               string `json:"epoch"`
		ExecutionOptimistic bool   `json:"execution_optimistic"`
	}
)

func decimal(n uint64) string { return strconv.FormatUint(n, 10) }

func hexRoot(root phase0.Root) string { return fmt.Sprintf("%#x", root[:]) }
