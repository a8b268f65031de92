package bls

import (
	"fmt"
	"io"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
)

// SumKeys adds keys: what an aggregate of one signature by each of them verifies under. The sum of keys that cancel is
// ErrInfinity, so is a zero value among them; of none, ErrEmpty. It is sound only over keys whose possession was proved: a
// rogue key can be chosen to cancel others.
func SumKeys(keys []PublicKey) (PublicKey, error) {
	if len(keys) == 0 {
		return PublicKey{}, fmt.Errorf("sum of keys: %w", ErrEmpty)
	}
	var sum herumi.PublicKey
	for i := range keys {
		if keys[i].isInfinity() {
			return PublicKey{}, fmt.Errorf("key %d of a sum: %w", i, ErrInfinity)
		}
		sum.Add(&keys[i].v)
	}
	if sum.IsZero() {
		return PublicKey{}, fmt.Errorf("sum of keys: %w", ErrInfinity)
	}
	return PublicKey{v: sum}, nil
}

// Aggregate adds signatures. Those that cancel are ErrInfinity, so is a zero value among them; none is ErrEmpty.
func Aggregate(signatures []Signature) (Signature, error) {
	if len(signatures) == 0 {
		return Signature{}, fmt.Errorf("sum of signatures: %w", ErrEmpty)
	}
	var sum herumi.Sign
	for i := range signatures {
		if signatures[i].isInfinity() {
			return Signature{}, fmt.Errorf("signature %d of a sum: %w", i, ErrInfinity)
		}
		sum.Add(&signatures[i].v)
	}
	if sum.IsZero() {
		return Signature{}, fmt.Errorf("sum of signatures: %w", ErrInfinity)
	}
	return Signature{v: sum}, nil
}

// FastAggregateVerify reports whether the signature is the sum of one by each of the keys over the same message
// (draft-irtf-cfrg-bls-signature section 3.3.4). No key, or keys that cancel, verify nothing. The keys' possession must have
// been proved.
func (s Signature) FastAggregateVerify(keys []PublicKey, message [32]byte) bool {
	sum, err := SumKeys(keys)
	return err == nil && s.Verify(sum, message)
}

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

// holds reports whether the equation is true of a sum.
func (b *batch) holds(key herumi.G1, signature herumi.G2) bool {
	if key.IsZero() || signature.IsZero() {
		return key.IsZero() && signature.IsZero() // the pairing is 1 with infinity and with nothing else
	}
	return herumi.VerifyPairing(herumi.CastToSign(&signature), b.hash, herumi.CastToPublicKey(&key))
}
