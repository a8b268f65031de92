package operator

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// passwordBytes of a password that is drawn: written as twice as many digits.
const passwordBytes = 32

// Which are the keys to make.
type Which struct{ BLS, Identity, Submitter bool }

// Making is how keys are made.
type Making struct {
	Home   Home
	Random io.Reader // unpredictable, as crypto/rand.Reader is
	// Ask is asked for new passwords; nil: those in the home's files are used, and where there is no file, one is drawn and written.
	Ask AskPassword
	KDF bls.KDF // of the BLS keystore: bls.StandardScrypt
	// LightAccount makes the submitter's keystore cheap to open: for tests and development networks.
	LightAccount bool
}

// NewKeys makes keys and writes them to the home folder, which is made if it is not there. Nothing is written when one of the files exists.
// It returns the public halves of all keys that are there then. Errors: keyfile.ErrExists.
func NewKeys(m Making, which Which) (Public, error) {
	if err := m.checkFree(which); err != nil {
		return Public{}, err
	}
	if which.BLS {
		key, err := bls.NewSecretKey(m.Random)
		if err != nil {
			return Public{}, err
		}
		defer key.Wipe()
		if err := m.writeBLS(key); err != nil {
			return Public{}, err
		}
	}
	if which.Identity {
		identity, err := p2p.NewIdentity(m.Random)
		if err != nil {
			return Public{}, err
		}
		if err := m.writeIdentity(identity); err != nil {
			return Public{}, err
		}
	}
	if which.Submitter {
		err := m.writeSubmitter(func(password []byte) ([]byte, error) {
			file, _, err := txmgr.NewKeystore(m.Random, password, m.LightAccount)
			return file, err
		})
		if err != nil {
			return Public{}, err
		}
	}
	return ReadPublic(m.Home)
}

// checkFree refuses before anything is written.
func (m Making) checkFree(which Which) error {
	for _, file := range []struct {
		wanted bool
		path   string
	}{{which.BLS, m.Home.Keystore}, {which.Identity, m.Home.Identity}, {which.Submitter, m.Home.Submitter}} {
		taken, err := exists(file.path)
		if err != nil {
			return err
		}
		if file.wanted && taken {
			return fmt.Errorf("%s %w, and nothing was made: it may hold the only copy of a key; name another folder with --home, move the file away, "+
				"or make only the keys that are missing with --only", file.path, keyfile.ErrExists)
		}
	}
	return nil
}

func (m Making) writeBLS(key *bls.SecretKey) error {
	secret, err := m.password(m.Home.Keystore, m.Home.KeystorePassword)
	if err != nil {
		return err
	}
	defer clear(secret)
	keystore, err := bls.NewKeystore(key, secret, m.KDF, m.Random)
	if err != nil {
		return err
	}
	return keyfile.Create(m.Home.Keystore, keystore)
}

func (m Making) writeIdentity(identity *p2p.Identity) error {
	if err := makeFolderOf(m.Home.Identity); err != nil {
		return err
	}
	return p2p.CreateIdentityFile(m.Home.Identity, identity)
}

// writeSubmitter writes what encrypt makes with a password.
func (m Making) writeSubmitter(encrypt func(password []byte) ([]byte, error)) error {
	secret, err := m.password(m.Home.Submitter, m.Home.SubmitterPassword)
	if err != nil {
		return err
	}
	defer clear(secret)
	file, err := encrypt(trimmed(secret))
	if err != nil {
		return err
	}
	if err := keyfile.CreatePrivate(m.Home.Submitter, file); err != nil {
		return fmt.Errorf("write the submitter's keystore: %w", err)
	}
	return nil
}

// password for a new key file: typed, or of the password's file, which is made when it is not there.
func (m Making) password(keyPath, passwordPath string) ([]byte, error) {
	if err := makeFolderOf(keyPath); err != nil {
		return nil, err
	}
	if m.Ask != nil {
		return m.Ask("new password for " + keyPath)
	}
	text, err := keyfile.ReadPassword(passwordPath)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	drawn := make([]byte, passwordBytes)
	defer clear(drawn)
	if _, err := io.ReadFull(m.Random, drawn); err != nil {
		return nil, fmt.Errorf("draw a password: %w", err)
	}
	text = append(hex.AppendEncode(nil, drawn), '\n')
	if err := makeFolderOf(passwordPath); err != nil {
		return nil, err
	}
	if err := keyfile.CreatePrivate(passwordPath, text); err != nil {
		return nil, fmt.Errorf("write password: %w", err)
	}
	return text, nil
}
