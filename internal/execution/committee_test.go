package execution_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// refSlotOfChange is the first reference slot that a change made now concerns.
func (w *world) refSlotOfChange() uint64 {
	return report.Schedule(w.Schedule).RefSlotOfChange(w.Chain.Slot())
}

// requireCommittee compares what is proven with what the contract says.
func (w *world) requireCommittee(p *execution.Pool, refSlot uint64, size int) {
	w.t.Helper()
	binding := bindings.NewOracleCommittee()
	want := ask(w, w.Contracts.OracleCommittee, binding.PackCommitteeAt(refSlot), binding.UnpackCommitteeAt)
	got, err := p.Committee(context.Background(), refSlot)
	require.NoError(w.t, err)
	require.Equal(w.t, common.Hash(want.Digest), got.Digest)
	require.Equal(w.t, refSlot, got.RefSlot)
	require.Len(w.t, got.Members, size)
	for i, m := range got.Members {
		require.Equal(w.t, common.Hash(want.Ids[i]), m.ID)
	}
}

func TestProvenCommitteeIsTheContracts(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.FormCommittee(4))
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
	require.NoError(t, err)
	w.requireCommittee(p, w.refSlotOfChange(), 4)
	c, err := p.Committee(context.Background(), w.refSlotOfChange())
	require.NoError(t, err)
	for i, m := range w.Members {
		require.Equal(t, m.Key.PublicKey().Affine(), c.Members[i].Key[:])
	}
}

func TestEachReferenceSlotHasItsOwnCommittee(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.FormCommittee(4))
	first := w.refSlotOfChange()
	_, err := w.OpenFrame()
	require.NoError(t, err)
	binding := bindings.NewOracleCommittee()
	_, err = w.Must(w.Accounts.Owner, w.Contracts.OracleCommittee, nil, binding.PackRemove([][32]byte{w.Members[1].ID}))
	require.NoError(t, err)
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
	require.NoError(t, err)
	w.requireCommittee(p, first, 4)
	w.requireCommittee(p, w.refSlotOfChange(), 3)
}

// Keys stand in chunks of 32, which get shorter when members leave.
func TestCommitteesAtTheBordersOfChunksAreProvenMemberByMember(t *testing.T) {
	for _, size := range []int{31, 32, 33, 63, 64, 65} {
		t.Run(fmt.Sprintf("%d members", size), func(t *testing.T) {
			w := newWorld(t)
			require.NoError(t, w.FormCommittee(size))
			first := w.refSlotOfChange()
			_, err := w.OpenFrame()
			require.NoError(t, err)
			ids := [][32]byte{w.Members[0].ID, w.Members[size/2].ID, w.Members[size-1].ID}
			_, err = w.Must(w.Accounts.Owner, w.Contracts.OracleCommittee, nil, bindings.NewOracleCommittee().PackRemove(ids))
			require.NoError(t, err)
			p, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
			require.NoError(t, err)
			w.requireCommittee(p, first, size)
			w.requireCommittee(p, w.refSlotOfChange(), size-3)
		})
	}
}

// A node that serves another account's code is caught by the code hash that is proven.
func TestAChunkOfOtherKeysIsALie(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.FormCommittee(33))
	block := w.seal()
	var served []json.RawMessage
	lying := w.node.Lying(func(method string, result json.RawMessage) json.RawMessage {
		if method != "eth_getCode" {
			return result
		}
		served = append(served, result)
		return served[max(len(served)-2, 0)] // that of the account before
	})
	p, err := w.reader(serve(t, lying)).Pool(context.Background(), block)
	require.NoError(t, err)
	_, err = p.Committee(context.Background(), w.refSlotOfChange())
	require.ErrorIs(t, err, execution.ErrProof)
	require.ErrorContains(t, err, "the code has hash")
	require.Len(t, served, 2, "the head, and the first chunk")
}

func TestTheLargestCommitteeIsReadWhole(t *testing.T) {
	const size = 250
	w := newWorld(t)
	require.NoError(t, w.FormCommittee(size))
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
	require.NoError(t, err)
	w.requireCommittee(p, w.refSlotOfChange(), size)
}

func TestNobodyAnswersWithoutMembers(t *testing.T) {
	w := newWorld(t)
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
	require.NoError(t, err)
	_, err = p.Committee(context.Background(), w.refSlotOfChange())
	require.ErrorIs(t, err, execution.ErrCommittee)
	require.ErrorContains(t, err, "admit members")
}

func TestAManifestWithAnotherScheduleContradictsTheDigest(t *testing.T) {
	w := newWorld(t)
	require.NoError(t, w.FormCommittee(1))
	w.Schedule.FinalityMarginSlots++
	p, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
	require.NoError(t, err)
	_, err = p.Committee(context.Background(), w.refSlotOfChange())
	require.ErrorIs(t, err, execution.ErrCommittee)
	require.ErrorContains(t, err, "schedule")
}
