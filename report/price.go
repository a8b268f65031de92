package report

import (
	"errors"
	"fmt"
	"math/big"
)

// ErrNoPrice: the pool has no ether and none is due. More waiting shares than shares cannot be.
var ErrNoPrice = errors.New("there is no price of shares")

// PriceInput is what the price of a deposit depends on: wei and shares, not nil and not negative.
type PriceInput struct {
	TotalPooledWei, TotalShares *big.Int // recognised ether and shares: the token's
	UnrecognisedWei             *big.Int // booked and not recognised yet, and forced into the pool
	VaultLeftWei                *big.Int // what the last report left in the withdrawal vault
	RewardsVaultWei             *big.Int // what the rewards vault holds now
	EarningWei                  *big.Int // consensus-layer ether of the last report, what was sent there since, and what silent calls brought home
	NormalRewardBps             uint32   // of it a year, parts per 10,000
	SinceSeconds                uint64   // since the last report's reference slot
	WaitingWei, WaitingShares   *big.Int // of all requests that are not finalized: the sum of what each would be paid at the rate, and shares
}

// Price is what so many shares cost.
type Price struct{ Wei, Shares *big.Int }

// DueWei is ether that is known to be the holders' and is not in the share rate yet. It is the same function as StakingPool.dueWei in Solidity.
func (in PriceInput) DueWei() *big.Int {
	there := add(add(in.UnrecognisedWei, in.VaultLeftWei), in.RewardsVaultWei)
	return add(there, NormalRewardWei(in.EarningWei, in.NormalRewardBps, in.SinceSeconds))
}

// DepositPrice is what shares cost: what those who stay hold, with what is due. Waiting requests take no part in gains, so their ether and shares are left
// out. No deposit moves it. It is the same function as StakingPool.depositPrice in Solidity. Errors: ErrNoShares, ErrNoPrice.
func DepositPrice(in PriceInput) (Price, error) {
	if in.TotalShares.Sign() == 0 {
		return Price{}, fmt.Errorf("price of a deposit: %w", ErrNoShares)
	}
	waiting := Payout(in.WaitingWei, in.WaitingShares, in.TotalPooledWei, in.TotalShares)
	p := Price{Wei: sub(add(in.TotalPooledWei, in.DueWei()), waiting), Shares: sub(in.TotalShares, in.WaitingShares)}
	if p.Wei.Sign() <= 0 || p.Shares.Sign() < 0 {
		return Price{}, fmt.Errorf("%w: %s wei for %s shares", ErrNoPrice, p.Wei, p.Shares)
	}
	return p, nil
}

// SharesFor is how many shares amountWei buys.
func (p Price) SharesFor(amountWei *big.Int) *big.Int { return div(mul(amountWei, p.Shares), p.Wei) }
