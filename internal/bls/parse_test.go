package bls

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/bls/blstest"
)

// changed gives a copy of b.
func changed(b []byte, change func(b []byte)) []byte {
	c := bytes.Clone(b)
	change(c)
	return c
}

// plusModulus adds the field's modulus to the coordinate at place, in words of the given length; nil when it does not fit.
func plusModulus(b []byte, place, length int) []byte {
	word := b[place*length : (place+1)*length]
	x := new(big.Int).Add(new(big.Int).SetBytes(word), fp.Modulus())
	if x.BitLen() > 8*coordinateLength {
		return nil
	}
	return changed(b, func(b []byte) { x.FillBytes(b[place*length : (place+1)*length]) })
}

type malformed struct {
	encoded []byte
	reason  error
}

func TestMalformedPublicKeysAreRefusedWithTheirReason(t *testing.T) {
	good := testKey(t, 1).PublicKey().Bytes()
	outside := blstest.OutsideSubgroupG1()
	outsideBytes := outside.Bytes()
	modulus := fp.Modulus().FillBytes(make([]byte, 48))
	modulus[0] |= flagCompressed
	one := append([]byte{flagCompressed}, make([]byte, 47)...)
	one[47] = 1

	for name, c := range map[string]malformed{
		"short":                       {good[:47], ErrLength},
		"long":                        {append(bytes.Clone(good), 0), ErrLength},
		"empty":                       {nil, ErrLength},
		"infinity":                    {append([]byte{0xc0}, make([]byte, 47)...), ErrInfinity},
		"infinity with sign":          {append([]byte{0xe0}, make([]byte, 47)...), ErrFlags},
		"zeros":                       {make([]byte, 48), ErrFlags},
		"not compressed flag":         {changed(good, func(b []byte) { b[0] &= 0x7f }), ErrFlags},
		"infinity flag":               {changed(good, func(b []byte) { b[0] |= 0x40 }), ErrFlags},
		"not on the curve":            {one, ErrNotOnCurve},
		"x is the modulus":            {modulus, ErrFieldElement},
		"all ones but infinity's bit": {changed(bytes.Repeat([]byte{0xff}, 48), func(b []byte) { b[0] = 0xbf }), ErrFieldElement},
		"all ones":                    {bytes.Repeat([]byte{0xff}, 48), ErrFlags},
		"outside subgroup":            {outsideBytes[:], ErrNotInSubgroup},
	} {
		t.Run(name, func(t *testing.T) {
			key, err := ParsePublicKey(c.encoded)
			require.ErrorIs(t, err, c.reason)
			require.Equal(t, PublicKey{}, key)
		})
	}
}

func TestMalformedAffinePublicKeysAreRefusedWithTheirReason(t *testing.T) {
	good := testKey(t, 1).PublicKey().EIP2537()
	outside := blstest.OutsideSubgroupG1()
	outsideRaw := outside.RawBytes()
	cases := map[string]malformed{
		"short":            {good[:127], ErrLength},
		"long":             {append(bytes.Clone(good), 0), ErrLength},
		"infinity":         {make([]byte, 128), ErrInfinity},
		"padding of x":     {changed(good, func(b []byte) { b[0] = 1 }), ErrPadding},
		"padding of y":     {changed(good, func(b []byte) { b[64+15] = 1 }), ErrPadding},
		"flag in x":        {changed(good, func(b []byte) { b[16] |= flagCompressed }), ErrFieldElement},
		"other y":          {changed(good, func(b []byte) { b[127] ^= 1 }), ErrNotOnCurve},
		"x alone":          {changed(good, func(b []byte) { clear(b[64:]) }), ErrNotOnCurve},
		"outside subgroup": {pad(outsideRaw[:]), ErrNotInSubgroup},
	}
	for place := range 2 {
		if b := plusModulus(good, place, wordLength); b != nil {
			cases["not reduced"] = malformed{b, ErrFieldElement}
		}
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := ParseEIP2537PublicKey(c.encoded)
			require.ErrorIs(t, err, c.reason)
		})
	}
	_, err := ParseAffinePublicKey(outsideRaw[:])
	require.ErrorIs(t, err, ErrNotInSubgroup)
	_, err = ParseAffinePublicKey(make([]byte, AffineKeyLength-1))
	require.ErrorIs(t, err, ErrLength)
}

func TestMalformedSignaturesAreRefusedWithTheirReason(t *testing.T) {
	good := testKey(t, 1).Sign([32]byte{1})
	compressed, words := good.Bytes(), good.EIP2537()
	outside := blstest.OutsideSubgroupG2()
	outsideBytes := outside.Bytes()
	modulusC0 := append([]byte{flagCompressed}, make([]byte, 47)...)
	modulusC0 = append(modulusC0, modulus()...)

	for name, c := range map[string]malformed{
		"short":            {compressed[:95], ErrLength},
		"infinity":         {append([]byte{0xc0}, make([]byte, 95)...), ErrInfinity},
		"infinity flag":    {changed(compressed, func(b []byte) { b[0] |= 0x40 }), ErrFlags},
		"infinity, sign":   {append([]byte{0xe0}, make([]byte, 95)...), ErrFlags},
		"zeros":            {make([]byte, 96), ErrFlags},
		"c0 is modulus":    {modulusC0, ErrFieldElement},
		"flag in c0":       {changed(compressed, func(b []byte) { b[48] |= flagCompressed }), ErrFieldElement},
		"outside subgroup": {outsideBytes[:], ErrNotInSubgroup},
	} {
		t.Run("compressed/"+name, func(t *testing.T) {
			_, err := ParseSignature(c.encoded)
			require.ErrorIs(t, err, c.reason)
		})
	}
	for name, c := range map[string]malformed{
		"short":            {words[:192], ErrLength},
		"infinity":         {make([]byte, 256), ErrInfinity},
		"padding":          {changed(words, func(b []byte) { b[64] = 1 }), ErrPadding},
		"other y":          {changed(words, func(b []byte) { b[255] ^= 1 }), ErrNotOnCurve},
		"c0 and c1 turned": {pad(swapComponents(unpadded(t, words))), ErrNotOnCurve},
		"outside subgroup": {gnarkEIP2537(&outside), ErrNotInSubgroup},
	} {
		t.Run("EIP-2537/"+name, func(t *testing.T) {
			_, err := ParseEIP2537Signature(c.encoded)
			require.ErrorIs(t, err, c.reason)
		})
	}
}

func TestEveryReasonForAMalformedPointIsAnEncodingError(t *testing.T) {
	for _, reason := range []error{ErrFlags, ErrPadding, ErrFieldElement, ErrNotOnCurve, ErrNotInSubgroup} {
		require.ErrorIs(t, reason, ErrEncoding)
	}
	require.NotErrorIs(t, ErrInfinity, ErrEncoding)
	require.NotErrorIs(t, ErrLength, ErrEncoding)
}

func TestZeroValuesAreNoKeyAndNoSignature(t *testing.T) {
	key, message := testKey(t, 1), [32]byte{1}
	require.False(t, Signature{}.Verify(PublicKey{}, message))
	require.False(t, Signature{}.Verify(key.PublicKey(), message))
	require.False(t, key.Sign(message).Verify(PublicKey{}, message))
	require.False(t, key.Sign(message).FastAggregateVerify(nil, message))
	_, err := ParsePublicKey(PublicKey{}.Bytes())
	require.ErrorIs(t, err, ErrInfinity)
	_, err = ParseEIP2537PublicKey(PublicKey{}.EIP2537())
	require.ErrorIs(t, err, ErrInfinity)
	_, err = ParseEIP2537Signature(Signature{}.EIP2537())
	require.ErrorIs(t, err, ErrInfinity)
	_, err = SumKeys([]PublicKey{key.PublicKey(), {}})
	require.ErrorIs(t, err, ErrInfinity)
	_, err = Aggregate([]Signature{key.Sign(message), {}})
	require.ErrorIs(t, err, ErrInfinity)
}

// Bytes often come as a part of something larger, such as a validator of a list. cgo refuses pointers into memory that holds other Go pointers.
func TestBytesInsideOfLargerValuesAreParsed(t *testing.T) {
	key := testKey(t, 1)
	public, signature := key.PublicKey(), key.Sign([32]byte{1})
	type record struct {
		name      *string
		secret    [SecretKeyLength]byte
		public    [PublicKeyLength]byte
		affine    [AffineKeyLength]byte
		padded    [128]byte
		signature [SignatureLength]byte
		point     [256]byte
	}
	r := &record{
		name: new(string), secret: [SecretKeyLength]byte(key.Bytes()), public: [PublicKeyLength]byte(public.Bytes()), affine: [AffineKeyLength]byte(public.Affine()),
		padded: [128]byte(public.EIP2537()), signature: [SignatureLength]byte(signature.Bytes()), point: [256]byte(signature.EIP2537()),
	}
	for name, parse := range map[string]func() error{
		"secret key":         func() error { _, err := ParseSecretKey(r.secret[:]); return err },
		"public key":         func() error { _, err := ParsePublicKey(r.public[:]); return err },
		"affine key":         func() error { _, err := ParseAffinePublicKey(r.affine[:]); return err },
		"EIP-2537 key":       func() error { _, err := ParseEIP2537PublicKey(r.padded[:]); return err },
		"signature":          func() error { _, err := ParseSignature(r.signature[:]); return err },
		"EIP-2537 signature": func() error { _, err := ParseEIP2537Signature(r.point[:]); return err },
	} {
		t.Run(name, func(t *testing.T) {
			require.NotPanics(t, func() { require.NoError(t, parse()) })
		})
	}
}
