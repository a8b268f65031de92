package node

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/blockproof"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// Execution headers tell which payloads were executed: of a slot that was missed there is none, and behind the newest one there is nothing yet.
func TestTheFirstExecutedPayloadAboveASlotIsFoundInTheExecutionHeaders(t *testing.T) {
	s, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../contracts/test/fixtures", Members: 1})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	first := s.Slot() + 1
	s.Miss(first+2, first+3)
	require.NoError(t, s.Advance(t.Context(), first+6))
	reader, err := s.Watcher()
	require.NoError(t, err)
	head, err := reader.Head(t.Context())
	require.NoError(t, err)
	source := snapshot.ProofSource{Head: head, Schedule: s.Schedule, Chain: reader}
	for slot := first; slot < first+6; slot++ {
		want := slot + 1
		if slot >= first+1 && slot <= first+3 {
			want = first + 4 // the child of the block at first+1
		}
		found, err := source.ExecutedAbove(t.Context(), slot)
		require.NoError(t, err)
		child, err := s.BlockAt(want)
		require.NoError(t, err)
		require.Equal(t, blockproof.Executed{Slot: want, ParentRoot: child.ParentRoot}, found, "above slot %d", slot)
	}
	for slot := first + 6; slot < first+9; slot++ {
		_, err = source.ExecutedAbove(t.Context(), slot)
		require.ErrorIs(t, err, blockproof.ErrNotYet)
	}
	// A member that is shown an older head waits as if nothing had come since.
	source.Head, err = reader.BlockByNumber(t.Context(), head.Number-2)
	require.NoError(t, err)
	_, err = source.ExecutedAbove(t.Context(), first+4)
	require.ErrorIs(t, err, blockproof.ErrNotYet)
}

// A proof is looked at again until what it is made with is eight slots old.
func TestAProofIsSettledWhenItsPayloadIsOld(t *testing.T) {
	s := report.Schedule{GenesisTime: 1000, SecondsPerSlot: 12}
	for slots, want := range map[uint64]bool{0: false, 7: false, 8: true, 100: true} {
		require.Equal(t, want, settled(s, events.Block{Time: s.TimeOf(50 + slots)}, blockproof.Proof{ChildSlot: 50}), "%d slots", slots)
	}
}
