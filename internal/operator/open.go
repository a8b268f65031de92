package operator

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// AskPassword asks the one who typed; what is for is part of the question. The caller clears the answer.
type AskPassword func(what string) ([]byte, error)

// describe names work and file once: errors of package os name the file already.
func describe(work, path string, err error) error {
	if errors.As(err, new(*fs.PathError)) || errors.Is(err, keyfile.ErrExposed) || errors.Is(err, keyfile.ErrNotRegular) ||
		errors.Is(err, keyfile.ErrSize) || errors.Is(err, keyfile.ErrExists) {
		return fmt.Errorf("%s: %w", work, err)
	}
	return fmt.Errorf("%s %s: %w", work, path, err)
}

// password reads a password's file; where there is none and someone can be asked, it is asked for.
func password(path, what string, ask AskPassword) ([]byte, error) {
	text, err := keyfile.ReadPassword(path)
	if errors.Is(err, fs.ErrNotExist) && ask != nil {
		return ask(what)
	}
	return text, err
}

// OpenBLSKey opens the BLS keystore. Errors: ErrNoKey, those of packages keyfile and bls.
func OpenBLSKey(h Home, ask AskPassword) (*bls.SecretKey, error) {
	keystore, err := keyfile.Read(h.Keystore)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s: make one with 'oraclenode keys new', or name the folder with --home", ErrNoKey, h.Keystore)
	}
	if err != nil {
		return nil, err
	}
	typed, err := password(h.KeystorePassword, "password of "+h.Keystore, ask)
	if err != nil {
		return nil, err
	}
	defer clear(typed)
	key, err := keystore.Decrypt(typed)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", h.Keystore, err)
	}
	return key, nil
}

// OpenIdentity reads the network identity. Errors: ErrNoKey, those of package p2p.
func OpenIdentity(h Home) (*p2p.Identity, error) {
	identity, err := p2p.ReadIdentityFile(h.Identity)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s: make one with 'oraclenode keys new --only identity', or name the folder with --home", ErrNoKey, h.Identity)
	}
	return identity, err
}

// OpenAccount opens the keystore of an account. Errors: ErrNoKey, those of packages keyfile and txmgr.
func OpenAccount(keystorePath, passwordPath string, ask AskPassword) (*txmgr.KeySigner, error) {
	file, err := keyfile.ReadPrivate(keystorePath, txmgr.MaxKeystoreBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s: make one with 'oraclenode keys new --only submitter', or name another keystore", ErrNoKey, keystorePath)
	}
	if err != nil {
		return nil, describe("read the keystore of an account", keystorePath, err)
	}
	typed, err := password(passwordPath, "password of "+keystorePath, ask)
	if err != nil {
		return nil, err
	}
	defer clear(typed)
	key, err := txmgr.DecryptKeystore(file, trimmed(typed))
	if err != nil {
		return nil, describe("open", keystorePath, err)
	}
	return key, nil
}

// trimmed is an account's password as geth takes it from a file: without the line break at its end.
func trimmed(password []byte) []byte { return bytes.TrimRight(password, "\r\n") }
