//go:build testnet

package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/testnet"
)

func dial(ctx context.Context, t *testing.T, network *testnet.Network) *ethclient.Client {
	t.Helper()
	client, err := ethclient.DialContext(ctx, network.ExecutionURL)
	require.NoError(t, err)
	t.Cleanup(client.Close)
	return client
}

func checkBeaconRoots(ctx context.Context, t *testing.T, network *testnet.Network) {
	client := dial(ctx, t, network)
	block, err := client.HeaderByNumber(ctx, big.NewInt(int64(rpc.FinalizedBlockNumber)))
	require.NoError(t, err)
	word := common.BigToHash(new(big.Int).SetUint64(block.Time))
	root, err := client.CallContract(ctx, ethereum.CallMsg{To: &params.BeaconRootsAddress, Data: word[:]}, nil)
	require.NoError(t, err)

	var header struct {
		Data struct {
			Header struct {
				Message struct {
					ParentRoot common.Hash `json:"parent_root"`
				} `json:"message"`
			} `json:"header"`
		} `json:"data"`
	}
	slot := (block.Time - network.GenesisTime) / network.SecondsPerSlot
	status, answer := get(t, network, fmt.Sprintf("/eth/v1/beacon/headers/%d", slot), "application/json")
	require.Equal(t, http.StatusOK, status, "%.200s", answer)
	require.NoError(t, json.Unmarshal(answer, &header))
	require.Equal(t, header.Data.Header.Message.ParentRoot, common.BytesToHash(root))
	require.NotZero(t, header.Data.Header.Message.ParentRoot)
}

func checkPrecompiles(ctx context.Context, t *testing.T, network *testnet.Network) {
	client := dial(ctx, t, network)
	call := func(address byte, input []byte) []byte {
		to := common.BytesToAddress([]byte{address})
		output, err := client.CallContract(ctx, ethereum.CallMsg{To: &to, Data: input}, nil)
		require.NoError(t, err)
		return output
	}
	require.Equal(t, make([]byte, 128), call(0x0b, make([]byte, 256)), "G1ADD: infinity and infinity are infinity")
	one := common.BigToHash(big.NewInt(1))
	require.Equal(t, one[:], call(0x0f, make([]byte, 384)), "PAIRING_CHECK: the pairing of infinities is one")
}

func checkProofs(ctx context.Context, t *testing.T, network *testnet.Network) {
	client := dial(ctx, t, network)
	var proof struct {
		AccountProof []string     `json:"accountProof"`
		Balance      *hexutil.Big `json:"balance"`
	}
	require.NoError(t, client.Client().CallContext(ctx, &proof, "eth_getProof", network.Account, []string{}, "0x1"))
	require.NotEmpty(t, proof.AccountProof)
	balance, err := client.BalanceAt(ctx, network.Account, big.NewInt(1))
	require.NoError(t, err)
	require.Equal(t, balance, proof.Balance.ToInt())
}

// ssz asks the beacon node for SSZ and returns it with the name of its fork.
func ssz(t *testing.T, network *testnet.Network, path string) (body []byte, version string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, network.BeaconURL+path, nil)
	require.NoError(t, err)
	request.Header.Set("Accept", "application/octet-stream")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, "%.200s", body)
	return body, response.Header.Get("Eth-Consensus-Version")
}

func get(t *testing.T, network *testnet.Network, path, accept string) (status int, body []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, network.BeaconURL+path, nil)
	require.NoError(t, err)
	request.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, body
}
