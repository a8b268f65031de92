package account_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/execution/account"
)

var cheap = account.Cost{N: 2, P: 1}

func newKey(t *testing.T) account.Key {
	t.Helper()
	key, err := account.New(rand.Reader)
	require.NoError(t, err)
	return key
}

func TestASealedKeyOpensHereAndInGeth(t *testing.T) {
	key := newKey(t)
	file, err := account.Seal(key, []byte("correct horse\n"), cheap, rand.Reader)
	require.NoError(t, err)
	said, err := account.AddressOf(file)
	require.NoError(t, err)
	require.Equal(t, key.Address(), said)
	for _, password := range []string{"correct horse", "correct horse\n", "correct horse\r\n"} {
		opened, err := account.Open(file, []byte(password))
		require.NoError(t, err)
		require.True(t, key.ECDSA().Equal(opened.ECDSA()))
	}
	theirs, err := keystore.DecryptKey(file, "correct horse")
	require.NoError(t, err)
	require.Equal(t, key.Address(), theirs.Address)
	_, err = account.Open(file, []byte("wrong horse"))
	require.ErrorIs(t, err, account.ErrPassword)
}

func TestAFileOfGethIsOpened(t *testing.T) {
	key := newKey(t)
	file, err := keystore.EncryptKey(&keystore.Key{Address: key.Address(), PrivateKey: key.ECDSA()}, "pass", 2, 1)
	require.NoError(t, err)
	opened, err := account.Open(file, []byte("pass"))
	require.NoError(t, err)
	require.Equal(t, key.Address(), opened.Address())
}

// changed is a file in which change altered the form.
func changed(t *testing.T, file []byte, change func(form, crypto, kdf map[string]any)) []byte {
	t.Helper()
	var form map[string]any
	require.NoError(t, json.Unmarshal(file, &form))
	crypto := form["crypto"].(map[string]any)
	change(form, crypto, crypto["kdfparams"].(map[string]any))
	text, err := json.Marshal(form)
	require.NoError(t, err)
	return text
}

func TestFilesThatCostTooMuchOrSayAnotherAddressAreRefused(t *testing.T) {
	key := newKey(t)
	file, err := account.Seal(key, []byte("p"), cheap, rand.Reader)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		want   error
		change func(form, crypto, kdf map[string]any)
	}{
		"memory":       {account.ErrCost, func(_, _, kdf map[string]any) { kdf["n"] = 1 << 22 }},
		"overflow":     {account.ErrCost, func(_, _, kdf map[string]any) { kdf["n"], kdf["r"] = int64(1)<<62, 1<<30 }},
		"time":         {account.ErrCost, func(_, _, kdf map[string]any) { kdf["p"] = 1 << 23 }},
		"negative":     {account.ErrCost, func(_, _, kdf map[string]any) { kdf["r"] = -1 }},
		"short key":    {account.ErrCost, func(_, _, kdf map[string]any) { kdf["dklen"] = 16 }},
		"long salt":    {account.ErrCost, func(_, _, kdf map[string]any) { kdf["salt"] = strings.Repeat("00", 65) }},
		"pbkdf2":       {account.ErrCost, func(_, crypto, kdf map[string]any) { crypto["kdf"], kdf["c"] = "pbkdf2", 1<<24+1 }},
		"kdf":          {account.ErrFormat, func(_, crypto, _ map[string]any) { crypto["kdf"] = "argon2" }},
		"cipher":       {account.ErrFormat, func(_, crypto, _ map[string]any) { crypto["cipher"] = "aes-256-ctr" }},
		"vector":       {account.ErrFormat, func(_, crypto, _ map[string]any) { crypto["cipherparams"] = map[string]any{"iv": "00"} }},
		"version":      {account.ErrFormat, func(form, _, _ map[string]any) { form["version"] = 4 }},
		"no address":   {account.ErrFormat, func(form, _, _ map[string]any) { form["address"] = "0x00" }},
		"else address": {account.ErrAddress, func(form, _, _ map[string]any) { form["address"] = strings.Repeat("11", 20) }},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := account.Open(changed(t, file, c.change), []byte("p"))
			require.ErrorIs(t, err, c.want)
		})
	}
}

func TestWhatIsNoFileIsRefusedWithoutQuotingIt(t *testing.T) {
	for _, text := range []string{"", "hunter2", `{"version":3}`, "{} {}", strings.Repeat(" ", account.MaxKeystoreBytes+1)} {
		_, err := account.Open([]byte(text), []byte("p"))
		require.ErrorIs(t, err, account.ErrFormat)
		require.NotContains(t, err.Error(), "hunter2")
	}
}

func TestASecretKeyIsReadFromItsDigits(t *testing.T) {
	digits := strings.Repeat("0", 63) + "1"
	for _, text := range []string{digits, "0x" + digits, "0x" + digits + "\n"} {
		key, err := account.Parse([]byte(text))
		require.NoError(t, err)
		require.Equal(t, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", key.Address().Hex()) // of the secret key 1
	}
	for _, text := range []string{"", "hunter2", strings.Repeat("0", 64), strings.Repeat("f", 64), digits + "00", "1"} {
		_, err := account.Parse([]byte(text))
		require.Equal(t, account.ErrKey, err)
	}
}

func TestAKeyNeverPrints(t *testing.T) {
	key, err := account.Parse([]byte(strings.Repeat("ab", 32)))
	require.NoError(t, err)
	inJSON, err := json.Marshal(map[string]any{"key": key})
	require.NoError(t, err)
	for _, text := range []string{fmt.Sprint(key), fmt.Sprintf("%#v %x %d", key, key, key), string(inJSON), fmt.Sprintf("%v", struct{ K account.Key }{key})} {
		require.Contains(t, text, "[secret]")
		require.NotContains(t, text, "abab")
	}
}

func TestKeysNeedRandomness(t *testing.T) {
	_, err := account.New(bytes.NewReader(make([]byte, 31)))
	require.ErrorIs(t, err, account.ErrRandomness)
	_, err = account.New(bytes.NewReader(make([]byte, 32*100)))
	require.ErrorIs(t, err, account.ErrRandomness, "zero is no key")
	_, err = account.Seal(newKey(t), nil, cheap, bytes.NewReader(nil))
	require.ErrorIs(t, err, account.ErrRandomness)
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte(`{"address":"7e5f4552091a69125d5dfcb7b8c2659029395bdf","crypto":{"cipher":"aes-128-ctr","ciphertext":"","cipherparams":{"iv":""},` +
		`"kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":8,"salt":""},"mac":""},"version":3}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		said, err := account.AddressOf(file)
		if err != nil {
			return
		}
		var form struct {
			Crypto struct{ KDFParams struct{ N, R, P, C int64 } }
		}
		require.NoError(t, json.Unmarshal(file, &form))
		if k := form.Crypto.KDFParams; k.N > 16 || k.R > 8 || k.P > 2 || k.C > 16 {
			return // slow
		}
		if key, err := account.Open(file, []byte("p")); err == nil {
			require.Equal(t, said, key.Address())
		}
	})
}
