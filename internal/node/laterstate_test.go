package node

import (
	"math"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// The state of the block above the reference block is read over the Beacon API, and the contract finds the reference block in it: of a chain whose states remember
// 64 slots.
func TestALaterStateRemembersTheReferenceBlock(t *testing.T) {
	s, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../contracts/test/fixtures", Members: 1})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	refSlot := s.Schedule.RefSlot(0)
	s.Miss(refSlot, refSlot)
	result, err := s.Compute(t.Context(), refSlot)
	require.NoError(t, err)
	reference, source := result.Reference, snapshot.ProofSource{States: s.Builder()}
	require.Equal(t, refSlot-1, reference.Slot)
	roots, err := source.BlockRoots(t.Context(), reference.Child)
	require.NoError(t, err)
	root, branch, err := roots.Prove(refSlot)
	require.NoError(t, err)
	require.Equal(t, reference.Root, root)
	p := blockproof.Proof{ChildSlot: math.MaxUint64, Header: reference.Header, Above: []state.BlockHeader{reference.Child}, Branch: branch}
	memory := s.Spec().SlotsPerHistoricalRoot
	newest, err := p.Newest(refSlot, root, blockproof.Layouts{GloasSlot: math.MaxUint64, SlotsPerHistoricalRoot: memory})
	require.NoError(t, err)
	require.Equal(t, reference.ChildRoot, newest)

	var siblings [][32]byte
	for _, h := range branch {
		siblings = append(siblings, h)
	}
	call := func(slot uint64, root common.Hash) error {
		data := bindings.NewStateProofs().PackRequireBlockRoot(reference.Child.StateRoot, reference.Child.Slot, slot, root, siblings)
		_, err := s.Call(t.Context(), s.Manifest.Contracts.StateProofs, data)
		return err
	}
	require.NoError(t, call(refSlot, root))
	require.ErrorContains(t, call(refSlot, reference.ChildRoot), "revert", "another root")
	require.ErrorContains(t, call(refSlot-2, root), "revert", "the root of another slot")

	// A header of nobody's block has no state.
	unknown := reference.Child
	unknown.StateRoot[0] ^= 1
	_, err = source.BlockRoots(t.Context(), unknown)
	require.ErrorIs(t, err, state.ErrWrongRoot)
}
