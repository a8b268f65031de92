package chain

import (
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// block is a block that was proposed. It does not change, but for signed, which is dropped under the history's lock.
type block struct {
	root        phase0.Root
	stateRoot   phase0.Root
	header      *phase0.BeaconBlockHeader // with its state root
	signed      any                       // its fork's SignedBeaconBlock of go-eth2-client
	execution   common.Hash               // of its payload: in it, or from Gloas on what it bids for
	number      uint64                    // of that execution block
	known       common.Hash               // the newest execution block that its state knows
	head        common.Hash               // of the execution chain, once its payload is there or withheld
	requests    *transition.Requests      // of its payload, for the block that builds upon it; nil when none can
	checkpoints checkpointPair            // of its post-state
	operations  operations                // that it carries
}

func (b *block) slot() uint64 { return uint64(b.header.Slot) }

// record is a slot that has passed: the state at its end, and the last block at or before it.
type record struct {
	slot  uint64
	root  phase0.Root // of the state
	ssz   []byte      // nil when it is no longer kept
	block *block
}

// isMissed is whether the slot has no block.
func (r *record) isMissed() bool { return r.block.slot() != r.slot }

// newRecord freezes a state.
func newRecord(s *transition.State, b *block) (*record, error) {
	root, err := s.Root()
	if err != nil {
		return nil, err
	}
	ssz, err := s.Encode()
	if err != nil {
		return nil, err
	}
	return &record{slot: uint64(s.Slot), root: root, ssz: ssz, block: b}, nil
}

// newBlock completes a block whose post-state is known.
func newBlock(rules *transition.Rules, s *transition.State, stateRoot phase0.Root, p *proposal) (*block, error) {
	p.message.StateRoot = stateRoot
	header := *s.LatestBlockHeader
	header.StateRoot = stateRoot
	root, err := rules.Root(&header)
	if err != nil {
		return nil, err
	}
	b := &block{
		root: root, stateRoot: stateRoot, header: &header, signed: rules.Signed(p.message, transition.Infinity()),
		execution: p.execution, number: p.number, known: common.Hash(s.LatestExecutionHash()), head: p.execution, requests: p.requests,
		checkpoints: checkpointPair{*s.CurrentJustifiedCheckpoint, *s.FinalizedCheckpoint}, operations: p.operations,
	}
	switch {
	case s.Version() < transition.Gloas:
		b.requests = transition.EmptyRequests() // the block's own applied them
	case p.action == Withhold:
		b.head, b.requests = b.known, nil
	case p.action == DeliverLate:
		b.requests = nil
	}
	return b, nil
}

// genesis makes the record of slot 0, and gives the root of its registry.
func (c *Chain) genesis() (r *record, validators phase0.Root, err error) {
	execution, err := genesisPayload(c.node.Genesis())
	if err != nil {
		return nil, validators, err
	}
	s, err := c.rules.Genesis(transition.Genesis{Time: c.config.GenesisTime, Validators: c.config.Validators, Execution: execution})
	if err != nil {
		return nil, validators, err
	}
	stateRoot, err := s.Root()
	if err != nil {
		return nil, validators, err
	}
	// The genesis block's body is empty but for what the header tells of it: nobody looks at its payload.
	p := &proposal{message: c.rules.EmptyBlock(0), execution: common.Hash(execution.BlockHash), requests: transition.EmptyRequests()}
	b, err := newBlock(c.rules, s, stateRoot, p)
	if err != nil {
		return nil, validators, err
	}
	r, err = newRecord(s, b)
	return r, s.GenesisValidatorsRoot, err
}
