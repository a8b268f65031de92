package manifest_test

import (
	"strconv"
	"strings"
	"testing"

	beaconparams "github.com/ethereum/go-ethereum/beacon/params"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/presets"
)

func TestPresetsAreWhatGoEthereumKnows(t *testing.T) {
	for name, known := range map[string]struct {
		beacon  *beaconparams.ChainConfig
		chainID uint64
	}{
		"mainnet": {beaconparams.MainnetLightConfig, params.MainnetChainConfig.ChainID.Uint64()},
		"sepolia": {beaconparams.SepoliaLightConfig, params.SepoliaChainConfig.ChainID.Uint64()},
		"hoodi":   {beaconparams.HoodiLightConfig, params.HoodiChainConfig.ChainID.Uint64()},
	} {
		n, ok := presets.ByChainID(known.chainID)
		require.True(t, ok, name)
		require.Equal(t, name, n.Name)
		require.Equal(t, known.chainID, n.ChainID, name)
		require.Equal(t, known.beacon.GenesisTime, n.GenesisTime, name)
		require.Equal(t, known.beacon.GenesisValidatorsRoot, n.GenesisValidatorsRoot, name)
		require.Len(t, n.Forks, len(known.beacon.Forks), name)
		for i, f := range n.Forks {
			at := known.beacon.ForkAtEpoch(f.Epoch)
			if i+1 < len(n.Forks) && n.Forks[i+1].Epoch == f.Epoch {
				continue // Another fork begins with the same epoch: the later one is in force.
			}
			require.Equal(t, f.Version[:], at.Version, "%s %s", name, f.Name)
			require.Equal(t, f.Epoch, at.Epoch, "%s %s", name, f.Name)
		}
	}
}

func TestManifestOfAPublicNetworkMustAgreeWithIt(t *testing.T) {
	n, hoodi := deployed(t), presets.Hoodi()
	m := *n.Manifest
	version := hoodi.GenesisForkVersion()
	m.ChainID, m.DepositContract, m.GenesisForkVersion = hoodi.ChainID, hoodi.DepositContract, version[:]
	m.Schedule.GenesisTime, m.Schedule.SecondsPerSlot, m.Schedule.SlotsPerEpoch = hoodi.GenesisTime, hoodi.SecondsPerSlot, hoodi.SlotsPerEpoch
	encoded, err := m.Encode()
	require.NoError(t, err)
	_, err = manifest.Decode(strings.NewReader(string(encoded)))
	require.NoError(t, err)
	for key, change := range map[string][2]string{
		"schedule.genesisTime": {strconv.FormatUint(hoodi.GenesisTime, 10), "1742213401"},
		"depositContract":      {strings.ToLower(hoodi.DepositContract.Hex()), common.Address{1}.Hex()},
		"genesisForkVersion":   {"0x10000910", "0x10000911"},
	} {
		text := strings.ToLower(string(encoded))
		require.Contains(t, text, change[0])
		_, err = manifest.Decode(strings.NewReader(replaceFold(string(encoded), change[0], change[1])))
		require.ErrorIs(t, err, manifest.ErrInvalid, key)
		require.ErrorContains(t, err, key)
		require.ErrorContains(t, err, "hoodi")
	}
}

// Sepolia has Gloas, and nobody can say otherwise. Where the presets have no date, one that became known later is taken.
func TestTheForksOfAPublicNetworkAreTheKnownOnes(t *testing.T) {
	require.Equal(t, manifest.States{SlotsPerHistoricalRoot: 8192, GloasForkEpoch: 353024}, manifest.StatesOf(presets.Sepolia()))
	require.Equal(t, manifest.DefaultStates(), manifest.StatesOf(presets.Mainnet()))
	require.Equal(t, manifest.DefaultStates(), manifest.StatesOf(presets.Hoodi()))
	for _, n := range []presets.Network{presets.Sepolia(), presets.Hoodi()} {
		m, version := *deployed(t).Manifest, n.GenesisForkVersion()
		m.ChainID, m.DepositContract, m.GenesisForkVersion, m.States = n.ChainID, n.DepositContract, version[:], manifest.StatesOf(n)
		m.Schedule.GenesisTime, m.Schedule.SecondsPerSlot, m.Schedule.SlotsPerEpoch = n.GenesisTime, n.SecondsPerSlot, n.SlotsPerEpoch
		_, why := m.Fault()
		require.NoError(t, why)
		m.States.GloasForkEpoch = 400_000
		key, why := m.Fault()
		if n.Name == "sepolia" {
			require.Equal(t, "states.gloasForkEpoch", key)
			require.ErrorContains(t, why, "353024")
		} else {
			require.NoError(t, why)
		}
		m.States.SlotsPerHistoricalRoot = 64
		key, _ = m.Fault()
		require.Contains(t, key, "states.")
	}
}

// replaceFold replaces the first occurrence whatever its case.
func replaceFold(text, old, replacement string) string {
	at := strings.Index(strings.ToLower(text), strings.ToLower(old))
	return text[:at] + replacement + text[at+len(old):]
}
