package report

import (
	"errors"
	"fmt"
	"math/big"
)

// ErrNegativePool: the report would make the pool's ether negative. It cannot follow from a consistent input.
var ErrNegativePool = errors.New("pooled ether would be negative")

var (
	ppb = big.NewInt(1_000_000_000)
	bps = big.NewInt(10_000)
)

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
// consensus-layer change, withdrawals, execution rewards, finalization and burning, fee. Errors: ErrNegativePool.
func Rebase(in RebaseInput) (RebaseOutput, error) {
	out := RebaseOutput{}
	if err := pull(in, &out); err != nil {
		return RebaseOutput{}, err
	}
	finalize(in, &out)
	burn(in, &out)
	fee(in, &out)
	return out, nil
}

// pull finds the consensus-layer change and what the cap lets out of the vaults.
func pull(in RebaseInput, out *RebaseOutput) error {
	principal := sub(add(in.LastCLWei, in.DepositedWei), in.LastDepositedWei)
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
func finalize(in RebaseInput, out *RebaseOutput) {
	out.LockWei, out.PooledWei = new(big.Int), out.RebasedPooledWei
	if in.DemandShares.Sign() == 0 || out.RebasedPooledWei.Sign() == 0 {
		return
	}
	lock := Payout(in.DemandWei, in.DemandShares, out.RebasedPooledWei, in.TotalShares)
	if lock.Cmp(add(in.BufferedWei, add(out.FromWithdrawalsWei, out.FromRewardsWei))) > 0 {
		return
	}
	out.Finalized, out.LockWei, out.PooledWei = true, lock, sub(out.RebasedPooledWei, lock)
}

// Payout is what requests are paid: the lower of their value at request and of their shares at the rate pooledWei/totalShares. Of a whole
// batch it is the lock, which the payouts of its requests never sum up to more than.
func Payout(valueWei, shares, pooledWei, totalShares *big.Int) *big.Int {
	return smaller(valueWei, div(mul(shares, pooledWei), totalShares))
}

// burn takes as many shares of finalized requests as the cap on the share rate leaves room for.
func burn(in RebaseInput, out *RebaseOutput) {
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
	out.PendingBurnShares = sub(toBurn, out.BurnShares)
	out.Shares = sub(in.TotalShares, out.BurnShares)
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
