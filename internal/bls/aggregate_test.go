package bls

import (
	"bytes"
	"crypto/sha256"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	herumi "github.com/herumi/bls-eth-go-binary/bls"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestKeysThatCancelAreNoKey(t *testing.T) {
	a := testKey(t, 1)
	b := negated(t, a)
	c := testKey(t, 2)
	_, err := SumKeys([]PublicKey{a.PublicKey(), b.PublicKey()})
	require.ErrorIs(t, err, ErrInfinity)
	sum, err := SumKeys([]PublicKey{a.PublicKey(), b.PublicKey(), c.PublicKey()})
	require.NoError(t, err)
	require.True(t, sum.Equal(c.PublicKey()))
	_, err = SubtractKeys(sum, []PublicKey{c.PublicKey()})
	require.ErrorIs(t, err, ErrInfinity)
	_, err = Aggregate([]Signature{a.Sign([32]byte{1}), b.Sign([32]byte{1})})
	require.ErrorIs(t, err, ErrInfinity)
	_, err = SumKeys(nil)
	require.ErrorIs(t, err, ErrEmpty)
}

func TestAnAggregateVerifiesUnderAllKeysLessTheAbsent(t *testing.T) {
	message := [32]byte{7}
	var keys []PublicKey
	var signatures []Signature
	for n := byte(1); n <= 7; n++ {
		keys = append(keys, testKey(t, n).PublicKey())
		signatures = append(signatures, testKey(t, n).Sign(message))
	}
	all, err := SumKeys(keys)
	require.NoError(t, err)
	aggregate, err := Aggregate(signatures[2:])
	require.NoError(t, err)
	signers, err := SubtractKeys(all, keys[:2])
	require.NoError(t, err)
	require.True(t, aggregate.Verify(signers, message))
	require.False(t, aggregate.Verify(all, message))
}

func TestBadVotesAreFoundAndTheRestAggregates(t *testing.T) {
	message := [32]byte{7}
	for _, wrong := range [][]int{nil, {0}, {15}, {3, 4}, {0, 7, 8, 15}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}} {
		var keys, goodKeys []PublicKey
		var signatures []Signature
		for i := range 16 {
			key := testKey(t, byte(i+1))
			signature := key.Sign(message)
			keys = append(keys, key.PublicKey())
			if slices.Contains(wrong, i) {
				signature = key.Sign([32]byte{8})
			} else {
				goodKeys = append(goodKeys, key.PublicKey())
			}
			signatures = append(signatures, signature)
		}
		aggregate, bad, err := AggregateVotes(keys, signatures, message)
		require.NoError(t, err)
		require.Equal(t, wrong, bad)
		sum, err := SumKeys(goodKeys)
		require.NoError(t, err)
		require.True(t, aggregate.Verify(sum, message))
	}
	_, _, err := AggregateVotes(make([]PublicKey, 1), nil, message)
	require.ErrorIs(t, err, ErrPairing)
}

// shifted adds the point P of G2 to a signature, or its negative.
func shifted(s Signature, by Signature, negative bool) Signature {
	var g herumi.G2
	add := herumi.G2Add
	if negative {
		add = herumi.G2Sub
	}
	add(&g, herumi.CastFromSign(&s.v), herumi.CastFromSign(&by.v))
	return Signature{v: *herumi.CastToSign(&g)}
}

// Wrong signatures that cancel in the sum are the published attack on naive batches (batch_verify_invalid_forged_signature_set of
// ethereum/bls12-381-tests). A certificate of them is valid; evidence must not rest on it.
func TestVotesThatAreWrongButCancelMakeAValidCertificateAndAreFoundOneByOne(t *testing.T) {
	message := [32]byte{7}
	var keys []PublicKey
	var signatures []Signature
	for n := byte(1); n <= 6; n++ {
		keys = append(keys, testKey(t, n).PublicKey())
		signatures = append(signatures, testKey(t, n).Sign(message))
	}
	by := testKey(t, 9).Sign([32]byte{8})
	signatures[1] = shifted(signatures[1], by, false)
	signatures[4] = shifted(signatures[4], by, true)

	aggregate, bad, err := AggregateVotes(keys, signatures, message)
	require.NoError(t, err)
	require.Empty(t, bad)
	require.True(t, aggregate.FastAggregateVerify(keys, message))

	invalid, err := InvalidVotes(keys, signatures, message, testRandom(1))
	require.NoError(t, err)
	require.Equal(t, []int{1, 4}, invalid)
}

// testRandom is a reproducible stream.
func testRandom(seed byte) io.Reader { return rand.NewChaCha8(sha256.Sum256([]byte{seed})) }

// Bisection against the judgement of each vote alone, for random sets of wrong votes.
func TestBisectionFindsWhatSingleVerificationFinds(t *testing.T) {
	message := [32]byte{7}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		var keys []PublicKey
		var signatures []Signature
		var wrong []int
		for i := range n {
			key, err := NewSecretKey(bytes.NewReader(bytes.Repeat([]byte{byte(i + 1)}, 32)))
			require.NoError(t, err)
			signature := key.Sign(message)
			if rapid.Bool().Draw(t, "wrong") {
				signature = key.Sign([32]byte{9})
			}
			keys, signatures = append(keys, key.PublicKey()), append(signatures, signature)
			if !signature.Verify(key.PublicKey(), message) {
				wrong = append(wrong, i)
			}
		}
		invalid, err := InvalidVotes(keys, signatures, message, testRandom(byte(n)))
		require.NoError(t, err)
		require.Equal(t, wrong, invalid)
		aggregate, bad, err := AggregateVotes(keys, signatures, message)
		require.Equal(t, wrong, bad)
		if len(wrong) == n {
			require.ErrorIs(t, err, ErrEmpty)
			return
		}
		require.NoError(t, err)
		for place := len(wrong) - 1; place >= 0; place-- {
			keys = slices.Delete(keys, wrong[place], wrong[place]+1)
		}
		require.True(t, aggregate.FastAggregateVerify(keys, message))
	})
}

func TestVotesWhoseSumIsAtInfinityOnOneSideOnlyAreBad(t *testing.T) {
	a, b, message := testKey(t, 1), testKey(t, 2), [32]byte{7}
	minusA := negated(t, a)
	for name, c := range map[string]struct {
		keys       []PublicKey
		signatures []Signature
		bad        []int
	}{
		"signatures cancel": {[]PublicKey{a.PublicKey(), b.PublicKey()}, []Signature{a.Sign(message), minusA.Sign(message)}, []int{1}},
		"keys cancel":       {[]PublicKey{a.PublicKey(), minusA.PublicKey()}, []Signature{a.Sign(message), b.Sign(message)}, []int{1}},
	} {
		t.Run(name, func(t *testing.T) {
			aggregate, bad, err := AggregateVotes(c.keys, c.signatures, message)
			require.NoError(t, err)
			require.Equal(t, c.bad, bad)
			require.True(t, aggregate.Verify(c.keys[0], message))
		})
	}
}

func TestNoCoefficientLeavesAVoteUnjudged(t *testing.T) {
	key, message := testKey(t, 1), [32]byte{7}
	zeros := bytes.NewReader(make([]byte, 16))
	invalid, err := InvalidVotes([]PublicKey{key.PublicKey()}, []Signature{key.Sign([32]byte{8})}, message, zeros)
	require.NoError(t, err)
	require.Equal(t, []int{0}, invalid)
}

func TestBatchesThatCannotBeJudgedAreRefused(t *testing.T) {
	key, message := testKey(t, 1), [32]byte{7}
	keys, signatures := []PublicKey{key.PublicKey()}, []Signature{key.Sign(message)}
	_, err := InvalidVotes(keys, nil, message, testRandom(1))
	require.ErrorIs(t, err, ErrPairing)
	_, err = InvalidVotes(keys, signatures, message, bytes.NewReader(make([]byte, 15)))
	require.ErrorIs(t, err, ErrRandomness)
	_, err = InvalidVotes(keys, []Signature{{}}, message, testRandom(1))
	require.ErrorIs(t, err, ErrInfinity)
	_, _, err = AggregateVotes([]PublicKey{{}}, signatures, message)
	require.ErrorIs(t, err, ErrInfinity)
	_, _, err = AggregateVotes(nil, nil, message)
	require.ErrorIs(t, err, ErrEmpty)
	invalid, err := InvalidVotes(nil, nil, message, testRandom(1))
	require.NoError(t, err)
	require.Empty(t, invalid)

	// Two keys that cancel: their certificate would be at infinity, here as in the contract.
	other := negated(t, key)
	_, bad, err := AggregateVotes([]PublicKey{key.PublicKey(), other.PublicKey()}, []Signature{key.Sign(message), other.Sign(message)}, message)
	require.ErrorIs(t, err, ErrInfinity)
	require.Empty(t, bad)
}

func TestJudgingVotesLeavesThemAsTheyWere(t *testing.T) {
	message := [32]byte{7}
	var keys []PublicKey
	var signatures []Signature
	for n := byte(1); n <= 5; n++ {
		keys = append(keys, testKey(t, n).PublicKey())
		signatures = append(signatures, testKey(t, n).Sign(message))
	}
	keysBefore, signaturesBefore := slices.Clone(keys), slices.Clone(signatures)
	_, _, err := AggregateVotes(keys, signatures, message)
	require.NoError(t, err)
	_, err = InvalidVotes(keys, signatures, message, testRandom(1))
	require.NoError(t, err)
	require.Equal(t, keysBefore, keys)
	require.Equal(t, signaturesBefore, signatures)
}
