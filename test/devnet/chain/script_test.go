package chain_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestBeaconRootsContractAnswersWithTheParentsRoot(t *testing.T) {
	c := start(t, nil)
	c.Miss(5, 7)
	for range 12 {
		slot, err := c.NextSlot(t.Context())
		require.NoError(t, err)
		if slot.Missed {
			continue
		}
		parent, err := c.BlockAt(slot.Slot - 1)
		require.NoError(t, err)
		require.Equal(t, parent.Root, slot.Block.ParentRoot)
		timestamp := new(big.Int).SetUint64(c.GenesisTime() + slot.Slot*c.Spec().SecondsPerSlot)
		answer, err := c.Client().CallContract(t.Context(), callMsg(params.BeaconRootsAddress, common.BigToHash(timestamp).Bytes()), nil)
		require.NoError(t, err)
		require.Equal(t, parent.Root.Bytes(), answer, "slot %d", slot.Slot)
	}
}

func TestTheSameScriptGivesTheSameChain(t *testing.T) {
	run := func(seed uint64) (common.Hash, common.Hash) {
		c := start(t, func(config *chain.Config) { config.Rewards.Seed = seed })
		c.Miss(3, 3)
		advanceTo(t, c, 21)
		require.NoError(t, c.Exit(7))
		advanceTo(t, c, 24)
		return c.Head().Root, c.Head().ExecutionHash
	}
	root, execution := run(1)
	again, executionAgain := run(1)
	require.Equal(t, root, again)
	require.Equal(t, execution, executionAgain)
	other, _ := run(2)
	require.NotEqual(t, root, other, "the seed changes no reward")
}

func TestHaltedFinalityComesBack(t *testing.T) {
	c := start(t, nil)
	advanceTo(t, c, 24)
	before, _ := c.Finalized()
	require.Equal(t, uint64(4), before)
	c.HaltFinality(true)
	advanceTo(t, c, 64)
	halted, _ := c.Finalized()
	require.LessOrEqual(t, halted, before+1)
	leaking, err := c.State(64)
	require.NoError(t, err)
	require.Positive(t, leaking.InactivityScores[0], "absent validators are not charged in the leak")
	require.Zero(t, leaking.InactivityScores[2])
	c.HaltFinality(false)
	advanceTo(t, c, 80)
	after, _ := c.Finalized()
	require.Equal(t, uint64(18), after)
}

func TestReorgReturnsTransactionsToThePool(t *testing.T) {
	c := start(t, nil)
	advanceTo(t, c, 21)
	user, to := localnet.NewAccount("user"), common.HexToAddress("0x77")
	tx := transfer(t, c, user, to, 0)
	require.NoError(t, c.Client().SendTransaction(t.Context(), tx))
	advance(t, c, 2)
	old, err := c.BlockAt(22)
	require.NoError(t, err)
	receipt, err := c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.NoError(t, err)
	require.Equal(t, old.ExecutionHash, receipt.BlockHash)
	require.NoError(t, c.Exit(3))
	advance(t, c, 1)

	require.NoError(t, c.Reorg(t.Context(), 22, nil))
	require.Equal(t, uint64(24), c.Slot())
	replaced, err := c.BlockAt(22)
	require.NoError(t, err)
	require.NotEqual(t, old.Root, replaced.Root)
	require.NotEqual(t, old.ExecutionHash, replaced.ExecutionHash)
	_, err = c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.Error(t, err, "the transaction is still in a block")
	balance, err := c.Client().BalanceAt(t.Context(), to, nil)
	require.NoError(t, err)
	require.Zero(t, balance.Sign())

	advance(t, c, 1)
	receipt, err = c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.NoError(t, err, "the transaction did not come back")
	require.Equal(t, c.Head().ExecutionHash, receipt.BlockHash)
	s, err := c.State(c.Slot())
	require.NoError(t, err)
	require.Less(t, uint64(s.Validators[3].ExitEpoch), uint64(1<<63), "the exit was lost with its block")
	advanceTo(t, c, 40)
	epoch, _ := c.Finalized()
	require.Equal(t, uint64(8), epoch, "finality does not go on after the reorganization")
}

func TestReorgRefusesWhatNoForkChoiceWouldDo(t *testing.T) {
	c := start(t, nil)
	advanceTo(t, c, 30)
	head := c.Head()
	finalized, _ := c.Finalized()
	require.ErrorIs(t, c.Reorg(t.Context(), finalized*4, nil), chain.ErrReorg, "a finalized block")
	require.ErrorIs(t, c.Reorg(t.Context(), 31, nil), chain.ErrReorg, "a slot that has not come")
	require.ErrorIs(t, c.Reorg(t.Context(), 29, func(uint64) chain.Action { return chain.Miss }), chain.ErrReorg, "a branch without blocks")
	require.Equal(t, head, c.Head())
	number, err := c.Client().HeaderByNumber(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, head.ExecutionHash, number.Hash(), "the execution node was not led back")
	advance(t, c, 4)
}

func TestSlashedAndExitingAtOnce(t *testing.T) {
	c := start(t, nil)
	advanceTo(t, c, 20)
	require.NoError(t, c.Exit(5, 6))
	require.NoError(t, c.Slash(6))
	require.ErrorIs(t, c.Exit(99), transition.ErrUnknownValidator)
	advance(t, c, 1)
	s, err := c.State(c.Slot())
	require.NoError(t, err)
	require.False(t, s.Validators[5].Slashed)
	require.True(t, s.Validators[6].Slashed)
	require.Greater(t, s.Validators[6].WithdrawableEpoch, s.Validators[5].WithdrawableEpoch)
	require.ErrorIs(t, c.Exit(5), transition.ErrNotExitable)
	withdrawable := uint64(s.Validators[5].WithdrawableEpoch)
	advanceTo(t, c, (withdrawable+2)*4)
	s, err = c.State(c.Slot())
	require.NoError(t, err)
	require.Zero(t, s.Balances[5], "the exited validator was not paid out")
	require.NotZero(t, s.Balances[6], "the slashed validator waits longer")
	purse, err := c.Client().BalanceAt(t.Context(), bystandersPurse, nil)
	require.NoError(t, err)
	require.GreaterOrEqual(t, purse.Cmp(localnet.Ether(32)), 0)
}

// TestSweptEtherIsWhatBalancesLost adds up every gwei: what the registry lost to withdrawals stands on the execution layer.
func TestSweptEtherIsWhatBalancesLost(t *testing.T) {
	c := start(t, nil)
	advanceTo(t, c, 40)
	purse, err := c.Client().BalanceAt(t.Context(), bystandersPurse, nil)
	require.NoError(t, err)
	swept := uint64(0)
	for slot := uint64(1); slot <= 40; slot++ {
		before, err := c.State(slot - 1)
		require.NoError(t, err)
		require.NoError(t, before.ProcessSlots(slot))
		after, err := c.State(slot)
		require.NoError(t, err)
		for i := range before.Balances {
			swept += uint64(before.Balances[i] - after.Balances[i])
		}
	}
	require.Positive(t, swept)
	require.Zero(t, purse.Cmp(new(big.Int).Mul(new(big.Int).SetUint64(swept), big.NewInt(1e9))))
}

func TestBlocksWithoutTransactionsLeaveThemInThePool(t *testing.T) {
	c := start(t, nil)
	c.Plan(1, 2, chain.ProposeEmpty)
	tx := transfer(t, c, localnet.NewAccount("user"), common.HexToAddress("0x77"), 0)
	require.NoError(t, c.Client().SendTransaction(t.Context(), tx))
	advance(t, c, 2)
	_, pending, err := c.Client().TransactionByHash(t.Context(), tx.Hash())
	require.NoError(t, err)
	require.True(t, pending)
	advance(t, c, 1)
	_, err = c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.NoError(t, err)
}

func transfer(t testing.TB, c *chain.Chain, from *localnet.Account, to common.Address, nonce uint64) *types.Transaction {
	t.Helper()
	chainID := new(big.Int).SetUint64(c.Spec().DepositChainID)
	auth := from.Auth(chainID)
	tx, err := auth.Signer(from.Address, types.NewTx(&types.DynamicFeeTx{
		ChainID: chainID, Nonce: nonce, To: &to, Value: localnet.Ether(1), Gas: 21_000, GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(100e9),
	}))
	require.NoError(t, err)
	return tx
}

func TestChainTimeMayRunAheadOfTheClock(t *testing.T) {
	c := start(t, func(config *chain.Config) { config.GenesisTime, config.Spec.SecondsPerSlot = 4_000_000_000, 12 })
	tx := transfer(t, c, localnet.NewAccount("user"), common.HexToAddress("0x77"), 0)
	require.NoError(t, c.Client().SendTransaction(t.Context(), tx))
	advanceTo(t, c, 20)
	head, err := c.Client().HeaderByNumber(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, uint64(4_000_000_000+20*12), head.Time)
	_, err = c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.NoError(t, err)
}
