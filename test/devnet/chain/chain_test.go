package chain_test

import (
	"context"
	"encoding/hex"
	"math/big"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// go-ethereum never ends the engine API's heartbeat and its recovery of senders, and its database library ends this worker some seconds after it was closed.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/eth/catalyst.(*ConsensusAPI).heartbeat"),
		goleak.IgnoreAnyFunction("github.com/ethereum/go-ethereum/core.(*txSenderCacher).cache"),
		goleak.IgnoreAnyFunction("github.com/syndtr/goleveldb/leveldb.(*DB).mpoolDrain"),
	)
}

const bystanders = 40

var (
	depositContract = common.HexToAddress("0x4242424242424242424242424242424242424242")
	bystandersPurse = common.HexToAddress("0xb1")
)

// rich are the accounts that have ether from block 0.
func rich() map[common.Address]*big.Int {
	balances := make(map[common.Address]*big.Int)
	for _, name := range []string{"deployer", "owner", "guardian", "pauser", "resumer", "keeper", "operator", "user"} {
		balances[localnet.NewAccount(name).Address] = localnet.Ether(1_000_000)
	}
	return balances
}

// start starts a chain of Gloas, unless change says otherwise, that the test ends.
func start(t testing.TB, change func(*chain.Config)) *chain.Chain {
	t.Helper()
	text, err := os.ReadFile("../../../contracts/test/fixtures/deposit_contract_runtime.hex")
	require.NoError(t, err, "run `make fixtures` first")
	code, err := hex.DecodeString(strings.TrimPrefix(string(text), "0x"))
	require.NoError(t, err)
	validators, err := chain.Bystanders(bystanders, bystandersPurse)
	require.NoError(t, err)
	c := chain.Config{
		Spec: transition.Devnet().From(transition.Gloas), GenesisTime: 1_700_000_000, Validators: validators, Balances: rich(),
		Deposits: geth.Contract{Address: depositContract, Code: code, Storage: evm.DepositContractStorage()},
		Rewards:  chain.Rewards{Seed: 1, MinPpm: 950_000, MaxPpm: 1_000_000},
	}
	if change != nil {
		change(&c)
	}
	started, err := chain.New(t.Context(), c)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, started.Close()) })
	return started
}

// on has a chain live a fork from its first slot on.
func on(fork transition.Fork) func(*chain.Config) {
	return func(c *chain.Config) { c.Spec = c.Spec.From(fork) }
}

// advance lets slots pass.
func advance(t *testing.T, c *chain.Chain, slots uint64) {
	t.Helper()
	for range slots {
		_, err := c.NextSlot(context.Background())
		require.NoError(t, err)
	}
}

// advanceTo lets slots pass until the current one is slot.
func advanceTo(t *testing.T, c *chain.Chain, slot uint64) {
	t.Helper()
	require.LessOrEqual(t, c.Slot(), slot)
	advance(t, c, slot-c.Slot())
}

func TestFinalityFollowsTwoEpochsBehind(t *testing.T) {
	c := start(t, nil)
	advanceTo(t, c, 15)
	epoch, _ := c.Finalized()
	require.Zero(t, epoch, "nothing can be finalized in the first four epochs")
	for e := uint64(4); e < 8; e++ {
		advanceTo(t, c, e*4)
		epoch, root := c.Finalized()
		require.Equal(t, e-2, epoch)
		checkpoint, err := c.BlockAt(epoch * 4)
		require.NoError(t, err)
		require.Equal(t, checkpoint.Root, root)
		final, err := c.Client().HeaderByNumber(t.Context(), big.NewInt(-3)) // finalized
		require.NoError(t, err)
		require.Equal(t, checkpoint.KnownHash, final.Hash(), "the execution node does not know what is finalized")
	}
}

func callMsg(to common.Address, data []byte) ethereum.CallMsg {
	return ethereum.CallMsg{To: &to, Data: data}
}
