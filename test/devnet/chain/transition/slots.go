package transition

import (
	"errors"
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// ErrSlot: a slot that is not ahead of the state.
var ErrSlot = errors.New("the slot is not ahead of the state")

// ProcessSlots advances the state to slot without a block: process_slots (phase 0). Errors: ErrSlot.
func (s *State) ProcessSlots(slot uint64) error {
	if slot <= uint64(s.Slot) {
		return fmt.Errorf("%w: %d, the state is of slot %d", ErrSlot, slot, s.Slot)
	}
	for uint64(s.Slot) < slot {
		if err := s.processSlot(); err != nil {
			return fmt.Errorf("end slot %d: %w", s.Slot, err)
		}
		if (uint64(s.Slot)+1)%s.rules.spec.SlotsPerEpoch == 0 {
			if err := s.processEpoch(); err != nil {
				return fmt.Errorf("end epoch %d: %w", s.Epoch(), err)
			}
		}
		s.Slot++
		if err := s.upgrade(); err != nil {
			return fmt.Errorf("begin a fork in epoch %d: %w", s.Epoch(), err)
		}
	}
	return nil
}

// processSlot is process_slot (phase 0): it remembers the roots of the slot that ends.
func (s *State) processSlot() error {
	stateRoot, err := s.Root()
	if err != nil {
		return err
	}
	at := uint64(s.Slot) % s.rules.spec.SlotsPerHistoricalRoot
	s.StateRoots[at] = stateRoot
	if s.LatestBlockHeader.StateRoot == (phase0.Root{}) {
		s.LatestBlockHeader.StateRoot = stateRoot
	}
	if s.BlockRoots[at], err = s.ParentRoot(); err != nil {
		return err
	}
	if s.fork >= Gloas {
		s.forgetAvailability()
	}
	return nil
}

// processEpoch is process_epoch of the state's fork without eth1 votes, consolidations and sync committee changes, of which there are none here.
func (s *State) processEpoch() error {
	s.justifyAndFinalize()
	s.updateInactivity()
	s.payAttesters()
	s.updateRegistry()
	s.payCorrelationPenalties()
	if err := s.applyPendingDeposits(); err != nil {
		return err
	}
	if s.fork >= Gloas {
		s.settleOldPayments()
	}
	s.updateEffectiveBalances()
	next := s.Epoch() + 1
	s.Slashings[next%s.rules.spec.EpochsPerSlashingsVector] = 0
	vector := s.rules.spec.EpochsPerHistoricalVector
	s.RANDAOMixes[next%vector] = s.RANDAOMixes[s.Epoch()%vector]
	if err := s.summarizeHistory(next); err != nil {
		return err
	}
	s.PreviousEpochParticipation = s.CurrentEpochParticipation
	s.CurrentEpochParticipation = newParticipation(len(s.Validators))
	s.fork.rules().endEpoch(s)
	return nil
}

// updateEffectiveBalances is process_effective_balance_updates (electra).
func (s *State) updateEffectiveBalances() {
	spec := s.rules.spec
	step := spec.EffectiveBalanceIncrementGwei / spec.HysteresisQuotient
	down, up := step*spec.HysteresisDownwardMultiplier, step*spec.HysteresisUpwardMultiplier
	for i, v := range s.Validators {
		balance, effective := uint64(s.Balances[i]), uint64(v.EffectiveBalance)
		if balance+down < effective || effective+up < balance {
			v.EffectiveBalance = phase0.Gwei(min(balance-balance%spec.EffectiveBalanceIncrementGwei, s.maxEffective(v)))
		}
	}
}

// Vectors of roots as containers of one field, whose hash-tree root is the field's own.
type (
	blockRoots struct {
		Roots []phase0.Root `dynssz-size:"SLOTS_PER_HISTORICAL_ROOT,32" ssz-size:"8192,32"`
	}
	registry struct {
		Validators []*phase0.Validator `dynssz-max:"VALIDATOR_REGISTRY_LIMIT" ssz-max:"1099511627776"`
	}
)

// summarizeHistory is process_historical_summaries_update (capella).
func (s *State) summarizeHistory(next uint64) error {
	if next%(s.rules.spec.SlotsPerHistoricalRoot/s.rules.spec.SlotsPerEpoch) != 0 {
		return nil
	}
	blocks, err := s.rules.Root(&blockRoots{s.BlockRoots})
	if err != nil {
		return err
	}
	states, err := s.rules.Root(&blockRoots{s.StateRoots})
	if err != nil {
		return err
	}
	s.HistoricalSummaries = append(s.HistoricalSummaries, &capella.HistoricalSummary{BlockSummaryRoot: blocks, StateSummaryRoot: states})
	return nil
}
