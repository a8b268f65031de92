package account

import (
	"crypto/ecdsa"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// Reasons for refusing keys and their files. They say what to do.
var (
	// ErrKey: not the hexadecimal digits of a secp256k1 secret key.
	ErrKey = errors.New("no secret key: want 64 hexadecimal digits of a number from 1 to below the order of secp256k1")
	// ErrFormat: not the JSON of Web3 Secret Storage version 3.
	ErrFormat = errors.New("not a keystore of an account (Web3 Secret Storage, version 3), or one that was cut off: restore it from its backup")
	// ErrCost: a key derivation that takes more memory or time than any honest file, or parameters that are malformed.
	ErrCost = errors.New("key derivation out of bounds: export the account again with standard parameters")
	// ErrPassword: the password does not open the file.
	ErrPassword = errors.New("wrong password, or a damaged keystore: check that the password belongs to this account")
	// ErrAddress: the file says another address than its key has.
	ErrAddress = errors.New("keystore holds another key than its address says: do not use it, restore it from its backup")
	// ErrRandomness: the reader of randomness failed or ended early.
	ErrRandomness = errors.New("too little randomness")
)

const (
	keyLength = 32
	redacted  = "[secret]"
	maxDraws  = 64 // of 32 random bytes: one alone is no key once in 2^128
)

// Key is the secret key of an account. It never prints. The zero value holds none.
type Key struct{ secret *ecdsa.PrivateKey }

// New draws a key from a source of randomness that must be unpredictable, as crypto/rand.Reader is. Errors: ErrRandomness.
func New(random io.Reader) (Key, error) {
	var drawn [keyLength]byte
	defer clear(drawn[:])
	for range maxDraws {
		if _, err := io.ReadFull(random, drawn[:]); err != nil {
			return Key{}, fmt.Errorf("make an account: %w: %w", ErrRandomness, err)
		}
		if secret, err := crypto.ToECDSA(drawn[:]); err == nil {
			return Key{secret}, nil
		}
	}
	return Key{}, fmt.Errorf("make an account: %w: the same numbers again and again", ErrRandomness)
}

// Parse reads a secret key as 64 hexadecimal digits, with or without 0x, and with a line break or without. Errors: ErrKey, which does not quote
// the text.
func Parse(text []byte) (Key, error) {
	digits := strings.TrimPrefix(strings.TrimSpace(string(text)), "0x")
	raw, err := hex.DecodeString(digits)
	if err != nil {
		return Key{}, ErrKey
	}
	defer clear(raw)
	secret, err := crypto.ToECDSA(raw)
	if err != nil {
		return Key{}, ErrKey
	}
	return Key{secret}, nil
}

// Address is the account's.
func (k Key) Address() common.Address { return crypto.PubkeyToAddress(k.secret.PublicKey) }

// ECDSA is the key for those who sign.
func (k Key) ECDSA() *ecdsa.PrivateKey { return k.secret }

// String hides the key.
func (k Key) String() string { return redacted }

// GoString hides the key.
func (k Key) GoString() string { return redacted }

// Format hides the key from every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText hides the key from JSON, YAML and logs.
func (k Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }
