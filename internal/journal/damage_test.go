package journal

import (
	"bytes"
	"encoding/binary"
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

// pointers are the places of page numbers in a journal's tree, from a page on.
func pointers(data []byte, m metaPage, page uint64) (all []int) {
	start := int(page) * int(m.pageSize)
	branch := binary.NativeEndian.Uint16(data[start+headerFlags:]) == flagBranch
	for i := range int(binary.NativeEndian.Uint16(data[start+headerCount:])) {
		at := start + headerLength + i*elementLength
		switch {
		case branch:
			at += branchChild
		case binary.NativeEndian.Uint32(data[at:])&leafIsBucket == 0:
			continue
		default:
			at += int(binary.NativeEndian.Uint32(data[at+leafPosition:]) + binary.NativeEndian.Uint32(data[at+leafKey:]))
		}
		if child := binary.NativeEndian.Uint64(data[at:]); child != 0 {
			all = append(append(all, at), pointers(data, m, child)...)
		}
	}
	return all
}

// bbolt follows such a page for ever, and needs more memory with every round.
func TestAPageThatLeadsElsewhereIsNoticed(t *testing.T) {
	data, _ := filled(t)
	m, err := verifyFrame(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "journal.db")
	all := pointers(data, m, m.root)
	require.Greater(t, len(all), 5, "buckets and branches")
	for _, at := range all {
		right := binary.NativeEndian.Uint64(data[at:])
		for wrong := range m.pages + 2 {
			if wrong == right || wrong == 0 { // 0 is a bucket inside of its value
				continue
			}
			binary.NativeEndian.PutUint64(data[at:], wrong)
			_, err := readBytes(t, path, data)
			require.ErrorIs(t, err, ErrCorrupt, "byte %d: page %d in place of %d", at, wrong, right)
		}
		binary.NativeEndian.PutUint64(data[at:], right)
	}
}
