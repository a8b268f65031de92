package journal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func TestAResumedJournalRemembersUpToWhichRoundItsKeyMayHaveVotedElsewhere(t *testing.T) {
	j := openedJournal(t)
	require.NoError(t, j.Append(haltIn(roundAt(1, 100), 8), haltIn(roundAt(2, 70), 8)))
	require.NoError(t, j.RemoveHalt())
	require.Equal(t, []consensus.Record{consensus.JournalOpened{RefSlot: 100}}, recordsOf(t, j), "up to and with it, a core asks the others")

	require.NoError(t, j.Append(haltIn(roundAt(1, 90), 8)))
	require.NoError(t, j.RemoveHalt())
	require.Equal(t, []consensus.Record{consensus.JournalOpened{RefSlot: 100}}, recordsOf(t, j), "it never becomes older")
}
