package bls

import (
	"bytes"
	"fmt"
	"math/big"
	"sync"
)

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
