package journal

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAnotherUsersJournalIsNotTaken(t *testing.T) {
	o := optionsAt(samplePath(t))
	j := reopen(t, o)
	require.NoError(t, j.Close())
	info, err := os.Stat(o.Path)
	require.NoError(t, err)
	require.NoError(t, checkOwner(info, os.Geteuid()))
	err = checkOwner(info, os.Geteuid()+1)
	require.ErrorIs(t, err, ErrOwner)
	require.ErrorContains(t, err, "sudo -u")
}

func TestRootMakesNoJournalInAnothersDirectory(t *testing.T) {
	info, err := os.Stat(filepath.Dir(samplePath(t)))
	require.NoError(t, err)
	require.NoError(t, checkDirectory(info, os.Geteuid()))
	require.NoError(t, checkDirectory(info, os.Geteuid()+1), "such as /tmp")
	if os.Geteuid() != 0 {
		require.ErrorIs(t, checkDirectory(info, 0), ErrOwner)
	}
}

// Only root can give a file away, and only root is to be kept from taking one.
func TestOpeningLeavesAnotherUsersJournalAsItIs(t *testing.T) {
	if os.Geteuid() != 0 {
		require.NotZero(t, os.Geteuid())
		return
	}
	o := optionsAt(samplePath(t))
	require.NoError(t, reopen(t, o).Close())
	require.NoError(t, os.Chown(o.Path, 4711, 4711))
	before, err := os.Stat(o.Path)
	require.NoError(t, err)
	_, err = Open(o)
	require.ErrorIs(t, err, ErrOwner)
	after, err := os.Stat(o.Path)
	require.NoError(t, err)
	require.True(t, os.SameFile(before, after))
	_, err = ReadFile(o.Path, 0)
	require.NoError(t, err, "reading changes nothing")

	require.NoError(t, os.Chown(filepath.Dir(o.Path), 4711, 4711))
	o.Path += ".other"
	_, err = Open(o)
	require.ErrorIs(t, err, ErrOwner)
	require.NoFileExists(t, o.Path)
}
