package journal

import (
	"fmt"
	"os"
	"syscall"
)

// judgeOwner refuses a file, or a directory for a new one, that belongs to another user than the process runs as: who writes the journal anew owns it afterwards.
// Errors: ErrOwner.
func judgeOwner(info os.FileInfo, user int) error {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || int(stat.Uid) == user {
		return nil
	}
	return fmt.Errorf("%w: %s is user %d's, and this is user %d", ErrOwner, info.Name(), stat.Uid, user)
}

// judgeDirectory refuses root a new journal in the directory of another user, who could not use it. Users may have journals in directories of others.
func judgeDirectory(info os.FileInfo, user int) error {
	if user != 0 {
		return nil
	}
	return judgeOwner(info, user)
}
