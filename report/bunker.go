package report

import (
	"fmt"
	"math/big"
	"math/bits"
)

// BunkerAssessment explains Report.Bunker: whether losses are in progress, and the numbers that decide it.
type BunkerAssessment struct {
	Bunker           bool
	ChangeWei        *big.Int // what the consensus layer earned since the last report, negative for a loss
	PenaltyGwei      uint64   // correlation penalties that slashed pool validators still have before them
	NormalRewardGwei uint64   // what the pool's active validators earn in a frame without faults
	BeforeTimestamp  uint64   // only requests made before it may be finalized while in bunker, in seconds; 0: none
}

// assessBunker decides whether losses are in progress. They are if the consensus layer lost ether since the last report, or when the penalties
// still to come are above what a frame earns.
func assessBunker(s Snapshot, clWei *big.Int) (BunkerAssessment, error) {
	open, err := openPenalties(s)
	if err != nil {
		return BunkerAssessment{}, err
	}
	j := BunkerAssessment{
		ChangeWei: consensusChange(s.Execution, clWei), PenaltyGwei: open.sumGwei,
		NormalRewardGwei: normalReward(s.Consensus, s.EpochsPerFrame),
	}
	j.Bunker = j.ChangeWei.Sign() < 0 || j.PenaltyGwei > j.NormalRewardGwei
	j.BeforeTimestamp = min(s.timeOf(s.Execution.Last.RefSlot), s.Execution.LastReportAt)
	if open.count > 0 {
		j.BeforeTimestamp = min(j.BeforeTimestamp, open.firstTimestamp)
	}
	return j, nil
}

// consensusChange is what the consensus layer earned since the last report, in wei, if it has clWei now. A sweep moves ether into the vault, so both are counted
// together; and what the last report left in the vault is no earning, else a loss of up to that much would stay unseen. The
// contracts' sanity rules measure gains and losses in the same way.
func consensusChange(e ExecutionLayer, clWei *big.Int) *big.Int {
	deposited := sub(e.DepositedWei.ToBig(), e.Last.DepositedWei.ToBig())
	principal := add(e.Last.CLWei(), deposited)
	before := add(principal, e.Last.WithdrawalVaultLeftWei.ToBig())
	now := add(clWei, e.WithdrawalVaultWei.ToBig())
	return sub(now, before)
}

// openPenalty sums up the correlation penalties that the balances read do not bear yet.
type openPenalty struct {
	sumGwei        uint64
	count          int
	firstTimestamp uint64 // start of the epoch of the first of those slashings, 0 when it cannot be known
}

// openPenalties computes what process_slashings of the Electra consensus spec would take from slashed pool validators, by the slashings so far. It
// takes it at the end of epoch withdrawable_epoch - EPOCHS_PER_SLASHINGS_VECTOR/2, so a state of that epoch still has it before it. The state's own
// epoch counts, not the reference slot's: the balances are the state's.
func openPenalties(s Snapshot) (openPenalty, error) {
	c, rules := s.Consensus, s.Consensus.Rules
	stateEpoch := s.Block.Slot / rules.SlotsPerEpoch
	perIncrement := penaltyPerIncrement(c)
	var open openPenalty
	slashed := c.Slashed
	for _, v := range c.Validators {
		if !v.Slashed {
			continue
		}
		if len(slashed) == 0 || slashed[0].Index != v.Index {
			return openPenalty{}, fmt.Errorf("%w: validator %d is slashed, but not in its place in the list of those", ErrInconsistentSnapshot, v.Index)
		}
		detail := slashed[0]
		slashed = slashed[1:]
		at, err := s.slashedAt(detail)
		if err != nil {
			return openPenalty{}, err
		}
		if stateEpoch > detail.WithdrawableEpoch-rules.EpochsPerSlashingsVector/2 {
			continue
		}
		if open.count == 0 || at < open.firstTimestamp {
			open.firstTimestamp = at
		}
		open.count++
		// The spec takes no more than there is; the sum of balances fits 64 bits.
		open.sumGwei += min(mulSaturating(perIncrement, detail.EffectiveBalanceGwei/rules.EffectiveBalanceIncrementGwei), v.BalanceGwei)
	}
	if len(slashed) > 0 {
		return openPenalty{}, fmt.Errorf("%w: validator %d is in the list of slashed ones, but not slashed", ErrInconsistentSnapshot, slashed[0].Index)
	}
	return open, nil
}

// penaltyPerIncrement is penalty_per_effective_balance_increment of process_slashings, in gwei.
func penaltyPerIncrement(c ConsensusLayer) uint64 {
	adjusted := min(mulSaturating(c.SlashingsGwei, c.Rules.ProportionalSlashingMultiplier), c.TotalActiveGwei)
	return adjusted / (c.TotalActiveGwei / c.Rules.EffectiveBalanceIncrementGwei)
}

// slashedAt is the start of the epoch in which a validator was slashed, in seconds. slash_validator sets withdrawable_epoch to that epoch plus
// EPOCHS_PER_SLASHINGS_VECTOR, unless an exit queue longer than the vector had set it later before: then the state does not tell and 0, before
// everything, is the only safe answer.
func (s Snapshot) slashedAt(v SlashedValidator) (uint64, error) {
	rules := s.Consensus.Rules
	if v.WithdrawableEpoch < rules.EpochsPerSlashingsVector || v.ExitEpoch > v.WithdrawableEpoch {
		return 0, fmt.Errorf("%w: validator %d is slashed, exits in epoch %d and is withdrawable in epoch %d", ErrInconsistentSnapshot, v.Index, v.ExitEpoch, v.WithdrawableEpoch)
	}
	if v.WithdrawableEpoch == v.ExitEpoch+rules.MinValidatorWithdrawabilityDelay {
		return 0, nil
	}
	epoch := v.WithdrawableEpoch - rules.EpochsPerSlashingsVector
	if epoch > s.Block.Slot/rules.SlotsPerEpoch {
		return 0, fmt.Errorf("%w: validator %d was slashed in epoch %d, after the block that was read", ErrInconsistentSnapshot, v.Index, epoch)
	}
	return s.timeOf(epoch * rules.SlotsPerEpoch), nil
}

// normalReward is what the pool's active validators earn in a frame when all do their duty, in gwei: increments * get_base_reward_per_increment of
// the Altair consensus spec * epochs.
func normalReward(c ConsensusLayer, epochsPerFrame uint64) uint64 {
	root := new(big.Int).Sqrt(unsigned(c.TotalActiveGwei)).Uint64()
	perIncrement := mulSaturating(c.Rules.EffectiveBalanceIncrementGwei, c.Rules.BaseRewardFactor) / root
	return mulSaturating(mulSaturating(c.PoolActiveGwei/c.Rules.EffectiveBalanceIncrementGwei, perIncrement), epochsPerFrame)
}

// sumWei is the sum of amounts in gwei, in wei.
func sumWei(amountsGwei ...uint64) *big.Int {
	sum := new(big.Int)
	for _, gwei := range amountsGwei {
		sum.Add(sum, unsigned(gwei))
	}
	return sum.Mul(sum, big.NewInt(WeiPerGwei))
}

// mulSaturating is a*b, or the largest number of 64 bits.
func mulSaturating(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	if high != 0 {
		return 1<<64 - 1
	}
	return low
}
