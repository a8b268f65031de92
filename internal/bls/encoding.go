package bls

import (
	"bytes"
	"fmt"
	"math/big"
	"sync"
)

// wordLength is the length of a coordinate in EIP-2537 in bytes.
const wordLength = 64

// Flags in the first byte of a compressed point (draft-irtf-cfrg-pairing-friendly-curves appendix C).
const (
	flagCompressed = 0x80
	flagInfinity   = 0x40
	flagSign       = 0x20
)

// checkCompressed refuses what is no encoding of a finite point: length, flags, infinity, then the field elements.
// It returns the x-coordinate without flags.
func checkCompressed(b []byte, length int) (x []byte, err error) {
	if len(b) != length {
		return nil, fmt.Errorf("%d bytes, expected %d: %w", len(b), length, ErrLength)
	}
	x = append([]byte(nil), b...)
	x[0] &^= flagCompressed | flagInfinity | flagSign
	switch flags := b[0] &^ x[0]; {
	case flags == flagCompressed|flagInfinity && allZero(x):
		return nil, ErrInfinity
	case flags&flagCompressed == 0 || flags&flagInfinity != 0:
		return nil, fmt.Errorf("flags %03b: %w", flags>>5, ErrFlags)
	}
	return x, checkCanonical(x)
}

// checkAffine refuses what is no encoding of a finite point by its coordinates: length, infinity, then the field elements.
func checkAffine(b []byte, length int) error {
	if len(b) != length {
		return fmt.Errorf("%d bytes, expected %d: %w", len(b), length, ErrLength)
	}
	if allZero(b) {
		return ErrInfinity
	}
	return checkCanonical(b)
}

// pad spreads coordinates of 48 bytes to 64 (EIP-2537).
func pad(affine []byte) []byte {
	n := len(affine) / coordinateLength
	out := make([]byte, n*wordLength)
	for i := range n {
		copy(out[(i+1)*wordLength-coordinateLength:], affine[i*coordinateLength:(i+1)*coordinateLength])
	}
	return out
}

// unpad is the inverse of pad for n coordinates; padding must be zero.
func unpad(b []byte, n int) ([]byte, error) {
	if len(b) != n*wordLength {
		return nil, fmt.Errorf("%d bytes, expected %d: %w", len(b), n*wordLength, ErrLength)
	}
	out := make([]byte, 0, n*coordinateLength)
	for i := range n {
		word := b[i*wordLength : (i+1)*wordLength]
		if !allZero(word[:wordLength-coordinateLength]) {
			return nil, fmt.Errorf("coordinate %d: %w", i, ErrPadding)
		}
		out = append(out, word[wordLength-coordinateLength:]...)
	}
	return out, nil
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

func allZero(b []byte) bool {
	for _, x := range b {
		if x != 0 {
			return false
		}
	}
	return true
}

// coordinateLength is the length of an encoded element of the base field in bytes.
const coordinateLength = 48

// modulus is the order of the base field: 48 bytes, big-endian (RFC 9380 section 8.8).
func modulus() []byte {
	return []byte{
		0x1a, 0x01, 0x11, 0xea, 0x39, 0x7f, 0xe6, 0x9a, 0x4b, 0x1b, 0xa7, 0xb6, 0x43, 0x4b, 0xac, 0xd7,
		0x64, 0x77, 0x4b, 0x84, 0xf3, 0x85, 0x12, 0xbf, 0x67, 0x30, 0xd2, 0xa0, 0xf6, 0xb0, 0xf6, 0x24,
		0x1e, 0xab, 0xff, 0xfe, 0xb1, 0x53, 0xff, 0xff, 0xb9, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xaa, 0xab,
	}
}

var fieldModulus = sync.OnceValue(func() *big.Int { return new(big.Int).SetBytes(modulus()) })

// checkCanonical refuses coordinates that are not below the modulus. len(coordinates) is a multiple of coordinateLength.
func checkCanonical(coordinates []byte) error {
	for i := 0; i < len(coordinates); i += coordinateLength {
		if bytes.Compare(coordinates[i:i+coordinateLength], modulus()) >= 0 {
			return fmt.Errorf("coordinate %d: %w", i/coordinateLength, ErrFieldElement)
		}
	}
	return nil
}

// element is a + b*u of the quadratic extension, u^2 = -1. Elements of the base field have b = 0.
type element struct{ a, b *big.Int }

// newElement reads one coordinate, or two in the order b, a of the compressed family of encodings.
func newElement(encoded []byte) element {
	if len(encoded) == coordinateLength {
		return element{a: new(big.Int).SetBytes(encoded), b: new(big.Int)}
	}
	return element{
		a: new(big.Int).SetBytes(encoded[coordinateLength:]),
		b: new(big.Int).SetBytes(encoded[:coordinateLength]),
	}
}

func (x element) mul(y element) element {
	product := func(p, q *big.Int) *big.Int { return new(big.Int).Mul(p, q) }
	return element{
		a: new(big.Int).Sub(product(x.a, y.a), product(x.b, y.b)),
		b: new(big.Int).Add(product(x.a, y.b), product(x.b, y.a)),
	}.reduced()
}

func (x element) reduced() element {
	return element{a: new(big.Int).Mod(x.a, fieldModulus()), b: new(big.Int).Mod(x.b, fieldModulus())}
}

// curve is the right side of the curve's equation: x^3 + 4 for G1, x^3 + 4(1+u) for G2.
func (x element) curve(isG2 bool) element {
	right := x.mul(x).mul(x)
	right.a.Add(right.a, big.NewInt(4))
	if isG2 {
		right.b.Add(right.b, big.NewInt(4))
	}
	return right.reduced()
}

// isSquare: an element of the base field by its Legendre symbol, one of the extension by that of its norm.
func (x element) isSquare(isG2 bool) bool {
	if !isG2 {
		return big.Jacobi(x.a, fieldModulus()) >= 0
	}
	norm := new(big.Int).Add(new(big.Int).Mul(x.a, x.a), new(big.Int).Mul(x.b, x.b))
	return big.Jacobi(norm.Mod(norm, fieldModulus()), fieldModulus()) >= 0
}

// whyRefused names the reason for which herumi refused a point with canonical coordinates: it says only that it did.
// This runs for refused points alone, and decides nothing but the words. y is nil for compressed points.
func whyRefused(x, y []byte) error {
	isG2 := len(x) == 2*coordinateLength
	right := newElement(x).curve(isG2)
	if y == nil {
		if right.isSquare(isG2) {
			return ErrNotInSubgroup
		}
		return ErrNotOnCurve
	}
	left := newElement(y)
	left = left.mul(left)
	if left.a.Cmp(right.a) == 0 && left.b.Cmp(right.b) == 0 {
		return ErrNotInSubgroup
	}
	return ErrNotOnCurve
}
