package bls

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const vectorPassword = "𝔱𝔢𝔰𝔱𝔭𝔞𝔰𝔰𝔴𝔬𝔯𝔡🔑" // EIP-2335, before normalisation

// Costs for tests: the standard ones take a second each.
func cheapScrypt() KDF { return KDF{Function: "scrypt", N: 16, R: 1, P: 1} }
func cheapPBKDF2() KDF { return KDF{Function: "pbkdf2", C: 2} }

// testKeystore is a cheap keystore's file.
func testKeystore(t testing.TB, key *SecretKey, password string, kdf KDF) []byte {
	t.Helper()
	k, err := NewKeystore(key, []byte(password), kdf, testRandom(1))
	require.NoError(t, err)
	b, err := json.Marshal(k)
	require.NoError(t, err)
	return b
}

func vectorFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := published.ReadFile("testdata/eip2335/" + name + ".json")
	require.NoError(t, err)
	return b
}

func TestThePublishedKeystoresOpen(t *testing.T) {
	for _, name := range []string{"scrypt", "pbkdf2"} {
		t.Run(name, func(t *testing.T) {
			k, err := ParseKeystore(vectorFile(t, name))
			require.NoError(t, err)
			key, err := k.Decrypt([]byte(vectorPassword))
			require.NoError(t, err)
			require.Equal(t, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f", hex.EncodeToString(key.Bytes()))
			require.True(t, key.PublicKey().Equal(k.PublicKey()))
			b, err := json.Marshal(k)
			require.NoError(t, err)
			require.JSONEq(t, string(vectorFile(t, name)), string(b), "nothing is lost in reading")
		})
	}
}

func TestPasswordsAreNormalisedAsEIP2335Says(t *testing.T) {
	for password, want := range map[string]string{
		vectorPassword:                        "7465737470617373776f7264f09f9491", // published
		"password\r\n":                        hex.EncodeToString([]byte("password")),
		"pass\x00\x1f\x7fword":                hex.EncodeToString([]byte("password")),
		"pass\u0080\u0085\u009fword":          hex.EncodeToString([]byte("password")), // C1: two bytes each in UTF-8
		"pass word":                           hex.EncodeToString([]byte("pass word")),
		"\u00fc":                              "75cc88", // u with diaeresis: u, then the combining mark
		"u\u0308":                             "75cc88",
		"\u00a0":                              "20",                                                                                                                        // no-break space: next to C1, no control code
		"\ufdfa":                              hex.EncodeToString([]byte("\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064a\u0647 \u0648\u0633\u0644\u0645")), // grows most
		strings.Repeat("x", MaxPasswordBytes): strings.Repeat("78", MaxPasswordBytes),
	} {
		got, err := normalise([]byte(password))
		require.NoError(t, err)
		require.Equal(t, want, hex.EncodeToString(got), "%q", password)
	}
	for _, refused := range []string{"", "\n", "\x80", "pass\xff", strings.Repeat("x", MaxPasswordBytes+1)} {
		_, err := normalise([]byte(refused))
		require.ErrorIs(t, err, ErrPasswordForm, "%q", refused)
	}
}

func TestAKeystoreOpensWithItsPasswordOnly(t *testing.T) {
	key := testKey(t, 1)
	for _, kdf := range []KDF{cheapScrypt(), cheapPBKDF2()} {
		k, err := ParseKeystore(testKeystore(t, key, "correct horse", kdf))
		require.NoError(t, err)
		opened, err := k.Decrypt([]byte("correct horse\n"))
		require.NoError(t, err)
		require.Equal(t, key.Bytes(), opened.Bytes())
		_, err = k.Decrypt([]byte("battery staple"))
		require.ErrorIs(t, err, ErrPassword)
		require.ErrorContains(t, err, key.PublicKey().String(), "an operator must see which key")
		_, err = k.Decrypt(nil)
		require.ErrorIs(t, err, ErrPasswordForm)
	}
}

func TestANewKeystoreIsFreshAndWellFormed(t *testing.T) {
	key := testKey(t, 1)
	a, err := NewKeystore(key, []byte("p"), cheapScrypt(), testRandom(1))
	require.NoError(t, err)
	b, err := NewKeystore(key, []byte("p"), cheapScrypt(), testRandom(2))
	require.NoError(t, err)
	require.NotEqual(t, a.UUID(), b.UUID())
	require.NotEqual(t, a.salt, b.salt)
	require.NotEqual(t, a.iv, b.iv)
	require.NotEqual(t, a.ciphertext, b.ciphertext)
	require.Regexp(t, regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`), a.UUID())

	file, err := json.Marshal(a)
	require.NoError(t, err)
	require.NotContains(t, string(file), hex.EncodeToString(key.Bytes()))
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", a, a, a), hex.EncodeToString(key.Bytes()))
	// A reader from elsewhere may insist on what the schema requires.
	var form map[string]any
	require.NoError(t, json.Unmarshal(file, &form))
	for _, required := range []string{"crypto", "path", "uuid", "version", "pubkey"} {
		require.Contains(t, form, required)
	}

	_, err = NewKeystore(key, []byte("p"), cheapScrypt(), bytes.NewReader(make([]byte, 63)))
	require.ErrorIs(t, err, ErrRandomness)
	_, err = NewKeystore(key, nil, cheapScrypt(), testRandom(1))
	require.ErrorIs(t, err, ErrPasswordForm)
	_, err = NewKeystore(key, []byte("p"), KDF{}, testRandom(1))
	require.ErrorIs(t, err, ErrKeystoreFunction)
	_, err = NewKeystore(key, []byte("p"), KDF{Function: "scrypt", N: 3, R: 8, P: 1}, testRandom(1))
	require.ErrorIs(t, err, ErrKeystoreCost)
	require.NoError(t, StandardScrypt().check())
	require.NoError(t, KDF{Function: pbkdf2Function, C: 1 << 18}.check(), "the cost of EIP-2335's examples")
}

func TestAKeystoreForAnotherKeyIsRefused(t *testing.T) {
	file := string(testKeystore(t, testKey(t, 1), "p", cheapPBKDF2()))
	swap := func(to string) string {
		return strings.Replace(file, hex.EncodeToString(testKey(t, 1).PublicKey().Bytes()), to, 1)
	}
	k, err := ParseKeystore([]byte(swap(hex.EncodeToString(testKey(t, 2).PublicKey().Bytes()))))
	require.NoError(t, err)
	_, err = k.Decrypt([]byte("p"))
	require.ErrorIs(t, err, ErrKeystorePublicKey)

	// With 0x, as some write it.
	k, err = ParseKeystore([]byte(swap("0x" + hex.EncodeToString(testKey(t, 1).PublicKey().Bytes()))))
	require.NoError(t, err)
	_, err = k.Decrypt([]byte("p"))
	require.NoError(t, err)
}

// A keystore that holds no key of the curve, and whose checksum is right.
func TestASecretOutOfRangeIsRefused(t *testing.T) {
	k, err := ParseKeystore(testKeystore(t, testKey(t, 1), "p", cheapPBKDF2()))
	require.NoError(t, err)
	derived, err := k.derive([]byte("p"))
	require.NoError(t, err)
	k.ciphertext = aesCTR(derived, k.iv, bytes.Repeat([]byte{0xff}, 32))
	k.checksum = checksum(derived, k.ciphertext)
	_, err = k.Decrypt([]byte("p"))
	require.ErrorIs(t, err, ErrSecretKey)
	require.NotContains(t, err.Error(), "ffffffff")
}
