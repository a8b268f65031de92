package chain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// ErrNoProposer: every validator is slashed or has left.
var ErrNoProposer = errors.New("no validator can propose")

// Slot is what a slot brought.
type Slot struct {
	Slot   uint64
	Missed bool
	Block  Block // the head: of an earlier slot when this one is missed
}

// NextSlot advances the chain by one slot, as the script says. When it fails nothing has changed, and it can be called again. Errors: ErrNoProposer, those of
// packages geth and transition, and the context's.
func (c *Chain) NextSlot(ctx context.Context) (Slot, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	slot := c.tip.slot + 1
	next, err := c.extend(ctx, c.tip, c.script.action(slot))
	if err != nil {
		return Slot{}, fmt.Errorf("slot %d: %w", slot, err)
	}
	if !next.isMissed() {
		if err := c.setHead(ctx, next.block); err != nil {
			return Slot{}, fmt.Errorf("slot %d: %w", slot, err)
		}
		c.script.waiting = c.script.waiting.without(next.block.operations)
	}
	before := c.tip
	c.tip = next
	c.history.add(next)
	c.history.announce(before, next)
	return Slot{Slot: slot, Missed: next.isMissed(), Block: next.block.public()}, nil
}

// Run advances the chain by a slot at every tick until ctx ends, which is no error. It is the caller's to say how long a slot really takes: the chain's own
// time, Spec.SecondsPerSlot a slot, may run faster.
func (c *Chain) Run(ctx context.Context, ticks <-chan time.Time) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks:
		}
		if _, err := c.NextSlot(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}

// extend makes the slot after parent, with a block unless it is missed. The block is not the head yet.
func (c *Chain) extend(ctx context.Context, parent *record, action Action) (*record, error) {
	s, err := c.rules.Decode(parent.ssz)
	if err != nil {
		return nil, err
	}
	if err := s.ProcessSlots(parent.slot + 1); err != nil {
		return nil, err
	}
	if action == Miss {
		return newRecord(s, parent.block)
	}
	message, done, err := c.propose(ctx, s, action)
	if err != nil {
		return nil, err
	}
	if err := s.ProcessBlock(message, c.script.absent); err != nil {
		return nil, err
	}
	next, err := newRecord(s, nil)
	if err != nil {
		return nil, err
	}
	next.block, err = newBlock(c.rules, s, next.root, message, done)
	return next, err
}

// propose makes a block on s, whose payload the execution node has executed.
func (c *Chain) propose(ctx context.Context, s *transition.State, action Action) (*electra.BeaconBlock, operations, error) {
	none := operations{}
	proposer, err := c.proposer(s)
	if err != nil {
		return nil, none, err
	}
	parent, err := s.ParentRoot()
	if err != nil {
		return nil, none, err
	}
	payload, execution, err := c.payload(ctx, s, parent, action)
	if err != nil {
		return nil, none, err
	}
	body := c.rules.EmptyBody()
	if body.ExecutionRequests, err = requestsOf(payload); err != nil {
		return nil, none, err
	}
	for _, commitment := range payload.Commitments {
		body.BlobKZGCommitments = append(body.BlobKZGCommitments, deneb.KZGCommitment(commitment))
	}
	reveal := digest("reveal", uint64(s.Slot), c.script.branch)
	copy(body.RANDAOReveal[:], reveal[:])
	copy(body.Graffiti[:], fmt.Sprintf("tidemark devnet %d.%d", c.script.branch, s.Slot))
	body.ETH1Data, body.ExecutionPayload = s.ETH1Data, execution
	carried := c.script.waiting.possible(s, c.rules.Spec())
	for _, index := range carried.slash {
		body.ProposerSlashings = append(body.ProposerSlashings, doubleProposal(phase0.ValidatorIndex(index), s.Slot))
	}
	for _, index := range carried.exit {
		body.VoluntaryExits = append(body.VoluntaryExits, &phase0.SignedVoluntaryExit{
			Message: &phase0.VoluntaryExit{Epoch: phase0.Epoch(s.Epoch()), ValidatorIndex: phase0.ValidatorIndex(index)}, Signature: infinity(),
		})
	}
	return &electra.BeaconBlock{Slot: s.Slot, ProposerIndex: proposer, ParentRoot: parent, Body: body}, carried, nil
}

// payload has the execution node build and execute what the slot's block carries.
func (c *Chain) payload(ctx context.Context, s *transition.State, parent phase0.Root, action Action) (*geth.Payload, *deneb.ExecutionPayload, error) {
	expected, _ := s.ExpectedWithdrawals()
	built, err := c.node.Build(ctx, geth.Attributes{
		Parent: common.Hash(s.LatestExecutionPayloadHeader.BlockHash), Timestamp: s.Timestamp(), PrevRandao: s.PrevRandao(),
		FeeRecipient: c.script.feeRecipient, Withdrawals: withdrawalsOf(expected), ParentBeaconRoot: common.Hash(parent), Empty: action == ProposeEmpty,
	})
	if err != nil {
		return nil, nil, err
	}
	if err := c.node.Insert(ctx, built); err != nil {
		return nil, nil, err
	}
	execution, err := payloadOf(built.Data)
	return built, execution, err
}

// proposer draws an active validator that is not slashed, by the slot alone.
func (c *Chain) proposer(s *transition.State) (phase0.ValidatorIndex, error) {
	count := uint64(len(s.Validators))
	first := number("proposer", uint64(s.Slot)) % count
	for i := range count {
		index := (first + i) % count
		if v := s.Validators[index]; !v.Slashed && transition.IsActive(v, s.Epoch()) {
			return phase0.ValidatorIndex(index), nil
		}
	}
	return 0, ErrNoProposer
}

// doubleProposal is evidence in form: two different headers of one proposer for one slot, whose signatures nobody checks here.
func doubleProposal(index phase0.ValidatorIndex, slot phase0.Slot) *phase0.ProposerSlashing {
	header := func(body byte) *phase0.SignedBeaconBlockHeader {
		return &phase0.SignedBeaconBlockHeader{
			Message: &phase0.BeaconBlockHeader{Slot: slot - 1, ProposerIndex: index, BodyRoot: phase0.Root{body}}, Signature: infinity(),
		}
	}
	return &phase0.ProposerSlashing{SignedHeader1: header(1), SignedHeader2: header(2)}
}

// setHead tells the execution node of a head and of what that head's state says is justified and finalized.
func (c *Chain) setHead(ctx context.Context, b *block) error {
	return c.node.SetHead(ctx, b.execution, c.history.executionOf(b.checkpoints.justified.Root), c.history.executionOf(b.checkpoints.finalized.Root))
}
