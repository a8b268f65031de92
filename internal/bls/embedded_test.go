package bls

import (
	"testing"

	"github.com/stretchr/testify/require"
)

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
