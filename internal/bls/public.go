package bls

import (
	"bytes"
	"fmt"
	"sync"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// library prepares herumi once, before its first use. Herumi keeps its curve, its scheme and its subgroup checks in
// variables of the process and its Init is not safe for concurrent use. An init function would run it in every program
// that merely links this package, so each constructor and method that reaches herumi calls library first instead. What
// is set never changes afterwards, which is why it is no state that a caller could notice.
var library = sync.OnceFunc(func() {
	if err := herumi.Init(herumi.BLS12_381); err != nil {
		panic("bls: the library refuses BLS12-381: " + err.Error())
	}
	// The scheme of the beacon chain: RFC 9380 hash-to-curve and the domain separation tag of the package comment.
	if err := herumi.SetETHmode(herumi.EthModeDraft07); err != nil {
		panic("bls: the library refuses the beacon chain's scheme: " + err.Error())
	}
	// Subgroup checks when points are parsed: nothing unchecked comes into being. They are not the default.
	herumi.VerifyPublicKeyOrder(true)
	herumi.VerifySignatureOrder(true)
})

// Lengths of encoded public keys in bytes.
const (
	// PublicKeyLength: compressed, as on the beacon chain.
	PublicKeyLength = 48
	// AffineKeyLength: x and y of 48 bytes each, as the committee contract keeps keys.
	AffineKeyLength = 96
	// EIP2537KeyLength: x and y of 64 bytes each, zero-padded on the left.
	EIP2537KeyLength = 128
)

// PublicKey is a point of G1 that is on the curve, in the subgroup and not infinity. The zero value is no key: nothing verifies
// under it and it cannot be aggregated.
type PublicKey struct{ v herumi.PublicKey }

// ParsePublicKey reads a compressed key of 48 bytes. Errors: ErrLength, ErrFlags, ErrInfinity, ErrFieldElement,
// ErrNotOnCurve, ErrNotInSubgroup.
func ParsePublicKey(b []byte) (PublicKey, error) {
	library()
	x, err := checkCompressed(b, PublicKeyLength)
	if err != nil {
		return PublicKey{}, fmt.Errorf("public key: %w", err)
	}
	var p PublicKey
	// cgo refuses a pointer into memory that holds other Go pointers, as the caller's may: the library gets a copy.
	if err := p.v.Deserialize(bytes.Clone(b)); err != nil {
		return PublicKey{}, fmt.Errorf("public key: %w", whyRefused(x, nil))
	}
	return p, nil
}

// ParseAffinePublicKey reads the encoding that the committee contract keeps: x and y of 48 bytes each. Errors:
// ErrLength, ErrInfinity, ErrFieldElement, ErrNotOnCurve, ErrNotInSubgroup.
func ParseAffinePublicKey(b []byte) (PublicKey, error) {
	library()
	if err := checkAffine(b, AffineKeyLength); err != nil {
		return PublicKey{}, fmt.Errorf("public key: %w", err)
	}
	var g herumi.G1
	// IsValidOrder stands here too: the promise must not hang on what herumi's IsValid includes.
	if err := g.DeserializeUncompressed(bytes.Clone(b)); err != nil || !g.IsValidOrder() {
		return PublicKey{}, fmt.Errorf("public key: %w", whyRefused(b[:coordinateLength], b[coordinateLength:]))
	}
	return PublicKey{v: *herumi.CastToPublicKey(&g)}, nil
}

// ParseEIP2537PublicKey reads the encoding that the contracts take: x and y of 64 bytes each. Errors: those of
// ParseAffinePublicKey, and ErrPadding.
func ParseEIP2537PublicKey(b []byte) (PublicKey, error) {
	affine, err := unpad(b, 2)
	if err != nil {
		return PublicKey{}, fmt.Errorf("public key: %w", err)
	}
	return ParseAffinePublicKey(affine)
}

// Bytes is the compressed encoding: 48 bytes.
func (p PublicKey) Bytes() []byte {
	library()
	return p.v.Serialize()
}

// Affine is the encoding that the committee contract keeps: 96 bytes.
func (p PublicKey) Affine() []byte {
	library()
	if p.isInfinity() {
		return make([]byte, AffineKeyLength)
	}
	return herumi.CastFromPublicKey(&p.v).SerializeUncompressed()
}

// EIP2537 is the encoding that the contracts take: 128 bytes.
func (p PublicKey) EIP2537() []byte { return pad(p.Affine()) }

// Equal reports whether both are the same point.
func (p PublicKey) Equal(q PublicKey) bool {
	library()
	return p.v.IsEqual(&q.v)
}

// String is the compressed encoding in hexadecimal.
func (p PublicKey) String() string { return fmt.Sprintf("0x%x", p.Bytes()) }

func (p PublicKey) isInfinity() bool {
	library()
	return p.v.IsZero()
}
