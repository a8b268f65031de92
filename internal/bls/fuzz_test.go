package bls

import (
	"encoding/json"
	"testing"

	gnark "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/bls/blstest"
)

// seedPoints adds the published deserialization cases, whole and with each flag flipped.
func seedPoints(f *testing.F, path string) {
	f.Helper()
	b, err := published.ReadFile("testdata/" + path)
	require.NoError(f, err)
	var cases []deserialization
	require.NoError(f, json.Unmarshal(b, &cases))
	for _, c := range cases {
		f.Add([]byte(c.Input))
		for _, flag := range []byte{flagCompressed, flagInfinity, flagSign} {
			f.Add(changed(c.Input, func(b []byte) { b[0] ^= flag }))
		}
	}
}

// Two implementations must judge alike. Gnark also takes other lengths and uncompressed points by their flags, and infinity.
func FuzzParsePublicKey(f *testing.F) {
	seedPoints(f, "ethereum/deserialization_G1.json")
	outside := blstest.OutsideSubgroupG1()
	outsideBytes := outside.Bytes()
	f.Add(outsideBytes[:])
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ParsePublicKey(b)
		if len(b) == PublicKeyLength && b[0]&flagCompressed != 0 {
			var q gnark.G1Affine
			_, otherErr := q.SetBytes(b)
			require.Equal(t, otherErr == nil && !q.IsInfinity(), err == nil, "two implementations judge %x: %v, %v", b, otherErr, err)
		} else {
			require.Error(t, err)
		}
		if err != nil {
			require.Equal(t, PublicKey{}, p)
			return
		}
		require.Equal(t, b, p.Bytes())
		again, err := ParseEIP2537PublicKey(p.EIP2537())
		require.NoError(t, err)
		require.True(t, again.Equal(p))
	})
}

func FuzzParseSignature(f *testing.F) {
	seedPoints(f, "ethereum/deserialization_G2.json")
	outside := blstest.OutsideSubgroupG2()
	outsideBytes := outside.Bytes()
	f.Add(outsideBytes[:])
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := ParseSignature(b)
		if len(b) == SignatureLength && b[0]&flagCompressed != 0 {
			var q gnark.G2Affine
			_, otherErr := q.SetBytes(b)
			require.Equal(t, otherErr == nil && !q.IsInfinity(), err == nil, "two implementations judge %x: %v, %v", b, otherErr, err)
		} else {
			require.Error(t, err)
		}
		if err != nil {
			require.Equal(t, Signature{}, s)
			return
		}
		require.Equal(t, b, s.Bytes())
		again, err := ParseEIP2537Signature(s.EIP2537())
		require.NoError(t, err)
		require.True(t, again.Equal(s))
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

// What parses is bounded, is written back as it was read, and never gives a key other than its own.
func FuzzParseKeystore(f *testing.F) {
	f.Add(vectorFile(f, "scrypt"))
	f.Add(vectorFile(f, "pbkdf2"))
	f.Add(testKeystore(f, testKey(f, 1), "p", cheapScrypt()))
	f.Add(testKeystore(f, testKey(f, 1), "p", cheapPBKDF2()))
	f.Add([]byte(`{"version":3}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		k, err := ParseKeystore(b)
		if err != nil {
			require.Nil(t, k)
			return
		}
		require.NoError(t, k.kdf.check())
		file, err := json.Marshal(k)
		require.NoError(t, err)
		again, err := ParseKeystore(file)
		require.NoError(t, err)
		require.Equal(t, k, again)
		if k.kdf.N*k.kdf.R*k.kdf.P+k.kdf.C > 1<<10 {
			return // in bounds and too slow for a fuzzer
		}
		key, err := k.Decrypt([]byte("p"))
		if err == nil {
			require.True(t, key.PublicKey().Equal(k.PublicKey()))
		}
	})
}
