package report

import (
	"math/big"
	"testing"

	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A withdrawal goes from a validator by way of what is in flight into the vault. Wherever the ether stands, in this report and in the last one, the consensus
// layer has earned the same, the pool is worth the same, and the contracts judge the same.
func TestAWithdrawalUnderWayIsNeitherGainNorLoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := quietSnapshot()
		s.Execution.Limits = Limits{AnnualGainBps: 1000, GiftMarginGwei: 1e9, LossWindowPcm: 5000, NewValidatorsPerEpoch: 8, ExitsPerEpoch: 8}
		s.Consensus.Validators[0].BalanceGwei += rapid.Uint64Range(0, 2e9).Draw(t, "earned")
		s.Consensus.Validators[1].BalanceGwei -= rapid.Uint64Range(0, 2e9).Draw(t, "lost")
		want, err := Compute(s, marked)
		require.NoError(t, err)

		swept := rapid.Uint64Range(0, s.Consensus.Validators[0].BalanceGwei).Draw(t, "swept")
		s.Consensus.Validators[0].BalanceGwei -= swept
		s.Consensus.InFlightGwei = swept
		before := rapid.Uint64Range(0, s.Execution.Last.CLValidatorsGwei).Draw(t, "in flight before")
		s.Execution.Last.CLValidatorsGwei -= before
		s.Execution.Last.CLInFlightGwei = before
		got, err := Compute(s, marked)
		require.NoError(t, err)
		require.Equal(t, swept, got.Report.CLInFlightGwei)
		require.Equal(t, want.Report.CLWei(), got.Report.CLWei())
		require.Equal(t, want.Bunker, got.Bunker)
		require.Equal(t, want.Rebase, got.Rebase)
		require.Equal(t, want.Sanity, got.Sanity)

		// It arrives: what is earned and lost stays what it was.
		s.Consensus.InFlightGwei = 0
		s.Execution.WithdrawalVaultWei.Add(&s.Execution.WithdrawalVaultWei, new(uint256.Int).Mul(uint256.NewInt(swept), uint256.NewInt(WeiPerGwei)))
		arrived, err := Compute(s, marked)
		require.NoError(t, err)
		require.Equal(t, want.Bunker, arrived.Bunker)
		require.Equal(t, want.Sanity.Code, arrived.Sanity.Code)
		require.Equal(t, want.Rebase.LostWei, arrived.Rebase.LostWei)
	})
}

func TestEtherInFlightHasNoWidthToOverflow(t *testing.T) {
	r := Report{CLValidatorsGwei: 1<<64 - 1, CLPendingGwei: 1<<64 - 1, CLInFlightGwei: 1<<64 - 1}
	want := new(big.Int).Mul(big.NewInt(3*WeiPerGwei), new(big.Int).SetUint64(1<<64-1))
	require.Equal(t, want, r.CLWei())
	require.Equal(t, want, LastReport{CLValidatorsGwei: r.CLValidatorsGwei, CLPendingGwei: r.CLPendingGwei, CLInFlightGwei: r.CLInFlightGwei}.CLWei())
}

func TestEtherInFlightFromNobodyIsInvalid(t *testing.T) {
	s := baseSnapshot()
	s.Consensus.Validators, s.Consensus.InFlightGwei = nil, 1
	_, err := Compute(s, refuse)
	require.ErrorIs(t, err, ErrInvalidReport)
	require.ErrorContains(t, err, "in flight")
}

// From Fulu on there is no bridge of deposits from before Electra, whatever the state's old fields say.
func TestWithoutADepositBridgeNothingCanBeOnIt(t *testing.T) {
	s := quietSnapshot()
	s.Consensus.DepositRequestsStartIndex, s.Consensus.Eth1DepositIndex = UnsetDepositRequestsStart, 0
	_, err := Compute(s, marked)
	require.ErrorIs(t, err, ErrDepositsInFlight)
	s.Consensus.NoDepositBridge = true
	_, err = Compute(s, marked)
	require.NoError(t, err)
}
