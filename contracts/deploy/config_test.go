package deploy_test

import (
	"context"
	"log/slog"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/presets"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

func TestEachWrongValueIsRefusedByName(t *testing.T) {
	for field, spoil := range map[string]func(*deploy.Config){
		"Schedule":                      func(c *deploy.Config) { c.Schedule.EpochsPerFrame = 3 },
		"DepositContract":               func(c *deploy.Config) { c.DepositContract = common.Address{} },
		"States.slotsPerHistoricalRoot": func(c *deploy.Config) { c.States.SlotsPerHistoricalRoot = 0 },
		"Roles.Guardian":                func(c *deploy.Config) { c.Roles.Guardian = common.Address{} },
		"Roles.Treasury":                func(c *deploy.Config) { c.Roles.Treasury = common.Address{} },
		"Roles.TimelockProposers":       func(c *deploy.Config) { c.Roles.TimelockProposers = nil },
		"Roles.TimelockExecutors":       func(c *deploy.Config) { c.Roles.TimelockExecutors = nil },
		"Roles.TimelockProposers[1]": func(c *deploy.Config) {
			c.Roles.TimelockProposers = append(c.Roles.TimelockProposers, common.Address{})
		},
		"Roles.TimelockExecutors[0]":      func(c *deploy.Config) { c.Roles.TimelockExecutors = []common.Address{{}} },
		"Roles.TimelockDelaySeconds":      func(c *deploy.Config) { c.Roles.TimelockDelaySeconds = 0 },
		"Name":                            func(c *deploy.Config) { c.Name = "two\nlines" },
		"BootstrapPeers[0]":               func(c *deploy.Config) { c.BootstrapPeers = []string{"/ip4/127.0.0.1/tcp/9000"} },
		"SubmitStaggerSeconds":            func(c *deploy.Config) { c.SubmitStaggerSeconds = 3601 },
		"BootstrapPeers has":              func(c *deploy.Config) { c.BootstrapPeers = make([]string, 65) },
		"Roles.Resumer":                   func(c *deploy.Config) { c.Roles.Resumer = c.Roles.Pauser },
		"Pool.Bounds.MaxFeeBps":           func(c *deploy.Config) { c.Pool.Bounds.MaxFeeBps = 5001 },
		"Pool.Bounds.MaxNoisePcm":         func(c *deploy.Config) { c.Pool.Bounds.MaxNoisePcm = 10_001 },
		"Pool.Bounds.ReserveBps":          func(c *deploy.Config) { c.Pool.Bounds.ReserveBps = 1_001 },
		"Pool.Bounds.MaxRiseBps":          func(c *deploy.Config) { c.Pool.Bounds.MaxRiseBps = 0 },
		"Pool.Bounds.MaxNormalRewardBps":  func(c *deploy.Config) { c.Pool.Bounds.MaxRiseBps = uint64(c.Pool.Bounds.MaxNormalRewardBps) - 1 },
		"Pool.Bounds.BucketGwei":          func(c *deploy.Config) { c.Pool.Bounds.BucketGwei = 1 << 56 },
		"Pool.Bounds.BucketRefillSeconds": func(c *deploy.Config) { c.Pool.Bounds.BucketRefillSeconds = 0 },
		"Pool.Bounds.MinReportSeconds":    func(c *deploy.Config) { c.Pool.Bounds.MinReportSeconds = frameSeconds(c) + 1 },
		"Pool.Bounds.StaleAfterSeconds is not above": func(c *deploy.Config) {
			c.Pool.Bounds.StaleAfterSeconds = c.QuarantineSeconds + 2*frameSeconds(c)
		},
		"Pool.Bounds.StaleAfterSeconds is not above ":              func(c *deploy.Config) { c.Pool.Bounds.StaleAfterSeconds = 2 * frameSeconds(c) },
		"Pool.Bounds.StaleAfterSeconds is zero":                    func(c *deploy.Config) { c.Pool.Bounds.StaleAfterSeconds = 0 },
		"Pool.Bounds.DoubtAfterSeconds":                            func(c *deploy.Config) { c.Pool.Bounds.DoubtAfterSeconds = c.Pool.Bounds.StaleAfterSeconds - 1 },
		"Pool.FeeBps":                                              func(c *deploy.Config) { c.Pool.FeeBps = c.Pool.Bounds.MaxFeeBps + 1 },
		"Pool.NormalRewardBps":                                     func(c *deploy.Config) { c.Pool.NormalRewardBps = c.Pool.Bounds.MaxNormalRewardBps + 1 },
		"Pool.NoisePcm":                                            func(c *deploy.Config) { c.Pool.NoisePcm = c.Pool.Bounds.MaxNoisePcm + 1 },
		"MaxPauseSeconds is zero":                                  func(c *deploy.Config) { c.MaxPauseSeconds = 0 },
		"MaxPauseSeconds is above 90 days":                         func(c *deploy.Config) { c.MaxPauseSeconds = 90*24*3600 + 1 },
		"Pool.OperatorsBps":                                        func(c *deploy.Config) { c.Pool.OperatorsBps = 10_001 },
		"Pool.StakeLimitWei":                                       func(c *deploy.Config) { c.Pool.StakeLimitWei = nil },
		"Pool.StakeLimitRefillSeconds":                             func(c *deploy.Config) { c.Pool.StakeLimitRefillSeconds = 0 },
		"Pool.BootstrapWei":                                        func(c *deploy.Config) { c.Pool.BootstrapWei = big.NewInt(1) },
		"Queue.MinRequestWei":                                      func(c *deploy.Config) { c.Queue.MinRequestWei = new(big.Int) },
		"Queue.MaxRequestWei":                                      func(c *deploy.Config) { c.Queue.MaxRequestWei = big.NewInt(1) },
		"Bonds.MinBondWei":                                         func(c *deploy.Config) { c.Bonds.MinBondWei = big.NewInt(-1) },
		"Bonds.ReporterRewardBps":                                  func(c *deploy.Config) { c.Bonds.ReporterRewardBps = 10_001 },
		"Bonds.UnbondingSeconds":                                   func(c *deploy.Config) { c.Bonds.UnbondingSeconds = 0 },
		"Limits.AnnualGainBps":                                     func(c *deploy.Config) { c.Limits.AnnualGainBps = c.Ceilings.AnnualGainBps + 1 },
		"Limits.GiftMarginGwei":                                    func(c *deploy.Config) { c.Limits.GiftMarginGwei = c.Ceilings.GiftMarginGwei + 1 },
		"Limits.NewValidatorsPerEpoch":                             func(c *deploy.Config) { c.Limits.NewValidatorsPerEpoch++ },
		"Limits.ExitsPerEpoch":                                     func(c *deploy.Config) { c.Limits.ExitsPerEpoch++ },
		"Limits.LossWindowPcm":                                     func(c *deploy.Config) { c.Limits.LossWindowPcm = 16*65535 + 1 },
		"Limits.RequestMarginSeconds":                              func(c *deploy.Config) { c.Limits.RequestMarginSeconds = 3600 * 1e6 },
		"Limits.AnnualGainBps is zero":                             func(c *deploy.Config) { c.Limits.AnnualGainBps, c.Limits.GiftMarginGwei = 0, 0 },
		"Limits.ExitsPerEpoch is zero":                             func(c *deploy.Config) { c.Limits.ExitsPerEpoch = 0 },
		"Limits.NewValidatorsPerEpoch is":                          func(c *deploy.Config) { c.Limits.NewValidatorsPerEpoch = 0 },
		"Pool.Bounds.StaleAfterSeconds is zero or above ten years": func(c *deploy.Config) { c.Pool.Bounds.StaleAfterSeconds = 1 << 62 },
		"Bonds.UnbondingSeconds is above":                          func(c *deploy.Config) { c.Bonds.UnbondingSeconds = 1 << 63 },
		"QuarantineSeconds is above":                               func(c *deploy.Config) { c.QuarantineSeconds = 1<<64 - 1 },
		"QuarantineSeconds":                                        func(c *deploy.Config) { c.QuarantineSeconds = 0 },
		"Staking.ProofPatienceSeconds is zero":                     func(c *deploy.Config) { c.Staking.ProofPatienceSeconds = 0 },
		"Staking.ProofPatienceSeconds is above ten years":          func(c *deploy.Config) { c.Staking.ProofPatienceSeconds = manifest.MaxSeconds + 1 },
		"Staking.ForkQuietSeconds is zero":                         func(c *deploy.Config) { c.Staking.ForkQuietSeconds = 0 },
		"Staking.ForkQuietSeconds is above Staking":                func(c *deploy.Config) { c.Staking.ForkQuietSeconds = c.Staking.ProofPatienceSeconds + 1 },
		"Staking.StockBps is above 1000":                           func(c *deploy.Config) { c.Staking.StockBps = 1_001 },
		"Staking.MinStock is zero":                                 func(c *deploy.Config) { c.Staking.MinStock = 0 },
		"Staking.MinStock is above 128":                            func(c *deploy.Config) { c.Staking.MinStock = 129 },
		"Staking.KeyBps is above 10000":                            func(c *deploy.Config) { c.Staking.KeyBps = 10_001 },
	} {
		t.Run(field, func(t *testing.T) {
			a := localnet.Accounts{}
			for _, p := range []**localnet.Account{&a.Deployer, &a.Owner, &a.Guardian, &a.Pauser, &a.Resumer, &a.Keeper, &a.Operator, &a.User} {
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
	for _, field := range []string{"Name", "Roles.Guardian", "Pool.Bounds.BucketRefillSeconds", "Staking.ProofPatienceSeconds", "Queue.MinRequestWei", "Bonds.MinBondWei", "Limits.AnnualGainBps"} {
		require.ErrorContains(t, err, field)
	}
}

func frameSeconds(c *deploy.Config) uint64 {
	return c.Schedule.FrameSlots() * c.Schedule.SecondsPerSlot
}

func TestNetworkThatContradictsItsPublicFactsIsNotDeployed(t *testing.T) {
	_, err := localnet.New(context.Background(), localnet.Options{Fixtures: fixtures, Log: slog.New(slog.DiscardHandler), ChainID: presets.Hoodi().ChainID})
	require.ErrorIs(t, err, deploy.ErrConfig)
	require.ErrorContains(t, err, "schedule.genesisTime 1700000000 is not 1742213400, that of hoodi")
}

func TestConfigurationTakesThePublicFacts(t *testing.T) {
	for _, n := range presets.All() {
		c := localnet.DefaultConfig(deployed(t).Accounts).On(n)
		require.NoError(t, c.Validate())
		require.Equal(t, n.GenesisTime, c.Schedule.GenesisTime)
		require.Equal(t, n.DepositContract, c.DepositContract)
		require.Equal(t, n.GenesisForkVersion(), c.GenesisForkVersion)
		require.Equal(t, manifest.StatesOf(n), c.States)
	}
}
