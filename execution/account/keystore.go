package account

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

const (
	// MaxKeystoreBytes is the longest file that is read. A usual one has about 500 bytes.
	MaxKeystoreBytes = 16 << 10

	keystoreVersion = 3
	cipherFunction  = "aes-128-ctr"
	// A file from elsewhere can neither exhaust the memory nor hold the process up: 512 MiB, and 8 times the standard work.
	maxScryptMemoryBytes = 512 << 20 // 128 * n * r
	maxScryptBlocks      = 1 << 24   // n * r * p
	maxPBKDF2Count       = 1 << 24
	derivedLength        = 32
	ivDigits             = 32
	maxSaltDigits        = 128
)

// Cost is what opening a file takes by scrypt with r = 8.
type Cost struct{ N, P int }

// StandardCost is geth's: 256 MiB and about a second.
func StandardCost() Cost { return Cost{N: keystore.StandardScryptN, P: keystore.StandardScryptP} }

// fileJSON is the file's form. Numbers are judged here, and only what was judged is handed to go-ethereum.
type fileJSON struct {
	Address string     `json:"address"`
	Crypto  cryptoJSON `json:"crypto"`
	ID      string     `json:"id"`
	Version int        `json:"version"`
}

type cryptoJSON struct {
	Cipher       string     `json:"cipher"`
	CipherText   string     `json:"ciphertext"`
	CipherParams cipherJSON `json:"cipherparams"`
	KDF          string     `json:"kdf"`
	KDFParams    kdfJSON    `json:"kdfparams"`
	MAC          string     `json:"mac"`
}

type cipherJSON struct {
	IV string `json:"iv"`
}

type kdfJSON struct {
	DKLen int64  `json:"dklen"`
	N     int64  `json:"n,omitempty"`
	R     int64  `json:"r,omitempty"`
	P     int64  `json:"p,omitempty"`
	C     int64  `json:"c,omitempty"`
	PRF   string `json:"prf,omitempty"`
	Salt  string `json:"salt"`
}

// Seal puts a key under a password. A line break at the password's end does not count. random gives the file's identifier; salt and
// initialisation vector are drawn by go-ethereum. Errors: ErrRandomness, ErrCost.
func Seal(k Key, password []byte, cost Cost, random io.Reader) ([]byte, error) {
	var id [16]byte
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return nil, fmt.Errorf("new keystore of an account: %w: %w", ErrRandomness, err)
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80 // RFC 9562: version 4
	secret := crypto.FromECDSA(k.secret)
	defer clear(secret)
	sealed, err := keystore.EncryptDataV3(secret, trimmed(password), cost.N, cost.P)
	if err != nil {
		return nil, fmt.Errorf("new keystore of an account: %w: %w", ErrCost, err)
	}
	file := struct {
		Address string              `json:"address"`
		Crypto  keystore.CryptoJSON `json:"crypto"`
		ID      string              `json:"id"`
		Version int                 `json:"version"`
	}{hex.EncodeToString(k.Address().Bytes()), sealed, fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:]), keystoreVersion}
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("new keystore of an account: %w", err)
	}
	return append(text, '\n'), nil
}

// AddressOf is the address that a file says it holds the key of; nothing is opened. Errors: ErrFormat, ErrCost.
func AddressOf(file []byte) (common.Address, error) {
	_, address, err := parse(file)
	return address, err
}

// Open opens a file. A line break at the password's end does not count. Errors: ErrFormat, ErrCost, ErrPassword, ErrAddress.
func Open(file, password []byte) (Key, error) {
	form, said, err := parse(file)
	if err != nil {
		return Key{}, err
	}
	raw, err := keystore.DecryptDataV3(form.sealed(), string(trimmed(password)))
	if err != nil { // not wrapped: its texts may quote the file
		return Key{}, ErrPassword
	}
	defer clear(raw)
	secret, err := crypto.ToECDSA(raw)
	if err != nil {
		return Key{}, fmt.Errorf("%w: %w", ErrFormat, ErrKey)
	}
	if crypto.PubkeyToAddress(secret.PublicKey) != said {
		return Key{}, ErrAddress
	}
	return Key{secret}, nil
}

// trimmed is the password as geth takes it from a file.
func trimmed(password []byte) []byte { return bytes.TrimRight(password, "\r\n") }

// sealed is the judged form as go-ethereum takes it.
func (f fileJSON) sealed() keystore.CryptoJSON {
	k := f.Crypto.KDFParams
	sealed := keystore.CryptoJSON{
		Cipher: f.Crypto.Cipher, CipherText: f.Crypto.CipherText, KDF: f.Crypto.KDF, MAC: f.Crypto.MAC,
		KDFParams: map[string]any{
			"dklen": int(k.DKLen), "n": int(k.N), "r": int(k.R), "p": int(k.P), "c": int(k.C), "prf": k.PRF, "salt": k.Salt,
		},
	}
	sealed.CipherParams.IV = f.Crypto.CipherParams.IV
	return sealed
}

func parse(file []byte) (form fileJSON, said common.Address, err error) {
	if len(file) > MaxKeystoreBytes {
		return form, said, fmt.Errorf("%w: more than %d bytes", ErrFormat, MaxKeystoreBytes)
	}
	decoder := json.NewDecoder(bytes.NewReader(file))
	if decoder.Decode(&form) != nil || decoder.Decode(new(any)) != io.EOF {
		return form, said, ErrFormat
	}
	raw, err := hex.DecodeString(strings.TrimPrefix(form.Address, "0x"))
	if err != nil || len(raw) != common.AddressLength {
		return form, said, fmt.Errorf("%w: it names no address", ErrFormat)
	}
	c := form.Crypto
	if form.Version != keystoreVersion || c.Cipher != cipherFunction || len(c.CipherText) != 2*keyLength || len(c.CipherParams.IV) != ivDigits {
		return form, said, ErrFormat
	}
	return form, common.BytesToAddress(raw), c.checkCost()
}

// checkCost bounds memory and time before they are paid.
func (c cryptoJSON) checkCost() error {
	k := c.KDFParams
	bounded := k.DKLen == derivedLength && len(k.Salt) <= maxSaltDigits
	switch c.KDF {
	case "scrypt":
		for _, v := range []int64{k.N, k.R, k.P} {
			bounded = bounded && v >= 1 && v <= maxScryptBlocks
		}
		bounded = bounded && k.N*k.R <= maxScryptMemoryBytes/128 && k.N*k.R <= maxScryptBlocks/k.P
	case "pbkdf2":
		bounded = bounded && k.C >= 1 && k.C <= maxPBKDF2Count
	default:
		return fmt.Errorf("%w: its key derivation is neither scrypt nor pbkdf2", ErrFormat)
	}
	if !bounded {
		return ErrCost
	}
	return nil
}
