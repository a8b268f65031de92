package report

import (
	"fmt"
	"math/bits"
)

// ExitValidator is a validator of the pool that leaves, or of which a withdrawal was asked for. Others need not be named.
type ExitValidator struct {
	Index                uint32
	BalanceGwei          uint64 // actual
	EffectiveBalanceGwei uint64
	ActivationEpoch      uint64
	ExitEpoch            uint64 // FarFutureEpoch: it does not leave
	WithdrawableEpoch    uint64 // FarFutureEpoch: it does not leave
	Slashed              bool
	Compounding          bool // its credentials begin with 0x02
}

// PendingPartial is one of the state's pending_partial_withdrawals that is owed by a validator of the pool, in the state's order.
type PendingPartial struct {
	Index             uint32 // of the validator
	AmountGwei        uint64
	WithdrawableEpoch uint64
}

// AskedWithdrawal is what the pool has asked for by EIP-7002 and the contract of that EIP still holds in its queue, in the queue's order. What
// is asked of a validator that has no balance among the pool's is nothing and is not named.
type AskedWithdrawal struct {
	Index      uint32 // of the validator
	AmountGwei uint64 // 0: the whole validator
}

// leavingTotals are what leaves by itself.
type leavingTotals struct {
	exitingGwei  uint64 // balances of validators that leave in time
	penaltyGwei  uint64 // correlation penalties that those still have before them
	partialsGwei uint64 // pending partial withdrawals that come in time
	askedGwei    uint64 // what the contract of EIP-7002 still holds
	sweepGwei    uint64 // what validators bring that a part would be sooner than, but no whole validator
	laterGwei    uint64 // balances of validators that leave, but not in time
}

// leaving counts what is home not later than an exit that begins now, each gwei once.
type leaving struct {
	in       ExitDemandInput
	partBy   uint64 // epoch by which a part must be withdrawable: it is paid at once
	wholeBy  uint64 // epoch by which a validator must be: the sweep pays it
	known    map[uint32]*ExitValidator
	owedGwei map[uint32]uint64 // by pending partial withdrawals of validators that stay, whether or not they are paid: get_pending_balance_to_withdraw
	paidGwei map[uint32]uint64 // of them, what the balance carries
	totals   leavingTotals
	follow   follower
}

// follower is told of each piece that is counted, with the epoch in which it becomes withdrawable: 0 for what was only asked.
type follower func(v *ExitValidator, kind ArrivalKind, gwei, epoch uint64)

// countLeaving needs an input that was checked. Errors: ErrInconsistentExits.
func countLeaving(in ExitDemandInput, home ExitDemandOutput) (leavingTotals, error) {
	return followLeaving(in, home, func(*ExitValidator, ArrivalKind, uint64, uint64) {})
}

// followLeaving is countLeaving that tells of each piece.
func followLeaving(in ExitDemandInput, home ExitDemandOutput, follow follower) (leavingTotals, error) {
	l := leaving{follow: follow, in: in, partBy: home.WithdrawableEpoch, wholeBy: home.HomeEpoch - min(home.HomeEpoch, home.SweepEpochs), known: make(map[uint32]*ExitValidator), owedGwei: make(map[uint32]uint64), paidGwei: make(map[uint32]uint64)}
	for i := range in.Validators {
		l.known[in.Validators[i].Index] = &in.Validators[i]
	}
	for _, count := range []func() error{l.exiting, l.partials, l.asked} {
		if err := count(); err != nil {
			return leavingTotals{}, err
		}
	}
	return l.totals, nil
}

// exiting counts validators that leave: their whole balance, since the sweep pays it all, less the penalty that is still to come.
func (l *leaving) exiting() error {
	perIncrement := penaltyPerIncrement(l.in.consensus())
	for i := range l.in.Validators {
		v := &l.in.Validators[i]
		if v.ExitEpoch == FarFutureEpoch {
			continue
		}
		penalty := uint64(0)
		if v.Slashed && l.in.Epoch <= v.WithdrawableEpoch-l.in.Consensus.EpochsPerSlashingsVector/2 {
			penalty = min(mulSaturating(perIncrement, v.EffectiveBalanceGwei/l.in.Consensus.EffectiveBalanceIncrementGwei), v.BalanceGwei)
		}
		l.follow(v, ArrivalExit, v.BalanceGwei-penalty, v.WithdrawableEpoch)
		sum, gwei := &l.totals.laterGwei, v.BalanceGwei
		switch {
		case v.WithdrawableEpoch <= l.wholeBy:
			sum = &l.totals.exitingGwei
			l.totals.penaltyGwei += penalty // at most what is added to the other
		case v.WithdrawableEpoch <= l.partBy:
			sum, gwei = &l.totals.sweepGwei, v.BalanceGwei-penalty
		}
		if err := addTo(sum, gwei, "balances of validators that leave"); err != nil {
			return err
		}
	}
	return nil
}

// partials counts pending partial withdrawals as get_expected_withdrawals of Electra will pay them: nothing of a validator that leaves, and only what
// is above the least balance. A validator that leaves pays them with its whole balance, which is counted.
func (l *leaving) partials() error {
	for _, p := range l.in.Partials {
		v, err := l.validator(p.Index, "a pending partial withdrawal")
		if err != nil {
			return err
		}
		if v.ExitEpoch != FarFutureEpoch {
			continue
		}
		owed := l.owedGwei[p.Index]
		if err := addTo(&owed, p.AmountGwei, "pending partial withdrawals"); err != nil {
			return err
		}
		l.owedGwei[p.Index] = owed
		if p.WithdrawableEpoch > l.partBy {
			continue
		}
		paidGwei := l.pay(v, p.AmountGwei)
		l.follow(v, ArrivalPart, paidGwei, p.WithdrawableEpoch)
		if err := addTo(&l.totals.partialsGwei, paidGwei, "pending partial withdrawals"); err != nil {
			return err
		}
	}
	return nil
}

// asked counts what the contract of EIP-7002 will hand to the beacon chain, as process_withdrawal_request of Electra will judge it in this state. Whatever that
// ignores is not counted.
func (l *leaving) asked() error {
	partials := l.in.PendingPartials
	left := make(map[uint32]bool)
	for _, a := range l.in.Asked {
		v, err := l.validator(a.Index, "a withdrawal that was asked for")
		if err != nil {
			return err
		}
		whole := a.AmountGwei == 0
		if !whole && l.in.Rules.full(partials) || left[a.Index] || !v.canBeAsked(l.in.Epoch, l.in.Rules) {
			continue
		}
		gwei := uint64(0)
		switch owed := l.owedGwei[a.Index]; {
		case whole && owed == 0:
			gwei, left[a.Index] = v.BalanceGwei, true
			l.follow(v, ArrivalAskedExit, gwei, 0)
		case !whole && v.Compounding && v.EffectiveBalanceGwei >= l.in.Rules.MinActivationGwei && v.BalanceGwei > satAdd(l.in.Rules.MinActivationGwei, owed):
			gwei = min(a.AmountGwei, v.BalanceGwei-l.in.Rules.MinActivationGwei-owed)
			l.owedGwei[a.Index] = owed + gwei // at most the balance
			l.follow(v, ArrivalAskedPart, gwei, 0)
			partials++
		}
		if err := addTo(&l.totals.askedGwei, gwei, "withdrawals that were asked for"); err != nil {
			return err
		}
	}
	return nil
}

// canBeAsked is what the consensus spec asks of a validator before it takes any request for it.
func (v ExitValidator) canBeAsked(epoch uint64, rules ExitRules) bool {
	return v.ExitEpoch == FarFutureEpoch && v.ActivationEpoch <= epoch && epoch-v.ActivationEpoch >= rules.ShardCommitteePeriod
}

// pay is what a pending partial withdrawal brings, after those before it.
func (l *leaving) pay(v *ExitValidator, gwei uint64) uint64 {
	kept := satAdd(l.in.Rules.MinActivationGwei, l.paidGwei[v.Index])
	if v.EffectiveBalanceGwei < l.in.Rules.MinActivationGwei || v.BalanceGwei <= kept {
		return 0
	}
	gwei = min(gwei, v.BalanceGwei-kept)
	l.paidGwei[v.Index] += gwei // at most the balance
	return gwei
}

func (l *leaving) validator(index uint32, of string) (*ExitValidator, error) {
	v, known := l.known[index]
	if !known {
		return nil, fmt.Errorf("%w: %s is of validator %d, which is not among the pool's that leave or were asked", ErrInconsistentExits, of, index)
	}
	return v, nil
}

// addTo adds gwei to a sum of what is named.
func addTo(sum *uint64, gwei uint64, of string) error {
	total, carry := bits.Add64(*sum, gwei, 0)
	if carry != 0 {
		return fmt.Errorf("%w: %s sum up to more than 64 bits", ErrInconsistentExits, of)
	}
	*sum = total
	return nil
}

// satAdd is a+b, or the largest number of 64 bits.
func satAdd(a, b uint64) uint64 {
	sum, carry := bits.Add64(a, b, 0)
	if carry != 0 {
		return 1<<64 - 1
	}
	return sum
}
