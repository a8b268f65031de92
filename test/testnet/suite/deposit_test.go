//go:build testnet

package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/testnet"
)

const depositABI = `[{"type":"function","name":"deposit","stateMutability":"payable","outputs":[],"inputs":[
	{"name":"pubkey","type":"bytes"},{"name":"withdrawal_credentials","type":"bytes"},
	{"name":"signature","type":"bytes"},{"name":"deposit_data_root","type":"bytes32"}]}]`

// sendDeposit deposits 32 ether for the first extra key, with withdrawals to the funded account.
func sendDeposit(ctx context.Context, t *testing.T, network *testnet.Network) testnet.Deposit {
	t.Helper()
	credentials := common.BytesToHash(network.Account.Bytes())
	credentials[0] = 1
	deposit, err := testnet.SignDeposit(testnet.Validators, credentials, 32_000_000_000)
	require.NoError(t, err)

	client := dial(ctx, t, network)
	key, err := testnet.Key()
	require.NoError(t, err)
	options, err := bind.NewKeyedTransactorWithChainID(key, new(big.Int).SetUint64(network.ChainID))
	require.NoError(t, err)
	options.Context = ctx
	options.Value = new(big.Int).Mul(big.NewInt(32), big.NewInt(params.Ether))
	parsed, err := abi.JSON(strings.NewReader(depositABI))
	require.NoError(t, err)
	contract := bind.NewBoundContract(network.DepositContract, parsed, client, client, client)
	transaction, err := contract.Transact(options, "deposit", deposit.PublicKey[:], deposit.Credentials[:], deposit.Signature[:], [32]byte(deposit.DataRoot))
	require.NoError(t, err)
	receipt, err := bind.WaitMined(ctx, client, transaction)
	require.NoError(t, err)
	require.Equal(t, uint64(1), receipt.Status)
	t.Logf("deposited in block %v", receipt.BlockNumber)
	return deposit
}

// checkDeposited waits until the registry has the deposit's key. A deposit whose signature is wrong never gets there.
func checkDeposited(ctx context.Context, t *testing.T, network *testnet.Network, deposit testnet.Deposit) {
	var answer struct {
		Data struct {
			Index     string `json:"index"`
			Validator struct {
				Credentials common.Hash `json:"withdrawal_credentials"`
			} `json:"validator"`
		} `json:"data"`
	}
	path := fmt.Sprintf("/eth/v1/beacon/states/head/validators/%#x", deposit.PublicKey)
	require.Eventually(t, func() bool {
		status, body := get(t, network, path, "application/json")
		return status == http.StatusOK && json.Unmarshal(body, &answer) == nil
	}, 10*time.Minute, time.Second)
	require.Equal(t, deposit.Credentials, answer.Data.Validator.Credentials)
	require.Equal(t, fmt.Sprint(testnet.Validators), answer.Data.Index)
	require.NoError(t, ctx.Err())
}
