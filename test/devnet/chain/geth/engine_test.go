package geth_test

import (
	"context"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
)

const genesisTime = 1_700_000_000

func start(t *testing.T) *geth.Node { return startAt(t, nil) }

// startAt starts a node whose chain has Osaka from block 0 and Amsterdam from a time on; nil: neither.
func startAt(t *testing.T, amsterdam *uint64) *geth.Node {
	t.Helper()
	var osaka *uint64
	if amsterdam != nil {
		osaka = new(uint64)
	}
	node, err := geth.Start(geth.Options{
		ChainID: 1337, GenesisTime: genesisTime, OsakaTime: osaka, AmsterdamTime: amsterdam, Balances: map[common.Address]*big.Int{{1}: big.NewInt(1)},
		Deposits: geth.Contract{Address: common.Address{0xde}, Code: []byte{0}},
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, node.Close()) })
	return node
}

func attributes(parent common.Hash, timestamp uint64) geth.Attributes {
	return geth.Attributes{
		Parent: parent, Timestamp: timestamp, ParentBeaconRoot: common.Hash{0xbe},
		Withdrawals: []*types.Withdrawal{{Index: 3, Validator: 4, Address: common.Address{0xaa}, Amount: 5}},
	}
}

func TestPayloadBecomesTheHead(t *testing.T) {
	node := start(t)
	genesis := node.Genesis().Hash()
	built, err := node.Build(t.Context(), attributes(genesis, genesisTime+1))
	require.NoError(t, err)
	require.NoError(t, node.Insert(t.Context(), built))
	number, err := node.Client().BlockNumber(t.Context())
	require.NoError(t, err)
	require.Zero(t, number, "a payload is no head before it is chosen")
	require.NoError(t, node.SetHead(t.Context(), built.Data.BlockHash, genesis, genesis))
	head, err := node.Client().HeaderByNumber(t.Context(), nil)
	require.NoError(t, err)
	require.Equal(t, built.Data.BlockHash, head.Hash())
	require.Equal(t, common.Hash{0xbe}, *head.ParentBeaconRoot)
	balance, err := node.Client().BalanceAt(t.Context(), common.Address{0xaa}, nil)
	require.NoError(t, err)
	require.Zero(t, balance.Cmp(big.NewInt(5*params.GWei)))
	require.NoError(t, node.SetHead(t.Context(), genesis, genesis, genesis), "the head can be led back to what is not below the finalized block")
}

func TestAmsterdamBeginsAtItsTime(t *testing.T) {
	begins := uint64(genesisTime + 2)
	node := startAt(t, &begins)
	parent := node.Genesis().Hash()
	for at := genesisTime + uint64(1); at < genesisTime+5; at++ {
		a, slot := attributes(parent, at), at-genesisTime
		if at >= begins {
			a.SlotNumber = &slot
		}
		built, err := node.Build(t.Context(), a)
		require.NoError(t, err)
		require.NoError(t, node.Insert(t.Context(), built))
		require.NoError(t, node.SetHead(t.Context(), built.Data.BlockHash, parent, parent))
		head, err := node.Client().HeaderByNumber(t.Context(), nil)
		require.NoError(t, err)
		require.Equal(t, built.Data.BlockHash, head.Hash())
		require.Equal(t, a.SlotNumber, head.SlotNumber)
		parent = head.Hash()
	}
	for _, at := range []common.Address{params.BuilderDepositAddress, params.BuilderExitAddress} {
		code, err := node.Client().CodeAt(t.Context(), at, nil)
		require.NoError(t, err)
		require.NotEmpty(t, code, at)
	}
}

func TestWhatIsNotValidIsRefused(t *testing.T) {
	node := start(t)
	genesis := node.Genesis().Hash()
	require.ErrorIs(t, node.SetHead(t.Context(), common.Hash{1}, common.Hash{}, common.Hash{}), geth.ErrRefused, "an unknown head")
	_, err := node.Build(t.Context(), attributes(genesis, genesisTime))
	require.ErrorIs(t, err, geth.ErrNotBuilt, "a block that is not younger than its parent")
	built, err := node.Build(t.Context(), attributes(genesis, genesisTime+1))
	require.NoError(t, err)
	built.Data.StateRoot[0]++
	require.ErrorIs(t, node.Insert(t.Context(), built), geth.ErrRefused, "a payload with another hash")
}

func TestBuildEndsWithItsContext(t *testing.T) {
	node := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := node.Build(ctx, attributes(node.Genesis().Hash(), genesisTime+1))
	require.ErrorIs(t, err, geth.ErrNotBuilt)
	require.ErrorIs(t, err, context.Canceled)
}

func TestGenesisHasTheSystemContracts(t *testing.T) {
	node := start(t)
	for _, at := range []common.Address{
		params.BeaconRootsAddress, params.HistoryStorageAddress, params.WithdrawalQueueAddress, params.ConsolidationQueueAddress,
	} {
		code, err := node.Client().CodeAt(t.Context(), at, nil)
		require.NoError(t, err)
		require.NotEmpty(t, code, at)
	}
}
