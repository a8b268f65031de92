package bls

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/pbkdf2"
	"golang.org/x/crypto/scrypt"
	"golang.org/x/text/unicode/norm"
)

// MaxPasswordBytes is the longest password that is taken, in bytes before normalisation.
const MaxPasswordBytes = 1024

const (
	aesKeyLength = 16 // AES-128: the first half of the derived key; the second goes into the checksum
	uuidLength   = 16
	// nfkdGrowth is the most that NFKD lengthens UTF-8: U+FDFA goes from 3 bytes to 33.
	nfkdGrowth = 11
)

// Decrypt opens the keystore. The password is UTF-8; it is normalised to NFKD and freed of control codes (EIP-2335), so that a
// line break at the end of a password file does not matter. With the standard costs it takes about a second, and 256 MiB
// with scrypt. The caller wipes the key after use.
//
// Errors: ErrPasswordForm, ErrPassword, ErrSecretKey, ErrKeystorePublicKey.
func (k *Keystore) Decrypt(password []byte) (*SecretKey, error) {
	derived, err := k.derive(password)
	if err != nil {
		return nil, fmt.Errorf("keystore of %s: %w", k.publicKey, err)
	}
	defer clear(derived)
	if subtle.ConstantTimeCompare(checksum(derived, k.ciphertext), k.checksum) != 1 {
		return nil, fmt.Errorf("keystore of %s: %w", k.publicKey, ErrPassword)
	}
	secret := aesCTR(derived, k.iv, k.ciphertext)
	defer clear(secret)
	key, err := ParseSecretKey(secret)
	if err != nil {
		return nil, fmt.Errorf("keystore of %s: %w", k.publicKey, err)
	}
	if !key.PublicKey().Equal(k.publicKey) {
		defer key.Wipe()
		return nil, fmt.Errorf("keystore of %s holds %s: %w", k.publicKey, key.PublicKey(), ErrKeystorePublicKey)
	}
	return key, nil
}

func (k *Keystore) derive(password []byte) ([]byte, error) {
	normalised, err := normalise(password)
	if err != nil {
		return nil, err
	}
	defer clear(normalised)
	return k.kdf.derive(normalised, k.salt)
}

// normalise gives EIP-2335's form of a password: NFKD, without C0, C1 and delete, in UTF-8.
func normalise(password []byte) ([]byte, error) {
	if len(password) > MaxPasswordBytes || !utf8.Valid(password) {
		return nil, fmt.Errorf("password of %d bytes: %w", len(password), ErrPasswordForm)
	}
	// Room for all of it: growing would leave copies behind that are not cleared.
	decomposed := norm.NFKD.Append(make([]byte, 0, nfkdGrowth*len(password)), password...)
	defer clear(decomposed)
	kept := make([]byte, 0, len(decomposed))
	for rest := decomposed; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if !unicode.Is(unicode.Cc, r) { // category Cc is C0, delete and C1
			kept = append(kept, rest[:size]...)
		}
		rest = rest[size:]
	}
	if len(kept) == 0 {
		return nil, fmt.Errorf("nothing is left of the password without control codes: %w", ErrPasswordForm)
	}
	return kept, nil
}

func checksum(derived, ciphertext []byte) []byte {
	hash := sha256.New()
	hash.Write(derived[aesKeyLength : 2*aesKeyLength])
	hash.Write(ciphertext)
	return hash.Sum(nil)
}

// aesCTR encrypts and decrypts alike.
func aesCTR(derived, iv, message []byte) []byte {
	block, err := aes.NewCipher(derived[:aesKeyLength])
	if err != nil {
		panic("bls: AES refuses a key of its own length: " + err.Error())
	}
	out := make([]byte, len(message))
	cipher.NewCTR(block, iv).XORKeyStream(out, message)
	return out
}

// uuid marks 16 random bytes as version 4 of RFC 4122 and writes them.
func uuid(random []byte) string {
	b := [uuidLength]byte(random)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

const (
	scryptFunction = "scrypt"
	pbkdf2Function = "pbkdf2"
	pbkdf2PRF      = "hmac-sha256"
	derivedLength  = 32
	// The standard cost is that of EIP-2335's examples.
	standardScryptN = 1 << 18 // with r = 8: 256 MiB
	standardScryptR = 8
)

// Bounds on what a keystore may ask for, so that a file from elsewhere can neither exhaust the memory nor hold the process
// up: 512 MiB and about ten seconds.
const (
	maxScryptMemoryBytes = 512 << 20 // 128 * n * r (RFC 7914)
	maxScryptBlocks      = 1 << 24   // n * r * p, the work: 8 times the standard
	maxPBKDF2Count       = 1 << 24   // 64 times that of EIP-2335's examples
	maxDerivedLength     = 64
)

// KDF is how a password becomes a key: the function and its cost (EIP-2335). That of a new keystore is StandardScrypt;
// cheaper ones are for tests.
type KDF struct {
	Function string // scrypt or pbkdf2
	N, R, P  int64  // scrypt: cost, block size, parallelisation (RFC 7914)
	C        int64  // pbkdf2: iterations of HMAC-SHA-256 (RFC 8018)
	length   int64  // of the derived key in bytes; 0 in a KDF that was not read: derivedLength
}

// StandardScrypt is scrypt with the cost of EIP-2335: 256 MiB of memory. It is the better choice where memory allows.
func StandardScrypt() KDF {
	return KDF{Function: scryptFunction, N: standardScryptN, R: standardScryptR, P: 1}
}

// kdfParams are the parameters of either function, as they stand in the file. Those of the other are absent.
type kdfParams struct {
	DKLen int64  `json:"dklen"`
	N     int64  `json:"n,omitempty"`
	R     int64  `json:"r,omitempty"`
	P     int64  `json:"p,omitempty"`
	C     int64  `json:"c,omitempty"`
	PRF   string `json:"prf,omitempty"`
	Salt  string `json:"salt"`
}

func (k KDF) params(salt []byte) kdfParams {
	p := kdfParams{DKLen: derivedLength, N: k.N, R: k.R, P: k.P, C: k.C, Salt: hex.EncodeToString(salt)}
	if k.Function == pbkdf2Function {
		p.PRF = pbkdf2PRF
	}
	return p
}

func (p kdfParams) kdf(function string) (KDF, error) {
	k := KDF{Function: function, N: p.N, R: p.R, P: p.P, C: p.C, length: p.DKLen}
	if err := k.check(); err != nil {
		return KDF{}, err
	}
	if function == pbkdf2Function && p.PRF != pbkdf2PRF {
		return KDF{}, fmt.Errorf("pbkdf2 with prf %.20q: %w", p.PRF, ErrKeystoreFunction)
	}
	// Checksum and cipher need 32 bytes; more is cut off (EIP-2335).
	if p.DKLen < derivedLength || p.DKLen > maxDerivedLength {
		return KDF{}, fmt.Errorf("dklen %d, expected %d to %d: %w", p.DKLen, derivedLength, maxDerivedLength, ErrKeystoreCost)
	}
	return k, nil
}

// check refuses what is unknown, malformed or beyond the bounds.
func (k KDF) check() error {
	switch k.Function {
	case scryptFunction:
		return k.checkScrypt()
	case pbkdf2Function:
		if k.C < 1 || k.C > maxPBKDF2Count {
			return fmt.Errorf("pbkdf2 with c = %d, expected 1 to %d: %w", k.C, maxPBKDF2Count, ErrKeystoreCost)
		}
		return nil
	}
	return fmt.Errorf("key derivation %.20q: %w", k.Function, ErrKeystoreFunction)
}

func (k KDF) checkScrypt() error {
	// Each below 2^25 first, so that no product below overflows.
	for _, x := range []int64{k.N, k.R, k.P} {
		if x < 1 || x > maxScryptBlocks {
			return fmt.Errorf("scrypt with n = %d, r = %d, p = %d: %w", k.N, k.R, k.P, ErrKeystoreCost)
		}
	}
	switch {
	case k.N < 2 || k.N&(k.N-1) != 0:
		return fmt.Errorf("scrypt with n = %d, which is no power of two above 1: %w", k.N, ErrKeystoreCost)
	case k.N*k.R > maxScryptMemoryBytes/128 || k.P*k.R > maxScryptMemoryBytes/128:
		return fmt.Errorf("scrypt with n = %d, r = %d, p = %d needs more than %d MiB: %w",
			k.N, k.R, k.P, maxScryptMemoryBytes>>20, ErrKeystoreCost)
	case k.N*k.R > maxScryptBlocks/k.P:
		return fmt.Errorf("scrypt with n = %d, r = %d, p = %d takes too long: %w", k.N, k.R, k.P, ErrKeystoreCost)
	}
	return nil
}

// derive gives at least derivedLength bytes. The password is normalised.
func (k KDF) derive(password, salt []byte) ([]byte, error) {
	length := int(max(k.length, derivedLength))
	if k.Function == pbkdf2Function {
		return pbkdf2.Key(password, salt, int(k.C), length, sha256.New), nil
	}
	derived, err := scrypt.Key(password, salt, int(k.N), int(k.R), int(k.P), length)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKeystoreCost, err)
	}
	return derived, nil
}
