package beaconapi

import (
	"errors"

	"github.com/attestantio/go-eth2-client/spec/phase0"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// ErrNotFound: the chain does not have it, or no longer.
var ErrNotFound = errors.New("not found")

// Chain is what the API tells of. It must be safe for concurrent use.
type Chain interface {
	Rules() *transition.Rules
	Genesis() Genesis
	// Clock is the current slot and that of the head's block, which is below while slots are missed.
	Clock() (slot, headSlot uint64)
	Block(id ID) (Block, error) // ErrNotFound
	State(id ID) (State, error) // ErrNotFound
	// Subscribe gives every event from now on until cancel is called. A subscriber that does not keep up is cut off: its channel is closed.
	Subscribe() (events <-chan Event, cancel func())
}

// Genesis is what all states share.
type Genesis struct {
	Time           uint64 // of slot 0, in seconds
	ValidatorsRoot phase0.Root
}

// Block is a block as the chain knows it.
type Block struct {
	Root      phase0.Root
	Header    *phase0.BeaconBlockHeader
	Signed    any // its fork's SignedBeaconBlock of go-eth2-client; nil when only the header is kept
	Canonical bool
	Finalized bool
}

// State is a state as SSZ, with its hash-tree root.
type State struct {
	Slot      uint64
	Root      phase0.Root
	SSZ       []byte
	Finalized bool
}

// Topic names a kind of event.
type Topic string

// Topics that exist here.
const (
	HeadTopic      Topic = "head"    // up to Fulu
	HeadV2Topic    Topic = "head_v2" // from Gloas on
	FinalizedTopic Topic = "finalized_checkpoint"
	ReorgTopic     Topic = "chain_reorg"
)

// Event is one event; Data is its JSON object.
type Event struct {
	Topic Topic
	Data  any
}
