package report

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func drawWei(t *rapid.T, most uint64, name string) *big.Int {
	return new(big.Int).Mul(unsigned(rapid.Uint64Range(0, most).Draw(t, name)), unsigned(rapid.Uint64Range(0, 1<<32).Draw(t, name+" scale")))
}

// drawInput draws a consistent pool and what happened to it.
func drawInput(t *rapid.T) RebaseInput {
	in := RebaseInput{
		BufferedWei: drawWei(t, 1<<50, "buffered"), LastCLWei: drawWei(t, 1<<50, "last cl"), LastDepositedWei: new(big.Int),
		TotalShares: add(drawWei(t, 1<<50, "shares"), big.NewInt(1)), WithdrawalVaultWei: drawWei(t, 1<<45, "withdrawals"), ELRewardsVaultWei: drawWei(t, 1<<45, "rewards"),
		MaxPositiveRebasePpb: rapid.Uint32Range(0, 1e8).Draw(t, "cap"), FeeBps: rapid.Uint16Range(0, 2000).Draw(t, "fee"),
		PendingBurnShares: new(big.Int), DemandWei: new(big.Int), DemandShares: new(big.Int),
	}
	in.DepositedWei = drawWei(t, 1<<45, "deposited")
	in.TotalPooledWei = add(add(in.BufferedWei, in.LastCLWei), in.DepositedWei)
	in.CLWei = drawWei(t, 1<<50, "cl")
	if rapid.Bool().Draw(t, "requests") {
		in.DemandShares = new(big.Int).Mod(drawWei(t, 1<<50, "demand shares"), in.TotalShares)
		in.DemandWei = drawWei(t, 1<<50, "demand")
	}
	return in
}

func TestARebaseConservesEtherAndShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		out, err := Rebase(in)
		require.NoError(t, err, "a consistent input")

		pulled := add(out.FromWithdrawalsWei, out.FromRewardsWei)
		require.Equal(t, add(add(in.TotalPooledWei, out.CLChangeWei), pulled).String(), add(out.PooledWei, out.LockWei).String(), "ether")
		require.Equal(t, add(sub(in.TotalShares, out.BurnShares), out.FeeShares).String(), out.Shares.String(), "shares")
		require.LessOrEqual(t, out.FromWithdrawalsWei.Cmp(in.WithdrawalVaultWei), 0, "no more than is there")
		require.LessOrEqual(t, out.FromRewardsWei.Cmp(in.ELRewardsVaultWei), 0, "no more than is there")
		require.LessOrEqual(t, out.LockWei.Cmp(add(in.BufferedWei, pulled)), 0, "the buffer carries the lock")
		require.LessOrEqual(t, out.LockWei.Cmp(in.DemandWei), 0, "nobody is paid more than at request")
	})
}

func TestTheCapHoldsUnlessTheConsensusLayerAlonePassesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		out, err := Rebase(in)
		require.NoError(t, err)
		capWei := div(mul(in.TotalPooledWei, unsigned(uint64(in.MaxPositiveRebasePpb))), ppb)
		if out.CLChangeWei.Cmp(capWei) > 0 {
			require.Zero(t, out.FromWithdrawalsWei.Sign()+out.FromRewardsWei.Sign(), "nothing is pulled on top")
			return
		}
		require.LessOrEqual(t, out.RebasedPooledWei.Cmp(add(in.TotalPooledWei, capWei)), 0)
		// pooled/shares before the fee is at most (1 + cap) times what it was
		beforeFee := sub(out.Shares, out.FeeShares)
		most := mul(mul(in.TotalPooledWei, add(ppb, unsigned(uint64(in.MaxPositiveRebasePpb)))), beforeFee)
		slack := mul(ppb, add(in.TotalShares, in.TotalPooledWei)) // one unit of rounding on either side
		require.LessOrEqual(t, mul(mul(out.PooledWei, in.TotalShares), ppb).Cmp(add(most, slack)), 0)
	})
}

func TestAFeeIsOnProfitOnlyAndWorthItsPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		out, err := Rebase(in)
		require.NoError(t, err)
		gain := add(out.CLChangeWei, out.FromWithdrawalsWei)
		if gain.Sign() <= 0 {
			require.Zero(t, out.FeeWei.Sign(), "no profit")
			require.Zero(t, out.FeeShares.Sign(), "no profit")
			return
		}
		due := div(mul(add(gain, out.FromRewardsWei), unsigned(uint64(in.FeeBps))), bps)
		require.LessOrEqual(t, out.FeeWei.Cmp(due), 0, "at most its part")
		worth := div(mul(out.FeeShares, out.PooledWei), out.Shares)
		require.LessOrEqual(t, worth.Cmp(out.FeeWei), 0, "rounded for the holders")
	})
}

func TestPayoutsNeverSumToMoreThanTheLock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pooled, shares := add(drawWei(t, 1<<50, "pooled"), big.NewInt(1)), add(drawWei(t, 1<<50, "shares"), big.NewInt(1))
		sumWei, sumShares, payouts := new(big.Int), new(big.Int), new(big.Int)
		for range rapid.IntRange(1, 20).Draw(t, "requests") {
			w, s := drawWei(t, 1<<40, "wei"), drawWei(t, 1<<40, "request shares")
			sumWei, sumShares = add(sumWei, w), add(sumShares, s)
			payouts = add(payouts, Payout(w, s, pooled, shares))
		}
		require.LessOrEqual(t, payouts.Cmp(Payout(sumWei, sumShares, pooled, shares)), 0)
	})
}

func TestALossThatComesBackCostsNoFeeOnTheWayDown(t *testing.T) {
	e := func(n int64) *big.Int { return mul(big.NewInt(n), big.NewInt(1e18)) }
	in := RebaseInput{
		TotalPooledWei: e(1000), TotalShares: e(1000), BufferedWei: e(0), LastCLWei: e(1000), LastDepositedWei: e(0), CLWei: e(990), DepositedWei: e(0),
		WithdrawalVaultWei: e(0), ELRewardsVaultWei: e(1), MaxPositiveRebasePpb: 10_000_000, FeeBps: 1000, DemandWei: e(0), DemandShares: e(0), PendingBurnShares: e(0),
	}
	out, err := Rebase(in)
	require.NoError(t, err)
	require.Equal(t, e(991).String(), out.PooledWei.String())
	require.Zero(t, out.FeeShares.Sign())

	in.TotalPooledWei, in.LastCLWei, in.CLWei, in.BufferedWei, in.ELRewardsVaultWei = out.PooledWei, e(990), e(995), e(1), e(0)
	out, err = Rebase(in)
	require.NoError(t, err)
	require.Equal(t, new(big.Int).Quo(e(1), big.NewInt(2)).String(), out.FeeWei.String(), "ten per cent of five")
}
