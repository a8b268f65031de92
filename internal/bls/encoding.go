package bls

import "fmt"

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
