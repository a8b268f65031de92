package state_test

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

const never = math.MaxUint64

// withdrawing is a state whose validators are the pool's, of these kinds.
func withdrawing(fork state.Fork, validators ...phase0.Validator) *everyState {
	b := newState(seeded(11), fork, smallSpec(), counts{validators: len(validators)})
	for i := range validators {
		v := validators[i]
		v.PublicKey = b.Validators[i].PublicKey
		if v.WithdrawalCredentials == nil {
			v.WithdrawalCredentials = poolCredentials[1].Bytes()
		}
		b.Validators[i], b.Balances[i] = &v, v.EffectiveBalance
	}
	return b
}

func readState(t *testing.T, fork state.Fork, b *everyState, q state.Query) *state.State {
	t.Helper()
	data, root := encode(t, fork, smallSpec(), b)
	q.Credentials = poolCredentials
	return readTwice(t, data, fork, smallSpec(), root, q)
}

// Who leaves is told by the exit epoch; a balance of nothing has been paid by the sweep.
func TestValidatorsThatLeaveAreKeptWithAllThatTheirExitDependsOn(t *testing.T) {
	swept := phase0.Validator{ExitEpoch: 9, WithdrawableEpoch: 265}
	leaves := phase0.Validator{EffectiveBalance: 64e9, ActivationEpoch: 3, ExitEpoch: 130, WithdrawableEpoch: 386, WithdrawalCredentials: poolCredentials[0].Bytes()}
	slashed := phase0.Validator{EffectiveBalance: 31e9, ActivationEpoch: 4, ExitEpoch: 120, WithdrawableEpoch: 136, Slashed: true}
	stays := phase0.Validator{EffectiveBalance: 100e9, ActivationEpoch: 5, ExitEpoch: never, WithdrawableEpoch: never}
	waits := phase0.Validator{EffectiveBalance: 1e9, ActivationEpoch: never, ExitEpoch: never, WithdrawableEpoch: never}
	small := phase0.Validator{EffectiveBalance: 32e9, ExitEpoch: never, WithdrawableEpoch: never, WithdrawalCredentials: poolCredentials[0].Bytes()}
	foreign := leaves
	foreign.WithdrawalCredentials = common.Hash{1, 31: 0x77}.Bytes()
	for _, fork := range state.Forks() {
		b := withdrawing(fork, swept, leaves, foreign, slashed, stays, waits, small)
		b.Slot = phase0.Slot(smallSpec().Activations[fork-1].Epoch * 6) // all that is active is so in every fork's first epoch
		for _, v := range b.Validators {
			if v.ExitEpoch != never {
				v.ExitEpoch += 300
				v.WithdrawableEpoch += 300
			}
			if v.ActivationEpoch != never {
				v.ActivationEpoch = 0
			}
		}
		got := readState(t, fork, b, state.Query{})
		require.Equal(t, []state.ValidatorDetail{
			{Index: 1, BalanceGwei: 64e9, EffectiveBalanceGwei: 64e9, ExitEpoch: 430, WithdrawableEpoch: 686},
			{Index: 3, BalanceGwei: 31e9, EffectiveBalanceGwei: 31e9, ExitEpoch: 420, WithdrawableEpoch: 436, Slashed: true, Compounding: true},
		}, got.Leaving, "%s", fork)
		require.Equal(t, []state.Compounding{
			{Index: 4, EffectiveBalanceGwei: 100e9}, {Index: 5, EffectiveBalanceGwei: 1e9, ActivationEpoch: math.MaxUint32},
		}, got.Compounding, "%s", fork)
		require.EqualValues(t, 64e9+32e9, got.PoolSweptGwei, "%s: those with 0x01 credentials that are active", fork)
		require.EqualValues(t, 100e9, got.BalanceOf(4))
		require.Zero(t, got.BalanceOf(2), "it is not the pool's")
		require.Zero(t, got.BalanceOf(7))
	}
}

func TestPartialWithdrawalsAreThoseOfThePoolsValidators(t *testing.T) {
	large := phase0.Validator{EffectiveBalance: 100e9, ExitEpoch: never, WithdrawableEpoch: never}
	foreign := large
	foreign.WithdrawalCredentials = common.Hash{2, 31: 0x77}.Bytes()
	for _, fork := range state.Forks() {
		b := withdrawing(fork, large, foreign, large)
		for i, index := range []uint64{2, 1, 0, 3, 1 << 32, 2, math.MaxUint64} {
			b.PendingPartialWithdrawals = append(b.PendingPartialWithdrawals, &electra.PendingPartialWithdrawal{
				ValidatorIndex: phase0.ValidatorIndex(index), Amount: phase0.Gwei(1 << i), WithdrawableEpoch: phase0.Epoch(100 + i)})
		}
		got := readState(t, fork, b, state.Query{})
		if fork < state.Electra {
			require.Empty(t, got.Partials)
			require.Zero(t, got.PartialsTotal)
			continue
		}
		require.Equal(t, []state.PendingPartial{
			{Index: 2, AmountGwei: 1, WithdrawableEpoch: 100}, {Index: 0, AmountGwei: 4, WithdrawableEpoch: 102}, {Index: 2, AmountGwei: 32, WithdrawableEpoch: 105},
		}, got.Partials, "%s", fork)
		require.EqualValues(t, 7, got.PartialsTotal)
	}
}

// A withdrawal is asked of a key. Only the registry tells whose that is.
func TestAskedKeysAreFoundInTheRegistry(t *testing.T) {
	one := phase0.Validator{EffectiveBalance: 32e9, ActivationEpoch: 7, ExitEpoch: never, WithdrawableEpoch: never, WithdrawalCredentials: poolCredentials[0].Bytes()}
	foreign, paid := one, one
	foreign.WithdrawalCredentials = common.Hash{1, 31: 0x77}.Bytes()
	paid.EffectiveBalance = 0
	for _, fork := range []state.Fork{state.Electra, state.Gloas} {
		b := withdrawing(fork, one, foreign, paid, one)
		pending := &electra.PendingDeposit{Pubkey: [48]byte{9}, WithdrawalCredentials: poolCredentials[0].Bytes(), Amount: 1e9}
		b.PendingDeposits = append(b.PendingDeposits, pending)
		key := func(i int) [48]byte { return b.Validators[i].PublicKey }
		got := readState(t, fork, b, state.Query{Asked: [][48]byte{key(3), key(1), key(2), {0xdd}, pending.Pubkey, key(3)}})
		require.Equal(t, map[[48]byte]state.ValidatorDetail{
			key(3): {Index: 3, BalanceGwei: 32e9, EffectiveBalanceGwei: 32e9, ActivationEpoch: 7, ExitEpoch: never, WithdrawableEpoch: never},
		}, got.Asked, "%s: not a foreign one, none that was paid out, none that is no validator", fork)
		require.Len(t, got.Pending, 1, "to look out for a key is no word on its deposits")
		require.Nil(t, readState(t, fork, b, state.Query{}).Asked)
	}
}

// What is kept before the root has matched is bounded.
func TestMoreWithdrawalsThanAllowedAreRefusedBeforeTheRootHasMatched(t *testing.T) {
	leaves := phase0.Validator{EffectiveBalance: 32e9, ExitEpoch: 130, WithdrawableEpoch: 386}
	stays := phase0.Validator{EffectiveBalance: 100e9, ExitEpoch: never, WithdrawableEpoch: never}
	for _, fork := range []state.Fork{state.Electra, state.Gloas} {
		b := withdrawing(fork, leaves, stays, leaves)
		b.PendingPartialWithdrawals = slices.Repeat([]*electra.PendingPartialWithdrawal{{ValidatorIndex: 1, Amount: 1}}, 4)
		data, _ := encode(t, fork, smallSpec(), b)
		for most, want := range map[int]struct {
			err   error
			field string
		}{
			2: {state.ErrTooLong, "validators"}, 3: {state.ErrTooLong, "pending_partial_withdrawals"}, 4: {state.ErrWrongRoot, "hash-tree root"},
		} {
			_, err := state.Read(t.Context(), bytes.NewReader(data), fork, smallSpec(), &common.Hash{1}, state.Query{Credentials: poolCredentials, MaxKept: most})
			require.ErrorIs(t, err, want.err, "%s, at most %d", fork, most)
			var at *state.Error
			require.ErrorAs(t, err, &at)
			require.Equal(t, want.field, at.Field, "%s, at most %d", fork, most)
		}
	}
}
