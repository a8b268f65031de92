package bls

import (
	"fmt"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// batch is many votes on one message as points. A run of votes holds when e(G, sum of signatures) = e(sum of keys, hash),
// each vote weighted by its coefficient. The equation is linear: when two runs hold, both together do, and when one holds
// and both together do not, the other does not. That is what the search rests on, so points at infinity must be judged by the same
// equation and not by a rule of their own.
type batch struct {
	keys         []herumi.G1
	signatures   []herumi.G2
	coefficients []herumi.Fr // nil: all are one
	hash         *herumi.Sign
}

// newBatch copies the votes, as herumi may normalise the points that it is given. Errors: ErrPairing, ErrInfinity.
func newBatch(keys []PublicKey, signatures []Signature, message [32]byte) (*batch, error) {
	library()
	if len(keys) != len(signatures) {
		return nil, fmt.Errorf("%d keys, %d signatures: %w", len(keys), len(signatures), ErrPairing)
	}
	b := &batch{keys: make([]herumi.G1, len(keys)), signatures: make([]herumi.G2, len(keys))}
	for i := range keys {
		if keys[i].isInfinity() || signatures[i].isInfinity() {
			return nil, fmt.Errorf("key or signature of vote %d: %w", i, ErrInfinity)
		}
		b.keys[i] = *herumi.CastFromPublicKey(&keys[i].v)
		b.signatures[i] = *herumi.CastFromSign(&signatures[i].v)
	}
	b.hash = herumi.HashAndMapToSignature(message[:])
	return b, nil
}

// bisect gives the bad places of [from, to), which does not hold.
func (b *batch) bisect(from, to int) []int {
	if to-from == 1 {
		return []int{from}
	}
	middle := from + (to-from)/2
	if b.holds(b.sum(from, middle)) {
		return b.bisect(middle, to) // it cannot hold: both together would
	}
	bad := b.bisect(from, middle)
	if b.holds(b.sum(middle, to)) {
		return bad
	}
	return append(bad, b.bisect(middle, to)...)
}

// sum adds the keys and the signatures of [from, to), which is not empty.
func (b *batch) sum(from, to int) (key herumi.G1, signature herumi.G2) {
	if b.coefficients != nil {
		herumi.G1MulVec(&key, b.keys[from:to], b.coefficients[from:to])
		herumi.G2MulVec(&signature, b.signatures[from:to], b.coefficients[from:to])
	} else {
		for i := from; i < to; i++ {
			herumi.G1Add(&key, &key, &b.keys[i])
			herumi.G2Add(&signature, &signature, &b.signatures[i])
		}
	}
	return key, signature
}

// holds tells whether the equation is true of a sum.
func (b *batch) holds(key herumi.G1, signature herumi.G2) bool {
	if key.IsZero() || signature.IsZero() {
		return key.IsZero() && signature.IsZero() // the pairing is 1 with infinity and with nothing else
	}
	return herumi.VerifyPairing(herumi.CastToSign(&signature), b.hash, herumi.CastToPublicKey(&key))
}
