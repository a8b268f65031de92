package deploy_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/localnet"
)

func TestEachWrongValueIsRefusedByName(t *testing.T) {
	for field, spoil := range map[string]func(*deploy.Config){
		"Schedule":                func(c *deploy.Config) { c.Schedule.EpochsPerFrame = 3 },
		"DepositContract":         func(c *deploy.Config) { c.DepositContract = common.Address{} },
		"Roles.Guardian":          func(c *deploy.Config) { c.Roles.Guardian = common.Address{} },
		"Roles.Treasury":          func(c *deploy.Config) { c.Roles.Treasury = common.Address{} },
		"Roles.TimelockProposers": func(c *deploy.Config) { c.Roles.TimelockProposers = nil },
		"Roles.TimelockExecutors": func(c *deploy.Config) { c.Roles.TimelockExecutors = nil },
		"Roles.TimelockProposers[1]": func(c *deploy.Config) {
			c.Roles.TimelockProposers = append(c.Roles.TimelockProposers, common.Address{})
		},
		"Roles.TimelockExecutors[0]":       func(c *deploy.Config) { c.Roles.TimelockExecutors = []common.Address{{}} },
		"Roles.TimelockDelaySeconds":       func(c *deploy.Config) { c.Roles.TimelockDelaySeconds = 0 },
		"Name":                             func(c *deploy.Config) { c.Name = "two\nlines" },
		"BootstrapPeers[0]":                func(c *deploy.Config) { c.BootstrapPeers = []string{"/ip4/127.0.0.1/tcp/9000"} },
		"BootstrapPeers has":               func(c *deploy.Config) { c.BootstrapPeers = make([]string, 65) },
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
		"Limits.LossWindowPcm":             func(c *deploy.Config) { c.Limits.LossWindowPcm = 16*65535 + 1 },
		"Limits.RequestMarginSeconds":      func(c *deploy.Config) { c.Limits.RequestMarginSeconds = 3600 * 1e6 },
		"Limits.AnnualGainBps is zero":     func(c *deploy.Config) { c.Limits.AnnualGainBps, c.Limits.GiftMarginGwei = 0, 0 },
		"Limits.ExitsPerEpoch is zero":     func(c *deploy.Config) { c.Limits.ExitsPerEpoch = 0 },
		"Limits.NewValidatorsPerEpoch is":  func(c *deploy.Config) { c.Limits.NewValidatorsPerEpoch = 0 },
		"Pool.StaleAfterSeconds is above":  func(c *deploy.Config) { c.Pool.StaleAfterSeconds = 1 << 62 },
		"Bonds.UnbondingSeconds is above":  func(c *deploy.Config) { c.Bonds.UnbondingSeconds = 1 << 63 },
		"QuarantineSeconds is above":       func(c *deploy.Config) { c.QuarantineSeconds = 1<<64 - 1 },
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
			require.ErrorContains(t, err, "configuration: "+field)
		})
	}
}

func TestEveryWrongGroupIsNamedAtOnce(t *testing.T) {
	err := deploy.Config{}.Validate()
	for _, field := range []string{"Name", "Roles.Guardian", "Pool.MaxPositiveRebasePpb", "Queue.MinRequestWei", "Bonds.MinBondWei", "Limits.AnnualGainBps"} {
		require.ErrorContains(t, err, field)
	}
}
