package bls

import (
	"embed"
	"encoding/json"
	"strings"
	"testing"

	gnark "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/ethereum/go-ethereum/common/hexutil"
	herumi "github.com/herumi/bls-eth-go-binary/bls"
	"github.com/stretchr/testify/require"
)

// published holds vectors of others; see testdata/README.md for their sources.
//
//go:embed testdata/ethereum testdata/rfc9380 testdata/eip2335
var published embed.FS

func readVectors[T any](t *testing.T, path string) T {
	t.Helper()
	b, err := published.ReadFile("testdata/" + path)
	require.NoError(t, err)
	var vectors T
	require.NoError(t, json.Unmarshal(b, &vectors))
	return vectors
}

type hashToCurveSuite struct {
	DST     string
	Vectors []struct {
		Msg string
		P   struct{ X, Y string }
	}
}

// The vectors of the RFC have a tag of 50 bytes, and herumi takes other tags than its own at the length of its own only (43;
// longer ones are cut off without an error). So the RFC is held against a second implementation, and that one against herumi under
// the tag of the scheme, for the messages of the RFC.
func TestHashToCurveIsRFC9380(t *testing.T) {
	suite := readVectors[hashToCurveSuite](t, "rfc9380/BLS12381G2_XMD_SHA-256_SSWU_RO_.json")
	require.Len(t, suite.Vectors, 5)
	library()
	for _, v := range suite.Vectors {
		second, err := gnark.HashToG2([]byte(v.Msg), []byte(suite.DST))
		require.NoError(t, err)
		require.Equal(t, coordinates(t, v.P.X, v.P.Y), unpadded(t, gnarkEIP2537(&second)), "message %.20q", v.Msg)

		second, err = gnark.HashToG2([]byte(v.Msg), []byte(scheme))
		require.NoError(t, err)
		ours := Signature{v: *herumi.HashAndMapToSignature([]byte(v.Msg))}
		require.Equal(t, gnarkEIP2537(&second), ours.EIP2537(), "message %.20q", v.Msg)
	}
}

// coordinates reads elements "c0,c1" one after the other.
func coordinates(t *testing.T, elements ...string) []byte {
	t.Helper()
	var all []byte
	for _, element := range elements {
		c0, c1, ok := strings.Cut(element, ",")
		require.True(t, ok)
		all = append(append(all, hexutil.MustDecode(c0)...), hexutil.MustDecode(c1)...)
	}
	return all
}

func unpadded(t *testing.T, b []byte) []byte {
	t.Helper()
	affine, err := unpad(b, 4)
	require.NoError(t, err)
	return affine
}

// Herumi calls the scheme by an Ethereum draft; it is the proof-of-possession ciphersuite.
func TestTheSchemeIsTheProofOfPossessionCiphersuite(t *testing.T) {
	key, message := testKey(t, 1), [32]byte{1}
	asConfigured := key.Sign(message)
	require.NoError(t, herumi.SetDstG2(scheme))
	require.Equal(t, asConfigured, key.Sign(message))

	// For the process: no test of this package runs in parallel.
	require.NoError(t, herumi.SetDstG2(strings.Replace(scheme, "_POP_", "_NUL_", 1)))
	defer func() { require.NoError(t, herumi.SetDstG2(scheme)) }()
	require.NotEqual(t, asConfigured, key.Sign(message), "the tag must matter")
}

func TestEthereumSign(t *testing.T) {
	for _, v := range readVectors[[]struct {
		Name             string
		Privkey, Message hexutil.Bytes
		Output           *hexutil.Bytes
	}](t, "ethereum/sign.json") {
		t.Run(v.Name, func(t *testing.T) {
			key, err := ParseSecretKey(v.Privkey)
			if v.Output == nil {
				require.ErrorIs(t, err, ErrSecretKey)
				return
			}
			require.NoError(t, err)
			require.Equal(t, []byte(*v.Output), key.Sign([32]byte(v.Message)).Bytes())
		})
	}
}

func TestEthereumVerify(t *testing.T) {
	for _, v := range readVectors[[]struct {
		Name                       string
		Pubkey, Message, Signature hexutil.Bytes
		Output                     bool
	}](t, "ethereum/verify.json") {
		t.Run(v.Name, func(t *testing.T) {
			key, keyErr := ParsePublicKey(v.Pubkey)
			signature, signatureErr := ParseSignature(v.Signature)
			// What does not parse is a zero value: it must not verify either.
			require.Equal(t, v.Output, signature.Verify(key, [32]byte(v.Message)))
			if v.Output {
				require.NoError(t, keyErr)
				require.NoError(t, signatureErr)
			}
		})
	}
}

func TestEthereumAggregate(t *testing.T) {
	for _, v := range readVectors[[]struct {
		Name   string
		Input  []hexutil.Bytes
		Output *hexutil.Bytes
	}](t, "ethereum/aggregate.json") {
		t.Run(v.Name, func(t *testing.T) {
			signatures := make([]Signature, 0, len(v.Input))
			for _, b := range v.Input {
				signature, err := ParseSignature(b)
				if v.Name == "aggregate_infinity_signature" {
					require.ErrorIs(t, err, ErrInfinity, "stricter than Ethereum: infinity is no signature")
					return
				}
				require.NoError(t, err)
				signatures = append(signatures, signature)
			}
			aggregate, err := Aggregate(signatures)
			if v.Output == nil {
				require.ErrorIs(t, err, ErrEmpty)
				return
			}
			require.NoError(t, err)
			require.Equal(t, []byte(*v.Output), aggregate.Bytes())
		})
	}
}

func TestEthereumFastAggregateVerify(t *testing.T) {
	for _, v := range readVectors[[]struct {
		Name               string
		Pubkeys            []hexutil.Bytes
		Message, Signature hexutil.Bytes
		Output             bool
	}](t, "ethereum/fast_aggregate_verify.json") {
		t.Run(v.Name, func(t *testing.T) {
			keys := make([]PublicKey, len(v.Pubkeys))
			for i, b := range v.Pubkeys {
				keys[i], _ = ParsePublicKey(b) // zero when refused
			}
			signature, _ := ParseSignature(v.Signature)
			require.Equal(t, v.Output, signature.FastAggregateVerify(keys, [32]byte(v.Message)))
		})
	}
}

type deserialization struct {
	Name   string
	Input  hexutil.Bytes
	Output bool
}

// reasons says why each published case is refused here; a case without one is accepted.
func reasons() map[string]error {
	return map[string]error{
		"deserialization_succeeds_infinity_with_true_b_flag": ErrInfinity, // stricter than Ethereum
		"deserialization_fails_infinity_with_true_b_flag":    ErrFlags,
		"deserialization_fails_infinity_with_false_b_flag":   ErrEncoding,
		"deserialization_fails_not_in_G1":                    ErrNotInSubgroup,
		"deserialization_fails_not_in_G2":                    ErrNotInSubgroup,
		"deserialization_fails_not_in_curve":                 ErrNotOnCurve,
		"deserialization_fails_too_few_bytes":                ErrLength,
		"deserialization_fails_too_many_bytes":               ErrLength,
		"deserialization_fails_with_b_flag_and_a_flag_true":  ErrFlags,
		"deserialization_fails_with_b_flag_and_x_nonzero":    ErrFlags,
		"deserialization_fails_with_mask_bits_001":           ErrFlags,
		"deserialization_fails_with_mask_bits_011":           ErrFlags,
		"deserialization_fails_with_mask_bits_111":           ErrFlags,
		"deserialization_fails_with_wrong_c_flag":            ErrFlags,
		"deserialization_fails_x_equal_to_modulus":           ErrFieldElement,
		"deserialization_fails_x_greater_than_modulus":       ErrFieldElement,
		"deserialization_fails_xim_equal_to_modulus":         ErrFieldElement,
		"deserialization_fails_xim_greater_than_modulus":     ErrFieldElement,
		"deserialization_fails_xre_equal_to_modulus":         ErrFieldElement,
		"deserialization_fails_xre_greater_than_modulus":     ErrFieldElement,
		"deserialization_succeeds_correct_point":             nil,
	}
}

func TestEthereumDeserialization(t *testing.T) {
	judge := func(t *testing.T, v deserialization, encoded []byte, err error) {
		reason, known := reasons()[v.Name]
		require.True(t, known)
		if reason != nil {
			require.ErrorIs(t, err, reason)
			return
		}
		require.True(t, v.Output)
		require.NoError(t, err)
		require.Equal(t, []byte(v.Input), encoded)
	}
	for _, v := range readVectors[[]deserialization](t, "ethereum/deserialization_G1.json") {
		t.Run("G1/"+v.Name, func(t *testing.T) {
			key, err := ParsePublicKey(v.Input)
			judge(t, v, key.Bytes(), err)
		})
	}
	for _, v := range readVectors[[]deserialization](t, "ethereum/deserialization_G2.json") {
		t.Run("G2/"+v.Name, func(t *testing.T) {
			signature, err := ParseSignature(v.Input)
			judge(t, v, signature.Bytes(), err)
		})
	}
}
