package state_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// clientState is a state that @lodestar/types wrote and hashed (ssz.gloas.BeaconState of version 1.50.0): testdata/gloas-64.ssz.gz.
func clientState(t testing.TB) []byte {
	t.Helper()
	file, err := os.Open("testdata/gloas-64.ssz.gz")
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	data, err := io.ReadAll(unzipped)
	require.NoError(t, err)
	return data
}

// gloasMainnet is mainnet with Gloas before the epoch of testdata's state.
func gloasMainnet() state.Spec {
	s := state.Mainnet()
	s.Activations[state.Electra-1].Epoch, s.Activations[state.Fulu-1].Epoch, s.Activations[state.Gloas-1].Epoch = 300_000, 310_000, 350_000
	return s
}

func TestAStateOfAnotherClientIsReadAsThatClientSays(t *testing.T) {
	text, err := os.ReadFile("testdata/gloas-64.json")
	require.NoError(t, err)
	var want struct {
		Credentials      []common.Hash `json:"withdrawalCredentials"`
		Root             common.Hash
		Bytes            uint64
		Validators       int
		CLValidatorsGwei uint64 `json:"clValidatorsGwei,string"`
		PendingGwei      uint64 `json:"pendingGwei,string"`
		InFlightGwei     uint64 `json:"inFlightWithdrawalsGwei,string"`
		Exited, Slashed  int
		LatestBlockHash  common.Hash
	}
	require.NoError(t, json.Unmarshal(text, &want))
	got := readTwice(t, clientState(t), state.Gloas, gloasMainnet(), want.Root, state.Query{Credentials: want.Credentials})

	require.Equal(t, want.Bytes, got.Bytes)
	require.Equal(t, want.LatestBlockHash, got.LatestBlockHash)
	require.Len(t, got.Pool, want.Validators)
	var balances, pending uint64
	exited := 0
	for _, v := range got.Pool {
		balances += v.BalanceGwei
		if v.Exited {
			exited++
		}
	}
	for _, d := range got.Pending {
		pending += d.AmountGwei
	}
	require.Equal(t, want.CLValidatorsGwei, balances)
	require.Equal(t, want.PendingGwei, pending)
	require.Equal(t, want.InFlightGwei, got.InFlightGwei)
	require.Equal(t, want.Exited, exited)
	require.Len(t, got.PoolSlashed, want.Slashed)
	require.NotNil(t, got.Bid)
}
