package keyfile

import (
	"errors"
	"os"
	"path/filepath"
)

// ReplacePrivate writes a file of mode 0600 in the place of what is there, if anything: a reader finds the old content or the new one, also after a loss of
// power, and the new one once ReplacePrivate has returned nil. For what a program keeps for itself, never for keys. Errors: those of package os.
func ReplacePrivate(path string, b []byte) (err error) {
	folder, name := filepath.Split(path)
	if folder == "" {
		folder = "."
	}
	temporary, err := os.CreateTemp(folder, "."+name+".*.new")
	if err != nil {
		return err
	}
	if err := writeSynced(temporary, b); err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return syncFolder(folder)
}
