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
	ErrLockAbovePool = errors.New("lock is above pooled ether")
	// ErrBurnAboveShares: there are more shares to burn than shares.
	ErrBurnAboveShares = errors.New("burn is above the shares")
	// ErrAmountOutOfRange: an amount is missing, negative or beyond 128 bits.
	ErrAmountOutOfRange = errors.New("amount is out of range")
)

var (
	ppb = big.NewInt(1_000_000_000)
	bps = big.NewInt(10_000)
)

// wordBits is the width of the contract's arithmetic.
const wordBits = 256

// RebaseInput is what a rebase depends on: wei and shares, each of at most 128 bits and not nil.
type RebaseInput struct {
	TotalPooledWei, TotalShares *big.Int // before the report
	BufferedWei                 *big.Int // ether that the pool holds
	LastCLWei, LastDepositedWei *big.Int // of the last report
	CLWei, DepositedWei         *big.Int // of this report
	WithdrawalVaultWei          *big.Int // reported
	ELRewardsVaultWei           *big.Int // reported
	MaxPositiveRebasePpb        uint32   // parts per 1e9
	FeeBps                      uint16   // parts per 10,000
	DemandWei, DemandShares     *big.Int // of the requests to finalize; 0, 0 for none
	PendingBurnShares           *big.Int
}

// RebaseOutput is what a rebase does.
type RebaseOutput struct {
	CLChangeWei                   *big.Int // may be negative
	FromWithdrawalsWei            *big.Int
	FromRewardsWei                *big.Int
	RebasedPooledWei              *big.Int // over TotalShares: the rate of the finalized batch
	Finalized                     bool
	LockWei                       *big.Int
	BurnShares, PendingBurnShares *big.Int
	FeeWei, FeeShares             *big.Int
	PooledWei, Shares             *big.Int // at the end
}

// Rebase turns a report into its effect on pooled ether and shares. It is the same function as RebaseMath.compute in Solidity. Order:
// consensus-layer change, withdrawals, execution rewards, finalization and burning, fee. Errors: ErrNegativePool, ErrNegativePrincipal, ErrNoShares,
// ErrPayoutOverflow, ErrLockAbovePool, ErrBurnAboveShares where the contract reverts; ErrAmountOutOfRange for what it cannot be given.
func Rebase(in RebaseInput) (RebaseOutput, error) {
	if err := in.fits(); err != nil {
		return RebaseOutput{}, err
	}
	out := RebaseOutput{}
	for _, step := range []func(RebaseInput, *RebaseOutput) error{pull, finalize, burn} {
		if err := step(in, &out); err != nil {
			return RebaseOutput{}, err
		}
	}
	fee(in, &out)
	return out, nil
}

func (in RebaseInput) fits() error {
	for _, amount := range []struct {
		name  string
		value *big.Int
	}{
		{"pooled ether", in.TotalPooledWei}, {"shares", in.TotalShares}, {"buffer", in.BufferedWei}, {"last consensus-layer ether", in.LastCLWei},
		{"last deposits", in.LastDepositedWei}, {"consensus-layer ether", in.CLWei}, {"deposits", in.DepositedWei}, {"withdrawal vault", in.WithdrawalVaultWei},
		{"rewards vault", in.ELRewardsVaultWei}, {"demanded ether", in.DemandWei}, {"demanded shares", in.DemandShares}, {"shares to burn", in.PendingBurnShares},
	} {
		if amount.value == nil || amount.value.Sign() < 0 || amount.value.BitLen() > weiBits {
			return fmt.Errorf("%w: %s: %v", ErrAmountOutOfRange, amount.name, amount.value)
		}
	}
	return nil
}

// pull finds the consensus-layer change and what the cap lets out of the vaults.
func pull(in RebaseInput, out *RebaseOutput) error {
	principal := sub(add(in.LastCLWei, in.DepositedWei), in.LastDepositedWei)
	if principal.Sign() < 0 {
		return fmt.Errorf("%w: %s wei of the last report, %s wei deposited, %s before", ErrNegativePrincipal, in.LastCLWei, in.DepositedWei, in.LastDepositedWei)
	}
	out.CLChangeWei = sub(in.CLWei, principal)
	capWei := div(mul(in.TotalPooledWei, big.NewInt(int64(in.MaxPositiveRebasePpb))), ppb)
	room := atLeastZero(sub(capWei, out.CLChangeWei))
	out.FromWithdrawalsWei = smaller(in.WithdrawalVaultWei, room)
	out.FromRewardsWei = smaller(in.ELRewardsVaultWei, sub(room, out.FromWithdrawalsWei))
	out.RebasedPooledWei = add(add(in.TotalPooledWei, out.CLChangeWei), add(out.FromWithdrawalsWei, out.FromRewardsWei))
	if out.RebasedPooledWei.Sign() < 0 {
		return fmt.Errorf("consensus-layer change of %s wei on %s wei: %w", out.CLChangeWei, in.TotalPooledWei, ErrNegativePool)
	}
	return nil
}

// finalize locks ether for the requests when the buffer can carry it.
func finalize(in RebaseInput, out *RebaseOutput) error {
	out.LockWei, out.PooledWei = new(big.Int), out.RebasedPooledWei
	if in.DemandShares.Sign() == 0 || out.RebasedPooledWei.Sign() == 0 {
		return nil
	}
	if in.TotalShares.Sign() == 0 {
		return fmt.Errorf("%w: requests hold %s", ErrNoShares, in.DemandShares)
	}
	if worth := div(mul(in.DemandShares, out.RebasedPooledWei), in.TotalShares); worth.BitLen() > wordBits {
		return fmt.Errorf("%w: %s shares of %s", ErrPayoutOverflow, in.DemandShares, in.TotalShares)
	}
	lock := Payout(in.DemandWei, in.DemandShares, out.RebasedPooledWei, in.TotalShares)
	if lock.Cmp(add(in.BufferedWei, add(out.FromWithdrawalsWei, out.FromRewardsWei))) > 0 {
		return nil
	}
	if lock.Cmp(out.RebasedPooledWei) > 0 {
		return fmt.Errorf("%w: %s wei of %s", ErrLockAbovePool, lock, out.RebasedPooledWei)
	}
	out.Finalized, out.LockWei, out.PooledWei = true, lock, sub(out.RebasedPooledWei, lock)
	return nil
}

// Payout is what requests are paid: the lower of their value at request and of their shares at the rate pooledWei/totalShares. Of a whole
// batch it is the lock, which the payouts of its requests never sum up to more than. totalShares must not be 0.
func Payout(valueWei, shares, pooledWei, totalShares *big.Int) *big.Int {
	return smaller(valueWei, div(mul(shares, pooledWei), totalShares))
}

// burn takes as many shares of finalized requests as the cap on the share rate leaves room for.
func burn(in RebaseInput, out *RebaseOutput) error {
	toBurn := in.PendingBurnShares
	if out.Finalized {
		toBurn = add(toBurn, in.DemandShares)
	}
	burnable := toBurn
	if toBurn.Sign() > 0 && in.TotalPooledWei.Sign() > 0 {
		capped := mul(in.TotalPooledWei, add(ppb, big.NewInt(int64(in.MaxPositiveRebasePpb))))
		minShares := divUp(mul(mul(out.PooledWei, ppb), in.TotalShares), capped)
		burnable = atLeastZero(sub(in.TotalShares, minShares))
	}
	out.BurnShares = smaller(toBurn, burnable)
	if out.BurnShares.Cmp(in.TotalShares) > 0 {
		return fmt.Errorf("%w: %s of %s", ErrBurnAboveShares, out.BurnShares, in.TotalShares)
	}
	out.PendingBurnShares = sub(toBurn, out.BurnShares)
	out.Shares = sub(in.TotalShares, out.BurnShares)
	return nil
}

// fee mints shares worth the fee after the mint. Half of the pool bounds it, so that a pool that is almost empty cannot mint without limit.
func fee(in RebaseInput, out *RebaseOutput) {
	out.FeeWei, out.FeeShares = new(big.Int), new(big.Int)
	gain := add(out.CLChangeWei, out.FromWithdrawalsWei)
	if gain.Sign() <= 0 {
		return
	}
	profit := add(gain, out.FromRewardsWei)
	out.FeeWei = smaller(div(mul(profit, big.NewInt(int64(in.FeeBps))), bps), div(out.PooledWei, big.NewInt(2)))
	if out.FeeWei.Sign() == 0 {
		return
	}
	out.FeeShares = div(mul(out.FeeWei, out.Shares), sub(out.PooledWei, out.FeeWei))
	out.Shares = add(out.Shares, out.FeeShares)
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

func atLeastZero(a *big.Int) *big.Int {
	if a.Sign() < 0 {
		return new(big.Int)
	}
	return a
}
