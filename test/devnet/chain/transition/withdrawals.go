package transition

import (
	"errors"
	"fmt"
	"slices"

	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// ErrWithdrawals: a payload that does not pay what the state owes.
var ErrWithdrawals = errors.New("the payload's withdrawals are not those that the state expects")

// sweep collects the withdrawals of one payload, and counts what of the queues that settles.
type sweep struct {
	*State
	found           []*capella.Withdrawal
	partials        int // pending partial withdrawals
	builderPayments int // pending withdrawals of builders
	buildersSwept   uint64
}

// ExpectedWithdrawals is get_expected_withdrawals: what the next payload must pay.
func (s *State) ExpectedWithdrawals() []*capella.Withdrawal { return s.expected().found }

// expected is get_expected_withdrawals (electra, gloas).
func (s *State) expected() *sweep {
	w := &sweep{State: s}
	w.builderPending()
	w.pendingPartials()
	w.sweepBuilders()
	if len(s.Validators) > 0 {
		w.sweepValidators()
	}
	return w
}

// sweepValidators is get_validators_sweep_withdrawals (electra).
func (w *sweep) sweepValidators() {
	s, spec, count := w.State, w.rules.spec, uint64(len(w.Validators))
	index := uint64(s.NextWithdrawalValidatorIndex)
	for range min(count, spec.MaxValidatorsPerWithdrawalsSweep) {
		v, balance := s.Validators[index], w.left(index)
		switch limit := s.maxEffective(v); {
		case !hasExecutionCredentials(v):
		case uint64(v.WithdrawableEpoch) <= s.Epoch() && balance > 0:
			w.pay(index, balance)
		case uint64(v.EffectiveBalance) == limit && balance > limit:
			w.pay(index, balance-limit)
		}
		if uint64(len(w.found)) == spec.MaxWithdrawalsPerPayload {
			break
		}
		index = (index + 1) % count
	}
}

// pendingPartials pays what EIP-7002 requests asked for and is due.
func (w *sweep) pendingPartials() {
	spec := w.rules.spec
	most := min(uint64(len(w.found))+spec.MaxPendingPartialsPerWithdrawalsSweep, spec.MaxWithdrawalsPerPayload-1)
	for _, p := range w.PendingPartialWithdrawals {
		if uint64(p.WithdrawableEpoch) > w.Epoch() || uint64(len(w.found)) >= most {
			break
		}
		v, balance := w.Validators[p.ValidatorIndex], w.left(uint64(p.ValidatorIndex))
		if v.ExitEpoch == farFuture && uint64(v.EffectiveBalance) >= spec.MinActivationBalanceGwei && balance > spec.MinActivationBalanceGwei {
			w.pay(uint64(p.ValidatorIndex), min(balance-spec.MinActivationBalanceGwei, uint64(p.Amount)))
		}
		w.partials++
	}
}

// left is a validator's balance without what this payload pays already.
func (w *sweep) left(index uint64) uint64 {
	balance := uint64(w.Balances[index])
	for _, paid := range w.found {
		if uint64(paid.ValidatorIndex) == index {
			balance -= uint64(paid.Amount)
		}
	}
	return balance
}

func (w *sweep) pay(index, gwei uint64) {
	w.add(index, gwei, bellatrix.ExecutionAddress(w.Validators[index].WithdrawalCredentials[addressOffset:]))
}

func (w *sweep) add(index, gwei uint64, to bellatrix.ExecutionAddress) {
	w.found = append(w.found, &capella.Withdrawal{
		Index: w.NextWithdrawalIndex + capella.WithdrawalIndex(len(w.found)), ValidatorIndex: phase0.ValidatorIndex(index), Address: to, Amount: phase0.Gwei(gwei),
	})
}

// processWithdrawals is process_withdrawals (electra).
func (s *State) processWithdrawals(paid []*capella.Withdrawal) error {
	expected := s.expected()
	same := slices.EqualFunc(expected.found, paid, func(a, b *capella.Withdrawal) bool { return *a == *b })
	if !same {
		return fmt.Errorf("%w: %d expected, %d paid", ErrWithdrawals, len(expected.found), len(paid))
	}
	s.deduct(expected)
	return nil
}

// deduct is apply_withdrawals and what follows it in process_withdrawals (electra): balances and the places in the queues move on.
func (s *State) deduct(w *sweep) {
	paid := w.found
	for _, p := range paid {
		if index := uint64(p.ValidatorIndex); index&builderIndexFlag != 0 {
			s.payBuilder(index&^builderIndexFlag, uint64(p.Amount))
		} else {
			s.decrease(index, uint64(p.Amount))
		}
	}
	s.PendingPartialWithdrawals = s.PendingPartialWithdrawals[w.partials:]
	count := uint64(len(s.Validators))
	next := uint64(s.NextWithdrawalValidatorIndex) + s.rules.spec.MaxValidatorsPerWithdrawalsSweep
	if len(paid) > 0 {
		last := paid[len(paid)-1]
		s.NextWithdrawalIndex = last.Index + 1
		if uint64(len(paid)) == s.rules.spec.MaxWithdrawalsPerPayload {
			next = uint64(last.ValidatorIndex) + 1
		}
	}
	if count > 0 {
		s.NextWithdrawalValidatorIndex = phase0.ValidatorIndex(next % count)
	}
}

// pendingToWithdraw is get_pending_balance_to_withdraw (electra) in gwei.
func (s *State) pendingToWithdraw(index uint64) (gwei uint64) {
	for _, p := range s.PendingPartialWithdrawals {
		if uint64(p.ValidatorIndex) == index {
			gwei += uint64(p.Amount)
		}
	}
	return gwei
}

// requestWithdrawal is process_withdrawal_request (electra, EIP-7002): amount 0 asks for the exit. What may not be is ignored, as the spec wants it.
func (s *State) requestWithdrawal(r *electra.WithdrawalRequest) {
	spec, isExit := s.rules.spec, r.Amount == 0
	index, known := s.IndexOf(r.ValidatorPubkey)
	if !known || !isExit && uint64(len(s.PendingPartialWithdrawals)) >= spec.PendingPartialWithdrawalsLimit {
		return
	}
	v := s.Validators[index]
	if !withdrawsTo(v, r.SourceAddress) || !IsActive(v, s.Epoch()) || v.ExitEpoch != farFuture ||
		s.Epoch() < uint64(v.ActivationEpoch)+spec.ShardCommitteePeriod {
		return
	}
	pending := s.pendingToWithdraw(index)
	if isExit {
		if pending == 0 {
			s.initiateExit(v)
		}
		return
	}
	kept := spec.MinActivationBalanceGwei + pending
	if !isCompounding(v) || uint64(v.EffectiveBalance) < spec.MinActivationBalanceGwei || uint64(s.Balances[index]) <= kept {
		return
	}
	gwei := min(uint64(s.Balances[index])-kept, uint64(r.Amount))
	s.PendingPartialWithdrawals = append(s.PendingPartialWithdrawals, &electra.PendingPartialWithdrawal{
		ValidatorIndex: phase0.ValidatorIndex(index), Amount: phase0.Gwei(gwei),
		WithdrawableEpoch: phase0.Epoch(s.queueExit(gwei) + spec.MinValidatorWithdrawabilityDelay),
	})
}
