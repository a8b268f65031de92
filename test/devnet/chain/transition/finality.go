package transition

import (
	"github.com/attestantio/go-eth2-client/spec/altair"
	"github.com/attestantio/go-eth2-client/spec/phase0"
)

// Participation flags and weights. Source: consensus specs, altair.
const (
	sourceFlag, targetFlag, headFlag       = 0, 1, 2
	sourceWeight, targetWeight, headWeight = 14, 26, 14
	proposerWeight, weightDenominator      = 8, 64
	allFlags                               = altair.ParticipationFlags(1<<sourceFlag | 1<<targetFlag | 1<<headFlag)
)

func newParticipation(validators int) []altair.ParticipationFlags {
	return make([]altair.ParticipationFlags, validators)
}

// hasFlag is has_flag (altair).
func hasFlag(flags altair.ParticipationFlags, flag int) bool { return flags>>flag&1 == 1 }

// Absent says which validators do not attest.
type Absent func(validatorIndex uint64) bool

// attest marks what a block's attestations would tell: every active validator attests in one slot of each epoch, its index modulo the slots of an
// epoch; a block carries all attestations of earlier slots of its own epoch and of the epoch before (EIP-7045), all of them timely.
func (s *State) attest(absent Absent) {
	current, previous, start := s.Epoch(), s.previousEpoch(), s.epochStart(s.Epoch())
	perEpoch := s.rules.spec.SlotsPerEpoch
	for i, v := range s.Validators {
		index := uint64(i)
		if absent != nil && absent(index) {
			continue
		}
		if slot := start + index%perEpoch; IsActive(v, current) && slot < uint64(s.Slot) && s.CurrentEpochParticipation[i] != allFlags {
			s.CurrentEpochParticipation[i] = allFlags
			s.weighPayment(slot, v)
		}
		if previous < current && IsActive(v, previous) && s.PreviousEpochParticipation[i] != allFlags {
			s.PreviousEpochParticipation[i] = allFlags
			s.weighPayment(s.epochStart(previous)+index%perEpoch, v)
		}
	}
}

// participated is whether a validator is in get_unslashed_participating_indices (altair).
func (s *State) participated(index, flag int, epoch uint64) bool {
	flags := s.PreviousEpochParticipation
	if epoch == s.Epoch() {
		flags = s.CurrentEpochParticipation
	}
	v := s.Validators[index]
	return IsActive(v, epoch) && !v.Slashed && hasFlag(flags[index], flag)
}

func (s *State) participatingBalance(flag int, epoch uint64) uint64 {
	sum := uint64(0)
	for i, v := range s.Validators {
		if s.participated(i, flag, epoch) {
			sum += uint64(v.EffectiveBalance)
		}
	}
	return max(sum, s.rules.spec.EffectiveBalanceIncrementGwei)
}

// justifyAndFinalize is process_justification_and_finalization (altair).
func (s *State) justifyAndFinalize() {
	current, previous := s.Epoch(), s.previousEpoch()
	if current <= 1 {
		return
	}
	total := s.activeBalance()
	oldPrevious, oldCurrent := *s.PreviousJustifiedCheckpoint, *s.CurrentJustifiedCheckpoint
	s.PreviousJustifiedCheckpoint = &oldCurrent
	bits := s.JustificationBits[0] << 1 & 0xf
	if 3*s.participatingBalance(targetFlag, previous) >= 2*total {
		s.CurrentJustifiedCheckpoint = &phase0.Checkpoint{Epoch: phase0.Epoch(previous), Root: s.blockRoot(previous)}
		bits |= 1 << 1
	}
	if 3*s.participatingBalance(targetFlag, current) >= 2*total {
		s.CurrentJustifiedCheckpoint = &phase0.Checkpoint{Epoch: phase0.Epoch(current), Root: s.blockRoot(current)}
		bits |= 1
	}
	s.JustificationBits[0] = bits
	for _, rule := range []struct {
		mask   byte // of the epochs that must be justified, the current one first
		source phase0.Checkpoint
		behind uint64 // of the source below the current epoch
	}{{0b1110, oldPrevious, 3}, {0b0110, oldPrevious, 2}, {0b0111, oldCurrent, 2}, {0b0011, oldCurrent, 1}} {
		if bits&rule.mask == rule.mask && uint64(rule.source.Epoch)+rule.behind == current {
			finalized := rule.source
			s.FinalizedCheckpoint = &finalized
		}
	}
}
