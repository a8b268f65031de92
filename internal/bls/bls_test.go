package bls

import (
	"bytes"
	"math/big"
	"testing"

	gnark "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
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
