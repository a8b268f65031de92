package bls

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// MaxKeystoreBytes is the longest keystore that is read. One of the usual form has about 1,000 bytes.
const MaxKeystoreBytes = 16 << 10

const (
	keystoreVersion     = 4
	keystoreDescription = "Tidemark oracle committee key"
	checksumFunction    = "sha256"
	cipherFunction      = "aes-128-ctr"
	checksumLength      = 32 // SHA-256
	ivLength            = 16 // AES block
	saltLength          = 32 // of new keystores
	maxSaltLength       = 64
)

// Keystore is a secret key under a password (EIP-2335 version 4). It exists only with functions, lengths and costs in bounds.
type Keystore struct {
	json       keystoreJSON
	kdf        KDF
	salt, iv   []byte
	checksum   []byte
	ciphertext []byte
	publicKey  PublicKey
}

// keystoreJSON is the file's form.
type keystoreJSON struct {
	Crypto struct {
		KDF      module[kdfParams]    `json:"kdf"`
		Checksum module[struct{}]     `json:"checksum"`
		Cipher   module[cipherParams] `json:"cipher"`
	} `json:"crypto"`
	Description string `json:"description"`
	Pubkey      string `json:"pubkey"`
	Path        string `json:"path"`
	UUID        string `json:"uuid"`
	Version     int64  `json:"version"`
}

// module is EIP-2335's building block.
type module[P any] struct {
	Function string `json:"function"`
	Params   P      `json:"params"`
	Message  string `json:"message"`
}

type cipherParams struct {
	IV string `json:"iv"`
}

// NewKeystore puts a key under a password (see Keystore.Decrypt for its form). It reads 64 bytes of random for salt,
// initialisation vector and UUID, which must be unpredictable, as crypto/rand.Reader is. Errors: ErrKeystoreFunction,
// ErrKeystoreCost, ErrPasswordForm, ErrRandomness.
func NewKeystore(key *SecretKey, password []byte, kdf KDF, random io.Reader) (*Keystore, error) {
	if err := kdf.check(); err != nil {
		return nil, fmt.Errorf("new keystore: %w", err)
	}
	var drawn [saltLength + ivLength + uuidLength]byte
	if _, err := io.ReadFull(random, drawn[:]); err != nil {
		return nil, fmt.Errorf("read the salt of a keystore: %w: %w", ErrRandomness, err)
	}
	k := &Keystore{kdf: kdf, salt: drawn[:saltLength], iv: drawn[saltLength:][:ivLength], publicKey: key.PublicKey()}
	derived, err := k.derive(password)
	if err != nil {
		return nil, fmt.Errorf("new keystore: %w", err)
	}
	defer clear(derived)
	secret := key.Bytes()
	defer clear(secret)
	k.ciphertext = aesCTR(derived, k.iv, secret)
	k.checksum = checksum(derived, k.ciphertext)

	k.json.Crypto.KDF = module[kdfParams]{Function: kdf.Function, Params: kdf.params(k.salt)}
	k.json.Crypto.Checksum = module[struct{}]{Function: checksumFunction, Message: hex.EncodeToString(k.checksum)}
	k.json.Crypto.Cipher = module[cipherParams]{
		Function: cipherFunction,
		Params:   cipherParams{IV: hex.EncodeToString(k.iv)},
		Message:  hex.EncodeToString(k.ciphertext),
	}
	k.json.Description = keystoreDescription
	k.json.Pubkey = hex.EncodeToString(k.publicKey.Bytes())
	k.json.UUID = uuid(drawn[saltLength+ivLength:])
	k.json.Version = keystoreVersion
	return k, nil
}

// ParseKeystore reads and bounds a keystore without opening it. The public key is required: it is what a decrypted
// secret is held against. Errors: ErrKeystoreSize, ErrKeystoreFormat, ErrKeystoreVersion, ErrKeystoreFunction,
// ErrKeystoreCost, and those of ParsePublicKey.
func ParseKeystore(b []byte) (*Keystore, error) {
	if len(b) > MaxKeystoreBytes {
		return nil, fmt.Errorf("keystore of more than %d bytes: %w", MaxKeystoreBytes, ErrKeystoreSize)
	}
	// The version first: other versions have another form.
	var head struct {
		Version json.Number `json:"version"`
	}
	if err := decodeOne(b, &head); err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	if head.Version != "4" {
		return nil, fmt.Errorf("keystore version %.20q: %w", head.Version, ErrKeystoreVersion)
	}
	var k Keystore
	if err := decodeOne(b, &k.json); err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	if err := k.readModules(); err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	if err := k.readPublicKey(); err != nil {
		return nil, fmt.Errorf("keystore: %w", err)
	}
	return &k, nil
}

// decodeOne reads one JSON value and nothing after it.
func decodeOne(b []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(b))
	if err := decoder.Decode(into); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) { // its text quotes the file, which may be one of a password
			return fmt.Errorf("no JSON at byte %d: %w", syntax.Offset, ErrKeystoreFormat)
		}
		return fmt.Errorf("%w: %w", ErrKeystoreFormat, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("data after the JSON object: %w", ErrKeystoreFormat)
	}
	return nil
}

func (k *Keystore) readModules() (err error) {
	crypto := &k.json.Crypto
	if k.kdf, err = crypto.KDF.Params.kdf(crypto.KDF.Function); err != nil {
		return err
	}
	if f := crypto.Checksum.Function; f != checksumFunction {
		return fmt.Errorf("checksum %.20q: %w", f, ErrKeystoreFunction)
	}
	if f := crypto.Cipher.Function; f != cipherFunction {
		return fmt.Errorf("cipher %.20q: %w", f, ErrKeystoreFunction)
	}
	if k.salt, err = hexField("salt", crypto.KDF.Params.Salt, 1, maxSaltLength); err != nil {
		return err
	}
	if k.iv, err = hexField("initialisation vector", crypto.Cipher.Params.IV, ivLength, ivLength); err != nil {
		return err
	}
	if k.checksum, err = hexField("checksum", crypto.Checksum.Message, checksumLength, checksumLength); err != nil {
		return err
	}
	k.ciphertext, err = hexField("cipher message", crypto.Cipher.Message, SecretKeyLength, SecretKeyLength)
	return err
}

// readPublicKey takes the key with or without 0x: both are in use.
func (k *Keystore) readPublicKey() error {
	encoded, err := hexField("pubkey", strings.TrimPrefix(k.json.Pubkey, "0x"), PublicKeyLength, PublicKeyLength)
	if err == nil {
		k.publicKey, err = ParsePublicKey(encoded)
	}
	return err
}

func hexField(name, value string, least, most int) ([]byte, error) {
	b, err := hex.DecodeString(value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, ErrKeystoreFormat, err)
	}
	if len(b) < least || len(b) > most {
		return nil, fmt.Errorf("%s of %d bytes, expected %d to %d: %w", name, len(b), least, most, ErrKeystoreFormat)
	}
	return b, nil
}

// PublicKey is the key that the keystore says it holds. Decrypt checks it.
func (k *Keystore) PublicKey() PublicKey { return k.publicKey }

// UUID is the keystore's own identifier (RFC 4122), as written in it.
func (k *Keystore) UUID() string { return k.json.UUID }

// MarshalJSON is the keystore's file. It holds the secret under the password only.
func (k *Keystore) MarshalJSON() ([]byte, error) { return json.Marshal(k.json) }
