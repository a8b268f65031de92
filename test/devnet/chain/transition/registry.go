package transition

import (
	"errors"
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/phase0"
)

var (
	// ErrUnknownValidator: an index beyond the registry.
	ErrUnknownValidator = errors.New("no such validator")
	// ErrNotExitable: a validator that may not exit now.
	ErrNotExitable = errors.New("the validator may not exit now")
	// ErrNotSlashable: a validator that cannot be slashed now.
	ErrNotSlashable = errors.New("the validator cannot be slashed now")
)

func (s *State) validator(index uint64) (*phase0.Validator, error) {
	if index >= uint64(len(s.Validators)) {
		return nil, fmt.Errorf("%w: index %d of %d", ErrUnknownValidator, index, len(s.Validators))
	}
	return s.Validators[index], nil
}

// electraChurn is get_activation_exit_churn_limit (electra) in gwei an epoch.
func (s *State) electraChurn() uint64 {
	return min(s.rules.spec.MaxPerEpochActivationExitChurnLimitGwei, s.churn(s.rules.spec.ChurnLimitQuotient))
}

// gloasActivationChurn is get_activation_churn_limit (gloas) in gwei an epoch.
func (s *State) gloasActivationChurn() uint64 {
	return min(s.rules.spec.MaxPerEpochActivationChurnLimitGloasGwei, s.gloasExitChurn())
}

// gloasExitChurn is get_exit_churn_limit (gloas) in gwei an epoch: without a bound.
func (s *State) gloasExitChurn() uint64 { return s.churn(s.rules.spec.ChurnLimitQuotientGloas) }

// churn is a part of what is active, at least the least, in whole increments.
func (s *State) churn(quotient uint64) uint64 {
	churn := max(s.rules.spec.MinPerEpochChurnLimitElectraGwei, s.activeBalance()/quotient)
	return churn - churn%s.rules.spec.EffectiveBalanceIncrementGwei
}

// activationExitEpoch is compute_activation_exit_epoch (phase 0) of the current epoch.
func (s *State) activationExitEpoch() uint64 { return s.Epoch() + 1 + s.rules.spec.MaxSeedLookahead }

// queueExit is compute_exit_epoch_and_update_churn (electra, gloas).
func (s *State) queueExit(gwei uint64) (epoch uint64) {
	perEpoch := s.fork.rules().exitChurn(s)
	earliest, left := max(uint64(s.EarliestExitEpoch), s.activationExitEpoch()), uint64(s.ExitBalanceToConsume)
	if uint64(s.EarliestExitEpoch) < earliest {
		left = perEpoch
	}
	if gwei > left {
		more := (gwei-left-1)/perEpoch + 1
		earliest += more
		left += more * perEpoch
	}
	s.ExitBalanceToConsume, s.EarliestExitEpoch = phase0.Gwei(left-gwei), phase0.Epoch(earliest)
	return earliest
}

// initiateExit is initiate_validator_exit (electra).
func (s *State) initiateExit(v *phase0.Validator) {
	if v.ExitEpoch != farFuture {
		return
	}
	epoch := s.queueExit(uint64(v.EffectiveBalance))
	v.ExitEpoch = phase0.Epoch(epoch)
	v.WithdrawableEpoch = phase0.Epoch(epoch + s.rules.spec.MinValidatorWithdrawabilityDelay)
}

// CheckVoluntaryExit is what process_voluntary_exit (electra) asks of the validator. Errors: ErrUnknownValidator, ErrNotExitable.
func (s *State) CheckVoluntaryExit(index uint64) error {
	v, err := s.validator(index)
	switch {
	case err != nil:
		return err
	case !IsActive(v, s.Epoch()):
		return fmt.Errorf("%w: validator %d is not active", ErrNotExitable, index)
	case v.ExitEpoch != farFuture:
		return fmt.Errorf("%w: validator %d exits in epoch %d already", ErrNotExitable, index, v.ExitEpoch)
	case s.Epoch() < uint64(v.ActivationEpoch)+s.rules.spec.ShardCommitteePeriod:
		return fmt.Errorf("%w: validator %d is active since epoch %d only", ErrNotExitable, index, v.ActivationEpoch)
	case s.pendingToWithdraw(index) > 0:
		return fmt.Errorf("%w: validator %d has pending partial withdrawals", ErrNotExitable, index)
	}
	return nil
}

// CheckSlashable is is_slashable_validator (phase 0). Errors: ErrUnknownValidator, ErrNotSlashable.
func (s *State) CheckSlashable(index uint64) error {
	v, err := s.validator(index)
	switch {
	case err != nil:
		return err
	case v.Slashed:
		return fmt.Errorf("%w: validator %d is slashed already", ErrNotSlashable, index)
	case s.Epoch() < uint64(v.ActivationEpoch) || s.Epoch() >= uint64(v.WithdrawableEpoch):
		return fmt.Errorf("%w: validator %d is not active yet or withdrawable", ErrNotSlashable, index)
	}
	return nil
}

// slash is slash_validator (electra); the proposer is the whistleblower.
func (s *State) slash(index, proposer uint64) {
	spec, v, epoch := s.rules.spec, s.Validators[index], s.Epoch()
	s.initiateExit(v)
	v.Slashed = true
	v.WithdrawableEpoch = max(v.WithdrawableEpoch, phase0.Epoch(epoch+spec.EpochsPerSlashingsVector))
	s.Slashings[epoch%spec.EpochsPerSlashingsVector] += v.EffectiveBalance
	s.decrease(index, uint64(v.EffectiveBalance)/spec.MinSlashingPenaltyQuotientElectra)
	s.increase(proposer, uint64(v.EffectiveBalance)/spec.WhistleblowerRewardQuotientElectra)
}

// payCorrelationPenalties is process_slashings (electra).
func (s *State) payCorrelationPenalties() {
	spec, total := s.rules.spec, s.activeBalance()
	slashed := uint64(0)
	for _, gwei := range s.Slashings {
		slashed += uint64(gwei)
	}
	perIncrement := min(slashed*spec.ProportionalSlashingMultiplier, total) / (total / spec.EffectiveBalanceIncrementGwei)
	for i, v := range s.Validators {
		if v.Slashed && s.Epoch()+spec.EpochsPerSlashingsVector/2 == uint64(v.WithdrawableEpoch) {
			s.decrease(uint64(i), perIncrement*(uint64(v.EffectiveBalance)/spec.EffectiveBalanceIncrementGwei))
		}
	}
}

// updateRegistry is process_registry_updates (electra).
func (s *State) updateRegistry() {
	spec := s.rules.spec
	for _, v := range s.Validators {
		switch {
		case v.ActivationEligibilityEpoch == farFuture && uint64(v.EffectiveBalance) >= spec.MinActivationBalanceGwei:
			v.ActivationEligibilityEpoch = phase0.Epoch(s.Epoch() + 1)
		case IsActive(v, s.Epoch()) && uint64(v.EffectiveBalance) <= spec.EjectionBalanceGwei:
			s.initiateExit(v)
		case v.ActivationEligibilityEpoch <= s.FinalizedCheckpoint.Epoch && v.ActivationEpoch == farFuture:
			v.ActivationEpoch = phase0.Epoch(s.activationExitEpoch())
		}
	}
}
