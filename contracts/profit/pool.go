package profit

import (
	"math/big"
	"slices"

	"github.com/tidemark-oracle/tidemark/report"
)

// holder is who owns a request: the attacker, or anybody else.
type holder bool

const (
	others   holder = false
	attacker holder = true
)

type request struct {
	owner         holder
	value, shares *big.Int
	second        int64
	falls         int
}

// pool is the model of the contracts: token, pool and queue. What the vaults hold is outside of it.
type pool struct {
	rules Rules
	terms Terms

	pooled, total             *big.Int // recognised ether and all shares
	buffer, deposited         *big.Int
	fresh, par                *big.Int // of buffer: deposited since the last report; first ether of keys that are not proven
	lastCL, lastDeposited     *big.Int
	vaultLeft                 *big.Int
	refSecond, acceptedSecond int64
	bucket, unconfirmed       *big.Int // wei
	lossesInRow               uint8
	held                      bool
	requests                  []request
	finalized, falls          int
	home                      *big.Int // consensus-layer ether of the last report that silence brought home
	unskimmed                 *big.Int // forced into the pool, and in no bucket yet
	waitingWei, waitingShares *big.Int
}

func newPool(rules Rules, terms Terms, wei, cl *big.Int) *pool {
	return &pool{
		rules: rules, terms: terms, pooled: wei, total: wei, buffer: minus(wei, cl), deposited: zero(), fresh: zero(), par: zero(), lastCL: cl, lastDeposited: zero(),
		vaultLeft: zero(), bucket: new(big.Int).Mul(number(terms.BucketGwei), number(weiPerGwei)), unconfirmed: zero(),
		home: zero(), unskimmed: zero(), waitingWei: zero(), waitingShares: zero(),
	}
}

func (p *pool) booked() *big.Int {
	return plus(plus(p.buffer, p.par), plus(p.lastCL, minus(p.deposited, p.lastDeposited)))
}

// usable is what of the buffer can go to validators: not what is fresh, what requests need, nor the reserve. It is StakingPool.usableWei.
func (p *pool) usable() *big.Int {
	needed := least(p.waitingWei, timesUp(p.waitingShares, p.pooled, p.total))
	reserve := times(p.pooled, number(int64(p.terms.ReserveBps)), number(bps))
	return positive(minus(p.buffer, plus(plus(p.fresh, needed), reserve)))
}

func (p *pool) worth(shares *big.Int) *big.Int { return times(shares, p.pooled, p.total) }

func (p *pool) staying() *big.Int { return minus(p.total, p.waitingShares) }

// open reports whether deposits are.
func (p *pool) open() bool {
	return (p.unconfirmed.Sign() == 0 || p.rules.OpenUnconfirmed) && (!p.held || p.rules.OpenHeld)
}

// price is what a deposit pays by the rules in force.
func (p *pool) price(rewardsVault *big.Int, second int64) (report.Price, error) {
	if p.rules.PlainRate {
		return report.Price{Wei: p.pooled, Shares: p.total}, nil
	}
	in := p.priceInput(rewardsVault, second)
	if p.rules.WithoutRewardsVault {
		in.RewardsVaultWei = zero()
	}
	if p.rules.WithoutUnrecognised {
		in.UnrecognisedWei = zero()
	}
	if p.rules.WithoutForced {
		in.UnrecognisedWei = minus(p.booked(), p.pooled)
	}
	if p.rules.WithoutVaultLeft {
		in.VaultLeftWei = zero()
	}
	if p.rules.WithoutAccrual {
		in.SinceSeconds = 0
	}
	if p.rules.WithWaiting {
		in.WaitingWei, in.WaitingShares = zero(), zero()
	}
	return report.DepositPrice(in)
}

func (p *pool) priceInput(rewardsVault *big.Int, second int64) report.PriceInput {
	return report.PriceInput{
		TotalPooledWei: p.pooled, TotalShares: p.total, UnrecognisedWei: plus(minus(p.booked(), p.pooled), p.unskimmed), VaultLeftWei: p.vaultLeft,
		RewardsVaultWei: rewardsVault, EarningWei: p.earningWei(), NormalRewardBps: p.terms.NormalRewardBps,
		SinceSeconds: uint64(max(0, second-p.refSecond)), WaitingWei: p.paidWaiting(), WaitingShares: p.waitingShares,
	}
}

// earningWei is what accrues since the last report.
func (p *pool) earningWei() *big.Int {
	switch {
	case p.rules.HomeForgets:
		return p.lastCL
	case p.rules.FreshForgotten:
		return plus(p.lastCL, p.home)
	}
	return plus(minus(p.booked(), plus(p.buffer, p.par)), p.home)
}

// paidWaiting is what the waiting requests would be paid at the rate in force.
func (p *pool) paidWaiting() *big.Int {
	if p.rules.WaitingInOne {
		return p.waitingWei
	}
	sum := zero()
	for _, r := range p.requests[p.finalized:] {
		sum = plus(sum, report.Payout(r.value, r.shares, p.pooled, p.total))
	}
	return sum
}

// waitingRise reports whether some waiting requests would be paid more at a higher rate.
func (p *pool) waitingRise() bool {
	return slices.ContainsFunc(p.requests[p.finalized:], func(r request) bool { return r.value.Cmp(p.worth(r.shares)) > 0 })
}

// deposit mints shares for wei at the price. All of it is recognised at once, unless waiting requests would get a part of what it pays for what is due.
func (p *pool) deposit(wei *big.Int, price report.Price) *big.Int {
	shares := price.SharesFor(wei)
	if shares.Sign() == 0 {
		return shares
	}
	recognised := wei
	if p.waitingRise() && !p.rules.DepositLiftsRate {
		recognised = timesUp(shares, p.pooled, p.total)
	}
	p.buffer, p.fresh = plus(p.buffer, wei), plus(p.fresh, upToGwei(wei))
	p.pooled, p.total = plus(p.pooled, recognised), plus(p.total, shares)
	return shares
}

func perShares() *big.Int { return number(1e18) }

// valueRate is what requests are valued at, in wei for 1e18 shares: in doubt about a fall, the rate before it.
func (p *pool) valueRate() *big.Int {
	return times(plus(p.pooled, p.unconfirmed), perShares(), p.total)
}

func (p *pool) valueOf(shares *big.Int) *big.Int {
	if p.unconfirmed.Sign() == 0 {
		return p.worth(shares)
	}
	return times(shares, p.valueRate(), perShares())
}

func (p *pool) request(owner holder, shares *big.Int, second int64) *big.Int {
	r := request{owner: owner, value: p.valueOf(shares), shares: shares, second: second, falls: p.falls}
	p.requests = append(p.requests, r)
	p.waitingWei, p.waitingShares = plus(p.waitingWei, r.value), plus(p.waitingShares, shares)
	return r.value
}
