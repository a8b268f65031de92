package chain

import (
	"context"
	"errors"
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// ErrAction: an action that the slot's fork does not know.
var ErrAction = errors.New("the fork does not know this")

// proposal is a block whose post-state is not known yet, with its payload.
type proposal struct {
	message   *transition.Block
	action    Action
	execution common.Hash // of the payload
	number    uint64
	requests  *transition.Requests // of the payload
	operations
}

// propose makes a block on s, whose payload the execution node has executed unless it is withheld.
func (c *Chain) propose(ctx context.Context, s *transition.State, parent *block, action Action) (*proposal, error) {
	if s.Version() < transition.Gloas && (action == Withhold || action == DeliverLate) {
		return nil, fmt.Errorf("%w: %s has no payload apart from its block", ErrAction, s.Version())
	}
	p := &proposal{message: c.rules.EmptyBlock(uint64(s.Slot)), action: action}
	message, body := p.message, p.message.Body
	var err error
	if message.ProposerIndex, err = s.Proposer(); err != nil {
		return nil, err
	}
	if message.ParentRoot, err = s.ParentRoot(); err != nil {
		return nil, err
	}
	built, err := c.payload(ctx, s, parent, p)
	if err != nil {
		return nil, err
	}
	p.execution, p.number = built.Data.BlockHash, built.Data.Number
	if p.requests, err = requestsOf(built); err != nil {
		return nil, err
	}
	if s.Version() < transition.Gloas {
		err = c.carry(p, built)
	} else {
		err = c.bid(s, parent, p, built)
	}
	if err != nil {
		return nil, err
	}
	reveal := digest("reveal", uint64(s.Slot), c.script.branch)
	copy(body.RANDAOReveal[:], reveal[:])
	copy(body.Graffiti[:], fmt.Sprintf("tidemark devnet %d.%d", c.script.branch, s.Slot))
	body.ETH1Data = s.ETH1Data
	p.operations = c.script.waiting.possible(s, c.rules.Spec())
	for _, index := range p.slash {
		body.ProposerSlashings = append(body.ProposerSlashings, doubleProposal(phase0.ValidatorIndex(index), s.Slot))
	}
	for _, index := range p.exit {
		body.VoluntaryExits = append(body.VoluntaryExits, &phase0.SignedVoluntaryExit{
			Message: &phase0.VoluntaryExit{Epoch: phase0.Epoch(s.Epoch()), ValidatorIndex: phase0.ValidatorIndex(index)}, Signature: transition.Infinity(),
		})
	}
	return p, nil
}

// payload has the execution node build what the slot's block carries or bids for, and execute it unless it is withheld.
func (c *Chain) payload(ctx context.Context, s *transition.State, below *block, p *proposal) (*geth.Payload, error) {
	parent, owed, err := s.NextPayload(below.requests)
	if err != nil {
		return nil, err
	}
	if below.head != common.Hash(parent) { // a payload that came late: its transactions go back into the pool
		if err := c.node.SetHead(ctx, common.Hash(parent), common.Hash{}, common.Hash{}); err != nil {
			return nil, err
		}
	}
	attributes := geth.Attributes{
		Parent: common.Hash(parent), Timestamp: s.Timestamp(), PrevRandao: s.PrevRandao(), FeeRecipient: c.script.feeRecipient,
		Withdrawals: withdrawalsOf(owed), ParentBeaconRoot: common.Hash(p.message.ParentRoot), Empty: p.action == ProposeEmpty,
	}
	if slot := uint64(s.Slot); s.Version() >= transition.Gloas {
		attributes.SlotNumber = &slot
	}
	built, err := c.node.Build(ctx, attributes)
	if err != nil || p.action == Withhold {
		return built, err
	}
	return built, c.node.Insert(ctx, built)
}

// carry puts a payload into its block, as it was up to Fulu.
func (c *Chain) carry(p *proposal, built *geth.Payload) (err error) {
	body := p.message.Body
	body.ExecutionRequests.Deposits, body.ExecutionRequests.Withdrawals = p.requests.Deposits, p.requests.Withdrawals
	body.ExecutionRequests.Consolidations = p.requests.Consolidations
	for _, commitment := range built.Commitments {
		body.BlobKZGCommitments = append(body.BlobKZGCommitments, deneb.KZGCommitment(commitment))
	}
	body.ExecutionPayload, err = payloadOf(built.Data)
	return err
}

// bid puts the promise of a payload into its block, and the requests of the payload that it builds upon.
func (c *Chain) bid(s *transition.State, below *block, p *proposal, built *geth.Payload) (err error) {
	bid := p.message.Bid
	if below.requests != nil {
		p.message.ParentRequests = below.requests
	}
	bid.ParentBlockHash, bid.ParentBlockRoot, bid.BlockHash = phase0.Hash32(built.Data.ParentHash), p.message.ParentRoot, phase0.Hash32(built.Data.BlockHash)
	bid.PrevRandao, bid.GasLimit, bid.FeeRecipient = s.PrevRandao(), built.Data.GasLimit, bellatrix.ExecutionAddress(c.script.feeRecipient)
	for _, commitment := range built.Commitments {
		bid.BlobKZGCommitments = append(bid.BlobKZGCommitments, deneb.KZGCommitment(commitment))
	}
	if taken, ok := c.script.bids[uint64(s.Slot)]; ok {
		bid.BuilderIndex, bid.Value = gloas.BuilderIndex(taken.Builder), phase0.Gwei(taken.ValueGwei)
		bid.FeeRecipient = bellatrix.ExecutionAddress(taken.FeeRecipient)
	}
	bid.ExecutionRequestsRoot, err = c.rules.Root(p.requests)
	return err
}

// doubleProposal is evidence in form: two different headers of one proposer for one slot, whose signatures nobody checks here.
func doubleProposal(index phase0.ValidatorIndex, slot phase0.Slot) *phase0.ProposerSlashing {
	header := func(body byte) *phase0.SignedBeaconBlockHeader {
		return &phase0.SignedBeaconBlockHeader{
			Message: &phase0.BeaconBlockHeader{Slot: slot - 1, ProposerIndex: index, BodyRoot: phase0.Root{body}}, Signature: transition.Infinity(),
		}
	}
	return &phase0.ProposerSlashing{SignedHeader1: header(1), SignedHeader2: header(2)}
}
