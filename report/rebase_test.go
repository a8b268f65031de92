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
		ElapsedSeconds: rapid.Uint64Range(0, 1e7).Draw(t, "elapsed"), MaxRiseBps: rapid.Uint64Range(1, 1e6).Draw(t, "rise"), FeeBps: rapid.Uint16Range(0, 5000).Draw(t, "fee"),
		NormalRewardBps: rapid.Uint32Range(0, 1e6).Draw(t, "reward"), NoisePcm: rapid.Uint16Range(0, 10_000).Draw(t, "noise"), LossesInRow: rapid.Uint8Range(0, 4).Draw(t, "losses"),
		BucketWei: new(big.Int), UnconfirmedWei: new(big.Int), Batch: NoBatch(),
	}
	in.DepositedWei = drawWei(t, 1<<45, "deposited")
	in.BookedWei = add(add(in.BufferedWei, in.LastCLWei), in.DepositedWei)
	in.TotalPooledWei = in.BookedWei
	if rapid.Bool().Draw(t, "unrecognised") {
		in.TotalPooledWei = sub(in.BookedWei, new(big.Int).Mod(drawWei(t, 1<<50, "unrecognised ether"), add(in.BookedWei, big.NewInt(1))))
	}
	if rapid.Bool().Draw(t, "bucket") {
		in.BucketWei = drawWei(t, 1<<45, "bucket ether")
	}
	if rapid.Bool().Draw(t, "unconfirmed") {
		in.UnconfirmedWei = drawWei(t, 1<<45, "unconfirmed ether")
	}
	in.LastVaultLeftWei = new(big.Int).Mod(drawWei(t, 1<<45, "left"), add(in.WithdrawalVaultWei, big.NewInt(1)))
	in.CLWei = drawWei(t, 1<<50, "cl")
	if rapid.Bool().Draw(t, "requests") {
		shares, value := new(big.Int).Mod(drawWei(t, 1<<50, "demand shares"), in.TotalShares), drawWei(t, 1<<50, "demand")
		in.Batch = Batch{value, shares, value, shares, value, shares, rapid.IntRange(0, 9).Draw(t, "fall") == 0}
	}
	return in
}

func TestARebaseConservesEtherAndShares(t *testing.T) {
	finalized := 0
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		out, err := Rebase(in)
		require.NoError(t, err, "a consistent input")

		pulled := add(out.FromWithdrawalsWei, out.FromRewardsWei)
		require.Equal(t, add(add(in.BookedWei, out.CLChangeWei), pulled).String(), add(out.BookedWei, out.LockWei).String(), "ether")
		require.Equal(t, add(sub(in.TotalShares, out.BurnShares), out.FeeShares).String(), out.Shares.String(), "shares")
		require.LessOrEqual(t, out.PooledWei.Cmp(out.BookedWei), 0, "no more is recognised than booked")
		require.LessOrEqual(t, out.FromWithdrawalsWei.Cmp(in.WithdrawalVaultWei), 0, "no more than is there")
		require.LessOrEqual(t, out.FromRewardsWei.Cmp(in.ELRewardsVaultWei), 0, "no more than is there")
		require.LessOrEqual(t, out.LockWei.Cmp(add(in.BufferedWei, pulled)), 0, "the buffer carries the lock")
		require.LessOrEqual(t, out.LockWei.Cmp(in.Batch.DemandWei), 0, "nobody is paid more than at request")
		require.Equal(t, in.Batch.DemandShares.Sign() > 0 && out.Skip == SkipNone, out.Finalized, "finalized, or a reason")
		if out.Finalized {
			finalized++
		}
	})
	require.Greater(t, finalized, 5)
}

func TestTheRateRisesByNoMoreThanTimeAndBucketAllow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInput(t)
		out, err := Rebase(in)
		require.NoError(t, err)
		timely := div(mul(mul(in.TotalPooledWei, unsigned(in.MaxRiseBps)), unsigned(in.ElapsedSeconds)), bpsOfAYear)
		bound := add(add(in.TotalPooledWei, timely), add(out.RegainedWei, in.BucketWei))
		beforeFee := sub(out.Shares, out.FeeShares)
		require.LessOrEqual(t, mul(out.PooledWei, in.TotalShares).Cmp(mul(bound, beforeFee)), 0)
		require.LessOrEqual(t, out.RegainedWei.Cmp(in.UnconfirmedWei), 0, "no more than was lost")
		require.LessOrEqual(t, out.BucketUsedWei.Cmp(add(in.BucketWei, big.NewInt(1))), 0, "no more than the bucket holds, but for a rounding")
	})
}

func TestTheBoundNeverLowersTheRate(t *testing.T) {
	held := 0
	check := func(t *rapid.T) {
		in := drawInput(t)
		out, err := Rebase(in)
		require.NoError(t, err)
		if add(in.BookedWei, out.CLChangeWei).Cmp(in.TotalPooledWei) < 0 {
			return
		}
		require.GreaterOrEqual(t, out.RebasedPooledWei.Cmp(in.TotalPooledWei), 0)
		stay := sub(out.Shares, out.FeeShares)
		if out.Shares.Sign() == 0 {
			return
		}
		// What the shares of those who stay are worth, after the fee.
		after := div(mul(out.PooledWei, stay), out.Shares)
		require.GreaterOrEqual(t, after.Cmp(part(in.TotalPooledWei, stay, in.TotalShares)), 0)
		if out.BookedWei.Cmp(out.PooledWei) > 0 {
			held++
		}
	}
	for range 10 { // of a hundred draws only a few have what is counted
		rapid.Check(t, check)
	}
	require.Greater(t, held, 5)
}

func TestAFeeIsOnEarningsOnlyAndLowersNobody(t *testing.T) {
	paid := 0
	check := func(t *rapid.T) {
		in := drawInput(t)
		out, err := Rebase(in)
		require.NoError(t, err)
		then := add(add(in.LastCLWei, sub(in.DepositedWei, in.LastDepositedWei)), add(in.LastVaultLeftWei, out.RegainedWei))
		earned := sub(add(in.CLWei, in.WithdrawalVaultWei), then)
		profit := add(smaller(earned, NormalRewardWei(in.LastCLWei, in.NormalRewardBps, in.ElapsedSeconds)), out.FromRewardsWei)
		if profit.Sign() <= 0 {
			require.Zero(t, out.FeeWei.Sign()+out.FeeShares.Sign(), "no profit")
			return
		}
		require.LessOrEqual(t, out.FeeWei.Cmp(div(mul(profit, unsigned(uint64(in.FeeBps))), bps)), 0, "at most its part")
		if out.FeeShares.Sign() == 0 {
			return
		}
		paid++
		require.LessOrEqual(t, div(mul(out.FeeShares, out.PooledWei), out.Shares).Cmp(out.FeeWei), 0, "rounded for the holders")
		stay := sub(out.Shares, out.FeeShares)
		require.GreaterOrEqual(t, div(mul(out.PooledWei, stay), out.Shares).Cmp(part(in.TotalPooledWei, stay, in.TotalShares)), 0, "who stays has no less than before")
	}
	for range 10 { // of a hundred draws only a few have what is counted
		rapid.Check(t, check)
	}
	require.Greater(t, paid, 5)
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

func eth(n int64) *big.Int { return mul(big.NewInt(n), big.NewInt(1e18)) }

// earningInput is a pool of 1,000 ether on the beacon chain that may rise by 1 % in the day since its last report.
func earningInput() RebaseInput {
	return RebaseInput{
		TotalPooledWei: eth(1000), TotalShares: eth(1000), BufferedWei: eth(0), BookedWei: eth(1000), LastCLWei: eth(1000), LastDepositedWei: eth(0), LastVaultLeftWei: eth(0),
		CLWei: eth(1000), DepositedWei: eth(0), WithdrawalVaultWei: eth(0), ELRewardsVaultWei: eth(0), ElapsedSeconds: 86_400, MaxRiseBps: 36_500,
		BucketWei: eth(0), UnconfirmedWei: eth(0), NoisePcm: 20, NormalRewardBps: 36_500, FeeBps: 1000, Batch: NoBatch(),
	}
}

func TestALossThatComesBackCostsNoFee(t *testing.T) {
	in := earningInput()
	in.CLWei = eth(900)
	out, err := Rebase(in)
	require.NoError(t, err)
	require.Equal(t, eth(100), out.LostWei)
	require.True(t, out.BeyondNoise)
	require.Zero(t, out.FeeShares.Sign())

	in.TotalPooledWei, in.BookedWei, in.LastCLWei, in.CLWei, in.UnconfirmedWei = out.PooledWei, out.BookedWei, eth(900), eth(1005), out.LostWei
	out, err = Rebase(in)
	require.NoError(t, err)
	require.Equal(t, eth(100), out.RegainedWei, "at once, although the rate may rise by 9 only")
	require.Equal(t, eth(1005), out.PooledWei)
	require.Equal(t, div(eth(1), big.NewInt(2)), out.FeeWei, "ten per cent of the five that were earned")
	require.Zero(t, out.BucketUsedWei.Sign())
}

func TestWhatTheBoundHoldsBackIsLetInByLaterReports(t *testing.T) {
	in := earningInput()
	in.CLWei, in.BucketWei, in.FeeBps = eth(1050), eth(7), 0
	out, err := Rebase(in)
	require.NoError(t, err)
	require.Equal(t, []*big.Int{eth(1017), eth(1050), eth(7)}, []*big.Int{out.PooledWei, out.BookedWei, out.BucketUsedWei})

	in.TotalPooledWei, in.BookedWei, in.LastCLWei, in.BucketWei, in.WithdrawalVaultWei = out.PooledWei, out.BookedWei, eth(1050), eth(0), eth(3)
	out, err = Rebase(in)
	require.NoError(t, err)
	require.Equal(t, add(eth(1017), div(eth(1017), big.NewInt(100))), out.PooledWei)
	require.Zero(t, out.FromWithdrawalsWei.Sign(), "what is booked comes first")

	in.TotalPooledWei, in.WithdrawalVaultWei, in.ELRewardsVaultWei = eth(1045), eth(3), eth(9)
	out, err = Rebase(in)
	require.NoError(t, err)
	require.Equal(t, []*big.Int{eth(3), sub(add(eth(1045), div(eth(1045), big.NewInt(100))), eth(1053))}, []*big.Int{out.FromWithdrawalsWei, out.FromRewardsWei})
}

func TestAFeeIsDueUpToTheNormalReward(t *testing.T) {
	in := earningInput()
	in.CLWei, in.BucketWei = eth(1020), eth(100)
	out, err := Rebase(in)
	require.NoError(t, err)
	require.Equal(t, eth(1), out.FeeWei, "ten per cent of the ten that are normal, not of twenty")
	in.ELRewardsVaultWei = eth(10)
	out, err = Rebase(in)
	require.NoError(t, err)
	require.Equal(t, eth(2), out.FeeWei, "and of the rewards")
	in.UnconfirmedWei = eth(15)
	out, err = Rebase(in)
	require.NoError(t, err)
	require.Equal(t, div(eth(3), big.NewInt(2)), out.FeeWei, "a loss that came back is not earned")
}

func TestABatchIsFinalizedOrSkippedForAReason(t *testing.T) {
	one := Batch{eth(2), eth(2), eth(1), eth(1), eth(1), eth(1), false}
	for name, c := range map[string]struct {
		change func(*RebaseInput)
		want   Skip
	}{
		"all is well":          {func(*RebaseInput) {}, SkipNone},
		"a loss that is noise": {func(in *RebaseInput) { in.CLWei = sub(eth(980), big.NewInt(2e17)) }, SkipNone},
		"a loss beyond noise":  {func(in *RebaseInput) { in.CLWei = sub(eth(980), big.NewInt(2e17+1)) }, SkipLoss},
		"the third such loss":  {func(in *RebaseInput) { in.CLWei, in.LossesInRow = eth(900), 2 }, SkipLoss},
		"the fourth in a row":  {func(in *RebaseInput) { in.CLWei, in.LossesInRow = eth(900), 3 }, SkipNone},
		"nothing is left": {func(in *RebaseInput) {
			in.CLWei, in.BufferedWei, in.BookedWei, in.LossesInRow = eth(0), eth(0), eth(980), 3
		}, SkipEmpty},
		"a fall within":                  {func(in *RebaseInput) { in.Batch.SpansFall = true }, SkipSpansFall},
		"first by value, last by shares": {func(in *RebaseInput) { in.Batch.LastWei = add(eth(1), big.NewInt(1)) }, SkipMixed},
		"both by shares":                 {func(in *RebaseInput) { in.Batch.FirstWei, in.Batch.LastWei = eth(2), eth(2) }, SkipNone},
		"first by shares, last by value": {func(in *RebaseInput) { in.Batch.FirstWei = eth(2) }, SkipNone},
		"a wei is missing in the buffer": {func(in *RebaseInput) { in.BufferedWei = sub(eth(2), big.NewInt(1)) }, SkipBuffer},
		"the vault brings the missing wei": {func(in *RebaseInput) {
			in.BufferedWei, in.WithdrawalVaultWei = sub(eth(2), big.NewInt(1)), big.NewInt(1)
		}, SkipNone},
	} {
		t.Run(name, func(t *testing.T) {
			in := earningInput()
			in.BufferedWei, in.LastCLWei, in.CLWei, in.Batch = eth(20), eth(980), eth(980), one
			c.change(&in)
			out, err := Rebase(in)
			require.NoError(t, err)
			require.Equal(t, c.want, out.Skip, "%s", out.Skip)
			require.Equal(t, c.want == SkipNone, out.Finalized)
			require.Equal(t, out.Finalized, out.BurnShares.Sign() > 0)
		})
	}
}
