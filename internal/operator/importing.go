package operator

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
)

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
