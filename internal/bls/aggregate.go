package bls

import (
	"fmt"

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

// SubtractKeys takes the absent members' keys from the sum of all: the key that a certificate verifies under. The contract
// does the same. Errors: ErrInfinity.
func SubtractKeys(sumOfAll PublicKey, absent []PublicKey) (PublicKey, error) {
	library()
	sum := *herumi.CastFromPublicKey(&sumOfAll.v)
	for i := range absent {
		herumi.G1Sub(&sum, &sum, herumi.CastFromPublicKey(&absent[i].v))
	}
	if sum.IsZero() {
		return PublicKey{}, fmt.Errorf("sum of the signers' keys: %w", ErrInfinity)
	}
	return PublicKey{v: *herumi.CastToPublicKey(&sum)}, nil
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

// FastAggregateVerify tells whether the signature is the sum of one by each of the keys over the same message
// (draft-irtf-cfrg-bls-signature section 3.3.4). No key, or keys that cancel, verify nothing. The keys' possession must have
// been proved.
func (s Signature) FastAggregateVerify(keys []PublicKey, message [32]byte) bool {
	sum, err := SumKeys(keys)
	return err == nil && s.Verify(sum, message)
}
