package bls

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"io"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// SecretKeyLength is the length of an encoded secret key in bytes.
const SecretKeyLength = 32

const (
	keySalt      = "BLS-SIG-KEYGEN-SALT-" // EIP-2333 hkdf_mod_r
	keyLength    = 48                     // L = ceil(1.5 * ceil(log2(r)) / 8)
	seedLength   = 32                     // the least that EIP-2333 allows
	secretUnmade = "bls: use of a SecretKey that was wiped, or that does not come from NewSecretKey, ParseSecretKey or a Keystore"
)

// SecretKey is a scalar from 1 to below the group order. It never prints (see redact.go). It is made by NewSecretKey, ParseSecretKey or
// Keystore.Decrypt; the zero value holds no key and its use panics.
type SecretKey struct {
	// A pointer, as package fmt reads the unexported fields of others' structs without asking: it shows an address there.
	v *herumi.SecretKey
}

// NewSecretKey derives a key from 32 bytes of random by KeyGen (EIP-2333 derive_master_SK,
// draft-irtf-cfrg-bls-signature section 2.3). random must be unpredictable, as crypto/rand.Reader is. Errors: ErrRandomness.
func NewSecretKey(random io.Reader) (*SecretKey, error) {
	var seed [seedLength]byte
	defer clear(seed[:])
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return nil, fmt.Errorf("read the seed of a secret key: %w: %w", ErrRandomness, err)
	}
	return deriveSecretKey(seed[:])
}

// deriveSecretKey is EIP-2333's derive_master_SK.
func deriveSecretKey(seed []byte) (*SecretKey, error) {
	library()
	if len(seed) < seedLength {
		return nil, fmt.Errorf("seed of %d bytes, expected at least %d: %w", len(seed), seedLength, ErrLength)
	}
	material := append(append(make([]byte, 0, len(seed)+1), seed...), 0)
	defer clear(material)
	salt := []byte(keySalt)
	for {
		digest := sha256.Sum256(salt)
		salt = digest[:]
		okm, err := hkdf.Key(sha256.New, material, salt, string([]byte{0, keyLength}), keyLength)
		if err != nil {
			return nil, fmt.Errorf("derive a secret key: %w", err)
		}
		slices.Reverse(okm)
		v := new(herumi.SecretKey)
		err = v.SetLittleEndianMod(okm)
		clear(okm)
		if err != nil {
			return nil, fmt.Errorf("reduce a secret key: %w", err)
		}
		if !v.IsZero() {
			return &SecretKey{v: v}, nil
		}
	}
}

// ParseSecretKey reads 32 bytes, big-endian. Errors: ErrLength, ErrSecretKey.
func ParseSecretKey(b []byte) (*SecretKey, error) {
	library()
	if len(b) != SecretKeyLength {
		return nil, fmt.Errorf("secret key of %d bytes, expected %d: %w", len(b), SecretKeyLength, ErrLength)
	}
	own := bytes.Clone(b) // see ParsePublicKey
	defer clear(own)
	v := new(herumi.SecretKey)
	// The library's error would quote the bytes: it is not wrapped.
	if err := v.Deserialize(own); err != nil || v.IsZero() {
		return nil, fmt.Errorf("secret key: %w", ErrSecretKey)
	}
	return &SecretKey{v: v}, nil
}

// Bytes gives the 32 bytes of the key, big-endian: for a keystore and nothing else. The caller clears them after use.
func (s SecretKey) Bytes() []byte { return s.scalar().Serialize() }

// PublicKey is the key's point in G1.
func (s SecretKey) PublicKey() PublicKey { return PublicKey{v: *s.scalar().GetPublicKey()} }

// Sign signs a 32-byte message.
func (s SecretKey) Sign(message [32]byte) Signature {
	return Signature{v: *s.scalar().SignByte(message[:])}
}

// Wipe overwrites the key, for all copies of s. Using any of them afterwards panics. Copies that the Go runtime or a
// library made in passing are out of reach.
func (s SecretKey) Wipe() {
	if s.v != nil {
		*s.v = herumi.SecretKey{}
	}
}

func (s SecretKey) scalar() *herumi.SecretKey {
	if s.v == nil || s.v.IsZero() {
		panic(secretUnmade)
	}
	return s.v
}

// redacted stands wherever a secret key would print. The methods have value receivers, so that a key and a pointer to one are
// hidden alike. log/slog needs no method of its own: it prints through MarshalText and Format.
const redacted = "[secret]"

// String hides the key.
func (s SecretKey) String() string { return redacted }

// GoString hides the key.
func (s SecretKey) GoString() string { return redacted }

// Format hides the key from every verb.
func (s SecretKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText hides the key from YAML and text logs.
func (s SecretKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON hides the key from JSON.
func (s SecretKey) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

const (
	possessionType = "TidemarkProofOfPossession(uint256 chainId,address committee,address owner,bytes pubkey)"
	abiWord        = 32
	// possessionHead is the number of words before the bytes of the key: type, chain, committee, owner, offset.
	possessionHead = 5
)

// PossessionMessage is what the holder of a key signs to register it: bound to chain, committee contract, owner and key, so
// that nobody else can register with it. It is keccak256(abi.encode(type hash, chainID, committee, owner, key in EIP-2537)) and equals
// OracleCommittee.proofMessage. A chain ID is a uint256: one outside of it belongs to no chain and panics.
func PossessionMessage(chainID *big.Int, committee, owner common.Address, key PublicKey) [32]byte {
	if chainID.Sign() < 0 || chainID.BitLen() > 8*abiWord {
		panic("bls: chain id " + chainID.String() + " is not a uint256")
	}
	word := func(b []byte) []byte { return common.LeftPadBytes(b, abiWord) }
	var message []byte
	message = append(message, crypto.Keccak256([]byte(possessionType))...)
	message = append(message, word(chainID.Bytes())...)
	message = append(message, word(committee[:])...)
	message = append(message, word(owner[:])...)
	message = append(message, word([]byte{possessionHead * abiWord})...) // where the bytes begin
	message = append(message, word([]byte{EIP2537KeyLength})...)         // how many they are
	message = append(message, key.EIP2537()...)                          // four whole words: nothing to fill up
	return [32]byte(crypto.Keccak256(message))
}

// ProvePossession signs the PossessionMessage of this node's key.
func (s SecretKey) ProvePossession(chainID *big.Int, committee, owner common.Address) Signature {
	return s.Sign(PossessionMessage(chainID, committee, owner, s.PublicKey()))
}
