package transition

import (
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/stretchr/testify/require"
)

// topUp brings a deposit for a validator's key into the next block, without a signature, as the pool's later deposits are.
func (l *ledger) topUp(validator, gwei uint64) {
	l.Helper()
	v := l.Validators[validator]
	b := l.block()
	b.Body.ExecutionRequests.Deposits = []*electra.DepositRequest{{
		Pubkey: v.PublicKey, WithdrawalCredentials: v.WithdrawalCredentials, Amount: phase0.Gwei(gwei), Signature: phase0.BLSSignature{0xc0},
	}}
	require.NoError(l, l.ProcessBlock(b, nil))
	for waiting := len(l.PendingDeposits); len(l.PendingDeposits) >= waiting; {
		l.advance(1)
	}
}

// newFirstEther is a ledger whose ninth validator has had one ether.
func newFirstEther(t *testing.T, prefix byte) *ledger {
	t.Helper()
	l := newLedger(t, 8, nil)
	l.advance(16)
	l.deposit(100, credentials(prefix, 9), ether, true)
	for len(l.Validators) == 8 {
		l.advance(1)
	}
	return l
}

func TestAValidatorOfOneEtherWaitsAndNeitherEarnsNorLoses(t *testing.T) {
	l := newFirstEther(t, 1)
	l.advance(40)
	v := l.Validators[8]
	require.Equal(t, [2]phase0.Gwei{ether, ether}, [2]phase0.Gwei{v.EffectiveBalance, l.Balances[8]})
	require.Equal(t, [2]uint64{farFuture, farFuture}, [2]uint64{uint64(v.ActivationEligibilityEpoch), uint64(v.ActivationEpoch)})

	l.topUp(8, 30*ether) // an ether too little
	l.advance(24)
	require.Equal(t, phase0.Gwei(31*ether), l.Validators[8].EffectiveBalance)
	require.Equal(t, uint64(farFuture), uint64(l.Validators[8].ActivationEligibilityEpoch), "31 ether do not activate")
}

func TestAValidatorOfOneEtherActivatesWhenItIsToppedUp(t *testing.T) {
	for _, prefix := range []byte{1, 2} {
		l := newFirstEther(t, prefix)
		l.topUp(8, 31*ether)
		v, applied := l.Validators[8], l.Epoch()
		require.Equal(t, phase0.Gwei(32*ether), v.EffectiveBalance, "in the epoch's end that applies the deposit")
		require.Equal(t, uint64(farFuture), uint64(v.ActivationEligibilityEpoch), "the registry is updated before deposits are applied")
		l.advance(4)
		v = l.Validators[8]
		require.Equal(t, applied+1, uint64(v.ActivationEligibilityEpoch))
		for v.ActivationEpoch == farFuture {
			require.Less(t, l.Epoch(), applied+8)
			l.advance(1)
			v = l.Validators[8]
		}
		require.GreaterOrEqual(t, uint64(l.FinalizedCheckpoint.Epoch), applied+1, "activated before its eligibility is final")
		require.Equal(t, l.Epoch()-1+1+l.rules.spec.MaxSeedLookahead, uint64(v.ActivationEpoch))
	}
}

func TestACompoundingValidatorGrowsByTopUpsAndKeepsThem(t *testing.T) {
	l := newFirstEther(t, 2)
	l.topUp(8, 31*ether)
	for !IsActive(l.Validators[8], l.Epoch()) {
		l.advance(1)
	}
	l.topUp(8, 100*ether)
	require.Equal(t, phase0.Gwei(132*ether), l.Validators[8].EffectiveBalance)
	l.advance(12)
	require.Greater(t, uint64(l.Balances[8]), uint64(132*ether), "it earns by all of it, and nothing is swept")

	l.topUp(8, 1) // 1 gwei: less than the hysteresis
	require.Equal(t, phase0.Gwei(132*ether), l.Validators[8].EffectiveBalance)
}

func TestWhatACompoundingValidatorHasAboveItsMostIsSwept(t *testing.T) {
	l := newLedger(t, 8, func(_ *Spec, all []GenesisValidator) {
		all[2].Credentials, all[2].BalanceGwei = credentials(2, 2), 2040*ether
	})
	l.advance(16)
	l.topUp(2, 20*ether)
	require.Equal(t, phase0.Gwei(2048*ether), l.Validators[2].EffectiveBalance)
	l.advance(1)
	require.LessOrEqual(t, uint64(l.Balances[2]), uint64(2048*ether))
}

func TestATopUpOfALeavingValidatorIsPostponedAndComesHome(t *testing.T) {
	l := newLedger(t, 8, nil)
	l.advance(20)
	l.request(2, 2, 0) // its exit
	require.Less(t, uint64(l.Validators[2].ExitEpoch), uint64(farFuture))
	b := l.block()
	b.Body.ExecutionRequests.Deposits = []*electra.DepositRequest{{
		Pubkey: l.Validators[2].PublicKey, WithdrawalCredentials: l.Validators[2].WithdrawalCredentials, Amount: 5 * ether, Signature: phase0.BLSSignature{0xc0},
	}}
	require.NoError(t, l.ProcessBlock(b, nil))
	for l.Epoch() < uint64(l.Validators[2].WithdrawableEpoch) {
		require.Len(t, l.PendingDeposits, 1, "applied to a validator that leaves")
		l.advance(1)
	}
	withdrawable := l.Epoch()
	for len(l.PendingDeposits) > 0 {
		require.LessOrEqual(t, l.Epoch(), withdrawable+1)
		l.advance(1)
	}
	l.advance(1)
	require.Zero(t, l.Balances[2], "the deposit is swept with the rest")
}
