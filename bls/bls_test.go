package bls

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"testing"

	gnark "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"
)

const scheme = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_"

// testKey derives the n-th key of the tests.
func testKey(t testing.TB, n byte) *SecretKey {
	t.Helper()
	key, err := NewSecretKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	require.NoError(t, err)
	return key
}

// negated gives the key whose public key is the negative of s's.
func negated(t testing.TB, s *SecretKey) *SecretKey {
	t.Helper()
	b := new(big.Int).Sub(fr.Modulus(), new(big.Int).SetBytes(s.Bytes())).FillBytes(make([]byte, 32))
	key, err := ParseSecretKey(b)
	require.NoError(t, err)
	return key
}

func TestKeyAndSignatureAgreeWithAnotherImplementation(t *testing.T) {
	_, _, g1, _ := gnark.Generators()
	for n := byte(1); n < 20; n++ {
		key := testKey(t, n)
		message := [32]byte{n, 0xff}

		scalar := new(big.Int).SetBytes(key.Bytes())
		public := new(gnark.G1Affine).ScalarMultiplication(&g1, scalar)
		compressed := public.Bytes()
		require.Equal(t, compressed[:], key.PublicKey().Bytes())
		affine := public.RawBytes()
		require.Equal(t, affine[:], key.PublicKey().Affine())

		hash, err := gnark.HashToG2(message[:], []byte(scheme))
		require.NoError(t, err)
		signature := new(gnark.G2Affine).ScalarMultiplication(&hash, scalar)
		compressedSignature := signature.Bytes()
		got := key.Sign(message)
		require.Equal(t, compressedSignature[:], got.Bytes())
		require.True(t, got.Verify(key.PublicKey(), message))
		require.False(t, got.Verify(testKey(t, n+1).PublicKey(), message))
		require.False(t, got.Verify(key.PublicKey(), [32]byte{n}))

		require.Equal(t, gnarkEIP2537(signature), got.EIP2537())
	}
}

func gnarkEIP2537(p *gnark.G2Affine) []byte {
	var out []byte
	for _, e := range []fp.Element{p.X.A0, p.X.A1, p.Y.A0, p.Y.A1} {
		b := e.Bytes()
		out = append(out, make([]byte, 16)...)
		out = append(out, b[:]...)
	}
	return out
}

func TestEveryEncodingRoundTrips(t *testing.T) {
	key := testKey(t, 1)
	public, signature := key.PublicKey(), key.Sign([32]byte{1})

	p, err := ParsePublicKey(public.Bytes())
	require.NoError(t, err)
	require.True(t, p.Equal(public))
	p, err = ParseEIP2537PublicKey(public.EIP2537())
	require.NoError(t, err)
	require.True(t, p.Equal(public))

	s, err := ParseSignature(signature.Bytes())
	require.NoError(t, err)
	require.True(t, s.Equal(signature))
	s, err = ParseEIP2537Signature(signature.EIP2537())
	require.NoError(t, err)
	require.True(t, s.Equal(signature))
}

// outsideSubgroupG1 is on the curve y^2 = x^3 + 4 and not in the subgroup.
func outsideSubgroupG1(t *testing.T) gnark.G1Affine {
	t.Helper()
	var four fp.Element
	four.SetUint64(4)
	for x := uint64(1); ; x++ {
		var p gnark.G1Affine
		p.X.SetUint64(x)
		var y2 fp.Element
		y2.Square(&p.X).Mul(&y2, &p.X).Add(&y2, &four)
		if p.Y.Sqrt(&y2) != nil && !p.IsInSubGroup() {
			require.True(t, p.IsOnCurve())
			return p
		}
	}
}

func TestMalformedPublicKeysAreRefusedWithTheirReason(t *testing.T) {
	good := testKey(t, 1).PublicKey().Bytes()
	outside := outsideSubgroupG1(t)
	outsideBytes, outsideRaw := outside.Bytes(), outside.RawBytes()
	modulus := fp.Modulus().FillBytes(make([]byte, 48))
	modulus[0] |= 0x80

	with := func(change func(b []byte)) []byte {
		b := bytes.Clone(good)
		change(b)
		return b
	}
	infinity := append([]byte{0xc0}, make([]byte, 47)...)
	for name, c := range map[string]struct {
		encoded []byte
		reason  error
	}{
		"short":               {good[:47], ErrLength},
		"long":                {append(bytes.Clone(good), 0), ErrLength},
		"empty":               {nil, ErrLength},
		"infinity":            {infinity, ErrInfinity},
		"infinity with sign":  {append([]byte{0xe0}, make([]byte, 47)...), ErrEncoding},
		"not compressed flag": {with(func(b []byte) { b[0] &= 0x7f }), ErrEncoding},
		"infinity flag":       {with(func(b []byte) { b[0] |= 0x40 }), ErrEncoding},
		"not on the curve":    {with(func(b []byte) { copy(b, append([]byte{0x80}, make([]byte, 46)...)); b[47] = 1 }), ErrEncoding},
		"x is the modulus":    {modulus, ErrEncoding},
		"all ones":            {bytes.Repeat([]byte{0xff}, 48), ErrEncoding},
		"outside subgroup":    {outsideBytes[:], ErrEncoding},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParsePublicKey(c.encoded)
			require.ErrorIs(t, err, c.reason)
		})
	}
	_, err := ParseEIP2537PublicKey(pad(outsideRaw[:]))
	require.ErrorIs(t, err, ErrEncoding)
	_, err = ParseEIP2537PublicKey(make([]byte, 128))
	require.ErrorIs(t, err, ErrInfinity)
	_, err = ParseEIP2537PublicKey(make([]byte, 127))
	require.ErrorIs(t, err, ErrLength)
	padded := testKey(t, 1).PublicKey().EIP2537()
	padded[0] = 1
	_, err = ParseEIP2537PublicKey(padded)
	require.ErrorIs(t, err, ErrEncoding)
	nonCanonical := testKey(t, 1).PublicKey().Affine()
	x := new(big.Int).Add(new(big.Int).SetBytes(nonCanonical[:48]), fp.Modulus())
	if x.BitLen() <= 384 {
		copy(nonCanonical, x.FillBytes(make([]byte, 48)))
		_, err = ParseEIP2537PublicKey(pad(nonCanonical))
		require.ErrorIs(t, err, ErrEncoding)
	}
}

func TestMalformedSignaturesAreRefusedWithTheirReason(t *testing.T) {
	good := testKey(t, 1).Sign([32]byte{1}).Bytes()
	_, err := ParseSignature(good[:95])
	require.ErrorIs(t, err, ErrLength)
	_, err = ParseSignature(append([]byte{0xc0}, make([]byte, 95)...))
	require.ErrorIs(t, err, ErrInfinity)
	flipped := bytes.Clone(good)
	flipped[95] ^= 1
	_, err = ParseSignature(flipped) // off the curve, or on it and outside the subgroup
	require.ErrorIs(t, err, ErrEncoding)
	_, err = ParseEIP2537Signature(make([]byte, 256))
	require.ErrorIs(t, err, ErrInfinity)
	_, err = ParseEIP2537Signature(make([]byte, 192))
	require.ErrorIs(t, err, ErrLength)
	off := testKey(t, 1).Sign([32]byte{1}).EIP2537()
	off[255] ^= 1
	_, err = ParseEIP2537Signature(off)
	require.ErrorIs(t, err, ErrEncoding)
}

func TestSecretKeysOutOfRangeAreRefused(t *testing.T) {
	order := fr.Modulus().FillBytes(make([]byte, 32))
	for _, b := range [][]byte{make([]byte, 32), order, bytes.Repeat([]byte{0xff}, 32)} {
		_, err := ParseSecretKey(b)
		require.ErrorIs(t, err, ErrSecretKey)
	}
	_, err := ParseSecretKey(make([]byte, 31))
	require.ErrorIs(t, err, ErrLength)
	_, err = NewSecretKey(bytes.NewReader(make([]byte, 31)))
	require.Error(t, err)
}

// The seed and master key of test case 1 of EIP-2333 (mnemonic seed of 64 bytes).
func TestKeyDerivationIsEIP2333(t *testing.T) {
	seed := hexutil.MustDecode("0x3141592653589793238462643383279502884197169399375105820974944592")
	want, _ := new(big.Int).SetString("29757020647961307431480504535336562678282505419141012933316116377660817309383", 10)
	key, err := deriveSecretKey(seed)
	require.NoError(t, err)
	require.Equal(t, want, new(big.Int).SetBytes(key.Bytes()))
}

func TestASecretKeyNeverPrints(t *testing.T) {
	key := testKey(t, 1)
	encoded, err := json.Marshal(map[string]any{"key": key})
	require.NoError(t, err)
	for _, printed := range []string{fmt.Sprint(key), fmt.Sprintf("%v %+v %#v %x %d %s", key, key, key, key, key, key), string(encoded)} {
		require.Contains(t, printed, redacted)
		require.NotContains(t, printed, fmt.Sprintf("%x", key.Bytes()[:4]))
	}
}

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
			if contains(wrong, i) {
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

func contains(list []int, x int) bool {
	for _, v := range list {
		if v == x {
			return true
		}
	}
	return false
}

func TestPossessionIsBoundToChainContractOwnerAndKey(t *testing.T) {
	key, other := testKey(t, 1), testKey(t, 2)
	chain, committee, owner := big.NewInt(1), common.Address{1}, common.Address{2}
	proof := key.ProvePossession(chain, committee, owner)
	holds := func(chain *big.Int, committee, owner common.Address, of PublicKey) bool {
		return proof.Verify(key.PublicKey(), PossessionMessage(chain, committee, owner, of))
	}
	require.True(t, holds(chain, committee, owner, key.PublicKey()))
	require.False(t, holds(big.NewInt(2), committee, owner, key.PublicKey()))
	require.False(t, holds(chain, common.Address{3}, owner, key.PublicKey()))
	require.False(t, holds(chain, committee, common.Address{3}, key.PublicKey()))
	require.False(t, holds(chain, committee, owner, other.PublicKey()))
}

func FuzzParsePublicKey(f *testing.F) {
	f.Add(testKey(f, 1).PublicKey().Bytes())
	f.Add(append([]byte{0xc0}, make([]byte, 47)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParsePublicKey(b)
		var q gnark.G1Affine
		_, otherErr := q.SetBytes(b)
		if len(b) == PublicKeyLength && b[0]&0x80 != 0 && !q.IsInfinity() {
			require.Equal(t, otherErr == nil, err == nil, "two implementations judge %x", b)
		}
		if err == nil {
			require.Equal(t, b, p.Bytes())
		}
	})
}

func FuzzParseSignature(f *testing.F) {
	f.Add(testKey(f, 1).Sign([32]byte{1}).Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ParseSignature(b)
		if err == nil {
			require.Equal(t, b, s.Bytes())
			again, err := ParseEIP2537Signature(s.EIP2537())
			require.NoError(t, err)
			require.True(t, again.Equal(s))
		}
	})
}

func FuzzParseEIP2537(f *testing.F) {
	f.Add(testKey(f, 1).PublicKey().EIP2537())
	f.Add(testKey(f, 1).Sign([32]byte{1}).EIP2537())
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := ParseEIP2537PublicKey(b); err == nil {
			require.Equal(t, b, p.EIP2537())
		}
		if s, err := ParseEIP2537Signature(b); err == nil {
			require.Equal(t, b, s.EIP2537())
		}
	})
}

func BenchmarkSign(b *testing.B) {
	key := testKey(b, 1)
	for b.Loop() {
		key.Sign([32]byte{1})
	}
}

func BenchmarkAggregateVotesOf1000(b *testing.B) {
	var keys []PublicKey
	var signatures []Signature
	for i := range 1000 {
		key, err := NewSecretKey(bytes.NewReader(bytes.Repeat([]byte{byte(i), byte(i >> 8)}, 16)))
		require.NoError(b, err)
		keys, signatures = append(keys, key.PublicKey()), append(signatures, key.Sign([32]byte{1}))
	}
	for b.Loop() {
		_, bad, err := AggregateVotes(keys, signatures, [32]byte{1})
		require.NoError(b, err)
		require.Empty(b, bad)
	}
}
