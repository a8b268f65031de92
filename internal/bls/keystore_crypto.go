package bls

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"unicode"
	"unicode/utf8"

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
