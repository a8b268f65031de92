package transition

const ppm = 1_000_000

// eligible is whether a validator is in get_eligible_validator_indices (altair): it is paid or charged for the previous epoch.
func (s *State) eligible(index int) bool {
	v, previous := s.Validators[index], s.previousEpoch()
	return IsActive(v, previous) || v.Slashed && previous+1 < uint64(v.WithdrawableEpoch)
}

// isLeaking is is_in_inactivity_leak (phase 0).
func (s *State) isLeaking() bool {
	return s.previousEpoch()-uint64(s.FinalizedCheckpoint.Epoch) > s.rules.spec.MinEpochsToInactivityPenalty
}

// updateInactivity is process_inactivity_updates (altair).
func (s *State) updateInactivity() {
	if s.Epoch() == 0 {
		return
	}
	leaking := s.isLeaking()
	for i := range s.Validators {
		if !s.eligible(i) {
			continue
		}
		score := &s.InactivityScores[i]
		if s.participated(i, targetFlag, s.previousEpoch()) {
			*score -= min(1, *score)
		} else {
			*score += s.rules.spec.InactivityScoreBias
		}
		if !leaking {
			*score -= min(s.rules.spec.InactivityScoreRecoveryRate, *score)
		}
	}
}

// payAttesters is process_rewards_and_penalties (altair), with every reward scaled by the network's RewardPpm. Penalties are the spec's. Rewards of
// proposers and of the sync committee are not paid here.
func (s *State) payAttesters() {
	if s.Epoch() == 0 {
		return
	}
	spec, previous := s.rules.spec, s.previousEpoch()
	total := s.activeBalance()
	perIncrement := spec.EffectiveBalanceIncrementGwei * spec.BaseRewardFactor / squareRoot(total)
	leaking := s.isLeaking()
	for flag, weight := range []uint64{sourceFlag: sourceWeight, targetFlag: targetWeight, headFlag: headWeight} {
		participating := s.participatingBalance(flag, previous) / spec.EffectiveBalanceIncrementGwei
		for i, v := range s.Validators {
			if !s.eligible(i) {
				continue
			}
			base := uint64(v.EffectiveBalance) / spec.EffectiveBalanceIncrementGwei * perIncrement
			switch {
			case s.participated(i, flag, previous):
				if !leaking {
					reward := mulDiv(base*weight, participating, total/spec.EffectiveBalanceIncrementGwei*weightDenominator)
					s.increase(uint64(i), mulDiv(reward, s.rules.reward(previous, uint64(i)), ppm))
				}
			case flag != headFlag:
				s.decrease(uint64(i), base*weight/weightDenominator)
			}
		}
	}
	s.chargeInactivity(previous)
}

// chargeInactivity applies get_inactivity_penalty_deltas (bellatrix).
func (s *State) chargeInactivity(previous uint64) {
	spec := s.rules.spec
	for i, v := range s.Validators {
		if s.eligible(i) && !s.participated(i, targetFlag, previous) {
			denominator := spec.InactivityScoreBias * spec.InactivityPenaltyQuotientBellatrix
			s.decrease(uint64(i), mulDiv(uint64(v.EffectiveBalance), s.InactivityScores[i], denominator))
		}
	}
}
