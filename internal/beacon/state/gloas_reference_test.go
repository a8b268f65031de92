package state_test

import (
	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/deneb"
	"github.com/attestantio/go-eth2-client/spec/fulu"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// everyState has the fields of a state of every fork; encode writes those that a fork has.
type everyState struct {
	fulu.BeaconState
	GloasFields
}

// GloasFields are those that Gloas added, named as go-eth2-client names them.
type GloasFields struct {
	LatestBlockHash              phase0.Hash32
	Builders                     []*gloas.Builder
	NextWithdrawalBuilderIndex   gloas.BuilderIndex
	ExecutionPayloadAvailability []uint8
	BuilderPendingPayments       []*gloas.BuilderPendingPayment
	BuilderPendingWithdrawals    []*gloas.BuilderPendingWithdrawal
	LatestExecutionPayloadBid    *gloas.ExecutionPayloadBid
	PayloadExpectedWithdrawals   []*capella.Withdrawal
	PTCWindow                    [][]phase0.ValidatorIndex
}

// noLimit is that of a progressive list.
const noLimit = 1 << 48

func (f filler) fillGloas(b *everyState, s state.Spec, c counts) {
	b.LatestBlockHash, b.NextWithdrawalBuilderIndex = phase0.Hash32(f.root()), gloas.BuilderIndex(f.Uint64())
	b.ExecutionPayloadAvailability = f.bytes(int(s.SlotsPerHistoricalRoot / 8))
	for range c.builders {
		b.Builders = append(b.Builders, &gloas.Builder{
			PublicKey: phase0.BLSPubKey(f.bytes(48)), Version: uint8(f.IntN(256)), ExecutionAddress: f.address(), Balance: phase0.Gwei(f.Uint64()),
			DepositEpoch: phase0.Epoch(f.Uint64()), WithdrawableEpoch: phase0.Epoch(f.Uint64())})
	}
	for range 2 * s.SlotsPerEpoch {
		b.BuilderPendingPayments = append(b.BuilderPendingPayments, &gloas.BuilderPendingPayment{
			Weight: phase0.Gwei(f.Uint64()), Withdrawal: f.builderWithdrawal(), ProposerIndex: phase0.ValidatorIndex(f.Uint64())})
	}
	for range c.builderWithdrawals {
		b.BuilderPendingWithdrawals = append(b.BuilderPendingWithdrawals, f.builderWithdrawal())
	}
	b.LatestExecutionPayloadBid = f.bid(c.commitments)
	for range c.expected {
		b.PayloadExpectedWithdrawals = append(b.PayloadExpectedWithdrawals, f.withdrawal(c.validators))
	}
	for range (2 + s.MinSeedLookahead) * s.SlotsPerEpoch {
		row := make([]phase0.ValidatorIndex, s.PTCSize)
		for i := range row {
			row[i] = phase0.ValidatorIndex(f.Uint64())
		}
		b.PTCWindow = append(b.PTCWindow, row)
	}
}

func (f filler) address() bellatrix.ExecutionAddress { return bellatrix.ExecutionAddress(f.bytes(20)) }

func (f filler) builderWithdrawal() *gloas.BuilderPendingWithdrawal {
	return &gloas.BuilderPendingWithdrawal{FeeRecipient: f.address(), Amount: phase0.Gwei(f.Uint64()), BuilderIndex: gloas.BuilderIndex(f.Uint64())}
}

func (f filler) bid(commitments int) *gloas.ExecutionPayloadBid {
	bid := &gloas.ExecutionPayloadBid{
		ParentBlockHash: phase0.Hash32(f.root()), ParentBlockRoot: f.root(), BlockHash: phase0.Hash32(f.root()), PrevRandao: f.root(), FeeRecipient: f.address(),
		GasLimit: f.Uint64(), BuilderIndex: gloas.BuilderIndex(f.Uint64()), Slot: phase0.Slot(f.Uint64()), Value: phase0.Gwei(f.Uint64()),
		ExecutionPayment: phase0.Gwei(f.Uint64()), ExecutionRequestsRoot: f.root(),
	}
	for range commitments {
		bid.BlobKZGCommitments = append(bid.BlobKZGCommitments, deneb.KZGCommitment(f.bytes(48)))
	}
	return bid
}

// Withdrawals of a builder have bit 40 of the index set. Its number below may be that of a validator.
const builderFlag = 1 << 40

// withdrawal is one of a validator, of a builder with the number of one, or of nobody; to any address or the pool's vault.
func (f filler) withdrawal(validators int) *capella.Withdrawal {
	w := &capella.Withdrawal{
		Index: capella.WithdrawalIndex(f.Uint64()), ValidatorIndex: phase0.ValidatorIndex(f.IntN(validators + 1)), Address: f.address(), Amount: phase0.Gwei(f.Uint64N(1 << 44)),
	}
	switch f.IntN(5) {
	case 0:
		w.ValidatorIndex |= builderFlag
	case 1:
		w.ValidatorIndex += 1 << 32
	case 2:
		w.ValidatorIndex = phase0.ValidatorIndex(f.Uint64())
	}
	if f.IntN(2) == 0 {
		w.Address = bellatrix.ExecutionAddress(poolCredentials[0][12:])
	}
	return w
}

// expectExecution is what the state says of the execution layer.
func expectExecution(s *state.State, want *everyState) {
	if s.Fork < state.Gloas {
		h := want.LatestExecutionPayloadHeader
		s.LatestBlockHash = common.Hash(h.BlockHash)
		s.Execution = &state.ExecutionHeader{BlockHash: common.Hash(h.BlockHash), StateRoot: common.Hash(h.StateRoot), Number: h.BlockNumber, Timestamp: h.Timestamp}
		return
	}
	bid := want.LatestExecutionPayloadBid
	s.LatestBlockHash = common.Hash(want.LatestBlockHash)
	s.Bid = &state.PayloadBid{ParentBlockHash: common.Hash(bid.ParentBlockHash), ParentBlockRoot: common.Hash(bid.ParentBlockRoot), BlockHash: common.Hash(bid.BlockHash),
		BuilderIndex: uint64(bid.BuilderIndex), Slot: uint64(bid.Slot)}
	s.ExpectedTotal = uint64(len(want.PayloadExpectedWithdrawals))
	for _, w := range want.PayloadExpectedWithdrawals {
		if uint64(w.ValidatorIndex) < uint64(len(want.Validators)) && isPool(want.Validators[w.ValidatorIndex].WithdrawalCredentials) {
			s.InFlight = append(s.InFlight, state.ExpectedWithdrawal{Index: uint32(w.ValidatorIndex), AmountGwei: uint64(w.Amount)})
			s.InFlightGwei += uint64(w.Amount)
		}
	}
}
