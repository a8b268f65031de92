package report

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
)

// quietInput is a pool of 100 with as many shares, to which nothing happened.
func quietInput() RebaseInput {
	n := func(v int64) *big.Int { return big.NewInt(v) }
	return RebaseInput{
		TotalPooledWei: n(100), TotalShares: n(100), BufferedWei: n(50), LastCLWei: n(50), LastDepositedWei: n(0), CLWei: n(50), DepositedWei: n(0),
		WithdrawalVaultWei: n(0), ELRewardsVaultWei: n(0), MaxPositiveRebasePpb: 10_000_000, FeeBps: 1000,
		DemandWei: n(0), DemandShares: n(0), PendingBurnShares: n(0),
	}
}

func TestRebaseRefusesWhatTheContractReverts(t *testing.T) {
	beyond := new(big.Int).Lsh(big.NewInt(1), 128)
	most := new(big.Int).Sub(beyond, big.NewInt(1))
	for name, c := range map[string]struct {
		change func(*RebaseInput)
		want   error
	}{
		"consensus-layer loss above the pool":           {func(in *RebaseInput) { in.TotalPooledWei, in.CLWei = big.NewInt(10), new(big.Int) }, ErrNegativePool},
		"deposits and last balance below last deposits": {func(in *RebaseInput) { in.LastDepositedWei = big.NewInt(51) }, ErrNegativePrincipal},
		"requests in a pool without shares": {func(in *RebaseInput) {
			in.TotalShares, in.DemandShares, in.DemandWei = new(big.Int), big.NewInt(1), big.NewInt(1)
		}, ErrNoShares},
		"lock above the pool": {func(in *RebaseInput) {
			in.BufferedWei, in.DemandShares, in.DemandWei = big.NewInt(1000), big.NewInt(200), big.NewInt(1000)
		}, ErrLockAbovePool},
		"payout beyond a word": {func(in *RebaseInput) {
			in.TotalShares, in.TotalPooledWei, in.CLWei, in.LastCLWei, in.DemandShares = big.NewInt(1), most, most, new(big.Int), most
		}, ErrPayoutOverflow},
		"more to burn than shares, in an empty pool": {func(in *RebaseInput) {
			in.TotalPooledWei, in.PendingBurnShares = new(big.Int), big.NewInt(101)
		}, ErrBurnAboveShares},
		"no amount":          {func(in *RebaseInput) { in.PendingBurnShares = nil }, ErrAmountOutOfRange},
		"a negative amount":  {func(in *RebaseInput) { in.BufferedWei = big.NewInt(-1) }, ErrAmountOutOfRange},
		"more than 128 bits": {func(in *RebaseInput) { in.CLWei = beyond }, ErrAmountOutOfRange},
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
	for name, c := range map[string]struct {
		change                 func(*RebaseInput)
		pooled, shares, burned int64
	}{
		"a pool without shares":                       {func(in *RebaseInput) { in.TotalShares = new(big.Int) }, 100, 0, 0},
		"fewer deposits, covered by the last balance": {func(in *RebaseInput) { in.LastDepositedWei = big.NewInt(50) }, 150, 103, 0},
		"requests for more shares than there are":     {func(in *RebaseInput) { in.DemandShares, in.DemandWei = big.NewInt(101), big.NewInt(40) }, 60, 60, 40},
		"a lock of all ether": {func(in *RebaseInput) {
			in.BufferedWei, in.DemandShares, in.DemandWei = big.NewInt(100), big.NewInt(100), big.NewInt(100)
		}, 0, 0, 100},
		"more to burn than shares, where the cap holds": {func(in *RebaseInput) { in.PendingBurnShares, in.MaxPositiveRebasePpb = big.NewInt(101), 1e9 }, 100, 50, 50},
		"more to burn than shares, all lost": {func(in *RebaseInput) {
			in.PendingBurnShares, in.BufferedWei, in.LastCLWei, in.CLWei = big.NewInt(101), new(big.Int), big.NewInt(100), new(big.Int)
		}, 0, 0, 100},
	} {
		t.Run(name, func(t *testing.T) {
			in := quietInput()
			c.change(&in)
			out, err := Rebase(in)
			require.NoError(t, err)
			require.Equal(t, []int64{c.pooled, c.shares, c.burned}, []int64{out.PooledWei.Int64(), out.Shares.Int64(), out.BurnShares.Int64()})
		})
	}
}

func TestSharesWorthAWholeWordAreTaken(t *testing.T) {
	most := sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1))
	in := quietInput()
	in.TotalPooledWei, in.TotalShares, in.DemandShares = most, big.NewInt(1), most // worth (2^128-1)^2 wei: 256 bits
	out, err := Rebase(in)
	require.NoError(t, err)
	require.True(t, out.Finalized)
}
