package bls

import (
	"fmt"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// Lengths of encoded signatures in bytes.
const (
	// SignatureLength: compressed, as on the beacon chain.
	SignatureLength = 96
	// EIP2537SignatureLength: x.c0, x.c1, y.c0, y.c1 of 64 bytes each, zero-padded on the left.
	EIP2537SignatureLength = 256

	coordinateLength = 48
)

// Signature is a point of G2 that is in the subgroup and not infinity.
type Signature struct{ v herumi.Sign }

// ParseSignature reads a compressed signature of 96 bytes. Errors: ErrLength, ErrEncoding, ErrInfinity.
func ParseSignature(b []byte) (Signature, error) {
	library()
	var s Signature
	if len(b) != SignatureLength {
		return s, fmt.Errorf("signature of %d bytes: %w", len(b), ErrLength)
	}
	if isInfinityEncoding(b) {
		return s, fmt.Errorf("signature: %w", ErrInfinity)
	}
	if err := s.v.Deserialize(b); err != nil || s.v.IsZero() || string(s.v.Serialize()) != string(b) {
		return Signature{}, fmt.Errorf("signature: %w", ErrEncoding)
	}
	return s, nil
}

// ParseEIP2537Signature reads the encoding that the contracts take. Errors: ErrLength, ErrEncoding, ErrInfinity.
func ParseEIP2537Signature(b []byte) (Signature, error) {
	library()
	affine, err := unpad(b, 4)
	if err != nil {
		return Signature{}, fmt.Errorf("signature: %w", err)
	}
	if allZero(affine) {
		return Signature{}, fmt.Errorf("signature: %w", ErrInfinity)
	}
	swapped := swapComponents(affine)
	var g herumi.G2
	if err := g.DeserializeUncompressed(swapped); err != nil || !g.IsValid() || !g.IsValidOrder() || string(g.SerializeUncompressed()) != string(swapped) {
		return Signature{}, fmt.Errorf("signature: %w", ErrEncoding)
	}
	return Signature{v: *herumi.CastToSign(&g)}, nil
}

// Bytes is the compressed encoding.
func (s Signature) Bytes() []byte { return s.v.Serialize() }

// EIP2537 is the encoding that the contracts take: 256 bytes.
func (s Signature) EIP2537() []byte {
	return pad(swapComponents(herumi.CastFromSign(&s.v).SerializeUncompressed()))
}

// Equal tells whether both are the same point.
func (s Signature) Equal(t Signature) bool { return s.v.IsEqual(&t.v) }

// String is the compressed encoding in hexadecimal.
func (s Signature) String() string { return fmt.Sprintf("0x%x", s.Bytes()) }

// Verify tells whether the signature over message is the key's.
func (s Signature) Verify(key PublicKey, message [32]byte) bool {
	return s.v.VerifyByte(&key.v, message[:])
}

// Aggregate adds signatures. Those that cancel are ErrInfinity; none is ErrEmpty.
func Aggregate(signatures []Signature) (Signature, error) {
	if len(signatures) == 0 {
		return Signature{}, fmt.Errorf("sum of signatures: %w", ErrEmpty)
	}
	sum := signatures[0]
	for i := range signatures[1:] {
		sum.v.Add(&signatures[i+1].v)
	}
	if sum.v.IsZero() {
		return Signature{}, fmt.Errorf("sum of signatures: %w", ErrInfinity)
	}
	return sum, nil
}

// swapComponents turns the order c1, c0 of the compressed family of encodings into EIP-2537's c0, c1, and back.
func swapComponents(b []byte) []byte {
	const c = coordinateLength
	out := make([]byte, 0, 4*c)
	for _, from := range []int{1, 0, 3, 2} {
		out = append(out, b[from*c:(from+1)*c]...)
	}
	return out
}
