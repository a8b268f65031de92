package txmgr

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/google/uuid"

	"github.com/tidemark-oracle/tidemark/internal/keyfile"
)

const (
	maxKeystoreBytes = 16 << 10
	keystoreVersion  = 3
	maxScryptBytes   = 512 << 20 // 128 * n * r
	maxScryptRounds  = 1 << 25   // n * r * p
	maxPBKDF2Rounds  = 1 << 24
	keyLength        = 32
)

// KeySigner signs with a key in memory.
type KeySigner struct {
	key     *ecdsa.PrivateKey
	address common.Address
}

// OpenKeystore reads a go-ethereum keystore (version 3) and the file of its password, and opens it: about a second and 256 MiB with standard costs.
// Both files must be their owner's only. Errors: ErrKeystore, ErrPassword, those of package keyfile.
func OpenKeystore(path, passwordPath string) (*KeySigner, error) {
	file, err := keyfile.ReadPrivate(path, maxKeystoreBytes)
	if err != nil {
		return nil, fmt.Errorf("read the account's keystore: %w", err)
	}
	password, err := keyfile.ReadPassword(passwordPath)
	if err != nil {
		return nil, err
	}
	defer clear(password)
	signer, err := DecryptKeystore(file, bytes.TrimRight(password, "\r\n"))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return signer, nil
}

// DecryptKeystore opens a keystore's JSON. Errors: ErrKeystore, ErrPassword.
func DecryptKeystore(file, password []byte) (*KeySigner, error) {
	address, err := KeystoreAddress(file)
	if err != nil {
		return nil, err
	}
	key, err := keystore.DecryptKey(file, string(password))
	if errors.Is(err, keystore.ErrDecrypt) {
		return nil, ErrPassword
	}
	if err != nil {
		return nil, fmt.Errorf("%w: it does not hold a key", ErrKeystore)
	}
	if key.Address != address {
		return nil, fmt.Errorf("%w: it holds the key of %s, and says %s: restore it from its backup", ErrKeystore, key.Address, address)
	}
	return &KeySigner{key: key.PrivateKey, address: address}, nil
}

// NewKeystore makes an account's key from 32 bytes of random and encrypts it with go-ethereum's standard costs, or light ones. The library draws salts
// from crypto/rand by itself. Errors: ErrKeystore, those of random.
func NewKeystore(random io.Reader, password []byte, light bool) (file []byte, address common.Address, err error) {
	seed := make([]byte, keyLength)
	defer clear(seed)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, address, fmt.Errorf("draw an account's key: %w", err)
	}
	key, err := crypto.ToECDSA(seed)
	if err != nil {
		return nil, address, fmt.Errorf("%w: 32 random bytes are no key: draw again", ErrKeystore)
	}
	return EncryptKey(key, random, password, light)
}

// EncryptKey encrypts an account's key that came from elsewhere, see NewKeystore.
func EncryptKey(key *ecdsa.PrivateKey, random io.Reader, password []byte, light bool) (file []byte, address common.Address, err error) {
	if len(password) == 0 {
		return nil, address, fmt.Errorf("%w: the password is empty", ErrKeystore)
	}
	id, err := uuid.NewRandomFromReader(random)
	if err != nil {
		return nil, address, fmt.Errorf("draw a keystore's name: %w", err)
	}
	n, p := keystore.StandardScryptN, keystore.StandardScryptP
	if light {
		n, p = keystore.LightScryptN, keystore.LightScryptP
	}
	address = crypto.PubkeyToAddress(key.PublicKey)
	file, err = keystore.EncryptKey(&keystore.Key{Id: id, Address: address, PrivateKey: key}, string(password), n, p)
	if err != nil {
		return nil, address, fmt.Errorf("%w: encrypt: %w", ErrKeystore, err)
	}
	return append(file, '\n'), address, nil
}

// keystoreForm is what must stand in a keystore: the library that opens it believes types and costs.
type keystoreForm struct {
	Version int    `json:"version"`
	Address string `json:"address"`
	ID      string `json:"id"`
	Crypto  *struct {
		Cipher       string `json:"cipher"`
		CipherText   string `json:"ciphertext"`
		CipherParams struct {
			IV string `json:"iv"`
		} `json:"cipherparams"`
		KDF       string `json:"kdf"`
		KDFParams struct {
			N, R, P, C, DKLen int
			PRF, Salt         string
		} `json:"kdfparams"`
		MAC string `json:"mac"`
	} `json:"crypto"`
}

// KeystoreAddress reads the account of a keystore without opening it, and judges what it would cost to open it: at most 512 MiB and some seconds.
// Errors: ErrKeystore.
func KeystoreAddress(file []byte) (common.Address, error) {
	refuse := func(format string, a ...any) (common.Address, error) {
		return common.Address{}, fmt.Errorf("%w: %w", ErrKeystore, fmt.Errorf(format, a...))
	}
	var form keystoreForm
	if len(file) > maxKeystoreBytes {
		return refuse("more than %d bytes", maxKeystoreBytes)
	}
	if err := json.Unmarshal(file, &form); err != nil || form.Crypto == nil {
		return refuse("it is not the JSON of a go-ethereum keystore: a BLS keystore is another file")
	}
	c, kdf := form.Crypto, form.Crypto.KDFParams
	if form.Version != keystoreVersion {
		return refuse("its version is %d, not %d", form.Version, keystoreVersion)
	}
	if !common.IsHexAddress(form.Address) {
		return refuse("it does not say its address")
	}
	if _, err := uuid.Parse(form.ID); err != nil {
		return refuse("its id is no UUID")
	}
	if c.Cipher != "aes-128-ctr" || !isHex(c.CipherText, keyLength) || !isHex(c.CipherParams.IV, 16) || !isHex(c.MAC, 32) || kdf.DKLen != 32 || !isHex(kdf.Salt, 0) {
		return refuse("its cipher, checksum or salt is not one of a key of 32 bytes")
	}
	switch c.KDF {
	case "scrypt":
		if kdf.N < 2 || kdf.N&(kdf.N-1) != 0 || kdf.R < 1 || kdf.P < 1 || kdf.N > 1<<22 || kdf.R > 1<<10 || kdf.P > 1<<10 ||
			128*kdf.N*kdf.R > maxScryptBytes || kdf.N*kdf.R*kdf.P > maxScryptRounds {
			return refuse("scrypt with n=%d r=%d p=%d takes too much memory or time", kdf.N, kdf.R, kdf.P)
		}
	case "pbkdf2":
		if kdf.PRF != "hmac-sha256" || kdf.C < 1 || kdf.C > maxPBKDF2Rounds {
			return refuse("pbkdf2 with c=%d and prf %.20q is not supported", kdf.C, kdf.PRF)
		}
	default:
		return refuse("key derivation %.20q is not supported", c.KDF)
	}
	if err := exactTypes(file); err != nil {
		return refuse("%w", err)
	}
	return common.HexToAddress(form.Address), nil
}

// exactTypes refuses a keystore whose names differ in case from the standard's, or come twice: another decoder would see other values.
func exactTypes(file []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(file))
	var walk func() error
	walk = func() error {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		delim, isDelim := token.(json.Delim)
		if !isDelim {
			return nil
		}
		seen := make(map[string]bool)
		for decoder.More() {
			if delim == '{' {
				name, err := decoder.Token()
				if err != nil {
					return err
				}
				key := string(bytes.ToLower([]byte(name.(string))))
				if seen[key] || key != name.(string) {
					return fmt.Errorf("the name %.40q is not in lower case, or comes twice", name)
				}
				seen[key] = true
			}
			if err := walk(); err != nil {
				return err
			}
		}
		_, err = decoder.Token()
		return err
	}
	return walk()
}

// isHex tells whether text is hexadecimal digits of length bytes; any number up to 64 when length is 0.
func isHex(text string, length int) bool {
	b, err := hex.DecodeString(text)
	return err == nil && (len(b) == length || length == 0 && len(b) <= 64)
}

// Address is the account.
func (s *KeySigner) Address() common.Address { return s.address }

// Sign signs at once.
func (s *KeySigner) Sign(_ context.Context, tx *types.DynamicFeeTx) (*types.Transaction, error) {
	signed, err := types.SignNewTx(s.key, types.NewLondonSigner(tx.ChainID), tx)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSigner, err)
	}
	return signed, nil
}

// String does not show the key, whatever formats the signer.
func (s *KeySigner) String() string { return "signer of " + s.address.Hex() }

// GoString is String.
func (s *KeySigner) GoString() string { return s.String() }

// MaxKeystoreBytes is the longest keystore of an account that is read.
const MaxKeystoreBytes = maxKeystoreBytes

// ParseKey reads an account's secret key as 64 hexadecimal digits, with or without 0x and a line break at the end. Errors: ErrKeystore, which does not
// quote the text.
func ParseKey(text []byte) (*KeySigner, error) {
	raw, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(string(text)), "0x"))
	if err != nil {
		return nil, fmt.Errorf("%w: it is not 64 hexadecimal digits", ErrKeystore)
	}
	defer clear(raw)
	key, err := crypto.ToECDSA(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: the digits are not those of a secret key of secp256k1", ErrKeystore)
	}
	return &KeySigner{key: key, address: crypto.PubkeyToAddress(key.PublicKey)}, nil
}

// Encrypt is the signer's key as a keystore under another password, see NewKeystore.
func (s *KeySigner) Encrypt(random io.Reader, password []byte, light bool) ([]byte, error) {
	file, _, err := EncryptKey(s.key, random, password, light)
	return file, err
}
