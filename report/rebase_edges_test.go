package report

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// quietInput is a pool of 100 with as many shares, to which nothing happened in the day since its last report. The rate may rise by 1 % in that time.
func quietInput() RebaseInput {
	n := func(v int64) *big.Int { return big.NewInt(v) }
	return RebaseInput{
		TotalPooledWei: n(100), TotalShares: n(100), BufferedWei: n(50), BookedWei: n(100), LastCLWei: n(50), LastDepositedWei: n(0), LastVaultLeftWei: n(0), CLWei: n(50), DepositedWei: n(0),
		WithdrawalVaultWei: n(0), ELRewardsVaultWei: n(0), ElapsedSeconds: 86_400, MaxRiseBps: 36_500, BucketWei: n(0), UnconfirmedWei: n(0), NoisePcm: 20,
		NormalRewardBps: 36_500, FeeBps: 1000, Batch: NoBatch(),
	}
}

// batchOf is a batch of one request.
func batchOf(valueWei, shares *big.Int) Batch {
	return Batch{DemandWei: valueWei, DemandShares: shares, FirstWei: valueWei, FirstShares: shares, LastWei: valueWei, LastShares: shares}
}

func TestRebaseRefusesWhatTheContractReverts(t *testing.T) {
	beyond := new(big.Int).Lsh(big.NewInt(1), 128)
	most := new(big.Int).Sub(beyond, big.NewInt(1))
	n := func(v int64) *big.Int { return big.NewInt(v) }
	for name, c := range map[string]struct {
		change func(*RebaseInput)
		want   error
	}{
		"consensus-layer loss above the pool":           {func(in *RebaseInput) { in.BookedWei, in.CLWei = n(10), n(0) }, ErrNegativePool},
		"deposits and last balance below last deposits": {func(in *RebaseInput) { in.LastDepositedWei = n(51) }, ErrNegativePrincipal},
		"requests in a pool without shares":             {func(in *RebaseInput) { in.TotalShares, in.Batch = n(0), batchOf(n(1), n(1)) }, ErrNoShares},
		"lock above the pool":                           {func(in *RebaseInput) { in.BufferedWei, in.Batch = n(1000), batchOf(n(1000), n(200)) }, ErrLockAbovePool},
		"payout beyond a word": {func(in *RebaseInput) {
			in.TotalShares, in.TotalPooledWei, in.BookedWei, in.CLWei, in.LastCLWei = n(1), most, most, most, n(0)
			in.Batch = batchOf(most, most)
		}, ErrPayoutOverflow},
		"first request worth more than a word": {func(in *RebaseInput) {
			in.TotalShares, in.TotalPooledWei, in.BookedWei, in.CLWei, in.LastCLWei = n(1), most, most, most, n(0)
			in.Batch = batchOf(n(1), n(1))
			in.Batch.FirstShares = most
		}, ErrPayoutOverflow},
		"more to burn than shares": {func(in *RebaseInput) { in.Batch = batchOf(n(40), n(101)) }, ErrBurnAboveShares},
		"no amount":                {func(in *RebaseInput) { in.UnconfirmedWei = nil }, ErrAmountOutOfRange},
		"no batch":                 {func(in *RebaseInput) { in.Batch = Batch{} }, ErrAmountOutOfRange},
		"a negative amount":        {func(in *RebaseInput) { in.BufferedWei = n(-1) }, ErrAmountOutOfRange},
		"more than 128 bits":       {func(in *RebaseInput) { in.CLWei = beyond }, ErrAmountOutOfRange},
	} {
		t.Run(name, func(t *testing.T) {
			in := quietInput()
			c.change(&in)
			_, err := Rebase(in)
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestRebaseTakesWhatTheContractTakes(t *testing.T) {
	n := func(v int64) *big.Int { return big.NewInt(v) }
	for name, c := range map[string]struct {
		change                         func(*RebaseInput)
		pooled, booked, shares, burned int64
	}{
		"a pool without shares":                       {func(in *RebaseInput) { in.TotalShares = n(0) }, 100, 100, 0, 0},
		"fewer deposits, covered by the last balance": {func(in *RebaseInput) { in.LastDepositedWei = n(50) }, 101, 150, 100, 0},
		"a lock of all ether":                         {func(in *RebaseInput) { in.BufferedWei, in.Batch = n(100), batchOf(n(100), n(100)) }, 0, 0, 0, 100},
		"less recognised than booked":                 {func(in *RebaseInput) { in.TotalPooledWei = n(90) }, 90, 100, 100, 0},
		"more recognised than booked":                 {func(in *RebaseInput) { in.TotalPooledWei = n(110) }, 100, 100, 100, 0},
		"what a batch leaves behind":                  {func(in *RebaseInput) { in.Batch = batchOf(n(30), n(50)) }, 50, 70, 50, 50},
	} {
		t.Run(name, func(t *testing.T) {
			in := quietInput()
			c.change(&in)
			out, err := Rebase(in)
			require.NoError(t, err)
			require.Equal(t, []int64{c.pooled, c.booked, c.shares, c.burned}, []int64{out.PooledWei.Int64(), out.BookedWei.Int64(), out.Shares.Int64(), out.BurnShares.Int64()})
		})
	}
}

func TestSharesWorthAWholeWordAreTaken(t *testing.T) {
	most := sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1))
	in := quietInput()
	in.TotalPooledWei, in.BookedWei, in.TotalShares = most, most, big.NewInt(1) // shares worth (2^128-1)^2 wei: 256 bits
	in.Batch = batchOf(big.NewInt(100), big.NewInt(1))
	in.Batch.LastShares = most
	in.BufferedWei = most
	out, err := Rebase(in)
	require.NoError(t, err)
	require.True(t, out.Finalized)
}
