package bls

import (
	"fmt"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// Lengths of encoded public keys in bytes.
const (
	// PublicKeyLength: compressed, as on the beacon chain.
	PublicKeyLength = 48
	// AffineKeyLength: x and y of 48 bytes each, as the committee contract keeps keys.
	AffineKeyLength = 96
	// EIP2537KeyLength: x and y of 64 bytes each, zero-padded on the left.
	EIP2537KeyLength = 128
)

// PublicKey is a point of G1 that is in the subgroup and not infinity.
type PublicKey struct{ v herumi.PublicKey }

// ParsePublicKey reads a compressed key of 48 bytes. Errors: ErrLength, ErrEncoding, ErrInfinity.
func ParsePublicKey(b []byte) (PublicKey, error) {
	library()
	var p PublicKey
	if len(b) != PublicKeyLength {
		return p, fmt.Errorf("public key of %d bytes: %w", len(b), ErrLength)
	}
	if isInfinityEncoding(b) {
		return p, fmt.Errorf("public key: %w", ErrInfinity)
	}
	if err := p.v.Deserialize(b); err != nil || p.v.IsZero() || string(p.v.Serialize()) != string(b) {
		return PublicKey{}, fmt.Errorf("public key: %w", ErrEncoding)
	}
	return p, nil
}

// ParseEIP2537PublicKey reads the encoding that the contracts take. Errors: ErrLength, ErrEncoding, ErrInfinity.
func ParseEIP2537PublicKey(b []byte) (PublicKey, error) {
	library()
	affine, err := unpad(b, 2)
	if err != nil {
		return PublicKey{}, fmt.Errorf("public key: %w", err)
	}
	if allZero(affine) {
		return PublicKey{}, fmt.Errorf("public key: %w", ErrInfinity)
	}
	var g herumi.G1
	if err := g.DeserializeUncompressed(affine); err != nil || !g.IsValid() || !g.IsValidOrder() || string(g.SerializeUncompressed()) != string(affine) {
		return PublicKey{}, fmt.Errorf("public key: %w", ErrEncoding)
	}
	return PublicKey{v: *herumi.CastToPublicKey(&g)}, nil
}

// Bytes is the compressed encoding.
func (p PublicKey) Bytes() []byte { return p.v.Serialize() }

// Affine is the encoding that the committee contract keeps: 96 bytes.
func (p PublicKey) Affine() []byte {
	return herumi.CastFromPublicKey(&p.v).SerializeUncompressed()
}

// EIP2537 is the encoding that the contracts take: 128 bytes.
func (p PublicKey) EIP2537() []byte { return pad(p.Affine()) }

// Equal tells whether both are the same point.
func (p PublicKey) Equal(q PublicKey) bool { return p.v.IsEqual(&q.v) }

// String is the compressed encoding in hexadecimal.
func (p PublicKey) String() string { return fmt.Sprintf("0x%x", p.Bytes()) }

// SumKeys adds keys. The sum of keys that cancel is ErrInfinity; of none, ErrEmpty.
func SumKeys(keys []PublicKey) (PublicKey, error) {
	if len(keys) == 0 {
		return PublicKey{}, fmt.Errorf("sum of keys: %w", ErrEmpty)
	}
	sum := keys[0]
	for i := range keys[1:] {
		sum.v.Add(&keys[i+1].v)
	}
	if sum.v.IsZero() {
		return PublicKey{}, fmt.Errorf("sum of keys: %w", ErrInfinity)
	}
	return sum, nil
}

// SubtractKeys takes the absent members' keys from the sum of all: the key that a certificate verifies under. The contract
// does the same. Errors: ErrInfinity.
func SubtractKeys(sumOfAll PublicKey, absent []PublicKey) (PublicKey, error) {
	sum := *herumi.CastFromPublicKey(&sumOfAll.v)
	for i := range absent {
		herumi.G1Sub(&sum, &sum, herumi.CastFromPublicKey(&absent[i].v))
	}
	if sum.IsZero() {
		return PublicKey{}, fmt.Errorf("sum of the signers' keys: %w", ErrInfinity)
	}
	return PublicKey{v: *herumi.CastToPublicKey(&sum)}, nil
}
