package ledger

import (
	"fmt"
	"math/big"
)

// Facts are what a report is about, from the chain itself.
type Facts struct {
	RefSlot          uint64
	RefSecond        uint64   // when the reference slot began
	ConsensusWei     *big.Int // the pool's validators, pending deposits, and withdrawals that are deducted and not paid yet
	UnprovenWei      *big.Int // of these, first ether of unproven keys: it stands at par in the books, so it is no part of gain and loss
	DepositedWei     *big.Int // sent to the beacon chain up to the reference block, without such ether
	WithdrawalsWei   *big.Int // in the withdrawal vault at the reference block
	RewardsWei       *big.Int // in the rewards vault at the reference block
	FinalizeUpTo     uint64
	AppliedAtSeconds uint64 // time of the block that took the report
	ByGuardian       bool   // a guardian accepted it
}

// ownWei is the ether on the consensus layer that gains and loses.
func (f Facts) ownWei() *big.Int { return minus(f.ConsensusWei, f.UnprovenWei) }

// Effect is what a report did.
type Effect struct {
	GainWei          *big.Int // of the consensus layer since the last report; negative for a loss
	FromWithdrawals  *big.Int // pulled, in wei
	FromRewards      *big.Int
	RegainedWei      *big.Int // of what the report before lost and was not confirmed
	LostWei          *big.Int // of the pooled ether, before requests leave
	Unconfirmed      bool     // that is more than noise
	LockWei          *big.Int // for withdrawal requests
	FeeWei           *big.Int
	FeeShares        *big.Int
	BurnedShares     *big.Int
	FinalizedUpTo    uint64 // 0: none
	PooledWei, Total *big.Int
}

// maxLossesInRow is after how many reports in a row that lost more than noise requests are finalized again.
const maxLossesInRow = 3

// allowance is how much pooled ether there may be after a report: by time alone, and with the bucket.
type allowance struct{ byTime, all *big.Int }

// Report applies a report that the contracts took. Order: the consensus layer's gain or loss, what the bound lets out of the vaults, requests, fee.
func (l *Ledger) Report(f Facts) (Effect, error) {
	rebased, allowed, e, err := l.pull(f)
	if err != nil {
		return Effect{}, err
	}
	available := l.bucketAt(f)
	pooledBefore, sharesBefore, valueBefore := l.pooled, l.total, l.valueRate()
	l.buffered = plus(l.buffered, plus(e.FromWithdrawals, e.FromRewards))
	l.finalize(f, rebased, &e)
	l.shares[l.terms.Queue] = minus(amountOf(l.shares, l.terms.Queue), e.BurnedShares)
	earned := minus(minus(plus(f.ownWei(), f.WithdrawalsWei), l.before(f)), e.RegainedWei)
	profit := plus(least(earned, l.normalReward(f.RefSecond-l.last.refSecond)), e.FromRewards)
	taken := l.takenForGain(f)

	l.last = lastReport{
		refSecond: f.RefSecond, refSlot: f.RefSlot, consensus: f.ownWei(), deposited: f.DepositedWei,
		vaultLeft: wholeGwei(minus(f.WithdrawalsWei, e.FromWithdrawals)),
	}
	l.lastSecond, l.home, l.fresh = f.AppliedAtSeconds, zero(), zero()
	l.total = minus(sharesBefore, e.BurnedShares)
	l.pooled = least(l.booked(), times(allowed.all, l.total, sharesBefore))
	used := upToGwei(positive(minus(l.pooled, times(allowed.byTime, l.total, sharesBefore))))
	if used.Cmp(taken) < 0 {
		used = taken
	}
	l.bucket = positive(minus(available, used))
	l.charge(&e, profit, minus(l.pooled, times(pooledBefore, l.total, sharesBefore)))

	l.rateBefore, l.rate = l.rate, times(l.pooled, perShares(), l.total)
	l.isFalse, l.lowestHeld = false, nil
	l.unconfirmed, l.losses = zero(), 0
	if e.Unconfirmed {
		l.unconfirmed, l.losses = upToGwei(e.LostWei), l.losses+1
	}
	if l.valueRate().Cmp(valueBefore) < 0 {
		l.falls++
	}
	e.PooledWei, e.Total = l.pooled, l.total
	return e, nil
}

// MarkFalse takes note that the report of a reference slot is proven false. Only of the last one does it matter.
func (l *Ledger) MarkFalse(refSlot uint64) {
	l.isFalse = l.isFalse || l.rate != nil && refSlot == l.last.refSlot
}

// Hold takes note of a report that the contracts hold: when the rate would fall with what it says, silence pays no more than that. Facts are the report's own.
func (l *Ledger) Hold(f Facts) error {
	f.ByGuardian = true // the bucket is not for it
	f.DepositedWei = most(l.last.deposited, least(f.DepositedWei, l.deposited))
	rebased, _, _, err := l.pull(f)
	if err != nil || rebased.Cmp(l.pooled) >= 0 {
		return err
	}
	rate := most(times(rebased, perShares(), l.total), big.NewInt(1))
	if l.lowestHeld == nil || rate.Cmp(l.lowestHeld) < 0 {
		l.lowestHeld = rate
	}
	return nil
}

// before is what the consensus layer and the withdrawal vault would hold if nothing had been earned since the last report.
func (l *Ledger) before(f Facts) *big.Int {
	return plus(plus(l.last.consensus, minus(f.DepositedWei, l.last.deposited)), l.last.vaultLeft)
}

// bucketAt is what the bucket holds at the reference slot, in wei.
func (l *Ledger) bucketAt(f Facts) *big.Int {
	seconds := new(big.Int).SetUint64(f.RefSecond - l.last.refSecond)
	refilled := wholeGwei(times(l.terms.BucketWei, seconds, new(big.Int).SetUint64(l.terms.BucketRefillSeconds)))
	return least(l.terms.BucketWei, plus(l.bucket, refilled))
}

// takenForGain is what a gain of the consensus layer beyond its yearly bound takes from the bucket, in wei.
func (l *Ledger) takenForGain(f Facts) *big.Int {
	if f.ByGuardian {
		return zero()
	}
	gain := minus(plus(f.ownWei(), f.WithdrawalsWei), l.before(f))
	principal := plus(l.last.consensus, minus(f.DepositedWei, l.last.deposited))
	free := plus(yearly(principal, uint64(l.terms.AnnualGainBps), f.RefSecond-l.last.refSecond), l.unconfirmed)
	return upToGwei(positive(minus(gain, free)))
}

// pull finds the consensus layer's change, what comes out of the vaults, and the pooled ether with both.
func (l *Ledger) pull(f Facts) (rebased *big.Int, allowed allowance, e Effect, err error) {
	e.GainWei = minus(f.ownWei(), plus(l.last.consensus, minus(f.DepositedWei, l.last.deposited)))
	booked := plus(l.booked(), e.GainWei)
	if booked.Sign() < 0 {
		return nil, allowed, e, fmt.Errorf("%w: a report on slot %d leaves %s wei", ErrImpossible, f.RefSlot, booked)
	}
	earned := minus(plus(f.ownWei(), f.WithdrawalsWei), l.before(f))
	e.RegainedWei = least(l.unconfirmed, positive(earned))
	allowed.byTime = plus(plus(l.pooled, yearly(l.pooled, l.terms.MaxRiseBps, f.RefSecond-l.last.refSecond)), e.RegainedWei)
	allowed.all = allowed.byTime
	if !f.ByGuardian {
		allowed.all = plus(allowed.byTime, l.bucketAt(f))
	}
	room := positive(minus(allowed.all, booked))
	e.FromWithdrawals = least(f.WithdrawalsWei, room)
	e.FromRewards = least(f.RewardsWei, minus(room, e.FromWithdrawals))
	rebased = least(plus(booked, plus(e.FromWithdrawals, e.FromRewards)), allowed.all)
	e.LostWei = positive(minus(l.pooled, rebased))
	if lost := minus(zero(), earned); lost.Cmp(e.LostWei) > 0 {
		e.LostWei = lost // what is due made it good
	}
	e.Unconfirmed = times(e.LostWei, big.NewInt(100_000)).Cmp(times(l.pooled, big.NewInt(int64(l.terms.NoisePcm)))) > 0
	return rebased, allowed, e, nil
}

// finalize locks ether for the requests that the report names, where that can be.
func (l *Ledger) finalize(f Facts, rebased *big.Int, e *Effect) {
	e.LockWei, e.BurnedShares = zero(), zero()
	upTo := int(f.FinalizeUpTo)
	if upTo <= l.finalized || upTo > len(l.requests) || e.Unconfirmed && l.losses < maxLossesInRow || rebased.Sign() == 0 {
		return
	}
	value, shares := l.demand(upTo)
	lock := least(value, times(shares, rebased, l.total))
	if lock.Cmp(l.buffered) > 0 || !l.fitOneBatch(l.requests[l.finalized], l.requests[upTo-1], rebased) {
		return
	}
	l.buffered, l.locked = minus(l.buffered, lock), plus(l.locked, lock)
	l.batches = append(l.batches, batch{pooled: rebased, shares: l.total, first: l.finalized + 1, upTo: upTo, lock: lock})
	l.finalized, e.BurnedShares, e.LockWei, e.FinalizedUpTo = upTo, shares, lock, f.FinalizeUpTo
}

// FinalizeWithoutReport pays requests up to upTo at the rate in force, in doubt at the lowest that is known, as the contracts let anybody do when no report came
// for long. vaultWei is what the withdrawal vault holds: it comes home first, without gain. Errors: ErrImpossible.
func (l *Ledger) FinalizeWithoutReport(upTo uint64, vaultWei *big.Int) error {
	if upTo <= uint64(l.finalized) || upTo > uint64(len(l.requests)) {
		return fmt.Errorf("%w: requests up to %d are finalized without a report", ErrImpossible, upTo)
	}
	vaultWei = wholeGwei(vaultWei)
	left := least(vaultWei, l.last.vaultLeft)
	swept := least(minus(vaultWei, left), l.last.consensus)
	l.last.vaultLeft, l.last.consensus = minus(l.last.vaultLeft, left), minus(l.last.consensus, swept)
	l.buffered = plus(l.buffered, plus(left, swept))

	l.home = plus(l.home, swept)
	value, shares := l.demand(int(upTo))
	rateWei, rateShares := l.knownRate()
	lock := least(value, times(shares, rateWei, rateShares))
	l.buffered, l.locked = minus(l.buffered, lock), plus(l.locked, lock)
	l.batches = append(l.batches, batch{pooled: rateWei, shares: rateShares, first: l.finalized + 1, upTo: int(upTo), lock: lock})
	l.finalized = int(upTo)
	l.pooled, l.total = minus(l.pooled, l.weiOf(shares)), minus(l.total, shares)
	l.shares[l.terms.Queue] = minus(amountOf(l.shares, l.terms.Queue), shares)
	return nil
}

// fitOneBatch reports whether two requests can be in one batch: no fall lies between them, and not only the first is paid its value.
func (l *Ledger) fitOneBatch(first, last request, rebased *big.Int) bool {
	return first.falls == last.falls && (!l.paidByValue(first, rebased) || l.paidByValue(last, rebased))
}

func (l *Ledger) paidByValue(r request, rebased *big.Int) bool {
	return r.value.Cmp(times(r.shares, rebased, l.total)) <= 0
}

// charge mints the fee on profit, of what those who stay gained: shares that are worth it afterwards.
func (l *Ledger) charge(e *Effect, profit, gained *big.Int) {
	e.FeeWei, e.FeeShares = zero(), zero()
	if profit.Sign() <= 0 || gained.Sign() <= 0 {
		return
	}
	bps := big.NewInt(10_000)
	e.FeeWei = least(times(profit, big.NewInt(int64(l.terms.FeeBps)), bps), least(gained, times(l.pooled, big.NewInt(1), big.NewInt(2))))
	e.FeeShares = times(e.FeeWei, l.total, minus(l.pooled, e.FeeWei))
	l.total = plus(l.total, e.FeeShares)
	operators := zero()
	if l.earningKeys() > 0 {
		operators = times(e.FeeShares, big.NewInt(int64(l.terms.OperatorsBps)), bps)
	}
	l.give(l.terms.FeeAccount, e.FeeShares)
	l.treasury = plus(l.treasury, minus(e.FeeShares, operators))
}

// Bunker reports whether the consensus layer lost ether since the last report, by the books at the reference block. Penalties that are still to come are not in
// them.
func (l *Ledger) Bunker(f Facts) bool {
	return plus(f.ownWei(), f.WithdrawalsWei).Cmp(l.before(f)) < 0
}

// FinalizeUpTo is the last request that the report must finalize, by the books at the reference block: all that are old enough, that can be in one batch with
// the first and that the ether at hand pays, none after the first that is not. 0 stands for none. bunker is as the report says.
func (l *Ledger) FinalizeUpTo(f Facts, bunker bool) (uint64, error) {
	rebased, _, e, err := l.pull(f)
	if err != nil || e.Unconfirmed && l.losses < maxLossesInRow {
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
		if r.second >= before || !l.fitOneBatch(l.requests[l.finalized], r, rebased) || least(value, times(shares, rebased, l.total)).Cmp(atHand) > 0 {
			break
		}
		upTo = uint64(l.finalized + i + 1)
	}
	return upTo, nil
}
