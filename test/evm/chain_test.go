package evm

import (
	"context"
	"math/big"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"
)

func newChain(t *testing.T) *Chain {
	t.Helper()
	return chainOf(t, Osaka)
}

func TestATransactionHasAtMostTheGasOfEIP7825UnderOsakaOnly(t *testing.T) {
	key, err := crypto.GenerateKey()
	require.NoError(t, err)
	for _, fork := range Forks() {
		ch := chainOf(t, fork)
		to := common.Address{1}
		send := func(nonce, gas uint64) error {
			tx, err := types.SignNewTx(key, types.LatestSignerForChainID(big.NewInt(7)), &types.DynamicFeeTx{ChainID: big.NewInt(7), Nonce: nonce, Gas: gas, To: &to})
			require.NoError(t, err)
			_, err = ch.Execute(tx, nil)
			return err
		}
		require.NoError(t, send(0, params.MaxTxGas))
		if err := send(1, params.MaxTxGas+1); fork == Osaka {
			require.ErrorIs(t, err, core.ErrGasLimitTooHigh)
		} else {
			require.NoError(t, err)
		}
		require.Equal(t, fork != Osaka, ch.TxGasLimit() > params.MaxTxGas)
		_, _, err := ch.Call(ethereum.CallMsg{To: &to, Gas: 2 * params.MaxTxGas}, nil)
		require.NoError(t, err, "a call that is only asked about is not bound, as at nodes")
	}
}

// parentRootAt asks EIP-4788 for the root of the parent of the block at slot.
func parentRootAt(ch *Chain, slot uint64) ([]byte, error) {
	timestamp := new(big.Int).SetUint64(1_700_000_000 + 12*slot)
	return ch.CallContract(context.Background(), ethereum.CallMsg{To: &params.BeaconRootsAddress, Data: common.BigToHash(timestamp).Bytes()}, nil)
}

func TestAHeaderHasTheRootThatGoEth2ClientComputes(t *testing.T) {
	h := BeaconHeader{Slot: 1 << 40, ProposerIndex: 5, ParentRoot: common.Hash{1}, StateRoot: common.Hash{2}, BodyRoot: common.Hash{3}}
	want, err := (&phase0.BeaconBlockHeader{
		Slot: phase0.Slot(h.Slot), ProposerIndex: phase0.ValidatorIndex(h.ProposerIndex), ParentRoot: phase0.Root(h.ParentRoot),
		StateRoot: phase0.Root(h.StateRoot), BodyRoot: phase0.Root(h.BodyRoot),
	}).HashTreeRoot()
	require.NoError(t, err)
	require.Equal(t, common.Hash(want), h.Root())
}

func TestEIP4788KnowsTheParentOfEachBlockAndNothingOfMissedSlots(t *testing.T) {
	ch := newChain(t)
	for _, slot := range []uint64{1, 2, 5, 6} {
		ch.NextBlock(slot)
	}
	header, child, err := ch.BlockAt(4)
	require.NoError(t, err)
	require.Equal(t, uint64(2), header.Slot)
	require.Equal(t, uint64(5), child)
	root, err := parentRootAt(ch, child)
	require.NoError(t, err)
	require.Equal(t, header.Root().Bytes(), root)
	for _, missed := range []uint64{3, 4, 7} {
		_, err = parentRootAt(ch, missed)
		var reverted *RevertError
		require.ErrorAs(t, err, &reverted, "slot %d", missed)
	}
	_, _, err = ch.BlockAt(6)
	require.Error(t, err, "its child is not there yet")
}

func TestACallLeavesTheStateAndASnapshotLeavesTheChain(t *testing.T) {
	ch := newChain(t)
	to := common.Address{0xaa}
	ch.AddBalance(common.Address{1}, big.NewInt(10))
	_, err := ch.CallContract(context.Background(), ethereum.CallMsg{From: common.Address{1}, To: &to, Value: big.NewInt(4)}, nil)
	require.NoError(t, err)
	require.Zero(t, ch.Balance(to).Sign())

	snapshot := ch.Snapshot()
	ch.NextBlock(3)
	ch.AddBalance(to, big.NewInt(1))
	require.Zero(t, snapshot.Slot())
	require.Zero(t, snapshot.Balance(to).Sign())
}

func TestSlotsOnlyGrow(t *testing.T) {
	ch := newChain(t)
	ch.NextBlock(3)
	require.Panics(t, func() { ch.NextBlock(3) })
}
