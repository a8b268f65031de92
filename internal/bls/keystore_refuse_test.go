package bls

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// edited replaces one piece of a published keystore that must be in it.
func edited(t *testing.T, name, old, replacement string) []byte {
	t.Helper()
	file := vectorFile(t, name)
	require.Equal(t, 1, bytes.Count(file, []byte(old)), "%s", old)
	return bytes.Replace(file, []byte(old), []byte(replacement), 1)
}

func TestKeystoresThatAreDamagedOrForeignAreRefusedWithTheirReason(t *testing.T) {
	const pubkey = "9612d7a727c9d0a22e185a1c768478dfe919cada9266988cb32359c11f2b7b27f4ae4040902382ae2910c15e2b420d07"
	whole := vectorFile(t, "scrypt")
	for name, c := range map[string]struct {
		file   []byte
		reason error
	}{
		"empty":                    {nil, ErrKeystoreFormat},
		"not JSON":                 {[]byte("-----BEGIN PRIVATE KEY-----"), ErrKeystoreFormat},
		"a list":                   {[]byte("[]"), ErrKeystoreFormat},
		"null":                     {[]byte("null"), ErrKeystoreVersion},
		"no field":                 {[]byte("{}"), ErrKeystoreVersion},
		"cut off":                  {whole[:len(whole)/2], ErrKeystoreFormat},
		"twice":                    {append(bytes.Clone(whole), whole...), ErrKeystoreFormat},
		"oversized":                {append(bytes.Clone(whole), make([]byte, MaxKeystoreBytes)...), ErrKeystoreSize},
		"version 3":                {edited(t, "scrypt", `"version": 4`, `"version": 3`), ErrKeystoreVersion},
		"version 3 of an account":  {[]byte(`{"version":3,"crypto":{"cipher":"aes-128-ctr","kdf":"scrypt"}}`), ErrKeystoreVersion},
		"version 4.5":              {edited(t, "scrypt", `"version": 4`, `"version": 4.5`), ErrKeystoreVersion},
		"version as text":          {edited(t, "scrypt", `"version": 4`, `"version": "4"`), ErrKeystoreFormat},
		"unknown kdf":              {edited(t, "scrypt", `"scrypt",`, `"argon2id",`), ErrKeystoreFunction},
		"no kdf":                   {edited(t, "scrypt", `"kdf"`, `"other"`), ErrKeystoreFunction},
		"unknown prf":              {edited(t, "pbkdf2", "hmac-sha256", "hmac-sha1"), ErrKeystoreFunction},
		"unknown checksum":         {edited(t, "scrypt", `"sha256"`, `"keccak256"`), ErrKeystoreFunction},
		"no checksum":              {edited(t, "scrypt", `"checksum"`, `"other"`), ErrKeystoreFunction},
		"unknown cipher":           {edited(t, "scrypt", "aes-128-ctr", "aes-256-gcm"), ErrKeystoreFunction},
		"short iv":                 {edited(t, "scrypt", "264daa3f303d7259501c93d997d84fe6", "264d"), ErrKeystoreFormat},
		"no salt":                  {edited(t, "scrypt", `"salt"`, `"pepper"`), ErrKeystoreFormat},
		"salt not hexadecimal":     {edited(t, "scrypt", "d4e56740", "xxe56740"), ErrKeystoreFormat},
		"long salt":                {edited(t, "scrypt", "d4e56740", strings.Repeat("00", 64)), ErrKeystoreFormat},
		"short cipher message":     {edited(t, "scrypt", "06ae90d5", ""), ErrKeystoreFormat},
		"long cipher message":      {edited(t, "scrypt", "06ae90d5", "06ae90d500"), ErrKeystoreFormat},
		"short checksum":           {edited(t, "scrypt", "d2217fe5", ""), ErrKeystoreFormat},
		"no pubkey":                {edited(t, "scrypt", `"pubkey"`, `"other"`), ErrKeystoreFormat},
		"pubkey at infinity":       {edited(t, "scrypt", pubkey, "c0"+strings.Repeat("00", 47)), ErrInfinity},
		"pubkey not on the curve":  {edited(t, "scrypt", pubkey, "80"+strings.Repeat("00", 46)+"01"), ErrNotOnCurve},
		"n is text":                {edited(t, "scrypt", "262144", `"262144"`), ErrKeystoreFormat},
		"n is no integer":          {edited(t, "scrypt", "262144", "262144.5"), ErrKeystoreFormat},
		"n beyond 64 bits":         {edited(t, "scrypt", "262144", "1e30"), ErrKeystoreFormat},
		"crypto is text":           {[]byte(`{"version":4,"crypto":"x"}`), ErrKeystoreFormat},
		"dklen 0":                  {edited(t, "scrypt", `"dklen": 32`, `"dklen": 0`), ErrKeystoreCost},
		"dklen 31":                 {edited(t, "scrypt", `"dklen": 32`, `"dklen": 31`), ErrKeystoreCost},
		"dklen 2^40":               {edited(t, "pbkdf2", `"dklen": 32`, `"dklen": 1099511627776`), ErrKeystoreCost},
		"dklen negative":           {edited(t, "pbkdf2", `"dklen": 32`, `"dklen": -32`), ErrKeystoreCost},
		"n absent":                 {edited(t, "scrypt", `"n"`, `"m"`), ErrKeystoreCost},
		"n a memory bomb":          {edited(t, "scrypt", "262144", "16777216"), ErrKeystoreCost},
		"r a memory bomb":          {edited(t, "scrypt", `"r": 8`, `"r": 8388608`), ErrKeystoreCost},
		"p a memory bomb":          {edited(t, "scrypt", `"p": 1`, `"p": 8388608`), ErrKeystoreCost},
		"p too long":               {edited(t, "scrypt", `"p": 1`, `"p": 9`), ErrKeystoreCost},
		"n * r overflows 64 bits":  {edited(t, "scrypt", `"r": 8`, `"r": 4611686018427387904`), ErrKeystoreCost},
		"c absent":                 {edited(t, "pbkdf2", `"c"`, `"n"`), ErrKeystoreCost},
		"c negative":               {edited(t, "pbkdf2", "262144", "-1"), ErrKeystoreCost},
		"c takes hours":            {edited(t, "pbkdf2", "262144", "2147483647"), ErrKeystoreCost},
		"parameters of the other":  {edited(t, "scrypt", `"scrypt",`, `"pbkdf2",`), ErrKeystoreCost},
		"pbkdf2 read as if scrypt": {edited(t, "pbkdf2", `"pbkdf2",`, `"scrypt",`), ErrKeystoreCost},
	} {
		t.Run(name, func(t *testing.T) {
			k, err := ParseKeystore(c.file)
			require.ErrorIs(t, err, c.reason)
			require.Nil(t, k)
		})
	}
}

// Every prefix of a keystore is a file that a full disk may leave.
func TestEveryTruncationOfAKeystoreIsRefused(t *testing.T) {
	file := bytes.TrimSpace(vectorFile(t, "pbkdf2"))
	for length := range file {
		_, err := ParseKeystore(file[:length])
		require.ErrorIs(t, err, ErrKeystoreFormat, "cut at %d", length)
	}
}

func TestADamagedCiphertextDoesNotOpen(t *testing.T) {
	file := testKeystore(t, testKey(t, 1), "p", cheapPBKDF2())
	var form keystoreJSON
	require.NoError(t, json.Unmarshal(file, &form))
	for _, piece := range []string{form.Crypto.Cipher.Message, form.Crypto.Checksum.Message, form.Crypto.KDF.Params.Salt} {
		flipped := "0"
		if piece[0] == '0' {
			flipped = "1"
		}
		k, err := ParseKeystore(bytes.Replace(file, []byte(piece), []byte(flipped+piece[1:]), 1))
		require.NoError(t, err)
		_, err = k.Decrypt([]byte("p"))
		require.ErrorIs(t, err, ErrPassword)
	}
	// The checksum of EIP-2335 does not cover the initialisation vector: the public key does.
	iv := form.Crypto.Cipher.Params.IV
	k, err := ParseKeystore(bytes.Replace(file, []byte(iv), []byte(strings.Repeat("00", ivLength)), 1))
	require.NoError(t, err)
	_, err = k.Decrypt([]byte("p"))
	require.True(t, errors.Is(err, ErrKeystorePublicKey) || errors.Is(err, ErrSecretKey))
}

// A longer derived key is cut off (EIP-2335).
func TestALongerDerivedKeyIsRead(t *testing.T) {
	key := testKey(t, 1)
	file := testKeystore(t, key, "p", cheapPBKDF2())
	// The first 32 bytes of PBKDF2 do not depend on how many follow.
	k, err := ParseKeystore(bytes.Replace(file, []byte(`"dklen":32`), []byte(`"dklen":64`), 1))
	require.NoError(t, err)
	opened, err := k.Decrypt([]byte("p"))
	require.NoError(t, err)
	require.Equal(t, key.Bytes(), opened.Bytes())
}

func TestTheBoundsOnCostAllowWhatIsInUse(t *testing.T) {
	for _, kdf := range []KDF{
		{Function: "scrypt", N: 1 << 18, R: 8, P: 1}, // EIP-2335
		{Function: "scrypt", N: 1 << 19, R: 8, P: 1}, // at the bound of memory
		{Function: "scrypt", N: 1 << 18, R: 8, P: 8}, // at the bound of time
		{Function: "scrypt", N: 1 << 12, R: 8, P: 6}, // light keystores
		{Function: "pbkdf2", C: 1},                   // tests of others
		{Function: "pbkdf2", C: 1 << 20},             // newer tools
	} {
		require.NoError(t, kdf.check())
	}
	for _, kdf := range []KDF{
		{Function: "scrypt", N: 1 << 20, R: 8, P: 1},
		{Function: "scrypt", N: 1, R: 8, P: 1},
		{Function: "scrypt", N: 1 << 18, R: 8, P: 0},
		{Function: "scrypt", N: 1 << 18, R: 0, P: 1},
		{Function: "scrypt", N: 2, R: 1 << 12, P: 1 << 12},
		{Function: "scrypt", N: 2, R: 2, P: 1<<21 + 1}, // the other buffer: 128 * p * r
		{Function: "scrypt", N: 1 << 62, R: 4, P: 4},   // n * r is 0 in 64 bits
		{Function: "scrypt", N: 1 << 12, R: 8, P: 1 << 10},
		{Function: "pbkdf2", C: 0},
		{Function: "pbkdf2", C: 1<<24 + 1},
	} {
		require.ErrorIs(t, kdf.check(), ErrKeystoreCost, "%+v", kdf)
	}
}
