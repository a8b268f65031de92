package report

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// priceInput is a pool at rate 1.1 in which everything is due that can be, and requests wait.
func priceInput() PriceInput {
	return PriceInput{
		TotalPooledWei: eth(1100), TotalShares: eth(1000), UnrecognisedWei: eth(7), VaultLeftWei: eth(5), RewardsVaultWei: eth(3), EarningWei: eth(1000),
		NormalRewardBps: 365, SinceSeconds: 86_400, WaitingWei: eth(120), WaitingShares: eth(100),
	}
}

func TestADepositPaysForWhatIsDue(t *testing.T) {
	in := priceInput()
	tenth := big.NewInt(1e17)
	require.Equal(t, add(eth(15), tenth), in.DueWei(), "0.1 of the 1000 on the consensus layer in a day")
	p, err := DepositPrice(in)
	require.NoError(t, err)
	require.Equal(t, Price{add(eth(1005), tenth), eth(900)}, p, "without the 110 that the waiting shares are worth")
	in.WaitingWei = eth(90)
	p, err = DepositPrice(in)
	require.NoError(t, err)
	require.Equal(t, Price{add(eth(1025), tenth), eth(900)}, p, "without the 90 that they were worth at request")
	require.Equal(t, big.NewInt(8779631255), div(p.SharesFor(eth(10)), big.NewInt(1e9)))
}

func TestWithoutEtherOrSharesThereIsNoPrice(t *testing.T) {
	none := new(big.Int)
	empty := PriceInput{
		TotalPooledWei: none, TotalShares: eth(1), UnrecognisedWei: none, VaultLeftWei: none, RewardsVaultWei: none, EarningWei: none, WaitingWei: none, WaitingShares: none,
	}
	_, err := DepositPrice(empty)
	require.ErrorIs(t, err, ErrNoPrice)
	in := priceInput()
	in.WaitingShares = eth(1001)
	_, err = DepositPrice(in)
	require.ErrorIs(t, err, ErrNoPrice)
	in.TotalShares = none
	_, err = DepositPrice(in)
	require.ErrorIs(t, err, ErrNoShares)
}

// A deposit does not move the price: who comes later pays what it would have paid before, but for roundings that the holders get.
func TestNoDepositMovesThePrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := PriceInput{
			TotalPooledWei: add(drawWei(t, 1<<50, "pooled"), big.NewInt(1)), TotalShares: add(drawWei(t, 1<<50, "shares"), big.NewInt(1)), UnrecognisedWei: drawWei(t, 1<<40, "unrecognised"),
			VaultLeftWei: drawWei(t, 1<<40, "left"), RewardsVaultWei: drawWei(t, 1<<40, "rewards"), EarningWei: drawWei(t, 1<<50, "cl"),
			NormalRewardBps: rapid.Uint32Range(0, 1000).Draw(t, "reward"), SinceSeconds: rapid.Uint64Range(0, 1e7).Draw(t, "since"),
		}
		in.WaitingShares, in.WaitingWei = new(big.Int).Mod(drawWei(t, 1<<50, "waiting shares"), in.TotalShares), drawWei(t, 1<<50, "waiting")
		before, err := DepositPrice(in)
		require.NoError(t, err)
		amount := drawWei(t, 1<<50, "deposit")
		bought := before.SharesFor(amount)
		rateBefore := [2]*big.Int{in.TotalPooledWei, in.TotalShares}
		in.TotalPooledWei, in.TotalShares = add(in.TotalPooledWei, amount), add(in.TotalShares, bought)
		after, err := DepositPrice(in)
		require.NoError(t, err)
		// What the waiting shares are worth moves with the plain rate, which a deposit above it raises: the price may fall by that part.
		plainBefore, plainAfter := Payout(in.WaitingWei, in.WaitingShares, rateBefore[0], rateBefore[1]), Payout(in.WaitingWei, in.WaitingShares, in.TotalPooledWei, in.TotalShares)
		unmoved := add(after.Wei, sub(plainAfter, plainBefore))
		require.GreaterOrEqual(t, mul(unmoved, before.Shares).Cmp(mul(before.Wei, after.Shares)), 0, "no later deposit is cheaper by more than what the waiting requests gain")
		require.LessOrEqual(t, sub(mul(unmoved, before.Shares), mul(before.Wei, after.Shares)).Cmp(mul(before.Wei, big.NewInt(1))), 0, "and dearer by one share's rounding at most")
	})
}
