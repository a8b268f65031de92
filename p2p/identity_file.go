package p2p

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

const maxIdentityFileBytes = 256

// CreateIdentityFile writes a new private file, see keyfile.CreatePrivate. Errors: keyfile.ErrExists, those of package os.
func CreateIdentityFile(path string, identity *Identity) error {
	text, err := identity.Marshal()
	if err != nil {
		return err
	}
	defer clear(text)
	if err := keyfile.CreatePrivate(path, text); err != nil {
		return fmt.Errorf("write network identity: %w", err)
	}
	return nil
}

// ReadIdentityFile refuses a file that others may read, that is no regular file or is too large. Errors: ErrIdentity, those of
// keyfile.ReadPrivate.
func ReadIdentityFile(path string) (*Identity, error) {
	text, err := keyfile.ReadPrivate(path, maxIdentityFileBytes)
	if err != nil {
		return nil, fmt.Errorf("read network identity: %w", err)
	}
	defer clear(text)
	identity, err := ParseIdentity(text)
	if err != nil {
		return nil, fmt.Errorf("read network identity %s: %w", path, err)
	}
	return identity, nil
}
