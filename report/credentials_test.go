package report

import (
	_ "embed"
	"encoding/json"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// credentialVectors are the contracts' as well: contracts/difftest puts them to BeaconState.withdrawsTo.
//
//go:embed testdata/credentials.json
var credentialVectors []byte

func TestCredentialsPayTheVaultByPrefixAndAddressAlone(t *testing.T) {
	var vectors []struct {
		Name        string
		Credentials common.Hash
		Vault       common.Address
		Pays        bool
	}
	require.NoError(t, json.Unmarshal(credentialVectors, &vectors))
	require.Greater(t, len(vectors), 15)
	for _, v := range vectors {
		require.Equal(t, v.Pays, WithdrawsTo(v.Credentials[:], v.Vault), v.Name)
	}
}

func TestBytesBetweenPrefixAndAddressNeverMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		vault := common.Address(rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "vault"))
		c := CredentialsOf(vault)
		require.Equal(t, vault, VaultOf(c))
		c[0] = rapid.ByteRange(0, 4).Draw(t, "prefix")
		copy(c[1:12], rapid.SliceOfN(rapid.Byte(), 11, 11).Draw(t, "between"))
		require.Equal(t, c[0] == 1 || c[0] == 2, WithdrawsTo(c[:], vault))
		c[12+rapid.IntRange(0, 19).Draw(t, "place")] ^= rapid.ByteRange(1, 255).Draw(t, "bits")
		require.False(t, WithdrawsTo(c[:], vault))
	})
}
