package manifest_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func deployed(t testing.TB) *localnet.Network {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../test/fixtures", Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return n
}

func TestAManifestSurvivesEncodingAndDecoding(t *testing.T) {
	n := deployed(t)
	n.BootstrapPeers = []string{"/ip4/127.0.0.1/tcp/9000/p2p/12D3KooW"}
	encoded, err := n.Encode()
	require.NoError(t, err)
	decoded, err := manifest.Decode(bytes.NewReader(encoded))
	require.NoError(t, err)
	require.Equal(t, n.Manifest, decoded)
}

func TestAManifestMayLeaveOutHowFarTurnsToSubmitAreApart(t *testing.T) {
	n := deployed(t)
	encoded, err := n.Encode()
	require.NoError(t, err)
	require.Contains(t, string(encoded), "submitStaggerSeconds: 120\n", "a deployment writes it down")
	without := strings.Replace(string(encoded), "submitStaggerSeconds: 120\n", "", 1)
	decoded, err := manifest.Decode(strings.NewReader(without))
	require.NoError(t, err)
	require.Equal(t, 2*time.Minute, decoded.SubmitStagger())
	decoded, err = manifest.Decode(strings.NewReader(strings.Replace(string(encoded), "submitStaggerSeconds: 120", "submitStaggerSeconds: 7", 1)))
	require.NoError(t, err)
	require.Equal(t, 7*time.Second, decoded.SubmitStagger())
}

func TestAManifestMayLeaveOutTheStatesOfMainnetsPreset(t *testing.T) {
	n := deployed(t)
	encoded, err := n.Encode()
	require.NoError(t, err)
	const written = "states:\n  slotsPerHistoricalRoot: 8192\n  gloasForkEpoch: 18446744073709551615\n"
	require.Contains(t, string(encoded), written, "a deployment writes it down")
	decoded, err := manifest.Decode(strings.NewReader(strings.Replace(string(encoded), written, "", 1)))
	require.NoError(t, err)
	require.Equal(t, manifest.States{SlotsPerHistoricalRoot: 8192, GloasForkEpoch: manifest.UnknownEpoch}, decoded.States)
	decoded, err = manifest.Decode(strings.NewReader(strings.Replace(string(encoded), written, "states:\n  gloasForkEpoch: 353024\n", 1)))
	require.NoError(t, err)
	require.Equal(t, manifest.States{SlotsPerHistoricalRoot: 8192, GloasForkEpoch: 353024}, decoded.States)
	require.Equal(t, uint64(11_296_768), decoded.States.GloasSlot(32))
}

func TestAManifestThatCannotBeTrueIsRefusedByKey(t *testing.T) {
	n := deployed(t)
	encoded, err := n.Encode()
	require.NoError(t, err)
	for name, c := range map[string]struct{ old, new, key string }{
		"unknown key":      {"chainId:", "chainID:", "chainID"},
		"version":          {"version: 1", "version: 2", "version"},
		"no chain":         {"chainId: 1337", "chainId: 0", "chainId"},
		"negative":         {"chainId: 1337", "chainId: -1", "chainId: "},
		"not a number":     {"epochsPerFrame: 10", "epochsPerFrame: ten", "schedule.epochsPerFrame: "},
		"not an address":   {"depositContract: \"0x", "depositContract: \"0y", "depositContract"},
		"name":             {"name: localnet", "name: ''", "name: "},
		"peer":             {"bootstrapPeers: []", "bootstrapPeers: [nobody]", "bootstrapPeers[0]: "},
		"stagger":          {"submitStaggerSeconds: 120", "submitStaggerSeconds: 3601", "submitStaggerSeconds: is above 3600"},
		"no stagger":       {"submitStaggerSeconds: 120", "submitStaggerSeconds: 0", "submitStaggerSeconds: is zero"},
		"unknown hash":     {"ReportOracle: ", "Oracle: ", "codeHashes.ReportOracle: "},
		"one hash more":    {"codeHashes:", "codeHashes:\n  Foreign: \"0x" + strings.Repeat("11", 32) + "\"", "Foreign"},
		"fork version":     {`genesisForkVersion: "0x10000000"`, `genesisForkVersion: "0x1000"`, "genesisForkVersion"},
		"schedule":         {"epochsPerFrame: 10", "epochsPerFrame: 1", "schedule"},
		"rule":             {"baseRewardFactor: 64", "baseRewardFactor: 0", "rules.baseRewardFactor"},
		"no block roots":   {"slotsPerHistoricalRoot: 8192", "slotsPerHistoricalRoot: 0", "states.slotsPerHistoricalRoot"},
		"endless fork":     {"gloasForkEpoch: 18446744073709551615", "gloasForkEpoch: 18446744073709551614", "states.gloasForkEpoch"},
		"bound":            {"doubtAfterSeconds: 15552000", "doubtAfterSeconds: 1", "bounds.doubtAfterSeconds"},
		"missing contract": {n.Contracts.StakingPool.Hex(), common.Address{}.Hex(), "contracts.stakingPool"},
		"same address":     {strings.ToLower(n.Contracts.StakingPool.Hex()), strings.ToLower(n.Contracts.StakedEther.Hex()), "one address"},
		"two documents":    {"version: 1", "version: 1\n---\nversion: 1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := string(encoded)
			if !strings.Contains(text, c.old) {
				c.old = strings.ToLower(c.old)
			}
			require.Contains(t, text, c.old)
			_, err := manifest.Decode(strings.NewReader(strings.Replace(text, c.old, c.new, 1)))
			require.ErrorIs(t, err, manifest.ErrInvalid)
			require.ErrorContains(t, err, c.key)
		})
	}
	_, err = manifest.Decode(strings.NewReader(strings.Repeat("#", 1<<16+1)))
	require.ErrorIs(t, err, manifest.ErrInvalid)
}

func TestAManifestOfAnotherSetIsNoticed(t *testing.T) {
	n := deployed(t)
	ctx := context.Background()
	for name, spoil := range map[string]func(*manifest.Manifest){
		"chain":   func(m *manifest.Manifest) { m.ChainID++ },
		"address": func(m *manifest.Manifest) { m.Contracts.StakingPool[0] ^= 1 },
		"swapped": func(m *manifest.Manifest) {
			m.Contracts.WithdrawalVault, m.Contracts.ELRewardsVault = m.Contracts.ELRewardsVault, m.Contracts.WithdrawalVault
		},
		"code":     func(m *manifest.Manifest) { m.CodeHashes["ReportOracle"] = common.Hash{1} },
		"schedule": func(m *manifest.Manifest) { m.Schedule.EpochsPerFrame++ },
		"bounds":   func(m *manifest.Manifest) { m.Bounds.BucketGwei++ },
		"deposits": func(m *manifest.Manifest) { m.DepositContract[0] ^= 1 },
		"fork":     func(m *manifest.Manifest) { m.GenesisForkVersion = []byte{0, 0, 0, 1} },
		"memory":   func(m *manifest.Manifest) { m.States.SlotsPerHistoricalRoot++ },
		"gloas":    func(m *manifest.Manifest) { m.States.GloasForkEpoch = 1 << 40 },
	} {
		t.Run(name, func(t *testing.T) {
			m := *n.Manifest
			m.CodeHashes = make(map[string]common.Hash)
			for k, v := range n.CodeHashes {
				m.CodeHashes[k] = v
			}
			spoil(&m)
			require.ErrorIs(t, m.Verify(ctx, n.Chain), manifest.ErrWiring)
		})
	}
}

func TestOneErrorDoesNotListAllFaultsOfALargeFile(t *testing.T) {
	var text strings.Builder
	for i := range 4_000 {
		fmt.Fprintf(&text, "unknown%d: 1\n", i)
	}
	_, err := manifest.Decode(strings.NewReader(text.String()))
	require.ErrorIs(t, err, manifest.ErrInvalid)
	require.ErrorContains(t, err, "and 3992 more")
	require.Less(t, len(err.Error()), 4000)
}

func FuzzDecode(f *testing.F) {
	valid, err := deployed(f).Encode()
	require.NoError(f, err)
	f.Add(valid)
	f.Add(bytes.Replace(valid, []byte("bootstrapPeers: []"), nil, 1))
	f.Add([]byte("version: 1\nchainId: 1\n"))
	f.Add([]byte("version: 1\nschedule: {genesisTime: 1, epochsPerFrame: 18446744073709551615, slotsPerEpoch: 18446744073709551615}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := manifest.Decode(bytes.NewReader(data))
		if err != nil {
			return
		}
		require.NoError(t, report.Schedule(m.Schedule).Validate())
		encoded, err := m.Encode()
		require.NoError(t, err)
		again, err := manifest.Decode(bytes.NewReader(encoded))
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}
