package operator

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// Home is where a member's files are. A zero path has no file.
type Home struct {
	Manifest          string // the network's, YAML
	Keystore          string // BLS key, EIP-2335
	KeystorePassword  string
	Identity          string // libp2p key
	Submitter         string // account, Web3 Secret Storage version 3
	SubmitterPassword string
	Journal           string
}

// homeMode of a folder that is made: nobody else looks inside.
const homeMode = 0o700

// makeFolderOf makes the folder of a file when it is not there; the one above must be.
func makeFolderOf(path string) error {
	err := os.Mkdir(filepath.Dir(path), homeMode)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return fmt.Errorf("make the home folder: %w", err)
}

// exists tells whether there is something at path, a dangling link too.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err == nil, nil
	}
	return false, err
}

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

// Public is what may be known of a member's keys. Parts whose files are not there are empty.
type Public struct {
	Key       string          `json:"key,omitempty"`      // BLS public key, compressed, hexadecimal
	MemberID  *common.Hash    `json:"memberId,omitempty"` // keccak256 of the key: how the contract names the member
	PeerID    string          `json:"peerId,omitempty"`
	Submitter *common.Address `json:"submitter,omitempty"`
}

// MemberID is how the committee contract names the member that has a key.
func MemberID(key bls.PublicKey) common.Hash { return crypto.Keccak256Hash(key.Affine()) }

// ReadPublic reads the public halves of the keys that are there; no password is needed. Errors: those of the files; no error when one is not there.
func ReadPublic(h Home) (Public, error) {
	var p Public
	keystore, err := keyfile.Read(h.Keystore)
	if err == nil {
		p.setKey(keystore.PublicKey())
	} else if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	identity, err := p2p.ReadIdentityFile(h.Identity)
	if err == nil {
		p.PeerID = p2p.PeerIDText(identity.PeerID())
	} else if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	address, err := ReadSubmitterAddress(h)
	if err == nil {
		p.Submitter = &address
	} else if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	return p, nil
}

func (p *Public) setKey(key bls.PublicKey) {
	id := MemberID(key)
	p.Key, p.MemberID = hexutil.Encode(key.Bytes()), &id
}

// ReadSubmitterAddress is the address in the submitter's keystore. Errors: those of package txmgr and of keyfile.ReadPrivate.
func ReadSubmitterAddress(h Home) (common.Address, error) {
	file, err := keyfile.ReadPrivate(h.Submitter, txmgr.MaxKeystoreBytes)
	if err != nil {
		return common.Address{}, describe("read the submitter's keystore", h.Submitter, err)
	}
	address, err := txmgr.KeystoreAddress(file)
	if err != nil {
		return common.Address{}, describe("read the submitter's keystore", h.Submitter, err)
	}
	return address, nil
}
