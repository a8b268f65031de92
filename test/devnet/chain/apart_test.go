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

// executionHead is the hash of the execution chain's newest block.
func executionHead(t *testing.T, c *chain.Chain) common.Hash {
	t.Helper()
	head, err := c.Client().HeaderByNumber(t.Context(), nil)
	require.NoError(t, err)
	return head.Hash()
}

// startWithTransfer is a chain in slot 20 with a transaction that waits; before is the hash of its execution block.
func startWithTransfer(t *testing.T) (c *chain.Chain, before common.Hash, tx *types.Transaction) {
	t.Helper()
	c = start(t, nil)
	advanceTo(t, c, 20)
	before = executionHead(t, c)
	tx = transfer(t, c, localnet.NewAccount("user"), common.HexToAddress("0x77"), 0)
	require.NoError(t, c.Client().SendTransaction(t.Context(), tx))
	return c, before, tx
}

func TestAWithheldPayloadIsNeverSeen(t *testing.T) {
	c, before, tx := startWithTransfer(t)
	c.Plan(21, 22, chain.Withhold)
	for range 2 {
		slot, err := c.NextSlot(t.Context())
		require.NoError(t, err)
		require.False(t, slot.Missed || slot.Executed || slot.Block.Delivered)
		require.Equal(t, before, executionHead(t, c))
		_, err = c.Client().HeaderByHash(t.Context(), slot.Block.ExecutionHash)
		require.Error(t, err)
		require.Equal(t, before, slot.Block.KnownHash)
	}
	withheld := c.Head()
	slot, err := c.NextSlot(t.Context())
	require.NoError(t, err)
	require.True(t, slot.Executed)
	head, err := c.Client().HeaderByNumber(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, slot.Block.ExecutionHash, head.Hash())
	require.Equal(t, before, head.ParentHash)
	require.Equal(t, before, slot.Block.KnownHash, "its own payload is known by the next block")
	_, err = c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.NoError(t, err, "the transaction was lost with a payload that nobody saw")
	// EIP-4788 has holes: of these blocks it knows the last one's parent only.
	require.Equal(t, withheld.Root.Bytes(), beaconRoot(t, c, 23))
	require.Empty(t, beaconRoot(t, c, 21))
	require.Empty(t, beaconRoot(t, c, 22))
}

// beaconRoot is what EIP-4788 answers for the time of a slot; empty for none.
func beaconRoot(t *testing.T, c *chain.Chain, slot uint64) []byte {
	t.Helper()
	timestamp := new(big.Int).SetUint64(c.GenesisTime() + slot*c.Spec().SecondsPerSlot)
	answer, err := c.Client().CallContract(t.Context(), callMsg(params.BeaconRootsAddress, common.BigToHash(timestamp).Bytes()), nil)
	if err != nil {
		return nil
	}
	return answer
}

func TestALatePayloadIsReplacedByTheNextBlocks(t *testing.T) {
	c, before, tx := startWithTransfer(t)
	c.Plan(21, 21, chain.DeliverLate)
	slot, err := c.NextSlot(t.Context())
	require.NoError(t, err)
	require.True(t, slot.Executed)
	require.False(t, slot.Block.Delivered)
	require.Equal(t, slot.Block.ExecutionHash, executionHead(t, c))
	_, err = c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.NoError(t, err)
	advance(t, c, 2)
	next, err := c.BlockAt(22)
	require.NoError(t, err)
	require.Equal(t, before, next.KnownHash)
	receipt, err := c.Client().TransactionReceipt(t.Context(), tx.Hash())
	require.NoError(t, err, "the transaction was lost with the late payload")
	require.NotEqual(t, slot.Block.ExecutionHash, receipt.BlockHash)
}

func TestPayloadsAreApartFromTheirBlocksInGloasOnly(t *testing.T) {
	c := start(t, on(transition.Fulu))
	c.Plan(1, 1, chain.Withhold)
	_, err := c.NextSlot(t.Context())
	require.ErrorIs(t, err, chain.ErrAction)
}

func TestWhatABuilderPaysReachesTheFeeRecipient(t *testing.T) {
	purse := common.HexToAddress("0xfee")
	c := start(t, func(config *chain.Config) {
		config.Builders = []chain.Builder{{PublicKey: [48]byte{1}, Address: [20]byte{2}, BalanceGwei: 100e9}}
	})
	advanceTo(t, c, 24)
	c.PlanBid(25, chain.Bid{ValueGwei: 3e9, FeeRecipient: purse})
	c.PlanBid(26, chain.Bid{ValueGwei: 4e9, FeeRecipient: purse})
	c.Plan(26, 26, chain.Withhold)
	advanceTo(t, c, 28)
	wei, err := c.Client().BalanceAt(t.Context(), purse, nil)
	require.NoError(t, err)
	require.Zero(t, wei.Cmp(localnet.Ether(3)), "the payload that was delivered is paid for at once")
	advanceTo(t, c, 40)
	wei, err = c.Client().BalanceAt(t.Context(), purse, nil)
	require.NoError(t, err)
	require.Zero(t, wei.Cmp(localnet.Ether(7)), "a builder that withholds pays too")
	c.PlanBid(41, chain.Bid{ValueGwei: 93e9, FeeRecipient: purse})
	_, err = c.NextSlot(t.Context())
	require.ErrorIs(t, err, transition.ErrBid)
}

// TestReportsHoldWhateverIsWithheld withholds payloads around reference slots: what is reported is what the ledger holds.
func TestReportsHoldWhateverIsWithheld(t *testing.T) {
	p := deployPool(t, nil)
	p.formCommittee(4)
	p.stake(200)
	p.fund(3)
	flight := false
	for k, slots := range [][2]uint64{{0, 0}, {1, 1}, {0, 4}, {2, 7}, {0, 15}} { // from so many slots after the reference slot to so many
		refSlot := p.schedule.RefSlot(uint64(k))
		p.Plan(refSlot+slots[0], refSlot+slots[1], chain.Withhold)
		if k%2 == 1 {
			p.Miss(refSlot, refSlot)
		}
		flight = p.report(refSlot).Report.CLInFlightGwei > 0 || flight
	}
	require.True(t, flight, "no withdrawal was ever in flight")
}

// TestReportsHoldOverTheFork has deposits on the way and rewards swept while Gloas and Amsterdam begin.
func TestReportsHoldOverTheFork(t *testing.T) {
	for name, miss := range map[string]uint64{"the reference block is the last of Fulu": 0, "and no block follows for a while": 4} {
		t.Run(name, func(t *testing.T) {
			p := deployPool(t, func(c *chain.Config) { c.Spec = c.Spec.From(transition.Fulu); c.Spec.GloasForkEpoch = 20 })
			p.formCommittee(4)
			p.stake(200)
			fork := uint64(20) * p.schedule.SlotsPerEpoch
			require.Equal(t, fork-1, p.schedule.RefSlot(1))
			require.NoError(t, p.staking().Open(t.Context(), 3))
			require.NoError(t, p.staking().Prove(t.Context(), 3))
			p.report(p.schedule.RefSlot(0))
			advanceTo(t, p.Chain, fork-2)
			require.NoError(t, p.staking().TopUp(t.Context(), 3))
			if miss > 0 {
				p.Miss(fork, fork+miss-1)
			}
			require.Equal(t, uint64(3*31e9), p.report(fork-1).Report.CLPendingGwei)
			after := p.report(p.schedule.RefSlot(2)).Report
			require.Equal(t, uint32(3), after.Validators)
			require.Equal(t, uint64(3*32e9), after.CLValidatorsGwei)
			s, err := p.State(p.Slot())
			require.NoError(t, err)
			require.Equal(t, transition.Gloas, s.Version())
		})
	}
}
