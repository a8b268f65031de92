package network_test

import (
	"context"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

func build(t *testing.T, members int) *network.Network {
	t.Helper()
	n, err := network.Build(t.Context(), network.Config{
		Dir: filepath.Join(t.TempDir(), "net"), Members: members, Seed: 7, SlotTime: 100 * time.Millisecond, Fork: transition.Gloas, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, n.Close()) })
	return n
}

func TestACommitteeAndItsPoolAreReadyBeforeTheFirstFrame(t *testing.T) {
	n := build(t, 7)
	require.Less(t, n.Chain.Slot(), n.RefSlot(0))
	require.NoError(t, n.Manifest.Verify(t.Context(), n.Chain.Client()))

	committee := bindings.NewOracleCommittee()
	for _, m := range n.Members {
		on, err := network.Query(t.Context(), n, n.Manifest.Contracts.OracleCommittee, nil, committee.PackMember(m.ID), committee.UnpackMember)
		require.NoError(t, err)
		require.EqualValues(t, 2, on.State, "member %d is no member", m.Index)
	}
	s, err := n.Chain.State(n.Chain.Slot())
	require.NoError(t, err)
	active := 0
	for _, v := range s.Validators {
		if report.WithdrawsTo(v.WithdrawalCredentials, n.Manifest.Contracts.WithdrawalVault) && uint64(v.ActivationEpoch) <= s.Epoch() {
			active++
		}
	}
	require.Equal(t, 12, active, "the pool's validators earn from the first frame on")
}

func TestSetUpReportsItsOwnFramesAndNobodyWithARoleMovesEther(t *testing.T) {
	n := build(t, 4)
	pool := bindings.NewStakingPool()
	last, err := network.Query(t.Context(), n, n.Manifest.Contracts.StakingPool, nil, pool.PackLastReport(), pool.UnpackLastReport)
	require.NoError(t, err)
	require.Equal(t, n.RefSlot(0)-network.FrameSlots, last.RefSlot, "the last report is a frame old when members start")
	require.Equal(t, uint64(network.FirstEpoch)*n.Schedule.SlotsPerEpoch-1, n.RefSlot(0))
	require.Equal(t, new(big.Int).Mul(big.NewInt(12*32), big.NewInt(1e18)), last.DepositedWei)
	require.Zero(t, last.UnprovenGwei)

	roles := n.DeployConfig().Roles
	holders := append(slices.Concat(roles.TimelockProposers, roles.TimelockExecutors),
		roles.Guardian, roles.Pauser, roles.Resumer, roles.Membership, roles.Ejector, roles.OperatorManager, roles.ExitRequester)
	require.NotContains(t, holders, n.Accounts.Keeper.Address)
	require.NotContains(t, holders, n.Accounts.Operator.Address)
	nonce, err := n.Chain.Client().NonceAt(t.Context(), n.Accounts.Keeper.Address, nil)
	require.NoError(t, err)
	require.EqualValues(t, 1+12+1, nonce, "the keeper sent first ether, proofs and the rest")
}

func TestAHomeHoldsWhatAMemberNeeds(t *testing.T) {
	n := build(t, 4)
	for _, m := range n.Members {
		file, err := os.Open(filepath.Join(m.Home, "manifest.yaml"))
		require.NoError(t, err)
		decoded, err := manifest.Decode(file)
		require.NoError(t, err)
		require.NoError(t, file.Close())
		require.Equal(t, n.Manifest.Contracts, decoded.Contracts)
		require.NotEmpty(t, decoded.BootstrapPeers)

		password, err := keyfile.ReadPassword(filepath.Join(m.Home, "keystore.password"))
		require.NoError(t, err)
		stored, err := keyfile.Read(filepath.Join(m.Home, "keystore.json"))
		require.NoError(t, err)
		key, err := stored.Decrypt(password)
		require.NoError(t, err)
		require.Equal(t, m.Key.Bytes(), key.PublicKey().Bytes())

		identity, err := p2p.ReadIdentityFile(filepath.Join(m.Home, "identity"))
		require.NoError(t, err)
		require.Equal(t, m.PeerID, p2p.PeerIDText(identity.PeerID()))
	}
}

func TestTheClockRunsAtItsRateFromWhereTheChainStands(t *testing.T) {
	n := build(t, 4)
	at := n.Schedule.TimeOf(n.Chain.Slot())
	wall := n.Clock.WallOf(time.Unix(int64(at), 0))
	require.WithinDuration(t, time.Unix(int64(at), 0), n.Clock.At(wall), time.Second/100)
	require.WithinDuration(t, time.Unix(int64(at+12), 0), n.Clock.At(wall.Add(n.SlotTime())), time.Second/100)
	require.Equal(t, 100*time.Millisecond, n.SlotTime())

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	last := n.Chain.Slot()
	require.NoError(t, n.Run(ctx, func(s chain.Slot) error {
		require.Equal(t, last+1, s.Slot)
		last = s.Slot
		require.LessOrEqual(t, n.Schedule.TimeOf(s.Slot), uint64(n.Now().Unix()), "a slot before its time")
		if s.Slot == n.RefSlot(0) {
			cancel()
		}
		return nil
	}))
	require.Equal(t, n.RefSlot(0), last)
}

func TestAFolderInUseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "note"), []byte("mine"), 0o600))
	_, err := network.Build(t.Context(), network.Config{
		Dir: dir, Members: 4, SlotTime: time.Second, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	})
	require.ErrorIs(t, err, network.ErrConfig)
}

func TestTransactionsOfAnAccountFollowEachOther(t *testing.T) {
	n := build(t, 4)
	pool := bindings.NewStakingPool()
	var hashes []any
	for range 3 {
		tx, err := n.Send(t.Context(), network.Call{
			From: n.Holders[0].Account, To: n.Manifest.Contracts.StakingPool, Wei: big.NewInt(1e18), Data: pool.PackDeposit(n.Holders[0].Address, new(big.Int)),
		})
		require.NoError(t, err)
		hashes = append(hashes, tx.Hash())
		defer func() {
			receipt, err := n.Chain.Client().TransactionReceipt(t.Context(), tx.Hash())
			require.NoError(t, err)
			require.EqualValues(t, 1, receipt.Status)
		}()
	}
	require.Len(t, hashes, 3)
	_, err := n.Chain.NextSlot(t.Context())
	require.NoError(t, err)
	_, err = n.Chain.NextSlot(t.Context())
	require.NoError(t, err)
}
