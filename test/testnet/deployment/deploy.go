// Package deployment puts Tidemark on the real network of package testnet: with the Go deployment of contracts/deploy, terms that fit a network whose
// validators live for minutes, and the funded account in every role.
//
//	testnet.Info ─► Deploy ─► manifest ─► Write ─► manifest.yaml, owner.json, owner.password
//	                  └► Sender: transactions of the funded account, one after the other
package deployment

import (
	"context"
	"encoding/hex"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/localnet"
	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// Terms of a deployment on the network.
const (
	// shortEpochsPerFrame makes frames of 144 seconds of six-slot epochs: finality takes about 52 of them, turns of eight members to submit 56, and the rest is room.
	shortEpochsPerFrame = 6
	// longEpochsPerFrame makes frames of 256 seconds of epochs of 32 slots: finality takes about 135 of them.
	longEpochsPerFrame = 4
	// submitStaggerSeconds lie between two turns to submit: eight members have theirs within 56 seconds.
	submitStaggerSeconds = 8
	// closeSlots are the last ones of a frame, in which nothing is submitted any more.
	closeSlots = 2
	// epochsAhead is how many epochs after the deployment the first frame opens: time to form a committee.
	epochsAhead = 5
)

// Options of a deployment.
type Options struct {
	BootstrapPeers []string // addresses of members by which others find the committee, for the manifest
	Log            *slog.Logger
}

// Deploy puts the whole set on the network, which must be in Electra. The funded account holds every role but the pauser's and the resumer's.
func Deploy(ctx context.Context, info testnet.Info, s *Sender, o Options) (*manifest.Manifest, error) {
	spec, err := info.Spec(ctx)
	if err != nil {
		return nil, err
	}
	slot := uint64(max(0, time.Since(info.SlotStart(0)))/time.Second) / info.SecondsPerSlot
	config, err := Config(info, spec, slot/info.SlotsPerEpoch+epochsAhead)
	if err != nil {
		return nil, err
	}
	config.BootstrapPeers = o.BootstrapPeers
	// The deployer must hold no role: it is an account of its own.
	deployer := localnet.NewAccount("deployer")
	if _, err := s.Send(ctx, deployer.Address, localnet.Ether(100), nil); err != nil {
		return nil, fmt.Errorf("fund the deployer: %w", err)
	}
	auth := deployer.Auth(new(big.Int).SetUint64(info.ChainID))
	auth.Context, auth.GasLimit = ctx, 0
	return deploy.Deploy(ctx, s.Client, auth, config, o.Log)
}

// Config fits a network whose validators earn their stake many times a year and are swept every few slots. spec is the beacon node's.
func Config(info testnet.Info, spec map[string]string, initialEpoch uint64) (deploy.Config, error) {
	rules, err := state.ParseSpec(spec)
	if err != nil {
		return deploy.Config{}, fmt.Errorf("read the network's rules: %w", err)
	}
	version, err := hex.DecodeString(strings.TrimPrefix(spec["GENESIS_FORK_VERSION"], "0x"))
	if err != nil || len(version) != 4 {
		return deploy.Config{}, fmt.Errorf("the node's GENESIS_FORK_VERSION is %.20q", spec["GENESIS_FORK_VERSION"])
	}
	limits := report.Limits{
		AnnualGainBps: 1_000_000_000, GiftMarginGwei: 1_000e9, LossWindowPcm: 20_000, NewValidatorsPerEpoch: 64, ExitsPerEpoch: 64, RequestMarginSeconds: 24,
	}
	c := localnet.DefaultConfig(localnet.Accounts{
		Deployer: localnet.NewAccount("deployer"), Owner: localnet.NewAccount("owner"), Guardian: localnet.NewAccount("guardian"), Pauser: localnet.NewAccount("pauser"),
		Resumer: localnet.NewAccount("resumer"), Keeper: localnet.NewAccount("keeper"), Operator: localnet.NewAccount("operator"), User: localnet.NewAccount("user"),
		Treasury: localnet.NewAccount("treasury").Address,
	})
	c.Name, c.SubmitStaggerSeconds = "tidemark-testnet", submitStaggerSeconds
	epochsPerFrame := uint64(longEpochsPerFrame)
	if info.SlotsPerEpoch < 32 {
		epochsPerFrame = shortEpochsPerFrame
	}
	localnet.SetSchedule(&c, report.Schedule{
		GenesisTime: info.GenesisTime, SecondsPerSlot: info.SecondsPerSlot, SlotsPerEpoch: info.SlotsPerEpoch,
		InitialEpoch: initialEpoch, EpochsPerFrame: epochsPerFrame, FinalityMarginSlots: 2 * info.SlotsPerEpoch, CloseSlots: closeSlots,
	})
	c.DepositContract, c.Limits, c.Ceilings = info.DepositContract, limits, limits
	me, r := info.Account, &c.Roles
	for _, role := range []*common.Address{&r.Guardian, &r.Membership, &r.Ejector, &r.OperatorManager, &r.ExitRequester} {
		*role = me
	}
	r.TimelockProposers, r.TimelockExecutors = []common.Address{me}, []common.Address{me}
	bounds, frameSeconds := &c.Pool.Bounds, c.Schedule.FrameSlots()*c.Schedule.SecondsPerSlot
	c.Pool.NormalRewardBps, bounds.MaxNormalRewardBps, bounds.MaxRiseBps = 1_000_000, 10_000_000, 1_000_000_000
	bounds.BucketGwei, bounds.BucketRefillSeconds = 1_000e9, 30*frameSeconds
	c.GenesisForkVersion = [4]byte(version)
	c.Staking.ProofPatienceSeconds, c.Staking.ForkQuietSeconds = 10*frameSeconds, frameSeconds
	c.Rules = manifest.BeaconRules{
		EffectiveBalanceIncrementGwei: rules.EffectiveBalanceIncrementGwei, BaseRewardFactor: rules.BaseRewardFactor,
		EpochsPerSlashingsVector: rules.EpochsPerSlashingsVector, ProportionalSlashingMultiplier: rules.ProportionalSlashingMultiplier,
		MinValidatorWithdrawabilityDelay: rules.MinValidatorWithdrawabilityDelay,
	}
	c.States = manifest.States{SlotsPerHistoricalRoot: rules.SlotsPerHistoricalRoot, GloasForkEpoch: rules.Activations[state.Gloas-1].Epoch}
	return c, nil
}
