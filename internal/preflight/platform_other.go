//go:build !unix

package preflight

import (
	"errors"
	"io/fs"
)

func freeBytes(string) (uint64, error) { return 0, errors.ErrUnsupported }

func ownedByUser(fs.FileInfo) bool { return true }
