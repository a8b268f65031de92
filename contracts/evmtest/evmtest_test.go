package evmtest

import (
	"context"
	"math/big"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"
)

func newChain(t *testing.T) *Chain {
	t.Helper()
	ch, err := New(Config{ChainID: 7, GenesisTime: 1_700_000_000, SecondsPerSlot: 12})
	require.NoError(t, err)
	return ch
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
