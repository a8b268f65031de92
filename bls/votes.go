package bls

import (
	"errors"
	"fmt"
)

// AggregateVotes adds the signatures of many keys over one message, verifies the sum once, and when that fails finds the bad ones by
// bisection. It returns the aggregate of the good ones and the places of the bad ones, ascending.
//
// The promise is that the aggregate verifies under the sum of the keys that are not bad. Signatures that are wrong one by one but cancel each other in the
// sum are not found: such a certificate is valid all the same. Evidence against a member needs Signature.Verify.
//
// Errors: ErrPairing, ErrEmpty (no good signature), ErrInfinity (the good ones' keys or signatures cancel).
func AggregateVotes(keys []PublicKey, signatures []Signature, message [32]byte) (aggregate Signature, bad []int, err error) {
	if len(keys) != len(signatures) {
		return Signature{}, nil, fmt.Errorf("%d keys, %d signatures: %w", len(keys), len(signatures), ErrPairing)
	}
	bad = bisect(keys, signatures, message, 0)
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

// bisect gives the places, counted from base, of what does not verify.
func bisect(keys []PublicKey, signatures []Signature, message [32]byte, base int) []int {
	if len(keys) == 0 || sumVerifies(keys, signatures, message) {
		return nil
	}
	if len(keys) == 1 {
		return []int{base}
	}
	half := len(keys) / 2
	return append(
		bisect(keys[:half], signatures[:half], message, base),
		bisect(keys[half:], signatures[half:], message, base+half)...)
}

func sumVerifies(keys []PublicKey, signatures []Signature, message [32]byte) bool {
	key, keyErr := SumKeys(keys)
	signature, signatureErr := Aggregate(signatures)
	if errors.Join(keyErr, signatureErr) != nil {
		return false
	}
	return signature.Verify(key, message)
}
