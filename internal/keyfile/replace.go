package keyfile

import (
	"errors"
	"os"
	"path/filepath"
)

// ReplacePrivate writes a file of mode 0600 in the place of what is there, if anything: a reader finds the old content or the new one, also after a loss of
// power, and the new one once ReplacePrivate has returned nil. For what a program keeps for itself, never for keys. Errors: those of package os.
func ReplacePrivate(path string, b []byte) error {
	temporary, err := writeBeside(path, b)
	if err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	return syncFolder(filepath.Dir(path))
}
