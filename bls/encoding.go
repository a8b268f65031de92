package bls

import "fmt"

const wordLength = 64 // a coordinate in EIP-2537

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
		return nil, fmt.Errorf("%d bytes: %w", len(b), ErrLength)
	}
	out := make([]byte, 0, n*coordinateLength)
	for i := range n {
		word := b[i*wordLength : (i+1)*wordLength]
		if !allZero(word[:wordLength-coordinateLength]) {
			return nil, fmt.Errorf("padding of coordinate %d: %w", i, ErrEncoding)
		}
		out = append(out, word[wordLength-coordinateLength:]...)
	}
	return out, nil
}

func allZero(b []byte) bool {
	for _, x := range b {
		if x != 0 {
			return false
		}
	}
	return true
}

// isInfinityEncoding: the compressed point at infinity has the flags 110 and nothing else.
func isInfinityEncoding(b []byte) bool { return b[0] == 0xc0 && allZero(b[1:]) }
