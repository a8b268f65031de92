package journal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// filled is the bytes of a journal whose last transaction was a vote, and what it holds.
func filled(t *testing.T) ([]byte, Contents) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	for slot := uint64(101); slot < 112; slot++ {
		require.NoError(t, j.Append(voteFor(roundAt(1, slot), 7)))
	}
	c, err := j.Contents()
	require.NoError(t, err)
	require.NoError(t, j.Close())
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data, c
}

// readBytes reads a journal file that has those bytes.
func readBytes(t *testing.T, path string, data []byte) (Contents, error) {
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return ReadFile(path, 0)
}

func TestAChangedByteIsNoticedOrChangesNothing(t *testing.T) {
	data, want := filled(t)
	path := filepath.Join(t.TempDir(), "journal.db")
	noticed := 0
	for at := 0; at < len(data); at++ {
		if at%os.Getpagesize() >= 48 && at%97 != 0 { // every byte of headers and first elements, some of the rest
			continue
		}
		old := data[at]
		data[at] ^= 1 << (at % 8)
		got, err := readBytes(t, path, data)
		data[at] = old
		if err != nil {
			require.ErrorIs(t, err, ErrCorrupt, "byte %d", at)
			noticed++
			continue
		}
		require.Equal(t, want, got, "byte %d", at) // in a page that is not used
	}
	require.Greater(t, noticed, 200)
}

func TestACutOffFileIsNoticed(t *testing.T) {
	data, _ := filled(t)
	first, err := readMeta(bytes.NewReader(data), 0, 0)
	require.NoError(t, err)
	second, err := readMeta(bytes.NewReader(data), 1, first.pageSize)
	require.NoError(t, err)
	data = data[:max(first.pages, second.pages)*uint64(first.pageSize)] // what follows is not used yet
	path := filepath.Join(t.TempDir(), "journal.db")
	for size := 0; size < len(data); size += 1021 {
		_, err := readBytes(t, path, data[:size])
		require.ErrorIs(t, err, ErrCorrupt, "%d bytes", size)
	}
}

func TestTheNewestVoteIsNotForgottenWithItsMetaPage(t *testing.T) {
	data, _ := filled(t)
	path := filepath.Join(t.TempDir(), "journal.db")
	for _, page := range []int{0, 1} { // bbolt alone would go back to the other page, and to the vote before
		broken := append([]byte{}, data...)
		broken[page*os.Getpagesize()+metaPages]++
		require.NoError(t, os.WriteFile(path, broken, 0o600))
		_, err := Open(optionsAt(path))
		require.ErrorIs(t, err, ErrCorrupt)
	}
}

func TestAJournalThatIsCutOffWhileOpenSaysSo(t *testing.T) {
	j := openedJournal(t)
	for slot := uint64(1); slot < 60; slot++ {
		require.NoError(t, j.Append(voteFor(roundAt(1, slot), 7), certificateFor(roundAt(1, slot), 7)))
	}
	path := j.file.path
	require.NoError(t, os.Truncate(path, int64(2*os.Getpagesize())))
	err := j.Append(voteFor(roundAt(1, 100), 7))
	require.ErrorIs(t, err, ErrCorrupt)
	require.ErrorIs(t, j.Append(voteFor(roundAt(1, 100), 7)), ErrCorrupt, "it stays unusable")
	_, err = j.Records()
	require.ErrorIs(t, err, ErrCorrupt)
	require.NoError(t, j.Close())
	_, err = Open(optionsAt(path))
	require.Error(t, err)
}
