package p2p

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

const (
	identityFileMode     = 0o600
	maxIdentityFileBytes = 256
)

// CreateIdentityFile writes a new file of mode 0600, whole and durable when it returns nil. It never overwrites: another file with that name is
// fs.ErrExist.
func CreateIdentityFile(path string, identity *Identity) error {
	text, err := identity.Marshal()
	if err != nil {
		return err
	}
	if err := createPrivate(path, text); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("write network identity: %w: choose another path, or move that file away: it may hold the only copy of a key", err)
		}
		return fmt.Errorf("write network identity: %w", err)
	}
	return nil
}

// createPrivate writes under another name first; a link, unlike a rename, fails when the name is taken.
func createPrivate(path string, text []byte) (err error) {
	folder := filepath.Dir(path)
	temporary, err := os.CreateTemp(folder, "."+filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(temporary.Name())) }()
	_, err = temporary.Write(text)
	err = errors.Join(err, temporary.Chmod(identityFileMode), temporary.Sync())
	if err = errors.Join(err, temporary.Close()); err != nil {
		return err
	}
	if err := os.Link(temporary.Name(), path); err != nil {
		return err
	}
	directory, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}

// ReadIdentityFile refuses a file that others may read, that is no regular file or is too large. Errors: ErrIdentity, those of package os.
func ReadIdentityFile(path string) (*Identity, error) {
	// Without O_NONBLOCK a pipe would wait here for a writer.
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("read network identity: %w", err)
	}
	identity, err := readIdentity(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read network identity %s: %w", path, err)
	}
	return identity, nil
}

func readIdentity(file *os.File) (*Identity, error) {
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: not a regular file", ErrIdentity)
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%w: open to other users (mode %04o): run chmod 600 on it", ErrIdentity, info.Mode().Perm())
	}
	text, err := io.ReadAll(io.LimitReader(file, maxIdentityFileBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxIdentityFileBytes {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrIdentity, maxIdentityFileBytes)
	}
	return ParseIdentity(text)
}
