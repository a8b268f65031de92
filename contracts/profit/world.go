package profit

import (
	"fmt"
	"math/big"
	"math/rand/v2"
)

// Options say what a search looks at.
type Options struct {
	Rules
}

// world is the pool and what is outside of it.
type world struct {
	*pool
	options Options
	random  *rand.Rand
	trace   *[]string

	now              int64
	earning, pending *big.Int // truth about the consensus layer: active validators, and deposits that a report has to see before they earn
	vault, rewards   *big.Int // what lies in the two vaults
	unseen           *big.Int // of vault: given by strangers and in no report yet
	foreign          *big.Int // of first ether: deposited for the keys' holders before the pool's deposit
	base             *big.Int // of earning: without what came since the last report, which earns nothing yet
	young            *big.Int // of earning: what came since the look
	rewardBps        int64    // what validators earn a year
	look             *facts   // the report under way
	lie              *big.Int // what it says too little; nil when it is true

	lied          bool // the last report did
	slow          bool // reports finalize nothing: the ether of who leaves is still on its way
	closed        bool // nothing comes any more once the attacker has deposited
	entered       bool
	startWei, wei *big.Int // what the attacker began with, and its ether now
	shares        *big.Int // of the attacker
	credit        *big.Int // its part of what came while it held
	blockIn       *big.Int // ether that it deposited in this block
	blockShares   *big.Int // and the shares that it got
	blockCredit   *big.Int
}

func ether(n int64) *big.Int { return new(big.Int).Mul(number(n), number(1e18)) }

// newWorld draws the pool: its size, what of it is on the consensus layer, terms.
func newWorld(options Options, random *rand.Rand, trace *[]string) *world {
	wei := plus(ether(1+random.Int64N(1_000_000)), number(random.Int64N(1e18)))
	cl := wholeGwei(times(wei, number(random.Int64N(101)), number(100)))
	reward := int64(300)
	if random.IntN(4) == 0 {
		reward = random.Int64N(300)
	}
	terms := Terms{
		FeeBps: uint16(1000 * random.IntN(2)), NoisePcm: 20, NormalRewardBps: 300, MaxRiseBps: 1000, AnnualGainBps: 1000,
		BucketGwei: times(wei, number(random.Int64N(10)), number(10_000*weiPerGwei)).Int64(), BucketRefillSeconds: 30 * day,
		MinReportSeconds: day / 2, StaleAfterSeconds: 7 * day, ReserveBps: uint16(10 * random.IntN(2)),
	}
	w := &world{
		pool: newPool(options.Rules, terms, wei, cl), options: options, random: random, trace: trace,
		earning: cl, base: cl, young: zero(), pending: zero(), foreign: zero(), vault: zero(), rewards: zero(), unseen: zero(), rewardBps: reward, closed: random.IntN(3) > 0,
		startWei: new(big.Int).Mul(wei, number(10)), shares: zero(), credit: zero(), blockIn: zero(), blockShares: zero(), blockCredit: zero(),
	}
	w.wei, w.slow = w.startWei, random.IntN(3) == 0
	w.tracef("pool %s wei, %s on the consensus layer earn %d bps a year; fee %d bps, bucket %d gwei; the attacker has %s wei; closed %t",
		wei, cl, reward, terms.FeeBps, terms.BucketGwei, w.wei, w.closed)
	if random.IntN(4) == 0 {
		half := times(wei, number(1), number(2))
		w.pool.request(others, half, 0)
		w.tracef("others request with %s shares", half)
	}
	return w
}

func (w *world) tracef(format string, values ...any) {
	if w.trace != nil {
		*w.trace = append(*w.trace, fmt.Sprintf("%8d s  ", w.now)+fmt.Sprintf(format, values...))
	}
}

// part is a random part of an amount, at most most of 10,000.
func (w *world) part(wei *big.Int, most int64) *big.Int {
	return times(wei, number(1+w.random.Int64N(most)), number(10_000))
}

// takesIncome reports whether the attacker's part of what comes is still wanted.
func (w *world) takesIncome() bool { return !w.closed || !w.entered }

// shareIncome gives the attacker its part of what came to those who stay.
func (w *world) shareIncome(wei *big.Int) {
	if w.shares.Sign() == 0 || wei.Sign() <= 0 {
		return
	}
	mine := timesUp(wei, w.shares, w.staying())
	w.credit, w.blockCredit = plus(w.credit, mine), plus(w.blockCredit, mine)
}

// passTime lets time pass: validators earn.
func (w *world) passTime(seconds int64) {
	w.now += seconds
	if seconds > 0 {
		w.blockIn, w.blockShares, w.blockCredit = zero(), zero(), zero()
	}
	if w.takesIncome() {
		gain := wholeGwei(yearly(plus(w.base, w.pending), w.rewardBps, seconds))
		w.earning, w.young = plus(w.earning, gain), plus(w.young, gain)
		w.shareIncome(gain)
	}
}

// readFacts takes the facts of a report now; a false report has a loss that is not true.
func (w *world) readFacts(lie *big.Int) {
	if w.now-w.refSecond < w.terms.MinReportSeconds || w.look != nil {
		return
	}
	queued := len(w.requests)
	if w.slow {
		queued = w.finalized
	}
	w.young = zero()
	w.look = &facts{
		refSecond: w.now, cl: plus(w.earning, w.pending), deposited: w.deposited, vault: w.vault, rewards: w.rewards, queued: queued,
		unseen: w.unseen, arrived: w.pending,
	}
	if w.lie = lie; lie != nil {
		w.look.cl = positive(minus(w.look.cl, wholeGwei(lie)))
	}
	w.tracef("look for a report: %s wei on the consensus layer, %s in the withdrawal vault, %s in the rewards vault; it says %v less", w.look.cl, w.vault, w.rewards, lie)
}

// apply applies the report under way; one that is too high is held until a guardian accepts it.
func (w *world) apply(guardian bool) error {
	f := w.look
	if f == nil {
		return nil
	}
	f.byGuardian = guardian
	if w.tooHigh(*f) {
		if w.lie == nil && !w.held {
			w.held = true
			w.shareKnownGifts(f)
			w.tracef("the report is held")
		}
		return nil
	}
	w.look = nil
	if w.lie != nil && !w.isVisibleLoss(*f) {
		w.lie = nil
		return nil
	}
	w.shareKnownGifts(f)
	done, err := w.report(*f, w.now)
	if err != nil {
		return err
	}
	w.vault, w.rewards = minus(w.vault, done.fromVault), minus(w.rewards, done.fromRewards)
	w.earning, w.pending = plus(w.earning, f.arrived), minus(w.pending, f.arrived)
	w.base, w.lied, w.lie = positive(minus(w.earning, w.young)), w.lie != nil, nil
	w.wei = plus(w.wei, done.toAttacker)
	w.tracef("report applied, by a guardian %t: recognised %s, shares %s, booked %s, left in the vault %s, unconfirmed %s, finalized %d of %d; the attacker is paid %s",
		guardian, w.pooled, w.total, w.booked(), w.vaultLeft, w.unconfirmed, w.finalized, len(w.requests), done.toAttacker)
	return nil
}

// shareKnownGifts gives the attacker its part of what strangers gave to the withdrawal vault, once a report has seen it.
func (w *world) shareKnownGifts(f *facts) {
	w.shareIncome(f.unseen)
	w.unseen, f.unseen = minus(w.unseen, f.unseen), zero()
}

// attackerDeposits has the attacker deposit and checks what a deposit must not do.
func (w *world) attackerDeposits(wei *big.Int) error {
	if !w.open() || wei.Sign() == 0 {
		return nil
	}
	price, err := w.price(w.rewards, w.now)
	if err != nil {
		return nil //nolint:nilerr // Nothing is for sale.
	}
	pooled, total := w.pooled, w.total
	shares := w.deposit(wei, price)
	if shares.Sign() == 0 {
		return nil
	}
	w.wei, w.shares, w.entered = minus(w.wei, wei), plus(w.shares, shares), true
	w.blockIn, w.blockShares = plus(w.blockIn, wei), plus(w.blockShares, shares)
	w.tracef("the attacker deposits %s wei for %s shares", wei, shares)
	after, err := w.price(w.rewards, w.now)
	if err != nil {
		return err
	}
	if !same(price.Wei, price.Shares, after.Wei, after.Shares) {
		return fmt.Errorf("%w: a deposit moves the price from %s/%s to %s/%s", ErrBroken, price.Wei, price.Shares, after.Wei, after.Shares)
	}
	if w.waitingRise() && !w.rules.DepositLiftsRate && !same(pooled, total, w.pooled, w.total) {
		return fmt.Errorf("%w: a deposit moves the rate from %s/%s to %s/%s", ErrBroken, pooled, total, w.pooled, w.total)
	}
	return nil
}

// same reports whether two rates differ by roundings only: by two wei of the whole pool.
func same(wei1, shares1, wei2, shares2 *big.Int) bool {
	if shares1.Sign() == 0 || shares2.Sign() == 0 {
		return shares1.Sign() == shares2.Sign()
	}
	there := new(big.Int).Mul(wei1, shares2)
	here := new(big.Int).Mul(wei2, shares1)
	gap := new(big.Int).Abs(minus(there, here))
	// A share or a wei more or less on either side.
	slack := new(big.Int).Mul(number(2), plus(plus(wei1, shares1), plus(wei2, shares2)))
	return gap.Cmp(slack) <= 0
}

// attackerRequests has the attacker request.
func (w *world) attackerRequests(shares *big.Int) {
	if shares.Sign() == 0 {
		return
	}
	w.shares = minus(w.shares, shares)
	value := w.pool.request(attacker, shares, w.now)
	if least(shares, w.blockShares).Sign() > 0 { // What this block's deposit brings in requests is had already.
		w.blockIn = minus(w.blockIn, times(value, least(shares, w.blockShares), shares))
		w.blockShares = minus(w.blockShares, least(shares, w.blockShares))
	}
	w.tracef("the attacker requests with %s shares, valued at %s", shares, value)
}

// buyAndSellInOneBlock checks that shares bought in this block are not worth more than they cost.
func (w *world) buyAndSellInOneBlock() error {
	worth := w.worth(w.blockShares)
	if bound := plus(plus(w.blockIn, w.blockCredit), number(dustWei)); worth.Cmp(bound) > 0 {
		return fmt.Errorf("%w: %s wei deposited in this block are worth %s", ErrBroken, w.blockIn, worth)
	}
	return nil
}

// Rules are those of the pool. A test takes one away and wants the search to find the profit.
type Rules struct {
	WithoutRewardsVault bool // what lies in the rewards vault is not due
	WithoutUnrecognised bool // nor what is booked and not recognised
	WithoutVaultLeft    bool // nor what the last report left in the withdrawal vault
	WithoutAccrual      bool // nor a normal reward for the time since
	PlainRate           bool // deposits buy at the rate of the token
	WithWaiting         bool // waiting requests take part in the price
	OpenUnconfirmed     bool // deposits are open while a loss is not confirmed
	OpenHeld            bool // and while a gain is held
	WaitingInOne        bool // the lower of all requests' values and of all their shares, not the lower of each
	WithoutForced       bool // what was forced into the pool and not skimmed is not due
	FreshForgotten      bool // what was sent to the consensus layer since the last report has no accrual
	HomeForgets         bool // silence brings ether home, and what it earned since the last report is not due
	LiesInRow           bool // wrong losses may follow one another, so that the second confirms the first
	FirstEtherNotAtPar  bool // first ether of a key counts as a deposit at once, so that one deposited for its holder is a loss until the bond pays it
	DepositLiftsRate    bool // a deposit is recognised whole, so that waiting requests get a part of what it pays for what is due
}

// Terms are the pool's numbers that the order of a world does not change.
type Terms struct {
	FeeBps, NoisePcm    uint16
	ReserveBps          uint16
	NormalRewardBps     uint32
	MaxRiseBps          uint64
	AnnualGainBps       int64 // a gain of the consensus layer above it, and above the bucket, is held
	BucketGwei          int64
	BucketRefillSeconds int64
	MinReportSeconds    int64
	StaleAfterSeconds   int64
}
