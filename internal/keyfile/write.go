package keyfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// mode of a private file: its owner reads and writes.
const mode = 0o600

// Create writes a keystore to a new private file, see CreatePrivate. Errors: ErrExists, those of package os.
func Create(path string, keystore *bls.Keystore) error {
	b, err := json.MarshalIndent(keystore, "", "  ")
	if err != nil {
		return fmt.Errorf("write keystore: %w", err)
	}
	if err := CreatePrivate(path, append(b, '\n')); err != nil {
		return fmt.Errorf("write keystore: %w", err)
	}
	return nil
}

// CreatePrivate writes a new file of mode 0600, which is whole and on the disk, with its name, when CreatePrivate returns nil.
// After an error there is no file, or, where only the last steps failed, a whole one. It never overwrites. The folder's file
// system must have hard links, as those with Unix permissions have. Errors: ErrExists, those of package os.
func CreatePrivate(path string, b []byte) (err error) {
	temporary, err := writeBeside(path, b)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(temporary)) }()
	// A link, unlike a rename, fails when the name is taken.
	if err := os.Link(temporary, path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("%s %w: choose another path, or move that file away: it may hold the only copy of a key", path, ErrExists)
		}
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// writeBeside writes a file of mode 0600 under another name into the path's folder, and onto the disk. After an error there is none.
func writeBeside(path string, b []byte) (name string, err error) {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*.new")
	if err != nil {
		return "", err
	}
	if err := writeSynced(file, b); err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

func writeSynced(file *os.File, b []byte) error {
	// Whatever the mask of the process took away is given back to the owner, and nothing to others.
	_, err := file.Write(b)
	err = errors.Join(err, file.Chmod(mode), file.Sync())
	return errors.Join(err, file.Close())
}

// syncFolder makes the file's name durable.
func syncFolder(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

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

// Reasons for refusing files. They are wrapped with the path and with what to do.
var (
	// ErrExposed: the file's group or others may read, write or run it.
	ErrExposed = errors.New("open to other users")
	// ErrNotRegular: a directory, a pipe, a socket or a device.
	ErrNotRegular = errors.New("not a regular file")
	// ErrExists: there is a file already, and it may hold the only copy of a key.
	ErrExists = errors.New("exists already")
	// ErrSize: larger than what was to be read can be.
	ErrSize = errors.New("too large")
)
