package journal

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Writing the file anew must not leave an older copy where the link pointed: whoever opens that one votes again.
func TestASymbolicLinkToTheJournalStaysOneJournal(t *testing.T) {
	target := samplePath(t)
	j := reopen(t, optionsAt(target))
	require.NoError(t, j.Append(consensus.JournalOpened{RefSlot: 1}))
	require.NoError(t, j.Close())
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(target, link))

	j = reopen(t, optionsAt(link))
	_, err := Open(optionsAt(target))
	require.ErrorIs(t, err, ErrLocked)
	require.NoError(t, j.Append(voteFor(roundAt(1, 100), 7)))
	require.NoError(t, j.Close())

	j = reopen(t, optionsAt(target))
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 8)), consensus.ErrSecondDigest)
}

func TestALinkToNothingIsNotAJournal(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(filepath.Join(t.TempDir(), "missing.db"), link))
	_, err := Open(optionsAt(link))
	require.ErrorIs(t, err, ErrMissing)
}
