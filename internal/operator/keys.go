package operator

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

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

// Source is a key file from elsewhere.
type Source struct {
	Path         string
	PasswordPath string      // of a keystore; empty: Ask
	Ask          AskPassword // may be nil
}

func (s Source) password() ([]byte, error) {
	switch {
	case s.PasswordPath != "":
		return keyfile.ReadPassword(s.PasswordPath)
	case s.Ask != nil:
		return s.Ask("password of " + s.Path)
	}
	return nil, fmt.Errorf("%w: %s is a keystore: name the file of its password with --password-file", ErrImport, s.Path)
}

// read reads the file, and tells whether it is JSON, and so a keystore.
func (s Source) read(limit int) (text []byte, isJSON bool, err error) {
	text, err = keyfile.ReadPrivate(s.Path, limit)
	if err != nil {
		return nil, false, describe("import", s.Path, err)
	}
	return text, bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")), nil
}

// ImportBLS takes the BLS key of an EIP-2335 keystore, or of a file with its 64 hexadecimal digits, and writes it as NewKeys does. Errors:
// ErrImport, keyfile.ErrExists, those of packages keyfile and bls.
func ImportBLS(m Making, from Source) (Public, error) {
	if err := m.checkFree(Which{BLS: true}); err != nil {
		return Public{}, err
	}
	text, isJSON, err := from.read(bls.MaxKeystoreBytes)
	if err != nil {
		return Public{}, err
	}
	defer clear(text)
	key, err := readBLS(text, isJSON, from)
	if err != nil {
		return Public{}, describe("import", from.Path, err)
	}
	defer key.Wipe()
	if err := m.writeBLS(key); err != nil {
		return Public{}, err
	}
	return ReadPublic(m.Home)
}

func readBLS(text []byte, isJSON bool, from Source) (*bls.SecretKey, error) {
	if !isJSON {
		raw, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
		if err != nil {
			return nil, fmt.Errorf("%w: neither an EIP-2335 keystore nor 64 hexadecimal digits", ErrImport)
		}
		defer clear(raw)
		return bls.ParseSecretKey(raw)
	}
	keystore, err := bls.ParseKeystore(text)
	if err != nil {
		return nil, err
	}
	secret, err := from.password()
	if err != nil {
		return nil, err
	}
	defer clear(secret)
	return keystore.Decrypt(secret)
}

// ImportSubmitter takes the account of a geth keystore, or of a file with its 64 hexadecimal digits, and writes it as NewKeys does. Errors:
// ErrImport, keyfile.ErrExists, those of packages keyfile and txmgr.
func ImportSubmitter(m Making, from Source) (Public, error) {
	if err := m.checkFree(Which{Submitter: true}); err != nil {
		return Public{}, err
	}
	text, isJSON, err := from.read(txmgr.MaxKeystoreBytes)
	if err != nil {
		return Public{}, err
	}
	defer clear(text)
	key, err := readAccount(text, isJSON, from)
	if err != nil {
		return Public{}, describe("import", from.Path, err)
	}
	err = m.writeSubmitter(func(password []byte) ([]byte, error) { return key.Encrypt(m.Random, password, m.LightAccount) })
	if err != nil {
		return Public{}, err
	}
	return ReadPublic(m.Home)
}

func readAccount(text []byte, isJSON bool, from Source) (*txmgr.KeySigner, error) {
	if !isJSON {
		return txmgr.ParseKey(text)
	}
	if _, err := txmgr.KeystoreAddress(text); err != nil { // before a password is asked for
		return nil, err
	}
	secret, err := from.password()
	if err != nil {
		return nil, err
	}
	defer clear(secret)
	return txmgr.DecryptKeystore(text, trimmed(secret))
}

// ImportIdentity takes a network identity as NewKeys writes it. Errors: keyfile.ErrExists, those of package p2p.
func ImportIdentity(m Making, path string) (Public, error) {
	if err := m.checkFree(Which{Identity: true}); err != nil {
		return Public{}, err
	}
	identity, err := p2p.ReadIdentityFile(path)
	if err != nil {
		return Public{}, err
	}
	if err := m.writeIdentity(identity); err != nil {
		return Public{}, err
	}
	return ReadPublic(m.Home)
}
