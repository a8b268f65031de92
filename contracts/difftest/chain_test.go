package difftest

import (
	"bytes"
	"maps"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/evm"
)

// gasLimit of creations, and of what a call may pay for new state: that of a block of mainnet. The execution of a call has at most what EIP-7825
// allows a transaction.
const gasLimit = 60_000_000

// chain is a state on which contracts are created and called. Calls come from any address: the pool's own calls have no
// signed transaction that package evm could execute.
type chain struct {
	t     *testing.T
	state *state.StateDB
	rules *params.ChainConfig
}

// contract is a deployed contract with its ABI.
type contract struct {
	*chain
	address common.Address
	abi     abi.ABI
}

func newChain(t *testing.T) *chain {
	t.Helper()
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	require.NoError(t, err)
	return &chain{t: t, state: db, rules: evm.FromEnvironment.Rules(1)}
}

func (c *chain) config(from common.Address) *runtime.Config {
	return &runtime.Config{
		ChainConfig: c.rules, State: c.state, Origin: from, GasLimit: gasLimit, Random: &common.Hash{1}, BlockNumber: big.NewInt(1),
	}
}

// aside does something on a copy of the state, which is gone afterwards. A snapshot reaches back over one call only.
func (c *chain) aside(do func()) {
	saved := c.state
	c.state = saved.Copy()
	do()
	c.state = saved
}

// deploy creates the contract.
func (c *chain) deploy(meta *bind.MetaData, args ...any) *contract {
	c.t.Helper()
	parsed, err := meta.ParseABI()
	require.NoError(c.t, err)
	packed, err := parsed.Pack("", args...)
	require.NoError(c.t, err)
	out, address, _, err := runtime.Create(append(common.FromHex(meta.Bin), packed...), c.config(common.Address{0xde}))
	require.NoError(c.t, err, "the constructor says %s", hexutil.Encode(out))
	return &contract{chain: c, address: address, abi: *parsed}
}

// answerYes puts a contract at address that answers every call with the word 1.
func (c *chain) answerYes(address common.Address) {
	c.state.SetCode(address, hexutil.MustDecode("0x60015f5260205ff3"), 0)
}

// call executes a method and returns its decoded results and the execution gas.
func (c *contract) call(from common.Address, method string, args ...any) (results []any, gas uint64) {
	c.t.Helper()
	return c.pay(from, new(big.Int), method, args...)
}

// pay is a call with ether.
func (c *contract) pay(from common.Address, wei *big.Int, method string, args ...any) (results []any, gas uint64) {
	c.t.Helper()
	out, gas, err := c.try(from, wei, method, args...)
	require.NoError(c.t, err, "%s reverted: %s", method, c.reason(out))
	input, err := c.abi.Pack(method, args...)
	require.NoError(c.t, err)
	whole := params.TxGas + uint64(len(input))*params.TxDataNonZeroGasEIP2028 + gas
	require.LessOrEqual(c.t, whole, uint64(params.MaxTxGas-params.MaxTxGas/10), "%s: exits, proofs, batches: all must fit a transaction", method)
	results, err = c.abi.Unpack(method, out)
	require.NoError(c.t, err)
	return results, gas
}

// callReverts executes a method that must revert with the named error, and returns the error's arguments.
func (c *contract) callReverts(from common.Address, reason, method string, args ...any) []any {
	c.t.Helper()
	out, _, err := c.try(from, new(big.Int), method, args...)
	require.Error(c.t, err, "%s must be refused", method)
	require.Equal(c.t, reason, c.reason(out))
	values, err := c.errors()[reason].Inputs.Unpack(out[4:])
	require.NoError(c.t, err)
	return values
}

func (c *contract) try(from common.Address, wei *big.Int, method string, args ...any) (out []byte, gas uint64, err error) {
	c.t.Helper()
	input, err := c.abi.Pack(method, args...)
	require.NoError(c.t, err)
	config := c.config(from)
	config.Value = wei
	if c.rules.AmsterdamTime == nil {
		config.GasLimit = params.MaxTxGas
	}
	out, left, err := runtime.Call(c.address, input, config)
	return out, params.MaxTxGas - left, err
}

// errors are the contract's own, and those of the proofs that it passes on.
func (c *contract) errors() map[string]abi.Error {
	c.t.Helper()
	proofs, err := bindings.StateProofsMetaData.ParseABI()
	require.NoError(c.t, err)
	all := maps.Clone(proofs.Errors)
	maps.Copy(all, c.abi.Errors)
	return all
}

// reason names the custom error in returned data.
func (c *contract) reason(out []byte) string {
	for name, e := range c.errors() {
		if len(out) >= 4 && bytes.Equal(e.ID[:4], out[:4]) {
			return name
		}
	}
	return hexutil.Encode(out)
}
