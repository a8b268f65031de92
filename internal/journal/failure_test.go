//go:build linux

package journal

import (
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// behindTheFile puts a device in place of the journal's open file, and returns how to take it away. Reads go on from the memory map.
func behindTheFile(t *testing.T, j *Journal, device string) (restore func()) {
	t.Helper()
	descriptor := int(j.file.file.Fd())
	saved, err := syscall.Dup(descriptor)
	require.NoError(t, err)
	d, err := os.OpenFile(device, os.O_RDWR, 0)
	require.NoError(t, err)
	require.NoError(t, syscall.Dup3(int(d.Fd()), descriptor, syscall.O_CLOEXEC))
	require.NoError(t, d.Close())
	return func() {
		require.NoError(t, syscall.Dup3(saved, descriptor, syscall.O_CLOEXEC))
		require.NoError(t, syscall.Close(saved))
	}
}

func TestAFailedWriteLeavesNothingHalfWritten(t *testing.T) {
	for _, c := range []struct {
		name, device string
		grows        bool
		want         error // nil: bbolt's own
	}{
		{"the disk is full", "/dev/full", false, syscall.ENOSPC},
		{"the file cannot grow", "/dev/full", true, nil},
		{"fsync fails", "/dev/null", false, syscall.EINVAL}, // takes every byte, and cannot be synced
	} {
		t.Run(c.name, func(t *testing.T) {
			o := optionsAt(samplePath(t))
			o.KeepSlots = 1
			j := reopen(t, o)
			require.NoError(t, j.Append(consensus.JournalOpened{}))
			for slot := uint64(1); slot <= 100; slot++ { // leaves pages to use
				require.NoError(t, j.Append(voteFor(roundAt(1, slot), 7), certificateFor(roundAt(1, slot), 7)))
			}
			before := recordsOf(t, j)
			next := []consensus.Record{voteFor(roundAt(1, 101), 7)}
			for digest := byte(1); c.grows && digest < MaxDigestsPerRound; digest++ {
				large := certificateFor(roundAt(1, 101), digest)
				large.Certificate.Signers = make(consensus.Bitmap, consensus.MaxMembers/8)
				next = append(next, large, evidenceAgainst(uint16(digest), roundAt(1, 101)))
			}
			restore := behindTheFile(t, j, c.device)
			err := j.Append(next...)
			require.ErrorIs(t, err, ErrFailed)
			if c.want != nil {
				require.ErrorIs(t, err, c.want)
			}
			restore()
			require.ErrorIs(t, j.Append(voteFor(roundAt(1, 101), 7)), ErrFailed, "it says that it must be closed, even when the disk is well again")
			_, err = j.Records()
			require.ErrorIs(t, err, ErrFailed)
			require.NoError(t, j.Close())

			j = reopen(t, o)
			require.Equal(t, before, recordsOf(t, j))
			require.NoError(t, j.Append(voteFor(roundAt(1, 101), 8)), "the failed vote was never signed, so the round is free")
			require.ErrorIs(t, j.Append(voteFor(roundAt(1, 101), 7)), consensus.ErrSecondDigest)
		})
	}
}

func TestOpeningWithoutRoomLeavesTheJournalAsItWas(t *testing.T) {
	path := samplePath(t)
	j := reopen(t, optionsAt(path))
	require.NoError(t, j.Append(everyKind()...))
	require.NoError(t, j.Close())
	require.NoError(t, os.Mkdir(path+".rewrite", 0o700)) // the copy cannot be made
	require.NoError(t, os.WriteFile(path+".rewrite/x", nil, 0o600))
	_, err := Open(optionsAt(path))
	require.Error(t, err)
	require.NoError(t, os.RemoveAll(path+".rewrite"))
	require.Equal(t, everyKind(), recordsOf(t, reopen(t, optionsAt(path))))
}
