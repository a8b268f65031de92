package bls

import (
	"bytes"
	"fmt"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// Lengths of encoded signatures in bytes.
const (
	// SignatureLength: compressed, as on the beacon chain.
	SignatureLength = 96
	// EIP2537SignatureLength: x.c0, x.c1, y.c0, y.c1 of 64 bytes each, zero-padded on the left.
	EIP2537SignatureLength = 256
)

// Signature is a point of G2 that is on the curve, in the subgroup and not infinity. The zero value is no signature: it verifies under no
// key and cannot be aggregated.
type Signature struct{ v herumi.Sign }

// ParseSignature reads a compressed signature of 96 bytes. Errors: ErrLength, ErrFlags, ErrInfinity, ErrFieldElement,
// ErrNotOnCurve, ErrNotInSubgroup.
func ParseSignature(b []byte) (Signature, error) {
	library()
	x, err := checkCompressed(b, SignatureLength)
	if err != nil {
		return Signature{}, fmt.Errorf("signature: %w", err)
	}
	var s Signature
	if err := s.v.Deserialize(bytes.Clone(b)); err != nil {
		return Signature{}, fmt.Errorf("signature: %w", whyRefused(x, nil))
	}
	return s, nil
}

// ParseEIP2537Signature reads the encoding that the contracts take: x.c0, x.c1, y.c0, y.c1 of 64 bytes each. Errors:
// ErrLength, ErrPadding, ErrInfinity, ErrFieldElement, ErrNotOnCurve, ErrNotInSubgroup.
func ParseEIP2537Signature(b []byte) (Signature, error) {
	library()
	affine, err := unpad(b, 4)
	if err != nil {
		return Signature{}, fmt.Errorf("signature: %w", err)
	}
	if err := checkAffine(affine, 4*coordinateLength); err != nil {
		return Signature{}, fmt.Errorf("signature: %w", err)
	}
	// Herumi puts c1 before c0 as the compressed family of encodings does, EIP-2537 c0 before c1.
	swapped := swapComponents(affine)
	var g herumi.G2
	// IsValidOrder stands here too: the promise must not hang on what herumi's IsValid includes.
	if err := g.DeserializeUncompressed(swapped); err != nil || !g.IsValidOrder() {
		return Signature{}, fmt.Errorf("signature: %w", whyRefused(swapped[:2*coordinateLength], swapped[2*coordinateLength:]))
	}
	return Signature{v: *herumi.CastToSign(&g)}, nil
}

// Bytes is the compressed encoding: 96 bytes.
func (s Signature) Bytes() []byte {
	library()
	return s.v.Serialize()
}

// EIP2537 is the encoding that the contracts take: 256 bytes.
func (s Signature) EIP2537() []byte {
	library()
	if s.isInfinity() {
		return make([]byte, EIP2537SignatureLength)
	}
	return pad(swapComponents(herumi.CastFromSign(&s.v).SerializeUncompressed()))
}

// Equal reports whether both are the same point.
func (s Signature) Equal(t Signature) bool {
	library()
	return s.v.IsEqual(&t.v)
}

// String is the compressed encoding in hexadecimal.
func (s Signature) String() string { return fmt.Sprintf("0x%x", s.Bytes()) }

// Verify reports whether the signature over message is the key's.
func (s Signature) Verify(key PublicKey, message [32]byte) bool {
	// The pairing of two points at infinity holds for every message; herumi refuses it as well, and it is checked here all the same.
	if s.isInfinity() || key.isInfinity() {
		return false
	}
	return s.v.VerifyByte(&key.v, message[:])
}

func (s Signature) isInfinity() bool {
	library()
	return s.v.IsZero()
}
