package report

import (
	"errors"
	"fmt"
	"math/big"
)

// A rebase is refused where the contract reverts. None of these can follow from a consistent input.
var (
	// ErrNegativePool: the report would make the pool's ether negative.
	ErrNegativePool = errors.New("pooled ether would be negative")
	// ErrNegativePrincipal: deposits fell by more than the consensus layer held.
	ErrNegativePrincipal = errors.New("principal would be negative")
	// ErrNoShares: there are requests, but no shares to rate theirs by.
	ErrNoShares = errors.New("pool has no shares")
	// ErrPayoutOverflow: the requests' shares are worth more than 256 bits of wei.
	ErrPayoutOverflow = errors.New("payout overflows")
	// ErrLockAbovePool: the requests would lock more ether than the pool has.
	ErrLockAbovePool = errors.New("lock is above the pool's ether")
	// ErrBurnAboveShares: there are more shares to burn than shares.
	ErrBurnAboveShares = errors.New("burn is above the shares")
	// ErrAmountOutOfRange: an amount is missing, negative or beyond 128 bits.
	ErrAmountOutOfRange = errors.New("amount is out of range")
)

var (
	bps        = big.NewInt(10_000)
	bpsOfAYear = big.NewInt(10_000 * yearSeconds)
)

const (
	// wordBits is the width of the contract's arithmetic.
	wordBits = 256
	// MaxLossesInRow is after how many losses beyond noise in a row requests are finalized again.
	MaxLossesInRow = 3
)

// RebaseInput is what a rebase depends on: wei and shares, each of at most 128 bits and not nil.
type RebaseInput struct {
	TotalPooledWei, TotalShares *big.Int // recognised ether (the token's) and shares before the report
	BufferedWei                 *big.Int // ether that the pool holds
	BookedWei                   *big.Int // buffer, consensus-layer ether of the last report, deposits since; never below the recognised ether
	LastCLWei, LastDepositedWei *big.Int // of the last report
	LastVaultLeftWei            *big.Int // what the last report left in the withdrawal vault
	CLWei, DepositedWei         *big.Int // of this report
	WithdrawalVaultWei          *big.Int // reported
	ELRewardsVaultWei           *big.Int // reported
	ElapsedSeconds              uint64   // from the reference slot of the last report to that of this one
	MaxRiseBps                  uint64   // fastest rise of the share rate, parts per 10,000 a year
	BucketWei                   *big.Int // what the bucket gives on top; 0 for a report that a guardian accepted
	UnconfirmedWei              *big.Int // of the last report's loss: what this one may take back
	LossesInRow                 uint8    // reports up to the last one that lost more than noise
	NoisePcm                    uint16   // a loss above it is more than noise, hundred-thousandths of the recognised ether
	NormalRewardBps             uint32   // of consensus-layer ether a year, parts per 10,000: more pays no fee
	FeeBps                      uint16   // parts per 10,000
	Batch                       Batch    // the requests to finalize; all zero for none
}

// Batch is withdrawal requests after the last finalized one, up to some request.
type Batch struct {
	DemandWei, DemandShares *big.Int // sums of their values at request and of their shares
	FirstWei, FirstShares   *big.Int // of the first of them
	LastWei, LastShares     *big.Int // of the last of them
	SpansFall               bool     // the rate fell between two of them
}

// NoBatch is the batch of no request.
func NoBatch() Batch {
	zero := func() *big.Int { return new(big.Int) }
	return Batch{DemandWei: zero(), DemandShares: zero(), FirstWei: zero(), FirstShares: zero(), LastWei: zero(), LastShares: zero()}
}

// Skip is why requests that a report names are not finalized. The contracts give the same numbers.
type Skip uint8

// Reasons, in the order of the contracts.
const (
	SkipNone      Skip = iota
	SkipPaused         // the queue is paused
	SkipLoss           // the report loses more than noise: the next one takes it back or confirms it
	SkipEmpty          // the pool has no ether
	SkipSpansFall      // the batch has requests from before and after a fall of the rate
	SkipMixed          // the first request is worth less than its shares at this rate, the last one more
	SkipBuffer         // the buffer cannot carry the lock
)

// String is the name that the contracts use.
func (s Skip) String() string {
	names := [...]string{"None", "Paused", "Loss", "Empty", "SpansFall", "Mixed", "Buffer"}
	if int(s) >= len(names) {
		return "Unknown"
	}
	return names[s]
}

// RebaseOutput is what a rebase does.
type RebaseOutput struct {
	CLChangeWei        *big.Int // may be negative
	FromWithdrawalsWei *big.Int
	FromRewardsWei     *big.Int
	RebasedPooledWei   *big.Int // recognised after change and pulls; over TotalShares: the rate of the finalized batch
	RegainedWei        *big.Int // part of an unconfirmed loss that came back
	LostWei            *big.Int // what the recognised ether fell by or, when that is more, what the consensus layer lost
	BeyondNoise        bool     // it is more than noise
	Finalized          bool
	Skip               Skip
	LockWei            *big.Int
	BurnShares         *big.Int
	FeeWei, FeeShares  *big.Int
	BucketUsedWei      *big.Int // of RebaseInput.BucketWei
	BookedWei          *big.Int // at the end; what exceeds PooledWei is recognised by later reports
	PooledWei, Shares  *big.Int // recognised ether and shares at the end
}

// rise is how far the recognised ether may rise, of all shares, without the bucket and with it.
type rise struct{ freeWei, boundWei *big.Int }

// Rebase turns a report into its effect on pooled ether and shares. It is the same function as RebaseMath.compute in Solidity. Order: consensus-layer
// change, withdrawals, execution rewards, finalization, fee. Certified values are absolute: recognised ether is the lower of what is booked and
// of what the time since the last report allows; the rest waits, in the vaults or booked, for later reports. Errors: ErrNegativePool,
// ErrNegativePrincipal, ErrNoShares, ErrPayoutOverflow, ErrLockAbovePool, ErrBurnAboveShares where the contract reverts; ErrAmountOutOfRange for what it
// cannot be given.
func Rebase(in RebaseInput) (RebaseOutput, error) {
	if err := in.fits(); err != nil {
		return RebaseOutput{}, err
	}
	out := RebaseOutput{}
	allowed, err := recognise(in, &out)
	if err != nil {
		return RebaseOutput{}, err
	}
	if err := finalize(in, &out); err != nil {
		return RebaseOutput{}, err
	}
	if err := settle(in, &out, allowed); err != nil {
		return RebaseOutput{}, err
	}
	fee(in, &out)
	return out, nil
}

func (in RebaseInput) fits() error {
	b := in.Batch
	for _, amount := range []struct {
		name  string
		value *big.Int
	}{
		{"pooled ether", in.TotalPooledWei}, {"shares", in.TotalShares}, {"buffer", in.BufferedWei}, {"booked ether", in.BookedWei},
		{"last consensus-layer ether", in.LastCLWei}, {"last deposits", in.LastDepositedWei}, {"ether left in the withdrawal vault", in.LastVaultLeftWei},
		{"consensus-layer ether", in.CLWei}, {"deposits", in.DepositedWei}, {"withdrawal vault", in.WithdrawalVaultWei}, {"rewards vault", in.ELRewardsVaultWei},
		{"bucket", in.BucketWei}, {"unconfirmed loss", in.UnconfirmedWei}, {"demanded ether", b.DemandWei}, {"demanded shares", b.DemandShares},
		{"ether of the first request", b.FirstWei}, {"shares of the first request", b.FirstShares}, {"ether of the last request", b.LastWei}, {"shares of the last request", b.LastShares},
	} {
		if amount.value == nil || amount.value.Sign() < 0 || amount.value.BitLen() > weiBits {
			return fmt.Errorf("%w: %s: %v", ErrAmountOutOfRange, amount.name, amount.value)
		}
	}
	return nil
}

// recognise finds the consensus-layer change, what the bound lets out of the vaults, and what of it all is recognised.
func recognise(in RebaseInput, out *RebaseOutput) (rise, error) {
	principal := sub(add(in.LastCLWei, in.DepositedWei), in.LastDepositedWei)
	if principal.Sign() < 0 {
		return rise{}, fmt.Errorf("%w: %s wei of the last report, %s wei deposited, %s before", ErrNegativePrincipal, in.LastCLWei, in.DepositedWei, in.LastDepositedWei)
	}
	out.CLChangeWei = sub(in.CLWei, principal)
	booked := add(in.BookedWei, out.CLChangeWei)
	if booked.Sign() < 0 {
		return rise{}, fmt.Errorf("consensus-layer change of %s wei on %s wei: %w", out.CLChangeWei, in.BookedWei, ErrNegativePool)
	}
	earned := in.earned()
	out.RegainedWei = smaller(in.UnconfirmedWei, atLeastZero(earned))
	yearly := mul(mul(in.TotalPooledWei, unsigned(in.MaxRiseBps)), unsigned(in.ElapsedSeconds))
	freeWei := add(add(in.TotalPooledWei, div(yearly, bpsOfAYear)), out.RegainedWei)
	allowed := rise{freeWei, add(freeWei, in.BucketWei)}

	room := atLeastZero(sub(allowed.boundWei, booked))
	out.FromWithdrawalsWei = smaller(in.WithdrawalVaultWei, room)
	out.FromRewardsWei = smaller(in.ELRewardsVaultWei, sub(room, out.FromWithdrawalsWei))
	out.BookedWei = add(booked, add(out.FromWithdrawalsWei, out.FromRewardsWei))
	out.RebasedPooledWei = smaller(out.BookedWei, allowed.boundWei)
	// What is due may carry a loss, so that recognised ether does not fall: deposits would get it cheaper all the same.
	out.LostWei = larger(atLeastZero(sub(in.TotalPooledWei, out.RebasedPooledWei)), sub(new(big.Int), earned))
	out.BeyondNoise = mul(out.LostWei, big.NewInt(pcm)).Cmp(mul(unsigned(uint64(in.NoisePcm)), in.TotalPooledWei)) > 0
	return allowed, nil
}

// earned is what the consensus layer earned, sweeps counted; negative for a loss.
func (in RebaseInput) earned() *big.Int {
	then := add(sub(add(in.LastCLWei, in.DepositedWei), in.LastDepositedWei), in.LastVaultLeftWei)
	return sub(add(in.CLWei, in.WithdrawalVaultWei), then)
}

// finalize locks ether for the batch, or says why its requests wait for a later report.
func finalize(in RebaseInput, out *RebaseOutput) (err error) {
	out.LockWei, out.BurnShares = new(big.Int), new(big.Int)
	if in.Batch.DemandShares.Sign() == 0 {
		return nil
	}
	switch {
	case out.BeyondNoise && in.LossesInRow < MaxLossesInRow:
		out.Skip = SkipLoss
	case out.RebasedPooledWei.Sign() == 0:
		out.Skip = SkipEmpty
	default:
		if out.Skip, err = Unfit(in.Batch, out.RebasedPooledWei, in.TotalShares); err != nil {
			return err
		}
	}
	if out.Skip != SkipNone {
		return nil
	}
	atRate, err := worth(in.Batch.DemandShares, out.RebasedPooledWei, in.TotalShares)
	if err != nil {
		return err
	}
	lock := smaller(in.Batch.DemandWei, atRate)
	if lock.Cmp(add(in.BufferedWei, add(out.FromWithdrawalsWei, out.FromRewardsWei))) > 0 {
		out.Skip = SkipBuffer
		return nil
	}
	out.Finalized, out.LockWei, out.BurnShares = true, lock, in.Batch.DemandShares
	return nil
}

// Unfit says why a batch cannot be finalized at the rate pooledWei/totalShares, whatever the buffer holds. Within a batch that spans no fall the rates at
// request ascend, so the first and the last request tell whether some are paid their value and others their shares: such a batch would lock
// more than it pays. Errors: ErrNoShares, ErrPayoutOverflow.
func Unfit(b Batch, pooledWei, totalShares *big.Int) (Skip, error) {
	if b.SpansFall {
		return SkipSpansFall, nil
	}
	first, err := worth(b.FirstShares, pooledWei, totalShares)
	if err != nil {
		return SkipNone, err
	}
	last, err := worth(b.LastShares, pooledWei, totalShares)
	if err != nil {
		return SkipNone, err
	}
	if b.FirstWei.Cmp(first) <= 0 && b.LastWei.Cmp(last) > 0 {
		return SkipMixed, nil
	}
	return SkipNone, nil
}

// worth is what shares are worth at the rate pooledWei/totalShares.
func worth(shares, pooledWei, totalShares *big.Int) (*big.Int, error) {
	if totalShares.Sign() == 0 {
		return nil, fmt.Errorf("%w: requests hold %s", ErrNoShares, shares)
	}
	atRate := div(mul(shares, pooledWei), totalShares)
	if atRate.BitLen() > wordBits {
		return nil, fmt.Errorf("%w: %s shares of %s", ErrPayoutOverflow, shares, totalShares)
	}
	return atRate, nil
}

// Payout is what requests are paid: the lower of their value at request and of their shares at the rate pooledWei/totalShares. Of a whole
// batch it is the lock, which the payouts of its requests never sum up to more than. totalShares must not be 0.
func Payout(valueWei, shares, pooledWei, totalShares *big.Int) *big.Int {
	return smaller(valueWei, div(mul(shares, pooledWei), totalShares))
}

// settle finds ether and shares after the batch has left: what its requests leave behind raises the rate up to the bound, the rest waits.
func settle(in RebaseInput, out *RebaseOutput, allowed rise) error {
	if out.LockWei.Cmp(out.BookedWei) > 0 {
		return fmt.Errorf("%w: %s wei of %s", ErrLockAbovePool, out.LockWei, out.BookedWei)
	}
	if out.BurnShares.Cmp(in.TotalShares) > 0 {
		return fmt.Errorf("%w: %s of %s", ErrBurnAboveShares, out.BurnShares, in.TotalShares)
	}
	out.BookedWei = sub(out.BookedWei, out.LockWei)
	out.Shares = sub(in.TotalShares, out.BurnShares)
	out.PooledWei = smaller(out.BookedWei, part(allowed.boundWei, out.Shares, in.TotalShares))
	out.BucketUsedWei = atLeastZero(sub(out.PooledWei, part(allowed.freeWei, out.Shares, in.TotalShares)))
	return nil
}

// fee mints shares worth the fee after the mint. It is due on what the consensus layer earned, up to the normal reward of the time, and on execution
// rewards; never more than what those who stay gain by the report, nor half of the pool.
func fee(in RebaseInput, out *RebaseOutput) {
	out.FeeWei, out.FeeShares = new(big.Int), new(big.Int)
	earned := sub(in.earned(), out.RegainedWei)
	profit := add(smaller(earned, NormalRewardWei(in.LastCLWei, in.NormalRewardBps, in.ElapsedSeconds)), out.FromRewardsWei)
	gained := sub(out.PooledWei, part(in.TotalPooledWei, out.Shares, in.TotalShares))
	if profit.Sign() <= 0 || gained.Sign() <= 0 {
		return
	}
	due := div(mul(profit, unsigned(uint64(in.FeeBps))), bps)
	out.FeeWei = smaller(due, smaller(gained, div(out.PooledWei, big.NewInt(2))))
	if out.FeeWei.Sign() == 0 {
		return
	}
	out.FeeShares = div(mul(out.FeeWei, out.Shares), sub(out.PooledWei, out.FeeWei))
	out.Shares = add(out.Shares, out.FeeShares)
}

// NormalRewardWei is what consensus-layer ether earns normally in a time.
func NormalRewardWei(clWei *big.Int, normalRewardBps uint32, seconds uint64) *big.Int {
	return div(mul(mul(clWei, unsigned(uint64(normalRewardBps))), unsigned(seconds)), bpsOfAYear)
}

// part is amountWei of totalShares shares, for shares of them.
func part(amountWei, shares, totalShares *big.Int) *big.Int {
	if shares.Cmp(totalShares) == 0 {
		return amountWei
	}
	return div(mul(amountWei, shares), totalShares)
}

func add(a, b *big.Int) *big.Int { return new(big.Int).Add(a, b) }
func sub(a, b *big.Int) *big.Int { return new(big.Int).Sub(a, b) }
func mul(a, b *big.Int) *big.Int { return new(big.Int).Mul(a, b) }
func div(a, b *big.Int) *big.Int { return new(big.Int).Quo(a, b) }

func divUp(a, b *big.Int) *big.Int {
	return div(add(a, sub(b, big.NewInt(1))), b)
}

func smaller(a, b *big.Int) *big.Int {
	if a.Cmp(b) < 0 {
		return new(big.Int).Set(a)
	}
	return new(big.Int).Set(b)
}

func larger(a, b *big.Int) *big.Int {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

func atLeastZero(a *big.Int) *big.Int {
	if a.Sign() < 0 {
		return new(big.Int)
	}
	return a
}
