package transition

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// ErrBlock: a block that does not follow from the state.
var ErrBlock = errors.New("the block does not follow from the state")

// Block is a block of any fork. From Gloas on it has no payload, requests and blobs of its own: what it commits to is its bid.
type Block struct {
	*electra.BeaconBlock
	Bid            *gloas.ExecutionPayloadBid // Gloas
	ParentRequests *Requests                  // Gloas: of the payload that its bid builds upon
}

// ProcessBlock applies a block to a state that has reached its slot: process_block of the state's fork without signatures, eth1 votes and consolidations. The
// state root of the block is not looked at: it is what results. Absent says whose attestations the block does not carry. Errors: ErrBlock,
// ErrWithdrawals, ErrNotExitable, ErrNotSlashable, ErrUnknownValidator.
func (s *State) ProcessBlock(b *Block, absent Absent) error {
	return s.fork.rules().processBlock(s, b, absent)
}

// Signed is the block as its fork's own type of go-eth2-client, with a signature that nobody checks.
func (r *Rules) Signed(b *Block, signature phase0.BLSSignature) any {
	if r.spec.ForkAt(uint64(b.Slot)/r.spec.SlotsPerEpoch) < Gloas {
		return &electra.SignedBeaconBlock{Message: b.BeaconBlock, Signature: signature}
	}
	return &gloas.SignedBeaconBlock{Signature: signature, Message: &gloas.BeaconBlock{
		Slot: b.Slot, ProposerIndex: b.ProposerIndex, ParentRoot: b.ParentRoot, StateRoot: b.StateRoot, Body: gloasBody(b, signature),
	}}
}

func gloasBody(b *Block, signature phase0.BLSSignature) *gloas.BeaconBlockBody {
	body := new(gloas.BeaconBlockBody)
	copyFields(body, b.Body)
	body.SignedExecutionPayloadBid = &gloas.SignedExecutionPayloadBid{Message: b.Bid, Signature: signature}
	body.ParentExecutionRequests = b.ParentRequests
	return body
}

// bodyRoot is the root of the block's body as its header has it.
func (r *Rules) bodyRoot(b *Block) (phase0.Root, error) {
	if r.spec.ForkAt(uint64(b.Slot)/r.spec.SlotsPerEpoch) < Gloas {
		return r.Root(b.Body)
	}
	return r.Root(gloasBody(b, Infinity()))
}

// Infinity stands where a signature would: the point at infinity, compressed.
func Infinity() phase0.BLSSignature { return phase0.BLSSignature{0xc0} }

// processElectraBlock is process_block (electra, fulu).
func (s *State) processElectraBlock(b *Block, absent Absent) error {
	if err := s.processHeader(b); err != nil {
		return err
	}
	if err := s.processWithdrawals(b.Body.ExecutionPayload.Withdrawals); err != nil {
		return err
	}
	if err := s.processPayload(b.Body.ExecutionPayload); err != nil {
		return err
	}
	s.mixRandao(b.Body.RANDAOReveal)
	if err := s.processOperations(b, absent); err != nil {
		return err
	}
	s.processRequests(b.Body.ExecutionRequests.Deposits, b.Body.ExecutionRequests.Withdrawals)
	return nil
}

// processHeader is process_block_header (phase 0).
func (s *State) processHeader(b *Block) error {
	parent, err := s.ParentRoot()
	switch {
	case err != nil:
		return err
	case b.Slot != s.Slot || b.Slot <= s.LatestBlockHeader.Slot:
		return fmt.Errorf("%w: it is of slot %d, the state of %d, the latest block of %d", ErrBlock, b.Slot, s.Slot, s.LatestBlockHeader.Slot)
	case b.ParentRoot != parent:
		return fmt.Errorf("%w: its parent is %s, the latest block is %s", ErrBlock, b.ParentRoot, parent)
	}
	proposer, err := s.validator(uint64(b.ProposerIndex))
	if err != nil {
		return fmt.Errorf("%w: its proposer: %w", ErrBlock, err)
	}
	if proposer.Slashed {
		return fmt.Errorf("%w: its proposer %d is slashed", ErrBlock, b.ProposerIndex)
	}
	body, err := s.rules.bodyRoot(b)
	if err != nil {
		return err
	}
	// The state root is filled in when the next slot begins.
	s.LatestBlockHeader = &phase0.BeaconBlockHeader{Slot: b.Slot, ProposerIndex: b.ProposerIndex, ParentRoot: parent, BodyRoot: body}
	return nil
}

// processPayload is process_execution_payload (electra); that the payload is valid is the execution node's word.
func (s *State) processPayload(p *deneb.ExecutionPayload) error {
	switch {
	case p.ParentHash != s.LatestExecutionPayloadHeader.BlockHash:
		return fmt.Errorf("%w: the payload's parent is %s, the latest payload is %s", ErrBlock, p.ParentHash, s.LatestExecutionPayloadHeader.BlockHash)
	case p.PrevRandao != s.PrevRandao():
		return fmt.Errorf("%w: the payload's prevRandao is %x", ErrBlock, p.PrevRandao)
	case p.Timestamp != s.Timestamp():
		return fmt.Errorf("%w: the payload's timestamp is %d, the slot's is %d", ErrBlock, p.Timestamp, s.Timestamp())
	}
	header, err := s.rules.payloadHeader(p)
	if err == nil {
		s.LatestExecutionPayloadHeader = header
	}
	return err
}

// payloadHeader is what the state keeps of a payload: lists become their roots.
func (r *Rules) payloadHeader(p *deneb.ExecutionPayload) (*deneb.ExecutionPayloadHeader, error) {
	transactions, err := r.Root(&transactionList{p.Transactions})
	if err != nil {
		return nil, err
	}
	withdrawals, err := r.Root(&withdrawalList{p.Withdrawals})
	if err != nil {
		return nil, err
	}
	return &deneb.ExecutionPayloadHeader{
		ParentHash: p.ParentHash, FeeRecipient: p.FeeRecipient, StateRoot: p.StateRoot, ReceiptsRoot: p.ReceiptsRoot, LogsBloom: p.LogsBloom,
		PrevRandao: p.PrevRandao, BlockNumber: p.BlockNumber, GasLimit: p.GasLimit, GasUsed: p.GasUsed, Timestamp: p.Timestamp, ExtraData: p.ExtraData,
		BaseFeePerGas: p.BaseFeePerGas, BlockHash: p.BlockHash, TransactionsRoot: transactions, WithdrawalsRoot: withdrawals,
		BlobGasUsed: p.BlobGasUsed, ExcessBlobGas: p.ExcessBlobGas,
	}, nil
}

// Lists as containers of one field, whose hash-tree root is the field's own.
type (
	transactionList struct {
		Transactions []bellatrix.Transaction `dynssz-max:"MAX_TRANSACTIONS_PER_PAYLOAD,MAX_BYTES_PER_TRANSACTION" ssz-max:"1048576,1073741824" ssz-size:"?,?"`
	}
	withdrawalList struct {
		Withdrawals []*capella.Withdrawal `dynssz-max:"MAX_WITHDRAWALS_PER_PAYLOAD" ssz-max:"16"`
	}
)

// mixRandao is process_randao (phase 0) without the check of the reveal.
func (s *State) mixRandao(reveal phase0.BLSSignature) {
	mix, hash := &s.RANDAOMixes[s.Epoch()%s.rules.spec.EpochsPerHistoricalVector], sha256.Sum256(reveal[:])
	for i := range mix {
		mix[i] ^= hash[i]
	}
}

// processOperations is process_operations (electra) without requests.
func (s *State) processOperations(b *Block, absent Absent) error {
	spec := s.rules.spec
	if slashings, exits := len(b.Body.ProposerSlashings), len(b.Body.VoluntaryExits); uint64(slashings) > spec.MaxProposerSlashings || uint64(exits) > spec.MaxVoluntaryExits {
		return fmt.Errorf("%w: %d proposer slashings and %d voluntary exits are too many", ErrBlock, slashings, exits)
	}
	for _, evidence := range b.Body.ProposerSlashings {
		if err := s.processProposerSlashing(evidence, uint64(b.ProposerIndex)); err != nil {
			return err
		}
	}
	s.attest(absent)
	for _, exit := range b.Body.VoluntaryExits {
		if err := s.CheckVoluntaryExit(uint64(exit.Message.ValidatorIndex)); err != nil {
			return err
		}
		s.initiateExit(s.Validators[exit.Message.ValidatorIndex])
	}
	return nil
}

// processRequests are the requests of a payload (electra, process_operations; gloas, apply_parent_execution_payload).
func (s *State) processRequests(deposits []*electra.DepositRequest, withdrawals []*electra.WithdrawalRequest) {
	for _, d := range deposits {
		s.requestDeposit(d)
	}
	for _, w := range withdrawals {
		s.requestWithdrawal(w)
	}
}

// processProposerSlashing is process_proposer_slashing (phase 0) without signatures.
func (s *State) processProposerSlashing(evidence *phase0.ProposerSlashing, proposer uint64) error {
	one, other := evidence.SignedHeader1.Message, evidence.SignedHeader2.Message
	if one.Slot != other.Slot || one.ProposerIndex != other.ProposerIndex || *one == *other {
		return fmt.Errorf("%w: its evidence shows no double proposal", ErrNotSlashable)
	}
	if err := s.CheckSlashable(uint64(one.ProposerIndex)); err != nil {
		return err
	}
	if s.fork >= Gloas {
		s.dropPayment(one)
	}
	s.slash(uint64(one.ProposerIndex), proposer)
	return nil
}
