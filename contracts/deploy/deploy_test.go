package deploy_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/localnet"
	"github.com/tidemark-oracle/tidemark/report"
)

const fixtures = "../test/fixtures"

func deployed(t *testing.T) *localnet.Network {
	t.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: fixtures, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	return n
}

func TestTheWholeSetIsDeployedWiredAndOpen(t *testing.T) {
	n := deployed(t)
	require.NoError(t, n.Verify(context.Background(), n.Chain))

	token := bindings.NewStakedEther()
	totals, err := localnet.Query(n, n.Contracts.StakedEther, token.PackTotals(), token.UnpackTotals)
	require.NoError(t, err)
	require.Equal(t, localnet.Ether(1), totals.TotalPooledWei)
	require.Equal(t, localnet.Ether(1), totals.TotalShares)
}

func TestEachWrongValueIsRefusedByName(t *testing.T) {
	for field, spoil := range map[string]func(*deploy.Config){
		"Schedule":                         func(c *deploy.Config) { c.Schedule.EpochsPerFrame = 3 },
		"DepositContract":                  func(c *deploy.Config) { c.DepositContract = common.Address{} },
		"Roles.Guardian":                   func(c *deploy.Config) { c.Roles.Guardian = common.Address{} },
		"Roles.Treasury":                   func(c *deploy.Config) { c.Roles.Treasury = common.Address{} },
		"Roles.TimelockProposers":          func(c *deploy.Config) { c.Roles.TimelockProposers = nil },
		"Roles.TimelockExecutors":          func(c *deploy.Config) { c.Roles.TimelockExecutors = nil },
		"Roles.TimelockDelay":              func(c *deploy.Config) { c.Roles.TimelockDelay = 0 },
		"Roles.Resumer":                    func(c *deploy.Config) { c.Roles.Resumer = c.Roles.Pauser },
		"Pool.MaxFeeBps":                   func(c *deploy.Config) { c.Pool.MaxFeeBps = 5001 },
		"Pool.FeeBps":                      func(c *deploy.Config) { c.Pool.FeeBps = c.Pool.MaxFeeBps + 1 },
		"Pool.OperatorsBps":                func(c *deploy.Config) { c.Pool.OperatorsBps = 10_001 },
		"Pool.MaxPositiveRebasePpb":        func(c *deploy.Config) { c.Pool.MaxPositiveRebasePpb = 0 },
		"Pool.MaxPositiveRebaseCeilingPpb": func(c *deploy.Config) { c.Pool.MaxPositiveRebaseCeilingPpb = 1_000_000_001 },
		"Pool.StaleAfterSeconds":           func(c *deploy.Config) { c.Pool.StaleAfterSeconds = 0 },
		"Pool.StakeLimitWei":               func(c *deploy.Config) { c.Pool.StakeLimitWei = nil },
		"Pool.StakeLimitRefillSeconds":     func(c *deploy.Config) { c.Pool.StakeLimitRefillSeconds = 0 },
		"Pool.BootstrapWei":                func(c *deploy.Config) { c.Pool.BootstrapWei = big.NewInt(1) },
		"Queue.MinRequestWei":              func(c *deploy.Config) { c.Queue.MinRequestWei = new(big.Int) },
		"Queue.MaxRequestWei":              func(c *deploy.Config) { c.Queue.MaxRequestWei = big.NewInt(1) },
		"Bonds.MinBondWei":                 func(c *deploy.Config) { c.Bonds.MinBondWei = big.NewInt(-1) },
		"Bonds.ReporterRewardBps":          func(c *deploy.Config) { c.Bonds.ReporterRewardBps = 10_001 },
		"Bonds.UnbondingSeconds":           func(c *deploy.Config) { c.Bonds.UnbondingSeconds = 0 },
		"Limits.AnnualGainBps":             func(c *deploy.Config) { c.Limits.AnnualGainBps = c.Ceilings.AnnualGainBps + 1 },
		"Limits.GiftMarginGwei":            func(c *deploy.Config) { c.Limits.GiftMarginGwei = c.Ceilings.GiftMarginGwei + 1 },
		"Limits.NewValidatorsPerEpoch":     func(c *deploy.Config) { c.Limits.NewValidatorsPerEpoch++ },
		"Limits.ExitsPerEpoch":             func(c *deploy.Config) { c.Limits.ExitsPerEpoch++ },
		"Limits allow no":                  func(c *deploy.Config) { c.Limits.ExitsPerEpoch = 0 },
		"QuarantineSeconds":                func(c *deploy.Config) { c.QuarantineSeconds = 0 },
	} {
		t.Run(field, func(t *testing.T) {
			a := localnet.Accounts{}
			for _, p := range []**localnet.Account{&a.Deployer, &a.Owner, &a.Guardian, &a.Pauser, &a.Resumer, &a.Depositor, &a.Operator, &a.User} {
				*p = localnet.NewAccount(string(rune('a' + len(field))))
			}
			a.Pauser, a.Treasury = localnet.NewAccount("pauser"), common.Address{1}
			c := localnet.DefaultConfig(a)
			c.DepositContract = common.Address{2}
			require.NoError(t, c.Validate())
			spoil(&c)
			err := c.Validate()
			require.ErrorIs(t, err, deploy.ErrConfig)
			require.ErrorContains(t, err, field)
		})
	}
}

func TestADeployerThatWouldHoldARoleIsRefusedBeforeAnythingIsSent(t *testing.T) {
	_, err := localnet.New(context.Background(), localnet.Options{
		Fixtures: fixtures, Log: slog.New(slog.DiscardHandler),
		Change: func(c *deploy.Config) { c.Roles.Guardian = localnet.NewAccount("deployer").Address },
	})
	require.ErrorIs(t, err, deploy.ErrConfig)
	require.ErrorContains(t, err, "Roles.Guardian")
}

func TestAManifestSurvivesEncodingAndDecoding(t *testing.T) {
	n := deployed(t)
	n.BootstrapPeers = []string{"/ip4/127.0.0.1/tcp/9000/p2p/12D3KooW"}
	encoded, err := n.Encode()
	require.NoError(t, err)
	decoded, err := deploy.DecodeManifest(bytes.NewReader(encoded))
	require.NoError(t, err)
	require.Equal(t, n.Manifest, decoded)
}

func TestAManifestThatCannotBeTrueIsRefusedByKey(t *testing.T) {
	n := deployed(t)
	encoded, err := n.Encode()
	require.NoError(t, err)
	for name, c := range map[string]struct{ old, new, key string }{
		"unknown key":      {"chainId:", "chainID:", "chainID"},
		"version":          {"version: 1", "version: 2", "version"},
		"no chain":         {"chainId: 1337", "chainId: 0", "chainId"},
		"negative":         {"chainId: 1337", "chainId: -1", ""},
		"fork version":     {`genesisForkVersion: "0x10000000"`, `genesisForkVersion: "0x1000"`, "genesisForkVersion"},
		"schedule":         {"epochsPerFrame: 10", "epochsPerFrame: 1", "schedule"},
		"missing contract": {n.Contracts.StakingPool.Hex(), common.Address{}.Hex(), "StakingPool"},
		"same address":     {strings.ToLower(n.Contracts.StakingPool.Hex()), strings.ToLower(n.Contracts.StakedEther.Hex()), "one address"},
		"two documents":    {"version: 1", "version: 1\n---\nversion: 1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := string(encoded)
			if !strings.Contains(text, c.old) {
				c.old = strings.ToLower(c.old)
			}
			require.Contains(t, text, c.old)
			_, err := deploy.DecodeManifest(strings.NewReader(strings.Replace(text, c.old, c.new, 1)))
			require.ErrorIs(t, err, deploy.ErrManifest)
			require.ErrorContains(t, err, c.key)
		})
	}
	_, err = deploy.DecodeManifest(strings.NewReader(strings.Repeat("#", 1<<20+1)))
	require.ErrorIs(t, err, deploy.ErrManifest)
}

func TestAManifestOfAnotherSetIsNoticed(t *testing.T) {
	n := deployed(t)
	ctx := context.Background()
	for name, spoil := range map[string]func(*deploy.Manifest){
		"chain":   func(m *deploy.Manifest) { m.ChainID++ },
		"address": func(m *deploy.Manifest) { m.Contracts.StakingPool[0] ^= 1 },
		"swapped": func(m *deploy.Manifest) {
			m.Contracts.WithdrawalVault, m.Contracts.ELRewardsVault = m.Contracts.ELRewardsVault, m.Contracts.WithdrawalVault
		},
		"code":     func(m *deploy.Manifest) { m.CodeHashes["ReportOracle"] = common.Hash{1} },
		"schedule": func(m *deploy.Manifest) { m.Schedule.EpochsPerFrame++ },
		"deposits": func(m *deploy.Manifest) { m.DepositContract[0] ^= 1 },
	} {
		t.Run(name, func(t *testing.T) {
			m := *n.Manifest
			m.CodeHashes = make(map[string]common.Hash)
			for k, v := range n.CodeHashes {
				m.CodeHashes[k] = v
			}
			spoil(&m)
			require.ErrorIs(t, m.Verify(ctx, n.Chain), deploy.ErrWiring)
		})
	}
}

func TestARevertIsNamedWithItsArguments(t *testing.T) {
	n := deployed(t)
	result, err := n.Send(n.Accounts.User, n.Contracts.StakingPool, nil, bindings.NewStakingPool().PackBootstrap())
	require.NoError(t, err)
	require.Equal(t, "AlreadyBootstrapped[]", deploy.RevertName(result.Err))
	require.Empty(t, deploy.RevertName(errors.New("other")))
	require.Empty(t, deploy.DecodeRevert([]byte{1, 2, 3, 4}))
}

func FuzzDecodeManifest(f *testing.F) {
	f.Add([]byte("version: 1\nchainId: 1\n"))
	f.Add([]byte("version: 1\nschedule: {genesisTime: 1, epochsPerFrame: 18446744073709551615, slotsPerEpoch: 18446744073709551615}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := deploy.DecodeManifest(bytes.NewReader(data))
		if err != nil {
			return
		}
		require.NoError(t, report.Schedule(m.Schedule).Validate())
		encoded, err := m.Encode()
		require.NoError(t, err)
		again, err := deploy.DecodeManifest(bytes.NewReader(encoded))
		require.NoError(t, err)
		require.Equal(t, m, again)
	})
}
