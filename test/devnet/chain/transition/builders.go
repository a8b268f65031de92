package transition

import (
	"errors"
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// ErrBid: a bid that no builder can make.
var ErrBid = errors.New("the builder cannot make the bid")

// Parameters of builders. Source: consensus specs, gloas.
const (
	builderIndexFlag             = 1 << 40 // in the validator index of a withdrawal
	builderPrefix                = 0xb0    // of withdrawal credentials
	quorumNumerator, quorumWhole = 6, 10   // BUILDER_PAYMENT_THRESHOLD_*
)

// Builder is on board when Gloas begins.
type Builder struct {
	PublicKey   [48]byte
	Address     [20]byte // that its balance is withdrawn to
	BalanceGwei uint64
}

// addBuilder is add_builder_to_registry (gloas). Indices are not used again.
func (s *State) addBuilder(key phase0.BLSPubKey, address [20]byte, gwei uint64) {
	s.Builders = append(s.Builders, &gloas.Builder{
		PublicKey: key, ExecutionAddress: address, Balance: phase0.Gwei(gwei), DepositEpoch: phase0.Epoch(s.Epoch()), WithdrawableEpoch: farFuture,
	})
}

// isActiveBuilder is is_active_builder (gloas).
func (s *State) isActiveBuilder(b *gloas.Builder) bool {
	return b.DepositEpoch < s.FinalizedCheckpoint.Epoch && b.WithdrawableEpoch == farFuture
}

// CheckBid is what process_execution_payload_bid (gloas) asks of a builder. Errors: ErrBid.
func (s *State) CheckBid(index, gwei uint64) error {
	if index >= uint64(len(s.Builders)) {
		return fmt.Errorf("%w: builder %d of %d", ErrBid, index, len(s.Builders))
	}
	b := s.Builders[index]
	if needed := s.rules.spec.MinDepositAmountGwei + s.builderOwes(index) + gwei; !s.isActiveBuilder(b) || uint64(b.Balance) < needed {
		return fmt.Errorf("%w: builder %d has %d gwei, needs %d and must be active since a finalized epoch", ErrBid, index, b.Balance, needed)
	}
	return nil
}

// builderOwes is get_pending_balance_to_withdraw_for_builder (gloas) in gwei.
func (s *State) builderOwes(index uint64) (gwei uint64) {
	for _, w := range s.BuilderPendingWithdrawals {
		if uint64(w.BuilderIndex) == index {
			gwei += uint64(w.Amount)
		}
	}
	for _, p := range s.BuilderPendingPayments {
		if uint64(p.Withdrawal.BuilderIndex) == index {
			gwei += uint64(p.Withdrawal.Amount)
		}
	}
	return gwei
}

func noPayments(count uint64) []*gloas.BuilderPendingPayment {
	none := make([]*gloas.BuilderPendingPayment, count)
	for i := range none {
		none[i] = &gloas.BuilderPendingPayment{Withdrawal: &gloas.BuilderPendingWithdrawal{}}
	}
	return none
}

// paymentAt is where the payment for a slot stands, of the current or the previous epoch; nil for older ones.
func (s *State) paymentAt(slot uint64) **gloas.BuilderPendingPayment {
	perEpoch := s.rules.spec.SlotsPerEpoch
	switch epoch := slot / perEpoch; epoch {
	case s.Epoch():
		return &s.BuilderPendingPayments[perEpoch+slot%perEpoch]
	case s.previousEpoch():
		return &s.BuilderPendingPayments[slot%perEpoch]
	}
	return nil
}

// recordPayment notes what a bid pays the proposer, once it is settled.
func (s *State) recordPayment(bid *gloas.ExecutionPayloadBid) {
	if bid.Value == 0 {
		return
	}
	proposer := s.LatestBlockHeader.ProposerIndex
	*s.paymentAt(uint64(bid.Slot)) = &gloas.BuilderPendingPayment{ProposerIndex: proposer, Withdrawal: paymentOf(bid)}
}

func paymentOf(bid *gloas.ExecutionPayloadBid) *gloas.BuilderPendingWithdrawal {
	return &gloas.BuilderPendingWithdrawal{FeeRecipient: bid.FeeRecipient, Amount: bid.Value, BuilderIndex: bid.BuilderIndex}
}

// settleParentPayment pays for the parent's payload, which is included.
func (s *State) settleParentPayment() {
	bid := s.LatestExecutionPayloadBid
	at := s.paymentAt(uint64(bid.Slot))
	switch {
	case at != nil && (*at).Withdrawal.Amount > 0:
		s.BuilderPendingWithdrawals = append(s.BuilderPendingWithdrawals, (*at).Withdrawal)
		*at = noPayments(1)[0]
	case at == nil && bid.Value > 0: // the entry has been evicted
		s.BuilderPendingWithdrawals = append(s.BuilderPendingWithdrawals, paymentOf(bid))
	}
}

// weighPayment counts an attestation for the block of its own slot: a builder that withholds pays when enough attested to the block that chose its bid.
func (s *State) weighPayment(slot uint64, v *phase0.Validator) {
	if s.fork < Gloas {
		return
	}
	length := s.rules.spec.SlotsPerHistoricalRoot
	hasBlock := slot == 0 || s.BlockRoots[slot%length] != s.BlockRoots[(slot-1)%length]
	if at := s.paymentAt(slot); at != nil && hasBlock && (*at).Withdrawal.Amount > 0 {
		(*at).Weight += v.EffectiveBalance
	}
}

// settleOldPayments is process_builder_pending_payments (gloas).
func (s *State) settleOldPayments() {
	perEpoch := s.rules.spec.SlotsPerEpoch
	quorum := s.activeBalance() / perEpoch * quorumNumerator / quorumWhole
	for _, p := range s.BuilderPendingPayments[:perEpoch] {
		if uint64(p.Weight) >= quorum {
			s.BuilderPendingWithdrawals = append(s.BuilderPendingWithdrawals, p.Withdrawal)
		}
	}
	s.BuilderPendingPayments = append(s.BuilderPendingPayments[perEpoch:len(s.BuilderPendingPayments):len(s.BuilderPendingPayments)], noPayments(perEpoch)...)
}

// dropPayment takes the payment away that a slashed proposer would get for the block that it is slashed for (gloas, process_proposer_slashing).
func (s *State) dropPayment(header *phase0.BeaconBlockHeader) {
	if at := s.paymentAt(uint64(header.Slot)); at != nil && (*at).ProposerIndex == header.ProposerIndex {
		*at = noPayments(1)[0]
	}
}

// processBuilderRequests is process_builder_deposit_request and process_builder_exit_request (gloas, EIP-8282). New builders are not taken on.
func (s *State) processBuilderRequests(requests *Requests) {
	for _, d := range requests.BuilderDeposits {
		if b := s.builderOf(d.Pubkey); b != nil && d.WithdrawalCredentials[0] == builderPrefix {
			if b.WithdrawableEpoch != farFuture && b.Balance == 0 {
				b.WithdrawableEpoch = phase0.Epoch(s.Epoch() + s.rules.spec.MinBuilderWithdrawabilityDelay)
			}
			b.Balance += d.Amount
		}
	}
	for _, exit := range requests.BuilderExits {
		b := s.builderOf(exit.Pubkey)
		if b != nil && s.isActiveBuilder(b) && b.ExecutionAddress == exit.SourceAddress && s.builderOwes(s.builderIndex(b)) == 0 {
			b.WithdrawableEpoch = phase0.Epoch(s.Epoch() + s.rules.spec.MinBuilderWithdrawabilityDelay)
		}
	}
}

func (s *State) builderOf(key phase0.BLSPubKey) *gloas.Builder {
	for _, b := range s.Builders {
		if b.PublicKey == key {
			return b
		}
	}
	return nil
}

func (s *State) builderIndex(wanted *gloas.Builder) uint64 {
	for i, b := range s.Builders {
		if b == wanted {
			return uint64(i)
		}
	}
	return farFuture
}

// builderPending is get_builder_withdrawals (gloas): what bids owe proposers.
func (w *sweep) builderPending() {
	for _, p := range w.BuilderPendingWithdrawals {
		if w.isNearlyFull() {
			return
		}
		w.add(builderIndexFlag|uint64(p.BuilderIndex), uint64(p.Amount), p.FeeRecipient)
		w.builderPayments++
	}
}

// sweepBuilders is get_builders_sweep_withdrawals (gloas): the balances of builders that have left.
func (w *sweep) sweepBuilders() {
	count := uint64(len(w.Builders))
	for w.buildersSwept < min(count, w.rules.spec.MaxBuildersPerWithdrawalsSweep) && !w.isNearlyFull() {
		index := (uint64(w.NextWithdrawalBuilderIndex) + w.buildersSwept) % count
		if b := w.Builders[index]; uint64(b.WithdrawableEpoch) <= w.Epoch() && b.Balance > 0 {
			w.add(builderIndexFlag|index, uint64(b.Balance), b.ExecutionAddress)
		}
		w.buildersSwept++
	}
}

// isNearlyFull: only the sweep over validators may take the last place of a payload.
func (w *sweep) isNearlyFull() bool {
	return uint64(len(w.found)) >= w.rules.spec.MaxWithdrawalsPerPayload-1
}

// payBuilder deducts what a builder pays, as far as it has it (gloas, apply_withdrawals).
func (s *State) payBuilder(index, gwei uint64) {
	b := s.Builders[index]
	b.Balance -= min(b.Balance, phase0.Gwei(gwei))
}
