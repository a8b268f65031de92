// Package ledger keeps a second set of books for the pool of a devnet: what each holder must have after each report, from the transactions in the blocks and
// from what the beacon chain holds. It shares no arithmetic with the contracts or with package report, so that a devnet's run shows the two to agree.
//
//	calls in blocks ─ Deposit, Transfer, Wrap, Request, Claim … ─┐
//	keys ─ OpenKey, ProveKey, LoseKey, TopUp ────────────────────┤
//	                                                             ├─► Ledger ─► BalanceOf, WeiPerToken, Rate, Wrapped, LockedWei
//	beacon state, vaults at the reference block ─── Report ──────┤
//	what is known of wrong reports ─── MarkFalse, Hold ──────────┘
//	Ledger at the reference block ─► FinalizeUpTo, Bunker: what the report must say of the queue
//
// Whole numbers only. A Ledger is not safe for concurrent use; Clone makes an independent copy, for blocks that may be undone.
package ledger

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// ErrImpossible: a call that the contracts took, and that these books cannot follow.
var ErrImpossible = errors.New("the ledger cannot follow the chain")

// Terms are what the deployment fixed.
type Terms struct {
	FeeBps, OperatorsBps uint16
	NormalRewardBps      uint32   // of the consensus layer's ether, a year
	NoisePcm             uint16   // of the pooled ether
	MaxRiseBps           uint64   // of the share rate, a year
	ReserveBps           uint16   // of the pooled ether, that keys do not get
	AnnualGainBps        uint32   // of the consensus layer's ether: what it gains beyond takes from the bucket
	BucketWei            *big.Int // a full bucket
	BucketRefillSeconds  uint64
	RequestMarginSeconds uint64
	FeeAccount           common.Address // holds the fee of treasury and operators until they claim
	Queue                common.Address // holds the shares of waiting requests
	Wrapper              common.Address // holds the shares that are wrapped
	StartSeconds         uint64         // time of the reference slot from which the first report's elapsed time counts
}

// Ledger is the pool's books. Amounts are wei and shares.
type Ledger struct {
	terms     Terms
	pooled    *big.Int
	total     *big.Int // shares
	buffered  *big.Int
	fresh     *big.Int // of it, what came since the last report, in whole gwei
	deposited *big.Int // sent to the beacon chain, ever, without the first ether of unproven keys
	keys      map[uint64]key
	bucket    *big.Int // at the last report's reference slot, in wei
	treasury  *big.Int // shares of the fee's account that the treasury can claim
	shares    map[common.Address]*big.Int
	wrapped   map[common.Address]*big.Int

	requests  []request // request i+1
	batches   []batch
	finalized int // requests
	locked    *big.Int
	falls     int // of what requests are valued at

	last        lastReport
	home        *big.Int // consensus-layer ether that silent calls brought home since it
	lastSecond  uint64   // when the last report was applied; the pool's creation before the first
	unconfirmed *big.Int // lost by it beyond noise
	losses      int      // reports in a row, up to it, that lost more than noise
	rate        *big.Int // after it, in wei for 1e18 shares; nil before the first
	rateBefore  *big.Int // after the report before it; nil: none
	isFalse     bool     // it was proven false
	lowestHeld  *big.Int // the lowest rate, below that in force, of reports held since; nil: none
}

// request is a withdrawal request.
type request struct {
	owner   common.Address
	value   *big.Int // when it was made
	shares  *big.Int
	second  uint64 // when it was made
	falls   int    // before it
	claimed bool
}

// batch is what was finalized at once, from request first to upTo: pooled over shares is its rate.
type batch struct {
	pooled, shares *big.Int
	first, upTo    int
	lock           *big.Int
	settled        int // requests whose payouts are counted
}

type lastReport struct {
	refSecond, refSlot uint64
	consensus          *big.Int // validators and pending deposits, without the first ether of unproven keys
	deposited          *big.Int
	vaultLeft          *big.Int // in the withdrawal vault, after the report, in whole gwei
}

// New is the books of a pool without ether.
func New(t Terms) *Ledger {
	return &Ledger{
		terms: t, pooled: zero(), total: zero(), buffered: zero(), fresh: zero(), deposited: zero(), locked: zero(), treasury: zero(), home: zero(), bucket: t.BucketWei, unconfirmed: zero(),
		shares: make(map[common.Address]*big.Int), wrapped: make(map[common.Address]*big.Int), keys: make(map[uint64]key),
		last: lastReport{refSecond: t.StartSeconds, consensus: zero(), deposited: zero(), vaultLeft: zero()},
	}
}

// Clone is an independent copy. Amounts are never changed in place, so they are shared.
func (l *Ledger) Clone() *Ledger {
	c := *l
	c.shares, c.wrapped, c.keys = maps.Clone(l.shares), maps.Clone(l.wrapped), maps.Clone(l.keys)
	c.requests, c.batches = slices.Clone(l.requests), slices.Clone(l.batches)
	return &c
}

// Open is the pool's first ether, which is locked for ever, at a time in seconds.
func (l *Ledger) Open(to common.Address, wei *big.Int, second uint64) {
	l.lastSecond = second
	l.bookDeposit(to, wei, wei, wei)
}

// Deposit is ether of a holder, in a block of a time in seconds, when the rewards vault holds so much. It pays its part of all that is known to be the
// holders'.
func (l *Ledger) Deposit(to common.Address, wei, rewardsWei *big.Int, second uint64) {
	accrued := yearly(l.earning(), uint64(l.terms.NormalRewardBps), second-min(second, l.last.refSecond))
	due := plus(plus(l.unrecognised(), l.last.vaultLeft), plus(rewardsWei, accrued))
	waitingWei, waitingShares, rises := l.waiting()
	price := minus(plus(l.pooled, due), waitingWei)
	shares := times(wei, minus(l.total, waitingShares), price)
	recognised := wei
	if rises {
		recognised = timesUp(shares, l.pooled, l.total) // else waiting requests would get a part of what the deposit pays for what is due
	}
	l.bookDeposit(to, wei, shares, recognised)
}

// earning is what earned since the last report, what silent calls brought home included. First ether of unproven keys earns nothing.
func (l *Ledger) earning() *big.Int {
	return plus(minus(minus(l.booked(), l.buffered), l.par()), l.home)
}

// waiting is what the requests that wait are worth at the rate, never too much, and their shares; rises tells whether some would get more of a higher rate.
// Requests between which what they are valued at fell are judged apart.
func (l *Ledger) waiting() (wei, shares *big.Int, rises bool) {
	wei, shares = zero(), zero()
	for i := l.finalized; i < len(l.requests); {
		first, last := l.requests[i], l.requests[i]
		groupWei, groupShares := zero(), zero()
		for ; i < len(l.requests) && l.requests[i].falls == first.falls; i++ {
			last = l.requests[i]
			groupWei, groupShares = plus(groupWei, last.value), plus(groupShares, last.shares)
		}
		if !l.paidByValue(last, l.pooled) {
			rises, groupWei = true, l.weiOf(groupShares)
			if l.paidByValue(first, l.pooled) {
				groupWei = least(groupWei, times(groupShares, first.value, first.shares))
			}
		}
		wei, shares = plus(wei, groupWei), plus(shares, groupShares)
	}
	return wei, shares, rises
}

// bookDeposit books a deposit, of which recognisedWei are in the share rate at once; the rest is due to all.
func (l *Ledger) bookDeposit(to common.Address, wei, shares, recognisedWei *big.Int) {
	l.pooled, l.buffered, l.total = plus(l.pooled, recognisedWei), plus(l.buffered, wei), plus(l.total, shares)
	l.fresh = plus(l.fresh, upToGwei(wei))
	l.give(to, shares)
}

// booked is all ether that the pool counts as its own: in its hands, at par at unproven keys, on the consensus layer by the last report, and on the way there
// since.
func (l *Ledger) booked() *big.Int {
	return plus(plus(plus(l.buffered, l.par()), l.last.consensus), minus(l.deposited, l.last.deposited))
}

// unrecognised is what is booked and not in the share rate yet.
func (l *Ledger) unrecognised() *big.Int { return minus(l.booked(), l.pooled) }

// normalReward is what the consensus layer's ether earns normally in a time.
func (l *Ledger) normalReward(seconds uint64) *big.Int {
	return yearly(l.last.consensus, uint64(l.terms.NormalRewardBps), seconds)
}

// yearly is a part of an amount, told in parts per 10,000 a year, for a time.
func yearly(wei *big.Int, bps, seconds uint64) *big.Int {
	const secondsOfYear = 365 * 24 * 3600
	return times(times(wei, new(big.Int).SetUint64(bps)), new(big.Int).SetUint64(seconds), big.NewInt(10_000*secondsOfYear))
}

// Transfer moves ether's worth of the token.
func (l *Ledger) Transfer(from, to common.Address, wei *big.Int) error {
	return l.move(from, to, l.sharesFor(wei))
}

// Wrap turns ether's worth of the token into wrapped tokens.
func (l *Ledger) Wrap(owner, receiver common.Address, wei *big.Int) error {
	shares := l.sharesFor(wei)
	l.wrapped[receiver] = plus(amountOf(l.wrapped, receiver), shares)
	return l.move(owner, l.terms.Wrapper, shares)
}

// Unwrap turns wrapped tokens back.
func (l *Ledger) Unwrap(owner, receiver common.Address, wrapped *big.Int) error {
	have := amountOf(l.wrapped, owner)
	if have.Cmp(wrapped) < 0 {
		return fmt.Errorf("%w: %s unwraps %s and has %s", ErrImpossible, owner, wrapped, have)
	}
	l.wrapped[owner] = minus(have, wrapped)
	return l.move(l.terms.Wrapper, receiver, wrapped)
}

// BalanceOf is a holder's balance of the token, in wei.
func (l *Ledger) BalanceOf(holder common.Address) *big.Int {
	return l.weiOf(amountOf(l.shares, holder))
}

// WrappedOf is a holder's balance of the wrapped token.
func (l *Ledger) WrappedOf(holder common.Address) *big.Int { return amountOf(l.wrapped, holder) }

// WeiPerToken is what one wrapped token is worth, in wei.
func (l *Ledger) WeiPerToken() *big.Int { return l.weiOf(big.NewInt(1e18)) }

// Totals are pooled ether in wei, and shares: their ratio is the exchange rate.
func (l *Ledger) Totals() (pooledWei, shares *big.Int) { return l.pooled, l.total }

// UnrecognisedWei is the ether that later reports recognise.
func (l *Ledger) UnrecognisedWei() *big.Int { return l.unrecognised() }

// BufferedWei is the ether that the pool holds.
func (l *Ledger) BufferedWei() *big.Int { return l.buffered }

// TreasuryShares are the shares of the fee's account that the treasury can claim.
func (l *Ledger) TreasuryShares() *big.Int { return l.treasury }

// DepositedWei is the ether that the pool has sent to the beacon chain, ever, without the first ether of unproven keys.
func (l *Ledger) DepositedWei() *big.Int { return l.deposited }

// sharesFor is how many shares ether buys, rounded down.
func (l *Ledger) sharesFor(wei *big.Int) *big.Int { return times(wei, l.total, l.pooled) }

// weiOf is what shares are worth in wei, rounded down.
func (l *Ledger) weiOf(shares *big.Int) *big.Int {
	if l.total.Sign() == 0 {
		return zero()
	}
	return times(shares, l.pooled, l.total)
}

func (l *Ledger) give(to common.Address, shares *big.Int) {
	l.shares[to] = plus(amountOf(l.shares, to), shares)
}

func (l *Ledger) move(from, to common.Address, shares *big.Int) error {
	have := amountOf(l.shares, from)
	if have.Cmp(shares) < 0 {
		return fmt.Errorf("%w: %s gives %s shares and has %s", ErrImpossible, from, shares, have)
	}
	l.shares[from] = minus(have, shares)
	l.give(to, shares)
	return nil
}

func amountOf(m map[common.Address]*big.Int, who common.Address) *big.Int {
	if a := m[who]; a != nil {
		return a
	}
	return zero()
}

func validatorWei() *big.Int { return times(big.NewInt(32), big.NewInt(1e18)) }

func zero() *big.Int { return new(big.Int) }

func plus(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }

func minus(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }

// times is a*b, or a*b/c rounded down. Nothing here is negative where it is used with a divisor.
func times(a, b *big.Int, divisor ...*big.Int) *big.Int {
	product := new(big.Int).Mul(a, b)
	for _, d := range divisor {
		product.Quo(product, d)
	}
	return product
}

// timesUp is a*b/divisor, rounded up.
func timesUp(a, b, divisor *big.Int) *big.Int {
	return times(plus(times(a, b), minus(divisor, big.NewInt(1))), big.NewInt(1), divisor)
}

// wholeGwei cuts an amount to whole gwei.
func wholeGwei(wei *big.Int) *big.Int {
	return times(times(wei, big.NewInt(1), big.NewInt(1e9)), big.NewInt(1e9))
}

// upToGwei is an amount rounded up to whole gwei.
func upToGwei(wei *big.Int) *big.Int { return wholeGwei(plus(wei, big.NewInt(1e9-1))) }

// positive is an amount, or nothing where it is negative.
func positive(wei *big.Int) *big.Int {
	if wei.Sign() < 0 {
		return zero()
	}
	return wei
}

func least(a, b *big.Int) *big.Int {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func most(a, b *big.Int) *big.Int {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}
