package snapshot_test

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// leaf is what a report says of a validator: its index, balance in gwei and flags.
type leaf struct {
	index, gwei uint64
	flags       uint8
}

// A leaf's flags.
const exited, slashed = 1, 2

// commitment computes balancesRoot as the design has it, without package report.
func commitment(leaves ...leaf) common.Hash {
	type node struct {
		hash            common.Hash
		sum             uint64
		exited, slashed uint32
	}
	number := func(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }
	count := func(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
	entry := func(n node) []byte { // nothing is unproven
		return slices.Concat(n.hash[:], number(n.sum), count(n.exited), count(n.slashed), number(0))
	}
	var level []node
	for _, l := range leaves {
		hash := crypto.Keccak256Hash([]byte{0}, number(l.index), number(l.gwei), []byte{l.flags})
		level = append(level, node{hash, l.gwei, uint32(l.flags & exited), uint32(l.flags & slashed / slashed)})
	}
	want := 1
	for want < len(level) {
		want *= 2
	}
	for len(level) < want || len(level) == 0 {
		level = append(level, node{})
	}
	for len(level) > 1 {
		var next []node
		for i := 0; i < len(level); i += 2 {
			l, r := level[i], level[i+1]
			next = append(next, node{crypto.Keccak256Hash([]byte{1}, entry(l), entry(r)), l.sum + r.sum, l.exited + r.exited, l.slashed + r.slashed})
		}
		level = next
	}
	return crypto.Keccak256Hash([]byte{2}, entry(level[0]), count(uint32(len(leaves))))
}

// usualReport is the report of newWorld and usual, worked out by hand: 201 ether staked, of it 64 deposited; nothing was reported before.
func (w *world) usualReport() report.Report {
	w.t.Helper()
	committee := bindings.NewOracleCommittee()
	digest, err := localnet.Query(w.Network, w.Contracts.OracleCommittee, committee.PackDigestAt(w.refSlot), committee.UnpackDigestAt)
	require.NoError(w.t, err)
	return report.Report{
		Version: 2, Committee: digest, RefSlot: w.refSlot, LastRefSlot: w.lastRefSlot(),
		RefBlockRoot: w.header.HashTreeRoot(), CLValidatorsGwei: 32_010_000_000, CLPendingGwei: 32e9, Validators: 1,
		DepositedWei: *uint256.MustFromBig(localnet.Ether(64)), WithdrawalVaultWei: *uint256.NewInt(1e15), ELRewardsVaultWei: *uint256.NewInt(2e15),
		FinalizeUpTo: 2, BalancesRoot: commitment(leaf{5, 32_010_000_000, 0}),
	}
}

// lastRefSlot is that of the pool's last report; after the deployment, the reference slot before the first frame.
func (w *world) lastRefSlot() uint64 {
	w.t.Helper()
	pool := bindings.NewStakingPool()
	last, err := localnet.Query(w.Network, w.Contracts.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	require.NoError(w.t, err)
	return last.RefSlot
}

func TestAReportIsWhatTheChainHolds(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	got, err := w.builder(node).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport(), got.Report)
	require.Equal(t, w.Domain().Digest(w.usualReport()), got.Digest)
	require.Equal(t, w.header.StateRoot, got.State.Root)
	require.Len(t, got.Committee.Members, 4)
	require.NotEmpty(t, got.Sources)
	require.Equal(t, 1, node.requests(statePath), "the hint made one reading enough")
}

func TestMissedSlotsAroundTheReferenceSlotDoNotMatter(t *testing.T) {
	for name, c := range map[string]struct {
		before uint64
		missed []uint64
	}{"the slot itself": {before: 1}, "three slots and those after": {3, []uint64{1, 2, 3}}, "a whole epoch": {40, nil}, "the next slots": {0, []uint64{1, 2, 3, 4, 5}}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			var missed []uint64
			for _, after := range c.missed {
				missed = append(missed, w.refSlot+after)
			}
			w.seal(c.before, w.usual, missed...)
			got, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
			require.NoError(t, err)
			require.Equal(t, w.usualReport(), got.Report)
			require.Equal(t, w.refSlot-c.before, got.Reference.Slot)
			require.Equal(t, w.refSlot+1+uint64(len(c.missed)), got.Reference.ChildSlot)
		})
	}
}

// Exits are judged at the reference slot's epoch although the block that was read is of an earlier one.
func TestAnExitInAnEpochWithoutBlocksCounts(t *testing.T) {
	w := newWorld(t)
	w.seal(40, func(b *electra.BeaconState) {
		w.usual(b)
		b.Validators[5].ExitEpoch = 9 // the reference slot's; the block is of epoch 8
		b.Validators[5].WithdrawableEpoch = 9 + 256
	})
	got, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	want := w.usualReport()
	want.Exited, want.BalancesRoot = 1, commitment(leaf{5, 32_010_000_000, exited})
	require.Equal(t, want, got.Report)
}

func TestOnlyReferenceSlotsAreComputed(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	g := w.builder(node)
	for _, slot := range []uint64{0, w.refSlot - 1, w.refSlot + 1, 1<<64 - 1, 1<<64 - 2} {
		_, err := g.Compute(t.Context(), slot)
		require.ErrorIs(t, err, snapshot.ErrNotReportable, "slot %d", slot)
	}
	require.Zero(t, node.requests("/"), "no node needs to be asked for that")
}

func TestLatestIsTheReferenceSlotBelowTheFinalizedEpoch(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	g := w.builder(node)
	for epoch, want := range map[uint64]uint64{10: w.refSlot, 11: w.refSlot, 12: w.refSlot} {
		node.finalizedEpoch = epoch
		got, err := g.Latest(t.Context())
		require.NoError(t, err, "epoch %d", epoch)
		require.Equal(t, want, got, "epoch %d", epoch)
	}
	for _, epoch := range []uint64{1, 9} {
		node.finalizedEpoch = epoch
		_, err := g.Latest(t.Context())
		require.Error(t, err, "epoch %d", epoch)
	}
}
