package bls

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"io"
	"math/big"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// SecretKeyLength is the length of an encoded secret key in bytes.
const SecretKeyLength = 32

const (
	redacted  = "[secret]"
	keySalt   = "BLS-SIG-KEYGEN-SALT-"
	keyLength = 48 // L = ceil(3 * ceil(log2(r)) / 16)
)

// SecretKey is a scalar between 1 and the group order. It never prints.
type SecretKey struct{ v herumi.SecretKey }

// NewSecretKey derives a key from 32 bytes of random by KeyGen (EIP-2333 hkdf_mod_r,
// draft-irtf-cfrg-bls-signature section 2.3).
func NewSecretKey(random io.Reader) (*SecretKey, error) {
	var ikm [32]byte
	if _, err := io.ReadFull(random, ikm[:]); err != nil {
		return nil, fmt.Errorf("read randomness for a secret key: %w", err)
	}
	return deriveSecretKey(ikm[:])
}

func deriveSecretKey(ikm []byte) (*SecretKey, error) {
	order, _ := new(big.Int).SetString(herumiOrder(), 10)
	salt := []byte(keySalt)
	for {
		digest := sha256.Sum256(salt)
		salt = digest[:]
		okm, err := hkdf.Key(sha256.New, append(append([]byte{}, ikm...), 0), salt, string([]byte{0, keyLength}), keyLength)
		if err != nil {
			return nil, fmt.Errorf("derive a secret key: %w", err)
		}
		scalar := new(big.Int).Mod(new(big.Int).SetBytes(okm), order)
		if scalar.Sign() != 0 {
			return ParseSecretKey(scalar.FillBytes(make([]byte, SecretKeyLength)))
		}
	}
}

// ParseSecretKey reads 32 bytes, big-endian. Errors: ErrLength, ErrSecretKey.
func ParseSecretKey(b []byte) (*SecretKey, error) {
	library()
	if len(b) != SecretKeyLength {
		return nil, fmt.Errorf("secret key of %d bytes: %w", len(b), ErrLength)
	}
	s := new(SecretKey)
	if err := s.v.Deserialize(b); err != nil || s.v.IsZero() {
		return nil, fmt.Errorf("secret key: %w", ErrSecretKey)
	}
	return s, nil
}

// Bytes gives the 32 bytes of the key, big-endian: for a keystore and nothing else.
func (s *SecretKey) Bytes() []byte { return s.v.Serialize() }

// PublicKey is the key's point in G1.
func (s *SecretKey) PublicKey() PublicKey { return PublicKey{v: *s.v.GetPublicKey()} }

// Sign signs a 32-byte message.
func (s *SecretKey) Sign(message [32]byte) Signature { return Signature{v: *s.v.SignByte(message[:])} }

// String hides the key.
func (s *SecretKey) String() string { return redacted }

// GoString hides the key.
func (s *SecretKey) GoString() string { return redacted }

// Format hides the key from every verb.
func (s *SecretKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText hides the key from JSON, YAML and text logs.
func (s *SecretKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

func herumiOrder() string {
	library()
	return herumi.GetCurveOrder()
}
