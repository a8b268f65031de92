//go:build unix

package preflight

import (
	"io/fs"
	"os"
	"syscall"
)

// ownedByUser tells whether the file is the running user's.
func ownedByUser(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return !ok || int(stat.Uid) == os.Geteuid()
}
