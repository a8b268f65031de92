package profit

import (
	"math/big"

	"github.com/tidemark-oracle/tidemark/report"
)

// facts are what a report says, as of its reference slot.
type facts struct {
	refSecond      int64
	cl, deposited  *big.Int
	vault, rewards *big.Int
	queued         int // requests that it may finalize, at most
	byGuardian     bool
	unseen         *big.Int // of vault: given by strangers and in no report yet
	arrived        *big.Int // to earning validators from now on
}

// paid is what reports and silence do for who is outside of the pool.
type paid struct {
	fromVault, fromRewards *big.Int
	toAttacker             *big.Int
}

func (p *pool) bucketAt(refSecond int64) *big.Int {
	full := new(big.Int).Mul(number(p.terms.BucketGwei), number(weiPerGwei))
	refilled := wholeGwei(times(full, number(refSecond-p.refSecond), number(p.terms.BucketRefillSeconds)))
	return least(full, plus(p.bucket, refilled))
}

// beyond is what the gain of the consensus layer exceeds its yearly bound by.
func (p *pool) beyond(f facts) *big.Int {
	principal := plus(p.lastCL, minus(f.deposited, p.lastDeposited))
	gain := minus(plus(f.cl, f.vault), plus(principal, p.vaultLeft))
	free := plus(yearly(principal, p.terms.AnnualGainBps, f.refSecond-p.refSecond), p.unconfirmed)
	return upToGwei(positive(minus(gain, free)))
}

// tooHigh reports whether a report is held until a guardian accepts it.
func (p *pool) tooHigh(f facts) bool {
	return !f.byGuardian && p.beyond(f).Cmp(p.bucketAt(f.refSecond)) > 0
}

func (p *pool) input(f facts) report.RebaseInput {
	in := report.RebaseInput{
		TotalPooledWei: p.pooled, TotalShares: p.total, BufferedWei: p.buffer, BookedWei: p.booked(), LastCLWei: p.lastCL,
		LastDepositedWei: p.lastDeposited, LastVaultLeftWei: p.vaultLeft, CLWei: f.cl, DepositedWei: f.deposited,
		WithdrawalVaultWei: f.vault, ELRewardsVaultWei: f.rewards, ElapsedSeconds: uint64(f.refSecond - p.refSecond),
		MaxRiseBps: p.terms.MaxRiseBps, BucketWei: p.bucketAt(f.refSecond), UnconfirmedWei: p.unconfirmed, LossesInRow: p.lossesInRow,
		NoisePcm: p.terms.NoisePcm, NormalRewardBps: p.terms.NormalRewardBps, FeeBps: p.terms.FeeBps, Batch: report.NoBatch(),
	}
	if f.byGuardian {
		in.BucketWei = zero()
	}
	return in
}

// report applies a report that is not too high.
func (p *pool) report(f facts, second int64) (paid, error) {
	in := p.input(f)
	valueBefore := p.valueRate()
	out, err := report.Rebase(in)
	if err != nil {
		return paid{}, err
	}
	upTo := p.together(f.queued, out.RebasedPooledWei, p.total, plus(p.buffer, plus(out.FromWithdrawalsWei, out.FromRewardsWei)))
	if upTo > p.finalized {
		in.Batch = p.batch(upTo)
		if out, err = report.Rebase(in); err != nil {
			return paid{}, err
		}
	}
	available, taken := p.bucketAt(f.refSecond), zero()
	if !f.byGuardian {
		taken = p.beyond(f)
	}
	done := paid{out.FromWithdrawalsWei, out.FromRewardsWei, zero()}
	if out.Finalized {
		done.toAttacker = p.finalize(upTo, out.RebasedPooledWei, p.total)
	}
	p.buffer = minus(plus(p.buffer, plus(out.FromWithdrawalsWei, out.FromRewardsWei)), out.LockWei)
	p.pooled, p.total = out.PooledWei, out.Shares
	p.lastCL, p.lastDeposited, p.vaultLeft = f.cl, f.deposited, wholeGwei(minus(f.vault, out.FromWithdrawalsWei))
	used := upToGwei(out.BucketUsedWei)
	if used.Cmp(taken) < 0 {
		used = taken
	}
	p.bucket = positive(minus(available, used))
	p.refSecond, p.acceptedSecond, p.held, p.fresh = f.refSecond, second, false, zero()
	p.unconfirmed, p.home = zero(), zero()
	if out.BeyondNoise {
		p.unconfirmed = upToGwei(out.LostWei)
		p.lossesInRow++
	} else {
		p.lossesInRow = 0
	}
	if p.valueRate().Cmp(valueBefore) < 0 {
		p.falls++
	}
	return done, nil
}

// together is how many requests from the first can be in the next batch, at most upTo.
func (p *pool) together(most int, pooled, total, atHand *big.Int) int {
	if most <= p.finalized || pooled.Sign() == 0 {
		return p.finalized
	}
	first := p.requests[p.finalized]
	byValue := func(r request) bool { return r.value.Cmp(times(r.shares, pooled, total)) <= 0 }
	firstByValue := byValue(first)
	value, shares := zero(), zero()
	upTo := p.finalized
	for _, r := range p.requests[p.finalized:most] {
		value, shares = plus(value, r.value), plus(shares, r.shares)
		if r.falls != first.falls || firstByValue && !byValue(r) || report.Payout(value, shares, pooled, total).Cmp(atHand) > 0 {
			break
		}
		upTo++
	}
	return upTo
}

func (p *pool) batch(upTo int) report.Batch {
	first, last := p.requests[p.finalized], p.requests[upTo-1]
	b := report.Batch{
		DemandWei: zero(), DemandShares: zero(), FirstWei: first.value, FirstShares: first.shares, LastWei: last.value, LastShares: last.shares,
		SpansFall: first.falls != last.falls,
	}
	for _, r := range p.requests[p.finalized:upTo] {
		b.DemandWei, b.DemandShares = plus(b.DemandWei, r.value), plus(b.DemandShares, r.shares)
	}
	return b
}

// finalize takes requests out of the queue and gives what the attacker's are paid. What the lock exceeds the payouts by is settled into the buffer.
func (p *pool) finalize(upTo int, pooled, total *big.Int) *big.Int {
	b := p.batch(upTo)
	surplus, mine := report.Payout(b.DemandWei, b.DemandShares, pooled, total), zero()
	for _, r := range p.requests[p.finalized:upTo] {
		pays := report.Payout(r.value, r.shares, pooled, total)
		surplus = minus(surplus, pays)
		if r.owner == attacker {
			mine = plus(mine, pays)
		}
	}
	p.buffer = plus(p.buffer, surplus)
	p.waitingWei, p.waitingShares = minus(p.waitingWei, b.DemandWei), minus(p.waitingShares, b.DemandShares)
	p.finalized = upTo
	return mine
}

// silent finalizes old requests without a report, with what lies in the withdrawal vault; ok is false when the contract refuses.
func (p *pool) silent(vault *big.Int, second int64) (done paid, ok bool) {
	if second <= p.acceptedSecond+p.terms.StaleAfterSeconds || p.unconfirmed.Sign() != 0 || p.finalized == len(p.requests) {
		return paid{}, false
	}
	ripe := p.finalized
	for ripe < len(p.requests) && second > p.requests[ripe].second+p.terms.StaleAfterSeconds {
		ripe++
	}
	whole := wholeGwei(vault)
	left := least(whole, p.vaultLeft)
	rest := least(minus(whole, left), p.lastCL)
	home := plus(left, rest)
	upTo := p.together(ripe, p.pooled, p.total, plus(p.buffer, home))
	if upTo == p.finalized {
		return paid{}, false
	}
	b := p.batch(upTo)
	p.vaultLeft, p.lastCL = minus(p.vaultLeft, left), minus(p.lastCL, rest)
	p.home = plus(p.home, rest)
	p.buffer = minus(plus(p.buffer, home), report.Payout(b.DemandWei, b.DemandShares, p.pooled, p.total))
	done = paid{home, zero(), p.finalize(upTo, p.pooled, p.total)}
	p.pooled, p.total = minus(p.pooled, p.worth(b.DemandShares)), minus(p.total, b.DemandShares)
	return done, true
}
