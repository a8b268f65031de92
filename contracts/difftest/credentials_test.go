package difftest

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/report"
)

func TestCredentialsPayTheVaultOnChainAsInGo(t *testing.T) {
	h, d := newHarness(t), newDice(18)
	pays := func(credentials common.Hash, vault common.Address) bool {
		answer, err := h.math.UnpackWithdrawsTo(h.call(t, h.math.PackWithdrawsTo(credentials, vault)))
		require.NoError(t, err)
		return answer
	}
	raw, err := os.ReadFile("../../report/testdata/credentials.json")
	require.NoError(t, err)
	var vectors []struct {
		Name        string
		Credentials common.Hash
		Vault       common.Address
		Pays        bool
	}
	require.NoError(t, json.Unmarshal(raw, &vectors))
	require.NotEmpty(t, vectors)
	for _, v := range vectors {
		require.Equal(t, v.Pays, pays(v.Credentials, v.Vault), v.Name)
	}
	for range 200 {
		vault := common.BigToAddress(d.wei(128))
		c := report.CredentialsOf(vault)
		c[0] = byte(d.IntN(4))
		c[1+d.IntN(31)] ^= byte(d.IntN(3))
		require.Equal(t, report.WithdrawsTo(c[:], vault), pays(c, vault), "%s for %s", c, vault)
	}
}
