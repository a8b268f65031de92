package bls

import (
	"fmt"
	"io"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// AggregateVotes adds the signatures of many keys over one message, verifies the sum once, and when that fails finds the bad
// ones by bisection. It returns the aggregate of the rest and the places of the bad ones, ascending.
//
// The promise is about the aggregate: it verifies under the sum of the keys at the other places. It is not about each vote:
// signatures that are wrong one by one and cancel in the sum (one is off by a point, another by its negative) pass
// together. Their certificate is as valid as any, so a certificate needs no more; evidence against a member does, and
// InvalidVotes or Signature.Verify is for that.
//
// A call costs one pairing check when all is well, and at most 2n-1 when nothing is. A key that stands at two places is
// counted twice: the caller admits one vote a member.
//
// Errors: ErrPairing; ErrEmpty (no good vote; the bad places are returned with it); ErrInfinity (a zero value among the
// votes, or the good ones' keys cancel).
func AggregateVotes(keys []PublicKey, signatures []Signature, message [32]byte) (aggregate Signature, bad []int, err error) {
	votes, err := newBatch(keys, signatures, message)
	if err != nil {
		return Signature{}, nil, err
	}
	if len(keys) > 0 {
		key, sum := votes.sum(0, len(keys))
		if votes.holds(key, sum) {
			return nonZero(sum)
		}
		bad = votes.bisect(0, len(keys))
	}
	good := make([]Signature, 0, len(signatures))
	next := 0
	for i := range signatures {
		if next < len(bad) && bad[next] == i {
			next++
			continue
		}
		good = append(good, signatures[i])
	}
	aggregate, err = Aggregate(good)
	return aggregate, bad, err
}

func nonZero(sum herumi.G2) (Signature, []int, error) {
	if sum.IsZero() {
		return Signature{}, nil, fmt.Errorf("sum of signatures: %w", ErrInfinity)
	}
	return Signature{v: *herumi.CastToSign(&sum)}, nil, nil
}

// InvalidVotes returns the places of the signatures that are not their key's own over message, ascending. Unlike
// AggregateVotes it judges each: every vote is multiplied by a coefficient of 127 random bits that nobody knew when the votes
// were made, so wrong signatures that cancel do so with a chance below 2^-116 for a thousand votes.
//
// random is read once a vote, 16 bytes each; it must be unpredictable, as crypto/rand.Reader is. Errors: ErrPairing,
// ErrRandomness, ErrInfinity (a zero value among the votes).
func InvalidVotes(keys []PublicKey, signatures []Signature, message [32]byte, random io.Reader) ([]int, error) {
	votes, err := newBatch(keys, signatures, message)
	if err != nil {
		return nil, err
	}
	votes.coefficients = make([]herumi.Fr, len(keys))
	for i := range votes.coefficients {
		var b [16]byte
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return nil, fmt.Errorf("read the coefficient of vote %d: %w: %w", i, ErrRandomness, err)
		}
		b[0] |= 1 // never zero: a vote with coefficient zero would not be judged
		if err := votes.coefficients[i].SetLittleEndian(b[:]); err != nil {
			return nil, fmt.Errorf("set the coefficient of vote %d: %w", i, err)
		}
	}
	if len(keys) == 0 || votes.holds(votes.sum(0, len(keys))) {
		return nil, nil
	}
	return votes.bisect(0, len(keys)), nil
}
