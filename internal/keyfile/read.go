package keyfile

import (
	"fmt"
	"io"
	"os"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// exposed are the permissions that no key file may give: any to group and others.
const exposed = 0o077

// Read reads a keystore without opening it. Symbolic links are followed; the file that is reached is what counts. Errors:
// ErrExposed, ErrNotRegular, those of package os and of bls.ParseKeystore.
func Read(path string) (*bls.Keystore, error) {
	b, err := readUpTo(path, bls.MaxKeystoreBytes)
	if err != nil {
		return nil, fmt.Errorf("read keystore: %w", err)
	}
	keystore, err := bls.ParseKeystore(b)
	if err != nil {
		return nil, fmt.Errorf("read keystore %s: %w", path, err)
	}
	return keystore, nil
}

// ReadPassword reads the file of a password. A line break at its end does not matter, as EIP-2335 takes control codes out. The
// caller clears it after use. Errors: ErrExposed, ErrNotRegular, ErrSize, those of package os.
func ReadPassword(path string) ([]byte, error) {
	b, err := ReadPrivate(path, bls.MaxPasswordBytes)
	if err != nil {
		return nil, fmt.Errorf("read password: %w", err)
	}
	return b, nil
}

// ReadPrivate reads a file of at most limit bytes that nobody but its owner may read. Symbolic links are followed; the file that is reached is
// what counts. The caller clears what is secret after use. Errors: ErrExposed, ErrNotRegular, ErrSize, those of package os.
func ReadPrivate(path string, limit int) ([]byte, error) {
	b, err := readUpTo(path, limit)
	if err != nil {
		return nil, err
	}
	if len(b) > limit {
		clear(b)
		return nil, fmt.Errorf("%s has more than %d bytes, is it the right file?: %w", path, limit, ErrSize)
	}
	return b, nil
}

// readUpTo reads up to one byte more than limit, so that the caller sees a file that is longer.
func readUpTo(path string, limit int) ([]byte, error) {
	// Before opening: to open a pipe waits for its other end.
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if err := checkPrivate(path, info); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // nothing was written
	// Again, on what was opened: the path may have been turned to another file.
	if info, err = file.Stat(); err != nil {
		return nil, err
	}
	if err := checkPrivate(path, info); err != nil {
		return nil, err
	}
	// One buffer of the full size: growing would leave copies of a password behind.
	b := make([]byte, limit+1)
	n, err := io.ReadFull(file, b)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		clear(b)
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b[:n], nil
}

func checkPrivate(path string, info os.FileInfo) error {
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is a %s: %w", path, info.Mode().Type(), ErrNotRegular)
	}
	if mode := info.Mode().Perm(); mode&exposed != 0 {
		return fmt.Errorf("%s has mode %04o: %w: run chmod 600 %s, and change the key or password if others may have read it",
			path, mode, ErrExposed, path)
	}
	return nil
}
