package network

import (
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/evm"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// ErrConfig: a configuration with which no devnet can run.
var ErrConfig = errors.New("invalid configuration of the devnet")

// ChainID is the devnet's: nodes take a clock of their own on this chain only.
const ChainID = 1337

// Bounds of a configuration.
const (
	MinMembers  = 4 // the least that bears a liar
	MaxMembers  = 64
	MinSlotTime = 100 * time.Millisecond
	MaxSlotTime = 6 * time.Second
	MaxDelay    = 2 * time.Second
)

const (
	secondsPerSlot = 12
	slotsPerEpoch  = 4
	// A frame of 28 slots: finality is seen in the 9th after the reference slot, seven members take turns until the 22nd, and submissions close in the 26th.
	epochsPerFrame = 7
	// FirstEpoch begins after the reference slot of the first frame in which members run.
	FirstEpoch = initialEpoch + setUpFrames*epochsPerFrame
	// FrameSlots are the slots of a frame.
	FrameSlots     = epochsPerFrame * slotsPerEpoch
	closeSlots     = 2
	frameSeconds   = FrameSlots * secondsPerSlot
	bucketGwei     = 5_000_000_000 // what gifts may add at once: more than anybody gives unless a scenario says so
	bystanders     = 40            // validators of nobody's pool
	poolValidators = 12            // funded in set-up
	poolKeys       = 32            // that the operator has registered
	initialEpoch   = 8             // the first reference slot of the set-up is the slot before it
	setUpFrames    = 3             // until validators that are funded after the first report are active
	warmUpSlots    = 4             // before the first reference slot, for members to find each other
	registerGas    = 1e6           // of one member's registration
	callGas        = 2e6           // of an account's transaction, unless told
	manyCallsGas   = 16e6          // of an owner's transaction over many keys, below the bound of EIP-7825
	amsterdamGas   = 4             // so many times these from Amsterdam on, where a new slot is dear (EIP-8037)
	maxTries       = 40            // slots that a transaction of the set-up may take
)

// FirstFreeKey is the operator's first key that has had nothing in set-up.
const FirstFreeKey = poolValidators

// Config is what a devnet decides.
type Config struct {
	Dir      string        // of the members' homes; must be empty or not exist
	Members  int           // that have a home
	Seated   int           // of them, the first so many, are in the committee; 0: all
	Seed     uint64        // of keys, rewards and what holders do
	SlotTime time.Duration // how long a slot of 12 seconds really takes
	Delay    time.Duration // of what a member says until another hears it; 0: loopback's own
	Fork     transition.Fork
	GloasAt  uint64 // epoch in which a chain of Fulu crosses to Gloas; 0: never
	Now      func() time.Time
	Log      *slog.Logger
	Change   func(*Terms) // alters DefaultTerms, whose fork is Fork; may be nil
}

// Terms are the rules of the chain and of the contracts, for scenarios to change.
type Terms struct {
	Spec     transition.Spec
	Deploy   deploy.Config
	Builders []chain.Builder
}

func (c Config) validate() error {
	switch {
	case c.Dir == "":
		return fmt.Errorf("%w: no folder is named", ErrConfig)
	case c.Members < MinMembers || c.Members > MaxMembers:
		return fmt.Errorf("%w: %d members, want %d to %d", ErrConfig, c.Members, MinMembers, MaxMembers)
	case c.Seated < 0 || c.Seated > c.Members || c.Seated != 0 && c.Seated < MinMembers:
		return fmt.Errorf("%w: %d seats for %d members", ErrConfig, c.Seated, c.Members)
	case c.SlotTime < MinSlotTime || c.SlotTime > MaxSlotTime:
		return fmt.Errorf("%w: slots of %s, want %s to %s", ErrConfig, c.SlotTime, MinSlotTime, MaxSlotTime)
	case c.Delay < 0 || c.Delay > MaxDelay:
		return fmt.Errorf("%w: a delay of %s between members, want 0 to %s", ErrConfig, c.Delay, MaxDelay)
	case c.GloasAt != 0 && c.Fork != transition.Fulu:
		return fmt.Errorf("%w: a chain of %s cannot cross to Gloas: only one of Fulu can", ErrConfig, c.Fork)
	case c.GloasAt != 0 && c.GloasAt < FirstEpoch:
		return fmt.Errorf("%w: the chain crosses to Gloas in epoch %d, and members run from epoch %d on", ErrConfig, c.GloasAt, FirstEpoch)
	case c.Now == nil || c.Log == nil:
		return fmt.Errorf("%w: no clock or no log", ErrConfig)
	}
	return nil
}

// DefaultTerms have frames of seven epochs of four slots. What is bound by the year on mainnet is bound loosely: a devnet earns its stake many times a year.
func DefaultTerms(genesisTime uint64) Terms {
	spec := transition.Devnet()
	spec.SecondsPerSlot = secondsPerSlot
	spec.DepositChainID = ChainID
	c := localnet.DefaultConfig(accounts())
	c.Name = "devnet"
	localnet.SetSchedule(&c, report.Schedule{
		GenesisTime: genesisTime, SecondsPerSlot: secondsPerSlot, SlotsPerEpoch: slotsPerEpoch,
		InitialEpoch: initialEpoch, EpochsPerFrame: epochsPerFrame, FinalityMarginSlots: 2 * slotsPerEpoch, CloseSlots: closeSlots,
	})
	c.GenesisForkVersion, c.SubmitStaggerSeconds = spec.GenesisForkVersion, 2*secondsPerSlot
	c.Limits = report.Limits{
		AnnualGainBps: 2_000_000, GiftMarginGwei: bucketGwei, LossWindowPcm: 5_000, NewValidatorsPerEpoch: 16, ExitsPerEpoch: 16,
		RequestMarginSeconds: 2 * secondsPerSlot,
	}
	c.Ceilings = report.Limits{AnnualGainBps: 10_000_000, GiftMarginGwei: 20_000e9, NewValidatorsPerEpoch: 64, ExitsPerEpoch: 64}
	// A validator earns about 0.035 % of its stake in a frame, and there are about 94,000 frames in a year.
	c.Pool.NormalRewardBps = 300_000
	c.Pool.Bounds = manifest.Bounds{
		MaxFeeBps: 2_000, MaxNormalRewardBps: 1_000_000, MaxNoisePcm: 1_000, MaxRiseBps: 2_000_000,
		BucketGwei: bucketGwei, BucketRefillSeconds: 30 * frameSeconds, MinReportSeconds: frameSeconds / 2,
		StaleAfterSeconds: 8 * frameSeconds, DoubtAfterSeconds: 60 * frameSeconds, ReserveBps: 1_000,
	}
	c.Staking.MinStock = poolValidators
	c.Staking.ForkQuietSeconds = 4 * slotsPerEpoch * secondsPerSlot // first ether is a validator in time to be proven
	c.Queue.MinRequestWei = big.NewInt(1e15)
	c.QuarantineSeconds, c.MaxPauseSeconds = 2*frameSeconds, 20*frameSeconds
	return Terms{Spec: spec, Deploy: c}
}

// chainConfig is the chain on which the terms hold.
func (c Config) chainConfig(t Terms) (chain.Config, error) {
	validators, err := chain.Bystanders(bystanders, common.HexToAddress("0xb1"))
	if err != nil {
		return chain.Config{}, err
	}
	code, err := evm.OwnDepositContract()
	if err != nil {
		return chain.Config{}, err
	}
	return chain.Config{
		Spec: t.Spec, GenesisTime: t.Deploy.Schedule.GenesisTime, Validators: validators, Balances: c.balances(),
		Deposits: geth.Contract{Address: common.HexToAddress("0x4242424242424242424242424242424242424242"), Code: code},
		Rewards:  chain.Rewards{Seed: c.Seed, MinPpm: 950_000, MaxPpm: 1_000_000}, Builders: t.Builders, Log: c.Log,
	}, nil
}

// balances are the accounts that have ether from block 0.
func (c Config) balances() map[common.Address]*big.Int {
	all := make(map[common.Address]*big.Int)
	a := accounts()
	for _, account := range []*localnet.Account{a.Deployer, a.Owner, a.Guardian, a.Pauser, a.Resumer, a.Keeper, a.Operator, a.User} {
		all[account.Address] = localnet.Ether(1_000_000)
	}
	for _, h := range holders() {
		all[h.Address] = localnet.Ether(10_000)
	}
	for i := range MaxMembers {
		all[memberOwner(i).Address] = localnet.Ether(100)
		all[memberSubmitter(i).Address] = localnet.Ether(100)
	}
	return all
}
