package state_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// tinySpec keeps states below two kilobytes, so that a fuzzer finds its way.
func tinySpec() state.Spec {
	s := smallSpec()
	s.SlotsPerEpoch, s.SlotsPerHistoricalRoot, s.EpochsPerHistoricalVector, s.EpochsPerSlashingsVector, s.EpochsPerEth1VotingPeriod = 2, 8, 2, 2, 1
	s.SyncCommitteeSize, s.HistoricalRootsLimit, s.ValidatorRegistryLimit = 1, 4, 8
	s.PendingDepositsLimit, s.PendingPartialWithdrawalsLimit, s.PendingConsolidationsLimit = 4, 4, 4
	return s
}

// FuzzRead: whatever is accepted is a state to go-eth2-client as well, with the same root, and is read alike in one pass or two.
func FuzzRead(f *testing.F) {
	spec := tinySpec()
	for i, fork := range state.Forks() {
		for seed := range uint64(3) {
			c := counts{validators: int(seed) * 3, votes: int(seed), historicalRoots: 2, summaries: 2, pending: int(seed) * 2, partials: 1 + int(seed), consolidations: 1, extraData: 3,
				builders: int(seed), builderWithdrawals: 1, expected: int(seed) * 2, commitments: int(seed)}
			data, _ := encode(f, fork, spec, newState(seeded(seed), fork, spec, c))
			f.Add(uint8(i), data)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		fork := state.Forks()[int(which)%len(state.Forks())]
		got, err := state.ReadAt(t.Context(), bytes.NewReader(data), int64(len(data)), fork, spec, nil, state.Query{Credentials: poolCredentials, Workers: 1})
		if err != nil {
			require.Nil(t, got)
			return
		}
		container, ds := emptyState(fork), reference(spec)
		require.NoError(t, ds.UnmarshalSSZ(container, data))
		root, err := ds.HashTreeRoot(container)
		require.NoError(t, err)
		require.Equal(t, common.Hash(root), got.Root)
		requireSameWithdrawals(t, fork, container, got)
		again, err := state.Read(t.Context(), bytes.NewReader(data), fork, spec, &got.Root, state.Query{Workers: 1, Prove: []uint64{0, 3, 9}})
		require.NoError(t, err)
		require.Equal(t, got.TotalActiveGwei, again.TotalActiveGwei)
	})
}

// requireSameWithdrawals compares what withdrawals depend on with what go-eth2-client's type of the fork holds.
func requireSameWithdrawals(t *testing.T, fork state.Fork, container any, got *state.State) {
	t.Helper()
	var want everyState
	to, from := reflect.ValueOf(&want).Elem(), reflect.ValueOf(container).Elem()
	for i := range from.NumField() {
		to.FieldByName(from.Type().Field(i).Name).Set(from.Field(i))
	}
	expected := &state.State{Epoch: got.Epoch, Leaving: []state.ValidatorDetail{}, Compounding: []state.Compounding{}}
	for i, v := range want.Validators {
		expectValidator(expected, v, uint32(i), uint64(want.Balances[i]))
	}
	if fork >= state.Electra {
		expectPartials(expected, &want)
	}
	require.Equal(t, expected.Leaving, got.Leaving)
	require.Equal(t, expected.Compounding, got.Compounding)
	require.Equal(t, expected.PoolSweptGwei, got.PoolSweptGwei)
	require.Equal(t, expected.Partials, got.Partials)
	require.Equal(t, expected.PartialsTotal, got.PartialsTotal)
}

// FuzzParseSpec: what is accepted can lay out states of every fork that the network names.
func FuzzParseSpec(f *testing.F) {
	for key, value := range mainnetValues() {
		f.Add(key, value)
	}
	f.Fuzz(func(t *testing.T, key, value string) {
		values := mainnetValues()
		values[key] = value
		spec, err := state.ParseSpec(values)
		if err != nil {
			require.ErrorIs(t, err, state.ErrSpec)
			return
		}
		_, err = state.Read(t.Context(), bytes.NewReader(nil), state.Electra, spec, nil, state.Query{Workers: 1})
		require.ErrorIs(t, err, state.ErrTruncated)
	})
}
