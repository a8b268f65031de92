package deploy

import (
	"errors"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/presets"
	"github.com/tidemark-oracle/tidemark/report"
)

// ErrConfig: a value with which the set could not work. It is wrapped with the field's name.
var ErrConfig = errors.New("invalid deployment configuration")

// Config is everything that a deployment decides.
type Config struct {
	Name               string // of the network, for people: 1 to 64 printable ASCII characters
	Schedule           report.Schedule
	DepositContract    common.Address // the beacon chain's
	GenesisForkVersion [4]byte
	Rules              manifest.BeaconRules // the beacon chain's
	States             manifest.States      // its state's layouts; manifest.DefaultStates where Gloas has no date
	BootstrapPeers     []string             // multiaddresses with peer id, at most 64
	// SubmitStaggerSeconds lie between one member's turn to submit a report and the next one's; 0: manifest.DefaultSubmitStaggerSeconds.
	SubmitStaggerSeconds uint64

	Roles   Roles
	Pool    PoolTerms
	Staking StakingTerms
	Queue   QueueTerms
	Bonds   BondTerms
	Limits  report.Limits // soft sanity limits
	// Ceilings are never passed. Their loss window and request margin are not used: see SanityChecker.
	Ceilings          report.Limits
	QuarantineSeconds uint64 // for guardians to judge a held report: at most
	MaxPauseSeconds   uint64 // longest pause of reports, and of the queue
}

// Roles says who holds which role after the deployment.
type Roles struct {
	TimelockProposers []common.Address // may schedule admin actions; also cancel them
	TimelockExecutors []common.Address // may execute them after the delay
	// TimelockDelaySeconds lies between scheduling and executing.
	TimelockDelaySeconds uint64
	Guardian             common.Address // judges quarantined reports
	Pauser               common.Address
	Resumer              common.Address
	Membership           common.Address // admits and removes members
	Ejector              common.Address
	OperatorManager      common.Address
	ExitRequester        common.Address
	Treasury             common.Address
}

// PoolTerms are what the pool's owner can change later, each below its bound, and what the pool is opened with.
type PoolTerms struct {
	FeeBps          uint16 // parts per 10,000 of profit
	OperatorsBps    uint16 // the operators' part of the fee
	NormalRewardBps uint32 // what consensus-layer ether earns normally, a year: deposits pay for it in advance, and more pays no fee
	NoisePcm        uint16 // a loss above it is unconfirmed until the next report, in hundred-thousandths of the recognised ether

	Bounds                  manifest.Bounds
	StakeLimitWei           *big.Int
	StakeLimitRefillSeconds uint64
	BootstrapWei            *big.Int // locked for ever as the first deposit
}

// StakingTerms bound what goes to validators, for ever.
type StakingTerms struct {
	ProofPatienceSeconds uint64 // a key that is not proven for so long stops its operator: longer than any entry queue
	ForkQuietSeconds     uint64 // no key is opened when a fork that moves the state is nearer than this
	StockBps             uint16 // keys with their first ether only: most of the pool's ether, in parts per 10,000
	MinStock             uint16 // or so many keys
	KeyBps               uint16 // most ether at one key, in parts per 10,000 of the pool's
}

// QueueTerms bound one withdrawal request.
type QueueTerms struct {
	MinRequestWei, MaxRequestWei *big.Int
}

// BondTerms are the terms of committee membership.
type BondTerms struct {
	MinBondWei        *big.Int
	UnbondingSeconds  uint64
	ReporterRewardBps uint16 // the reporter's part of a slashed bond
}

// holders are the accounts of single roles, by field.
func (r Roles) holders() []holder {
	return []holder{
		{"Roles.Guardian", r.Guardian}, {"Roles.Pauser", r.Pauser}, {"Roles.Resumer", r.Resumer},
		{"Roles.Membership", r.Membership}, {"Roles.Ejector", r.Ejector}, {"Roles.OperatorManager", r.OperatorManager},
		{"Roles.ExitRequester", r.ExitRequester}, {"Roles.Treasury", r.Treasury},
	}
}

type holder struct {
	field   string
	account common.Address
}

// heldBy names a field that gives account a role, or is empty.
func (r Roles) heldBy(account common.Address) string {
	for _, h := range r.holders() {
		if h.account == account && h.field != "Roles.Treasury" {
			return h.field
		}
	}
	switch {
	case slices.Contains(r.TimelockProposers, account):
		return "Roles.TimelockProposers"
	case slices.Contains(r.TimelockExecutors, account):
		return "Roles.TimelockExecutors"
	}
	return ""
}

// startRefSlot is where the first report's elapsed time is counted from: one frame before the first reference slot, or slot 0.
func (c Config) startRefSlot() uint64 {
	first := c.Schedule.RefSlot(0)
	return first - min(first, c.Schedule.FrameSlots())
}

// On returns the configuration with the facts of a public network: its clock, deposit contract, fork version, rules and forks.
func (c Config) On(n presets.Network) Config {
	c.Schedule.GenesisTime, c.Schedule.SecondsPerSlot, c.Schedule.SlotsPerEpoch = n.GenesisTime, n.SecondsPerSlot, n.SlotsPerEpoch
	c.DepositContract, c.GenesisForkVersion, c.Rules = n.DepositContract, n.GenesisForkVersion(), MainnetRules()
	c.States = manifest.StatesOf(n)
	return c
}

// MainnetRules are those of Ethereum's main network from Bellatrix to Fulu.
func MainnetRules() manifest.BeaconRules {
	return manifest.BeaconRules{
		EffectiveBalanceIncrementGwei: 1_000_000_000, BaseRewardFactor: 64, EpochsPerSlashingsVector: 8192, ProportionalSlashingMultiplier: 3,
		MinValidatorWithdrawabilityDelay: 256,
	}
}

// newManifest is what a configuration says of the network; block and code hashes are missing.
func newManifest(c Config, chainID uint64, set manifest.Set) *manifest.Manifest {
	stagger := c.SubmitStaggerSeconds
	if stagger == 0 {
		stagger = manifest.DefaultSubmitStaggerSeconds
	}
	return &manifest.Manifest{
		Version: manifest.Version, Name: c.Name, ChainID: chainID, GenesisForkVersion: c.GenesisForkVersion[:],
		DepositContract: c.DepositContract, Schedule: manifest.Schedule(c.Schedule), SubmitStaggerSeconds: stagger, Rules: c.Rules, States: c.States,
		Bounds: c.Pool.Bounds, Contracts: set,
		CodeHashes: make(map[string]common.Hash), BootstrapPeers: append([]string{}, c.BootstrapPeers...),
	}
}
