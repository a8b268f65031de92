package difftest

import (
	"context"
	"log/slog"
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// history is a set on a chain, and who should answer for the open round and for the next one, in order.
type history struct {
	*localnet.Network
	t          *testing.T
	candidates []localnet.Member // not admitted yet
	open, next []localnet.Member
}

func newHistory(t *testing.T, registered int) *history {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	h := &history{Network: n, t: t}
	for i := range registered {
		m, err := n.Register("member", localnet.NewKey(uint64(i)))
		require.NoError(t, err)
		h.candidates = append(h.candidates, m)
	}
	return h
}

func (h *history) call(from *localnet.Account, data []byte) {
	h.t.Helper()
	_, err := h.Must(from, h.Contracts.OracleCommittee, nil, data)
	require.NoError(h.t, err)
}

func idsOf(members []localnet.Member) (ids [][32]byte) {
	for _, m := range members {
		ids = append(ids, m.ID)
	}
	return ids
}

func (h *history) admit(count int) {
	h.t.Helper()
	count = min(count, len(h.candidates))
	h.call(h.Accounts.Owner, bindings.NewOracleCommittee().PackAdmit(idsOf(h.candidates[:count])))
	h.next, h.candidates = append(slices.Clone(h.next), h.candidates[:count]...), h.candidates[count:]
}

func without(members []localnet.Member, gone ...localnet.Member) (rest []localnet.Member) {
	for _, m := range members {
		if !slices.ContainsFunc(gone, func(g localnet.Member) bool { return g.ID == m.ID }) {
			rest = append(rest, m)
		}
	}
	return rest
}

func (h *history) remove(members ...localnet.Member) {
	h.t.Helper()
	h.call(h.Accounts.Owner, bindings.NewOracleCommittee().PackRemove(idsOf(members)))
	h.next = without(h.next, members...)
}

func (h *history) leave(m localnet.Member) {
	h.t.Helper()
	h.call(m.Owner, bindings.NewOracleCommittee().PackRequestLeave(m.ID))
	h.next = without(h.next, m)
}

func (h *history) eject(m localnet.Member) {
	h.t.Helper()
	h.call(h.Accounts.Guardian, bindings.NewOracleCommittee().PackEject(m.ID))
	h.open, h.next = without(h.open, m), without(h.next, m)
}

// turn opens the next frame: who waited answers for the round that opens. n.Members are those who sign.
func (h *history) turn() localnet.Frame {
	h.t.Helper()
	frame, err := h.OpenFrame()
	require.NoError(h.t, err)
	h.open, h.Members = h.next, h.next
	return frame
}

// requireSame compares both rounds' members and digests with the Go twin's.
func (h *history) requireSame(open uint64) {
	h.t.Helper()
	s := report.Schedule(h.Schedule)
	for refSlot, members := range map[uint64][]localnet.Member{open: h.open, open + s.FrameSlots(): h.next} {
		committee := bindings.NewOracleCommittee()
		got, err := localnet.Query(h.Network, h.Contracts.OracleCommittee, committee.PackCommitteeAt(refSlot), committee.UnpackCommitteeAt)
		require.NoError(h.t, err)
		require.Equal(h.t, idsOf(members), append([][32]byte(nil), got.Ids...))
		if len(members) == 0 {
			require.Zero(h.t, got.Digest)
			continue
		}
		var keys [][]byte
		for _, m := range members {
			keys = append(keys, m.Key.PublicKey().Affine())
		}
		want := report.CommitteeDigest(new(big.Int).SetUint64(h.ChainID), h.Contracts.OracleCommittee, s, keys)
		require.Equal(h.t, want, common.Hash(got.Digest))
	}
}

func TestCommitteesOfAnyHistoryAreTheSameInGoAndSolidity(t *testing.T) {
	d := newDice(9)
	h := newHistory(t, 120)
	h.admit(70)
	frame := h.turn()
	some := func(of []localnet.Member) localnet.Member { return of[d.IntN(len(of))] }
	for range 60 {
		switch kind := d.IntN(10); {
		case kind < 2:
			h.admit(1 + d.IntN(12))
		case kind < 4 && len(h.next) > 0:
			var gone []localnet.Member
			for range 1 + d.IntN(6) {
				gone = append(gone, some(h.next))
			}
			h.remove(gone...) // who is named twice is skipped the second time
		case kind < 6 && len(h.next) > 0:
			h.leave(some(h.next))
		case kind < 8 && len(h.next) > 0:
			h.eject(some(h.next))
		default:
			frame = h.turn()
		}
		h.requireSame(frame.RefSlot)
	}
	require.NotEmpty(t, h.next)
}

// Changes and a report in one block: what is staged concerns the next round, what is ejected is gone at once.
func TestChangesAndAReportInOneBlock(t *testing.T) {
	h := newHistory(t, 40)
	h.admit(36)
	frame := h.turn()
	r, err := h.QuietReport(frame)
	require.NoError(t, err)

	h.leave(h.open[35])
	h.admit(4)
	h.requireSame(frame.RefSlot)
	_, err = h.Submit(r, frame)
	require.NoError(t, err, "the round's committee is as it was when it signed")

	frame = h.turn()
	r, err = h.QuietReport(frame)
	require.NoError(t, err)
	old, err := h.Certify(r)
	require.NoError(t, err)
	h.remove(h.next[3]) // staged: both sets are changed by what follows
	h.eject(h.open[0])
	h.eject(h.open[33]) // of the second chunk
	h.requireSame(frame.RefSlot)
	require.Contains(t, refused(t, h.Network, r, old, frame.Proof), "UnknownCommittee")

	h.Members = h.open
	r, err = h.QuietReport(frame) // names the committee without them
	require.NoError(t, err)
	_, err = h.Submit(r, frame, 1, 31, 32, 36)
	require.NoError(t, err, "in the same block, absent members of both chunks")
	frame = h.turn()
	h.requireSame(frame.RefSlot)
}
