// Package secondopinion_test holds the reader of beacon states against a consensus client's own types and its own state transition, which run in Node.
//
// Without Node, states and Merkle branches that they made before are read from testdata. With the build tag secondopinion (make test-second-opinion) they make
// new ones: states of odd shapes by a seed, and chains that live from Fulu over the fork into Gloas.
package secondopinion_test

import (
	"bytes"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// poolCredentials name the vault of network.mjs.
var poolCredentials = []common.Hash{{0: 1, 12: 0xa0, 13: 0xa1, 14: 0xa2, 15: 0xa3, 16: 0xa4, 17: 0xa5, 18: 0xa6, 19: 0xa7, 20: 0xa8, 21: 0xa9, 22: 0xaa, 23: 0xab, 24: 0xac, 25: 0xad,
	26: 0xae, 27: 0xaf, 28: 0xb0, 29: 0xb1, 30: 0xb2, 31: 0xb3}}

// made is a state as the client's types describe it.
type made struct {
	Fork       string
	Seed       uint64
	Root       common.Hash
	FieldRoots []common.Hash
	Found      found
	Bytes      int
}

// found is what an oracle must find in a state.
type found struct {
	Slot, GenesisTime         uint64
	GenesisValidatorsRoot     common.Hash
	LatestBlockHeader         state.BlockHeader
	Finalized                 state.Checkpoint
	Eth1DepositIndex          uint64
	DepositRequestsStartIndex uint64
	Churn                     state.Churn
	LatestBlockHash           common.Hash
	Execution                 *state.ExecutionHeader
	Bid                       *state.PayloadBid
	TotalValidators           uint64
	TotalActiveGwei           uint64
	SlashingsGwei             uint64
	Pool                      []state.Validator
	PoolActiveGwei            uint64
	PoolSlashed               []state.SlashedValidator
	PoolSweptGwei             uint64
	Leaving                   []state.ValidatorDetail
	Compounding               []state.Compounding
	Partials                  []state.PendingPartial
	PartialsTotal             uint64
	PendingTotal              uint64
	Pending                   []deposit
	Registered                []deposit
	InFlight                  []state.ExpectedWithdrawal
	InFlightGwei              uint64
	ExpectedTotal             uint64
}

type deposit struct {
	PublicKey, Signature hexutil.Bytes
	Credentials          common.Hash
	AmountGwei, Slot     uint64
}

// read reads data, with what the first reading asks to look out for if it does.
func read(t *testing.T, data []byte, fork state.Fork, spec state.Spec, root common.Hash) *state.State {
	t.Helper()
	q := state.Query{Credentials: poolCredentials}
	got, err := state.Read(t.Context(), bytes.NewReader(data), fork, spec, &root, q)
	if hint := (*state.HintError)(nil); err != nil {
		require.ErrorAs(t, err, &hint)
		q.Hint = hint.Keys
		got, err = state.Read(t.Context(), bytes.NewReader(data), fork, spec, &root, q)
	}
	require.NoError(t, err)
	return got
}

// requireFound reads the state and compares all that the reader says with what the client's types hold.
func requireFound(t *testing.T, spec state.Spec, m made, data []byte) {
	t.Helper()
	fork, err := state.ParseFork(m.Fork)
	require.NoError(t, err)
	got, f := read(t, data, fork, spec, m.Root), m.Found
	want := &state.State{
		Root: m.Root, Fork: fork, Bytes: uint64(len(data)), GenesisTime: f.GenesisTime, GenesisValidatorsRoot: f.GenesisValidatorsRoot, Slot: f.Slot,
		LatestBlockHeader: f.LatestBlockHeader, Finalized: f.Finalized, LatestBlockHash: f.LatestBlockHash, Execution: f.Execution, Bid: f.Bid,
		Epoch: f.Slot / spec.SlotsPerEpoch, TotalValidators: f.TotalValidators, TotalActiveGwei: f.TotalActiveGwei, SlashingsGwei: f.SlashingsGwei,
		Eth1DepositIndex: f.Eth1DepositIndex, DepositRequestsStartIndex: f.DepositRequestsStartIndex, Churn: f.Churn,
		Pool: f.Pool, PoolActiveGwei: f.PoolActiveGwei, PoolSlashed: none(f.PoolSlashed), PoolSweptGwei: f.PoolSweptGwei,
		Leaving: f.Leaving, Compounding: f.Compounding, Partials: none(f.Partials), PartialsTotal: f.PartialsTotal, Registered: map[[48]byte]common.Hash{}, PendingTotal: f.PendingTotal,
		InFlight: none(f.InFlight), InFlightGwei: f.InFlightGwei, ExpectedTotal: f.ExpectedTotal,
	}
	for _, d := range f.Pending {
		want.Pending = append(want.Pending, state.PendingDeposit{
			PublicKey: [48]byte(d.PublicKey), Credentials: d.Credentials, AmountGwei: d.AmountGwei, Signature: [96]byte(d.Signature), Slot: d.Slot})
	}
	for _, d := range f.Registered {
		want.Registered[[48]byte(d.PublicKey)] = d.Credentials
	}
	require.Equal(t, want, got)
	requireContainer(t, fork, m)
}

// none is nil for an empty list, as the reader gives it.
func none[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// requireContainer computes the state's root from the roots of its fields.
func requireContainer(t *testing.T, fork state.Fork, m made) {
	t.Helper()
	if fork < state.Gloas {
		require.Equal(t, m.Root, treeRoot(m.FieldRoots, 6))
		return
	}
	require.Len(t, m.FieldRoots, 46)
	active := common.Hash{0xff, 0xff, 0xff, 0xff, 0xff, 0x3f} // 46 bits
	require.Equal(t, m.Root, hashPair(progressiveRoot(m.FieldRoots), active))
}
