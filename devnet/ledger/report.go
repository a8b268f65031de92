package ledger

import (
	"fmt"
	"math/big"
)

// Facts are what a report is about, from the chain itself.
type Facts struct {
	RefSlot          uint64
	RefSecond        uint64   // when the reference slot began
	ConsensusWei     *big.Int // the pool's validators and pending deposits
	DepositedWei     *big.Int // sent to the beacon chain up to the reference block
	WithdrawalsWei   *big.Int // in the withdrawal vault at the reference block
	RewardsWei       *big.Int // in the rewards vault at the reference block
	FinalizeUpTo     uint64
	AppliedAtSeconds uint64 // time of the block that took the report
}

// Effect is what a report did.
type Effect struct {
	GainWei          *big.Int // of the consensus layer since the last report; negative for a loss
	FromWithdrawals  *big.Int // pulled, in wei
	FromRewards      *big.Int
	LockWei          *big.Int // for withdrawal requests
	FeeWei           *big.Int
	FeeShares        *big.Int
	BurnedShares     *big.Int
	FinalizedUpTo    uint64 // 0: none
	PooledWei, Total *big.Int
}

// Report applies a report that the contracts took. Order: the consensus layer's gain or loss, what the cap lets out of the vaults, requests, shares to burn, fee.
func (l *Ledger) Report(f Facts) (Effect, error) {
	rebased, e, err := l.pull(f)
	if err != nil {
		return Effect{}, err
	}
	pooledBefore, sharesBefore := l.pooled, l.total
	l.buffered = plus(l.buffered, plus(e.FromWithdrawals, e.FromRewards))
	toBurn, pooled := l.unburned, rebased
	e.LockWei = zero()
	if upTo := int(f.FinalizeUpTo); upTo > l.finalized && upTo <= len(l.requests) {
		value, shares := l.demand(upTo)
		lock := least(value, times(shares, rebased, sharesBefore))
		if lock.Cmp(l.buffered) <= 0 {
			l.buffered, l.locked, pooled = minus(l.buffered, lock), plus(l.locked, lock), minus(rebased, lock)
			l.batches, l.finalized = append(l.batches, batch{rebased, sharesBefore, upTo}), upTo
			toBurn, e.LockWei, e.FinalizedUpTo = plus(toBurn, shares), lock, f.FinalizeUpTo
		}
	}
	e.BurnedShares = least(toBurn, l.burnable(pooled, pooledBefore, sharesBefore))
	l.unburned, l.total = minus(toBurn, e.BurnedShares), minus(sharesBefore, e.BurnedShares)
	l.shares[l.terms.Queue] = minus(amountOf(l.shares, l.terms.Queue), e.BurnedShares)
	l.charge(&e, pooled)
	l.pooled = pooled
	l.last = lastReport{
		refSecond: f.RefSecond, refSlot: f.RefSlot, consensus: f.ConsensusWei, deposited: f.DepositedWei, vaultLeft: minus(f.WithdrawalsWei, e.FromWithdrawals),
	}
	l.lastSecond = f.AppliedAtSeconds
	e.PooledWei, e.Total = l.pooled, l.total
	return e, nil
}

// pull finds the pooled ether after the consensus layer's change and what comes out of the vaults.
func (l *Ledger) pull(f Facts) (rebased *big.Int, e Effect, err error) {
	reckoned := plus(l.last.consensus, minus(f.DepositedWei, l.last.deposited))
	e.GainWei = minus(f.ConsensusWei, reckoned)
	room := minus(times(l.pooled, big.NewInt(int64(l.terms.MaxPositiveRebasePpb)), big.NewInt(1e9)), e.GainWei)
	if room.Sign() < 0 {
		room = zero()
	}
	e.FromWithdrawals = least(f.WithdrawalsWei, room)
	e.FromRewards = least(f.RewardsWei, minus(room, e.FromWithdrawals))
	rebased = plus(plus(l.pooled, e.GainWei), plus(e.FromWithdrawals, e.FromRewards))
	if rebased.Sign() < 0 {
		return nil, e, fmt.Errorf("%w: a report on slot %d leaves %s wei", ErrImpossible, f.RefSlot, rebased)
	}
	return rebased, e, nil
}

// burnable is how many shares can go without the rate rising by more than the cap:
//
//	pooled / (sharesBefore - burned) <= pooledBefore / sharesBefore * (1 + cap)
func (l *Ledger) burnable(pooled, pooledBefore, sharesBefore *big.Int) *big.Int {
	ppb := big.NewInt(1e9)
	capped := times(pooledBefore, plus(ppb, big.NewInt(int64(l.terms.MaxPositiveRebasePpb))))
	needed := times(times(pooled, ppb), sharesBefore)
	stay, rest := new(big.Int).QuoRem(needed, capped, zero())
	if rest.Sign() > 0 {
		stay.Add(stay, big.NewInt(1))
	}
	if stay.Cmp(sharesBefore) > 0 {
		return zero()
	}
	return minus(sharesBefore, stay)
}

// charge mints the fee on profit: shares that are worth it afterwards.
func (l *Ledger) charge(e *Effect, pooled *big.Int) {
	e.FeeWei, e.FeeShares = zero(), zero()
	earned := plus(e.GainWei, e.FromWithdrawals)
	if earned.Sign() <= 0 {
		return
	}
	bps := big.NewInt(10_000)
	e.FeeWei = least(times(plus(earned, e.FromRewards), big.NewInt(int64(l.terms.FeeBps)), bps), times(pooled, big.NewInt(1), big.NewInt(2)))
	if e.FeeWei.Sign() == 0 {
		return
	}
	e.FeeShares = times(e.FeeWei, l.total, minus(pooled, e.FeeWei))
	l.total = plus(l.total, e.FeeShares)
	operators := zero()
	if l.keys > 0 {
		operators = times(e.FeeShares, big.NewInt(int64(l.terms.OperatorsBps)), bps)
	}
	l.give(l.terms.Operators, operators)
	l.give(l.terms.Treasury, minus(e.FeeShares, operators))
}

// Bunker tells whether the consensus layer lost ether since the last report, by the books at the reference block. Penalties that are still to come are not in
// them.
func (l *Ledger) Bunker(f Facts) bool {
	before := plus(plus(l.last.consensus, minus(f.DepositedWei, l.last.deposited)), l.last.vaultLeft)
	return plus(f.ConsensusWei, f.WithdrawalsWei).Cmp(before) < 0
}

// FinalizeUpTo is the last request that the report must finalize, by the books at the reference block: all that are old enough and that the ether at hand pays,
// none after the first that is not. 0 stands for none. bunker is as the report says.
func (l *Ledger) FinalizeUpTo(f Facts, bunker bool) (uint64, error) {
	rebased, e, err := l.pull(f)
	if err != nil {
		return 0, err
	}
	atHand := plus(l.buffered, plus(e.FromWithdrawals, e.FromRewards))
	before := f.RefSecond - l.terms.RequestMarginSeconds + 1
	if bunker {
		before = min(before, l.last.refSecond, l.lastSecond)
	}
	upTo, value, shares := uint64(0), zero(), zero()
	for i, r := range l.requests[l.finalized:] {
		value, shares = plus(value, r.value), plus(shares, r.shares)
		if r.second >= before || least(value, times(shares, rebased, l.total)).Cmp(atHand) > 0 {
			break
		}
		upTo = uint64(l.finalized + i + 1)
	}
	return upTo, nil
}
