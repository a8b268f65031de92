package keyfile_test

import (
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	keystorev4 "github.com/wealdtech/go-eth2-wallet-encryptor-keystorev4"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// The library of another author reads what is written here, and the other way round. The test is here because that library
// reaches for randomness of its own, and package bls is pure.
func TestKeystoresAreInterchangeableWithAnotherImplementation(t *testing.T) {
	const password = "𝔱𝔢𝔰𝔱 \u00fc\n" // for NFKD and the control codes to matter
	_, key := testKeystore(t, 1)
	for _, kdf := range []bls.KDF{{Function: "scrypt", N: 16, R: 1, P: 2}, {Function: "pbkdf2", C: 2}} {
		ours, err := bls.NewKeystore(key, []byte(password), kdf, rand.NewChaCha8([32]byte{1}))
		require.NoError(t, err)
		file, err := json.Marshal(ours)
		require.NoError(t, err)
		var form struct{ Crypto map[string]any }
		require.NoError(t, json.Unmarshal(file, &form))
		secret, err := keystorev4.New().Decrypt(form.Crypto, password)
		require.NoError(t, err)
		require.Equal(t, key.Bytes(), secret)

		theirs, err := keystorev4.New(keystorev4.WithCipher(kdf.Function), keystorev4.WithCost(t, 4)).Encrypt(key.Bytes(), password)
		require.NoError(t, err)
		file, err = json.Marshal(map[string]any{
			"crypto": theirs, "pubkey": hex.EncodeToString(key.PublicKey().Bytes()), "version": 4,
			"uuid": "64625def-3331-4eea-ab6f-782f3ed16a83", "path": "", "name": "a field of theirs",
		})
		require.NoError(t, err)
		read, err := bls.ParseKeystore(file)
		require.NoError(t, err)
		opened, err := read.Decrypt([]byte(password))
		require.NoError(t, err)
		require.Equal(t, key.Bytes(), opened.Bytes())
	}
}
