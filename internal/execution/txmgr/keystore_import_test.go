package txmgr_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

func TestASecretKeyIsReadFromItsDigitsAndSealedAgain(t *testing.T) {
	digits := strings.Repeat("0", 63) + "1"
	for _, text := range []string{digits, "0x" + digits, "0x" + digits + "\n"} {
		key, err := txmgr.ParseKey([]byte(text))
		require.NoError(t, err)
		require.Equal(t, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", key.Address().Hex()) // of the secret key 1
	}
	for _, text := range []string{"", "hunter2", strings.Repeat("0", 64), strings.Repeat("f", 64), digits + "00", "1"} {
		_, err := txmgr.ParseKey([]byte(text))
		require.ErrorIs(t, err, txmgr.ErrKeystore)
		require.NotContains(t, err.Error(), "hunter2")
	}
	key, err := txmgr.ParseKey([]byte(digits))
	require.NoError(t, err)
	file, err := key.Encrypt(rand.Reader, []byte("new"), true)
	require.NoError(t, err)
	opened, err := txmgr.DecryptKeystore(file, []byte("new"))
	require.NoError(t, err)
	require.Equal(t, key.Address(), opened.Address())
}
