package bls

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/consensys/gnark-crypto/ecc/bls12-381/fr"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"
)

func TestSecretKeysOutOfRangeAreRefused(t *testing.T) {
	order := fr.Modulus().FillBytes(make([]byte, 32))
	for _, b := range [][]byte{make([]byte, 32), order, bytes.Repeat([]byte{0xff}, 32)} {
		_, err := ParseSecretKey(b)
		require.ErrorIs(t, err, ErrSecretKey)
	}
	_, err := ParseSecretKey(make([]byte, 31))
	require.ErrorIs(t, err, ErrLength)
	_, err = NewSecretKey(bytes.NewReader(make([]byte, 31)))
	require.ErrorIs(t, err, ErrRandomness)
	_, err = NewSecretKey(iotest.ErrReader(io.ErrClosedPipe))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

// Seeds and master keys of test cases 1 to 3 of EIP-2333.
func TestKeyDerivationIsEIP2333(t *testing.T) {
	for seed, master := range map[string]string{
		"0x3141592653589793238462643383279502884197169399375105820974944592": "29757020647961307431480504535336562678282505419141012933316116377660817309383",
		"0x0099ff991111002299dd7744ee3355bbdd8844115566cc55663355668888cc00": "27580842291869792442942448775674722299803720648445448686099262467207037398656",
		"0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3": "19022158461524446591288038168518313374041767046816487870552872741050760015818",
	} {
		want, ok := new(big.Int).SetString(master, 10)
		require.True(t, ok)
		key, err := deriveSecretKey(hexutil.MustDecode(seed))
		require.NoError(t, err)
		require.Equal(t, want, new(big.Int).SetBytes(key.Bytes()))
	}
	_, err := deriveSecretKey(make([]byte, 31))
	require.ErrorIs(t, err, ErrLength)
}

// holder keeps a key as others' structs will: exported, unexported, by pointer and by value.
type holder struct {
	Key     *SecretKey
	Value   SecretKey
	pointer *SecretKey
	value   SecretKey
}

func TestASecretKeyNeverPrints(t *testing.T) {
	key := testKey(t, 1)
	held := holder{Key: key, Value: *key, pointer: key, value: *key}
	require.NotNil(t, held.pointer)
	require.NotNil(t, held.value.v)
	var printed []string
	for _, x := range []any{key, *key, held, &held, []*SecretKey{key}, map[string]SecretKey{"key": *key}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%X", "%d", "%s", "%q", "%08b", "%t"} {
			printed = append(printed, fmt.Sprintf(verb, x))
		}
		asJSON, err := json.Marshal(x)
		require.NoError(t, err)
		printed = append(printed, string(asJSON), fmt.Sprint(x), fmt.Errorf("key %v", x).Error())
	}
	secret := key.Bytes()
	number := new(big.Int).SetBytes(secret)
	for _, p := range printed {
		p = strings.ToLower(p)
		require.NotContains(t, p, hex.EncodeToString(secret[:4]))
		require.NotContains(t, p, hex.EncodeToString(secret[28:]))
		require.NotContains(t, p, number.String()[:12])
		require.NotContains(t, p, fmt.Sprint(secret[:4])[1:]) // as a list of bytes
	}
	for _, direct := range []string{fmt.Sprint(key), fmt.Sprintf("%x", *key), key.String(), key.GoString()} {
		require.Equal(t, redacted, direct)
	}
}

func TestErrorsOfSecretKeysDoNotQuoteThem(t *testing.T) {
	order := fr.Modulus().FillBytes(make([]byte, 32))
	_, err := ParseSecretKey(order)
	require.NotContains(t, err.Error(), hex.EncodeToString(order[:4]))
}

func TestAWipedKeyIsGoneFromAllItsCopies(t *testing.T) {
	key := testKey(t, 1)
	duplicate := *key
	scalar := key.v
	key.Wipe()
	require.True(t, scalar.IsZero())
	require.PanicsWithValue(t, secretUnmade, func() { duplicate.Sign([32]byte{1}) })
	require.PanicsWithValue(t, secretUnmade, func() { key.PublicKey() })
	require.PanicsWithValue(t, secretUnmade, func() { key.Bytes() })
	require.PanicsWithValue(t, secretUnmade, func() { SecretKey{}.Sign([32]byte{1}) })
	require.NotPanics(t, key.Wipe)
}
