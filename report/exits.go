package report

import (
	"errors"
	"fmt"
	"math/big"
)

// ErrInconsistentExits: what exits are computed from contradicts itself or what a network can be. Something was read wrongly.
var ErrInconsistentExits = errors.New("inconsistent input of the exit demand")

// ExitDemandInput is what ExitDemand depends on. What concerns the pool is as this report leaves it; the beacon chain is the report's state.
type ExitDemandInput struct {
	// The queue: the requests that the report does not finalize, sums of their values at request and of their shares; and the rate that it leaves.
	WaitingWei, WaitingShares *big.Int
	PooledWei, TotalShares    *big.Int

	// What the pool has on the execution layer.
	BufferWei  *big.Int // all of it, after the lock
	VaultsWei  *big.Int // what the report leaves in both vaults
	BookedWei  *big.Int // RebaseOutput.BookedWei
	BucketGwei uint64   // what the bucket holds after it
	Bounds     PoolBounds

	// The beacon chain.
	Epoch           uint64 // of the state
	Gloas           bool   // the state is of Gloas or later
	Consensus       ConsensusRules
	Rules           ExitRules
	Queue           ExitQueue
	Registry        uint64 // validators in the whole registry
	TotalActiveGwei uint64 // ConsensusLayer.TotalActiveGwei
	SlashingsGwei   uint64 // ConsensusLayer.SlashingsGwei

	// What is on its way to the pool.
	InFlightGwei    uint64            // Report.CLInFlightGwei
	Validators      []ExitValidator   // in index order: all that leave, and all that are named below
	Partials        []PendingPartial  // in the state's order
	PendingPartials uint64            // all of the state's, not the pool's alone
	PartsGwei       uint64            // what partial withdrawals could still bring: of active 0x02 validators that stay, what is above the least balance and not asked for
	Asked           []AskedWithdrawal // in the contract's order

	// What the sweep will bring.
	PoolActiveGwei  uint64 // effective balances of the pool's active validators
	SweptActiveGwei uint64 // of those of them that have 0x01 credentials
	EarnedGwei      uint64 // what the pool's validators earned since the last report; 0 for a loss
	EarnedEpochs    uint64 // time since the last report's reference slot
	ComingBps       uint64 // part of it that is relied on, parts per 10,000
}

// ExitDemandOutput is the demand with every number that leads to it.
type ExitDemandOutput struct {
	ChurnGwei         uint64 // what can leave in an epoch
	WithdrawableEpoch uint64 // in which an exit that begins now becomes withdrawable
	SweepEpochs       uint64 // in which the sweep comes round for sure
	HomeEpoch         uint64 // by which it is paid: a part at once, a whole validator by the sweep

	DemandGwei uint64 // of the requests that wait

	BufferGwei   uint64
	ReleasedGwei uint64 // of what the vaults hold, what the bound on the rate lets out by HomeEpoch
	InFlightGwei uint64

	ExitingGwei  uint64 // balances of validators that leave in time
	PenaltyGwei  uint64 // what slashed ones of them still lose
	PartialsGwei uint64 // pending partial withdrawals
	AskedGwei    uint64 // what the contract of EIP-7002 still holds
	SweepGwei    uint64 // what validators bring that are withdrawable in time, but wait for the sweep longer than a part would take: counts where no part is left
	PartsGwei    uint64 // what parts could still bring
	LaterGwei    uint64 // balances of validators that leave later; not counted

	RewardGwei uint64 // what the sweep brings by HomeEpoch, at the lower of both rates
	ComingGwei uint64 // the part of it that is relied on

	ExitGwei uint64 // Report.ExitGwei: what exits must bring home
}

// HaveGwei is what the pool has, or will have without anything leaving.
func (o ExitDemandOutput) HaveGwei() uint64 {
	return satAdd(satAdd(o.BufferGwei, o.ReleasedGwei), o.InFlightGwei)
}

// LeavingGwei is what leaves already.
func (o ExitDemandOutput) LeavingGwei() uint64 {
	return satAdd(satAdd(o.ExitingGwei-o.PenaltyGwei, o.PartialsGwei), o.AskedGwei)
}

// ExitDemand says how much ether exits must bring home for the requests that wait:
//
//	demand  = what the requests are paid that this report does not finalize, at the rate that it leaves
//	have    = buffer + what the bound lets out of the vaults until an exit that begins now is home + withdrawals in flight
//	leaving = what is home not later than such an exit: validators that leave, less penalties to come; partial withdrawals;
//	          what the contract of EIP-7002 holds
//	coming  = a part of what the sweep brings until then
//	exit    = demand - have - leaving - coming, or 0
//
// Where parts of validators can be asked for, a whole one that waits for the sweep is later than they are: it covers only what parts cannot bring.
// Nothing is relied on that comes later than an exit that begins now. The demand is rounded up to a gwei, all else down. docs/loop.md has an example.
// Errors: ErrInconsistentExits, ErrAmountOutOfRange.
func ExitDemand(in ExitDemandInput) (ExitDemandOutput, error) {
	if err := in.check(); err != nil {
		return ExitDemandOutput{}, fmt.Errorf("find what exits must bring home: %w", err)
	}
	out := ExitDemandOutput{InFlightGwei: in.InFlightGwei}
	in.findHome(&out)
	leaving, err := countLeaving(in, out)
	if err != nil {
		return ExitDemandOutput{}, fmt.Errorf("find what exits must bring home: %w", err)
	}
	out.ExitingGwei, out.PenaltyGwei, out.LaterGwei = leaving.exitingGwei, leaving.penaltyGwei, leaving.laterGwei
	out.PartialsGwei, out.AskedGwei, out.SweepGwei = leaving.partialsGwei, leaving.askedGwei, leaving.sweepGwei
	if err := in.findMoney(&out); err != nil {
		return ExitDemandOutput{}, fmt.Errorf("find what exits must bring home: %w", err)
	}
	in.findComing(&out)
	covered := satAdd(satAdd(out.HaveGwei(), out.LeavingGwei()), out.ComingGwei)
	out.ExitGwei = out.exit(out.DemandGwei - min(out.DemandGwei, covered))
	return out, nil
}

// exit is what exits must bring of what is short: all that parts can bring, and of the rest what is not on its way to the sweep.
func (o ExitDemandOutput) exit(shortGwei uint64) uint64 {
	parts := min(shortGwei, o.PartsGwei)
	rest := shortGwei - parts
	return parts + rest - min(rest, o.SweepGwei)
}

// ExitsAllowed is what may still be asked for under a report, of which askedNowGwei says what was ever asked for: what was asked for after its state was read is
// not in it and not allowed again.
func ExitsAllowed(exitGwei, exitsAskedGwei, askedNowGwei uint64) uint64 {
	if askedNowGwei < exitsAskedGwei {
		return 0 // the sum never falls: this is no report on that registry
	}
	since := askedNowGwei - exitsAskedGwei
	return exitGwei - min(exitGwei, since)
}

// findHome finds when an exit that begins now, the smallest there is, would be home.
func (in ExitDemandInput) findHome(out *ExitDemandOutput) {
	out.ChurnGwei = ExitChurn(in.TotalActiveGwei, in.Consensus.EffectiveBalanceIncrementGwei, in.Rules, in.Gloas)
	exit, _ := in.Queue.ExitEpoch(in.Consensus.EffectiveBalanceIncrementGwei, in.Epoch, out.ChurnGwei, in.Rules)
	out.WithdrawableEpoch = exit + in.Consensus.MinValidatorWithdrawabilityDelay
	out.SweepEpochs = sweepEpochs(in.Registry, in.Rules, in.Consensus.SlotsPerEpoch)
	out.HomeEpoch, out.PartsGwei = out.WithdrawableEpoch, in.PartsGwei
	if in.PartsGwei < in.Consensus.EffectiveBalanceIncrementGwei { // only whole validators are left
		out.HomeEpoch, out.PartsGwei = out.WithdrawableEpoch+out.SweepEpochs, 0
	}
}

// findMoney finds demand, buffer and what comes out of the vaults.
func (in ExitDemandInput) findMoney(out *ExitDemandOutput) (err error) {
	demandWei := new(big.Int)
	if in.WaitingShares.Sign() > 0 {
		demandWei = Payout(in.WaitingWei, in.WaitingShares, in.PooledWei, in.TotalShares)
	}
	for _, amount := range []struct {
		name string
		gwei *big.Int
		to   *uint64
	}{
		{"waiting requests", divUp(demandWei, big.NewInt(WeiPerGwei)), &out.DemandGwei},
		{"buffer", div(in.BufferWei, big.NewInt(WeiPerGwei)), &out.BufferGwei},
		{"vaults", div(smaller(in.VaultsWei, in.roomWei(out.HomeEpoch-in.Epoch)), big.NewInt(WeiPerGwei)), &out.ReleasedGwei},
	} {
		if !amount.gwei.IsUint64() {
			return fmt.Errorf("%w: %s: %s gwei", ErrAmountOutOfRange, amount.name, amount.gwei)
		}
		*amount.to = amount.gwei.Uint64()
	}
	return nil
}

// roomWei is how much the bound lets the booked ether rise in so many epochs: as Rebase has it, without what may come back of a loss.
func (in ExitDemandInput) roomWei(epochs uint64) *big.Int {
	seconds := mul(unsigned(epochs), unsigned(in.Consensus.SlotsPerEpoch*in.Consensus.SecondsPerSlot))
	yearly := div(mul(mul(in.PooledWei, unsigned(in.Bounds.MaxRiseBps)), seconds), bpsOfAYear)
	refill := div(mul(unsigned(in.Bounds.BucketGwei), seconds), unsigned(in.Bounds.BucketRefillSeconds))
	bucket := smaller(unsigned(in.Bounds.BucketGwei), add(unsigned(in.BucketGwei), refill))
	bound := add(add(in.PooledWei, yearly), mul(bucket, big.NewInt(WeiPerGwei)))
	return atLeastZero(sub(bound, in.BookedWei))
}

// findComing finds what the sweep brings of rewards until an exit that begins now is home.
func (in ExitDemandInput) findComing(out *ExitDemandOutput) {
	out.RewardGwei = in.rewardGwei(out.HomeEpoch - in.Epoch)
	out.ComingGwei = in.reliedOn(out.RewardGwei)
}

// reliedOn is the part of a reward to come that is relied on.
func (in ExitDemandInput) reliedOn(rewardGwei uint64) uint64 {
	return div(mul(unsigned(rewardGwei), unsigned(in.ComingBps)), bps).Uint64()
}

// rewardGwei is what the sweep brings in so many epochs, at the lower of both rates.
func (in ExitDemandInput) rewardGwei(epochs uint64) uint64 {
	c := in.consensus()
	c.PoolActiveGwei = in.SweptActiveGwei
	normal := unsigned(normalReward(c, epochs))
	lately := new(big.Int)
	if in.EarnedEpochs > 0 && in.PoolActiveGwei > 0 {
		ofSwept := mul(mul(unsigned(in.EarnedGwei), unsigned(in.SweptActiveGwei)), unsigned(epochs))
		lately = div(ofSwept, mul(unsigned(in.PoolActiveGwei), unsigned(in.EarnedEpochs)))
	}
	return smaller(normal, lately).Uint64() // the first has 64 bits
}

// consensus is what penalties and rewards depend on.
func (in ExitDemandInput) consensus() ConsensusLayer {
	return ConsensusLayer{Rules: in.Consensus, TotalActiveGwei: in.TotalActiveGwei, PoolActiveGwei: in.PoolActiveGwei, SlashingsGwei: in.SlashingsGwei}
}

// check refuses an input that contradicts itself.
func (in ExitDemandInput) check() error {
	for _, part := range []func() error{in.checkMoney, in.checkChain, in.checkValidators} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (in ExitDemandInput) checkMoney() error {
	for _, amount := range []struct {
		name  string
		value *big.Int
	}{
		{"value of the waiting requests", in.WaitingWei}, {"shares of the waiting requests", in.WaitingShares}, {"pooled ether", in.PooledWei}, {"shares", in.TotalShares},
		{"buffer", in.BufferWei}, {"vaults", in.VaultsWei}, {"booked ether", in.BookedWei},
	} {
		if amount.value == nil || amount.value.Sign() < 0 || amount.value.BitLen() > weiBits {
			return fmt.Errorf("%w: %s: %v", ErrAmountOutOfRange, amount.name, amount.value)
		}
	}
	switch {
	case in.WaitingShares.Cmp(in.TotalShares) > 0:
		return fmt.Errorf("%w: requests of %s shares wait, of %s", ErrInconsistentExits, in.WaitingShares, in.TotalShares)
	case in.WaitingShares.Sign() == 0 && in.WaitingWei.Sign() > 0:
		return fmt.Errorf("%w: requests worth %s wei wait that have no shares", ErrInconsistentExits, in.WaitingWei)
	case in.BookedWei.Cmp(in.PooledWei) < 0:
		return fmt.Errorf("%w: %s wei are pooled, of %s that are booked", ErrInconsistentExits, in.PooledWei, in.BookedWei)
	case in.Bounds.MaxRiseBps == 0 || in.Bounds.BucketRefillSeconds == 0 || in.BucketGwei > in.Bounds.BucketGwei:
		return fmt.Errorf("%w: bounds %+v with %d gwei in the bucket", ErrInconsistentExits, in.Bounds, in.BucketGwei)
	case in.ComingBps > 10_000:
		return fmt.Errorf("%w: %d/10000 of what is swept are relied on", ErrInconsistentExits, in.ComingBps)
	}
	return nil
}

func (in ExitDemandInput) checkChain() error {
	r := in.Consensus
	switch {
	case outside(r.SecondsPerSlot, maxSlotTerm) || outside(r.SlotsPerEpoch, maxSlotTerm):
		return fmt.Errorf("%w: slots of %d seconds, epochs of %d slots", ErrInconsistentExits, r.SecondsPerSlot, r.SlotsPerEpoch)
	case outside(r.EffectiveBalanceIncrementGwei, maxChurnGwei) || r.BaseRewardFactor == 0 || outside(r.EpochsPerSlashingsVector, maxSlot) ||
		r.ProportionalSlashingMultiplier == 0 || outside(r.MinValidatorWithdrawabilityDelay, maxSlot):
		return fmt.Errorf("%w: a parameter of the network is missing: %+v", ErrInconsistentExits, r)
	case in.TotalActiveGwei < r.EffectiveBalanceIncrementGwei || in.PoolActiveGwei > in.TotalActiveGwei || in.SweptActiveGwei > in.PoolActiveGwei:
		return fmt.Errorf("%w: %d gwei of the network are active, %d of the pool, %d with 0x01 credentials", ErrInconsistentExits, in.TotalActiveGwei, in.PoolActiveGwei, in.SweptActiveGwei)
	case in.Epoch > maxSlot || in.Queue.EarliestEpoch > maxSlot || in.Registry > maxSlot || in.EarnedEpochs > maxSlot:
		return fmt.Errorf("%w: epoch %d, exits up to epoch %d, %d validators, %d epochs since the last report", ErrInconsistentExits, in.Epoch, in.Queue.EarliestEpoch, in.Registry, in.EarnedEpochs)
	}
	if err := in.Rules.check(in.Gloas); err != nil {
		return err
	}
	if churn := ExitChurn(in.TotalActiveGwei, r.EffectiveBalanceIncrementGwei, in.Rules, in.Gloas); churn == 0 {
		return fmt.Errorf("%w: nothing can leave in an epoch, by a least churn of %d gwei", ErrInconsistentExits, in.Rules.MinChurnGwei)
	}
	return nil
}

func (in ExitDemandInput) checkValidators() error {
	for i, v := range in.Validators {
		leaves := v.ExitEpoch != FarFutureEpoch
		switch {
		case i > 0 && v.Index <= in.Validators[i-1].Index:
			return fmt.Errorf("%w: validator %d stands after %d", ErrInconsistentExits, v.Index, in.Validators[i-1].Index)
		case leaves != (v.WithdrawableEpoch != FarFutureEpoch) || v.ExitEpoch > v.WithdrawableEpoch || v.Slashed && !leaves:
			return fmt.Errorf("%w: validator %d exits in epoch %d and is withdrawable in epoch %d, slashed: %t", ErrInconsistentExits, v.Index, v.ExitEpoch, v.WithdrawableEpoch, v.Slashed)
		case v.Slashed && v.WithdrawableEpoch < in.Consensus.EpochsPerSlashingsVector:
			return fmt.Errorf("%w: validator %d is slashed and withdrawable in epoch %d", ErrInconsistentExits, v.Index, v.WithdrawableEpoch)
		}
	}
	if uint64(len(in.Partials)) > in.PendingPartials {
		return fmt.Errorf("%w: the pool has %d pending partial withdrawals, of %d of the state", ErrInconsistentExits, len(in.Partials), in.PendingPartials)
	}
	return nil
}
