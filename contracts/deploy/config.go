package deploy

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// ErrConfig: a value with which the set could not work. It is wrapped with the field's name.
var ErrConfig = errors.New("invalid deployment configuration")

// Config is everything that a deployment decides.
type Config struct {
	Name               string // of the network, for people
	Schedule           report.Schedule
	DepositContract    common.Address // the beacon chain's
	GenesisForkVersion [4]byte
	BootstrapPeers     []string // multiaddresses with peer id

	Roles  Roles
	Pool   PoolTerms
	Queue  QueueTerms
	Bonds  BondTerms
	Limits report.Limits // soft sanity limits
	// Ceilings are never passed. Their loss window and request margin are not used: see SanityChecker.
	Ceilings          report.Limits
	QuarantineSeconds uint64
}

// Roles says who holds which role after the deployment.
type Roles struct {
	TimelockProposers []common.Address // may schedule admin actions; also cancel them
	TimelockExecutors []common.Address // may execute them after the delay
	TimelockDelay     time.Duration
	Guardian          common.Address // judges quarantined reports
	Pauser            common.Address
	Resumer           common.Address
	Depositor         common.Address // sends buffered ether to the beacon chain
	Membership        common.Address // admits and removes members
	Ejector           common.Address
	OperatorManager   common.Address
	ExitRequester     common.Address
	Treasury          common.Address
}

// PoolTerms are the pool's fee, cap and limits.
type PoolTerms struct {
	FeeBps                      uint16 // parts per 10,000 of profit
	MaxFeeBps                   uint16 // for ever
	OperatorsBps                uint16 // the operators' part of the fee
	MaxPositiveRebasePpb        uint32 // parts per 1e9 a report
	MaxPositiveRebaseCeilingPpb uint32 // for ever
	StaleAfterSeconds           uint64
	StakeLimitWei               *big.Int
	StakeLimitRefillSeconds     uint64
	BootstrapWei                *big.Int // locked for ever as the first deposit
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

// minBootstrapWei is StakingPool.MIN_BOOTSTRAP_WEI.
const minBootstrapWei = 1_000_000_000_000

// Validate refuses a configuration with which the set could not work, naming the field. Errors: ErrConfig.
func (c Config) Validate() error {
	if err := c.Schedule.Validate(); err != nil {
		return fmt.Errorf("%w: Schedule: %w", ErrConfig, err)
	}
	if c.DepositContract == (common.Address{}) {
		return invalid("DepositContract", "is missing")
	}
	return errors.Join(c.Roles.validate(), c.Pool.validate(), c.Queue.validate(), c.Bonds.validate(), c.validateLimits())
}

// holders are the accounts of single roles, by field.
func (r Roles) holders() []holder {
	return []holder{
		{"Roles.Guardian", r.Guardian}, {"Roles.Pauser", r.Pauser}, {"Roles.Resumer", r.Resumer}, {"Roles.Depositor", r.Depositor},
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

func (r Roles) validate() error {
	for _, h := range r.holders() {
		if h.account == (common.Address{}) {
			return invalid(h.field, "is missing")
		}
	}
	switch {
	case len(r.TimelockProposers) == 0:
		return invalid("Roles.TimelockProposers", "nobody could ever change a term: name at least one")
	case len(r.TimelockExecutors) == 0:
		return invalid("Roles.TimelockExecutors", "nobody could ever execute a change: name at least one")
	case r.TimelockDelay < time.Second:
		return invalid("Roles.TimelockDelay", "is shorter than a second")
	case r.Pauser == r.Resumer:
		return invalid("Roles.Resumer", "is the pauser: pausing and resuming are two roles")
	}
	return nil
}

func (p PoolTerms) validate() error {
	switch {
	case p.MaxFeeBps > 5_000:
		return invalid("Pool.MaxFeeBps", "is above 5000")
	case p.FeeBps > p.MaxFeeBps:
		return invalid("Pool.FeeBps", "is above Pool.MaxFeeBps")
	case p.OperatorsBps > 10_000:
		return invalid("Pool.OperatorsBps", "is above 10000")
	case p.MaxPositiveRebasePpb == 0:
		return invalid("Pool.MaxPositiveRebasePpb", "is zero: no reward could ever reach a holder")
	case p.MaxPositiveRebasePpb > p.MaxPositiveRebaseCeilingPpb:
		return invalid("Pool.MaxPositiveRebasePpb", "is above Pool.MaxPositiveRebaseCeilingPpb")
	case p.MaxPositiveRebaseCeilingPpb > 1_000_000_000:
		return invalid("Pool.MaxPositiveRebaseCeilingPpb", "is above 1e9, which is 100 %")
	case p.StaleAfterSeconds == 0:
		return invalid("Pool.StaleAfterSeconds", "is zero: anyone could finalize without a report")
	case !within(p.StakeLimitWei, 0, 96):
		return invalid("Pool.StakeLimitWei", "is missing or not in 96 bits")
	case p.StakeLimitRefillSeconds == 0 || p.StakeLimitRefillSeconds >= 1<<24:
		return invalid("Pool.StakeLimitRefillSeconds", "is zero or not in 24 bits")
	case !within(p.BootstrapWei, minBootstrapWei, 96):
		return invalid("Pool.BootstrapWei", "is missing or below 1e12")
	}
	return nil
}

func (q QueueTerms) validate() error {
	switch {
	case !within(q.MinRequestWei, 1, 96):
		return invalid("Queue.MinRequestWei", "is missing, zero or not in 96 bits")
	case !within(q.MaxRequestWei, 1, 96) || q.MaxRequestWei.Cmp(q.MinRequestWei) < 0:
		return invalid("Queue.MaxRequestWei", "is missing, below Queue.MinRequestWei or not in 96 bits")
	}
	return nil
}

func (b BondTerms) validate() error {
	switch {
	case !within(b.MinBondWei, 0, 96):
		return invalid("Bonds.MinBondWei", "is missing or not in 96 bits")
	case b.ReporterRewardBps > 10_000:
		return invalid("Bonds.ReporterRewardBps", "is above 10000")
	case b.UnbondingSeconds == 0:
		return invalid("Bonds.UnbondingSeconds", "is zero: a member could take its bond before evidence is brought")
	}
	return nil
}

func (c Config) validateLimits() error {
	l, top := c.Limits, c.Ceilings
	switch {
	case l.AnnualGainBps > top.AnnualGainBps:
		return invalid("Limits.AnnualGainBps", "is above its ceiling")
	case l.GiftMarginGwei > top.GiftMarginGwei:
		return invalid("Limits.GiftMarginGwei", "is above its ceiling")
	case l.NewValidatorsPerEpoch > top.NewValidatorsPerEpoch:
		return invalid("Limits.NewValidatorsPerEpoch", "is above its ceiling")
	case l.ExitsPerEpoch > top.ExitsPerEpoch:
		return invalid("Limits.ExitsPerEpoch", "is above its ceiling")
	case l.NewValidatorsPerEpoch == 0 || l.ExitsPerEpoch == 0:
		return invalid("Limits", "allow no new validator or no exit: every report would be quarantined")
	case c.QuarantineSeconds == 0:
		return invalid("QuarantineSeconds", "is zero: no guardian could ever judge")
	}
	return nil
}

// startRefSlot is where the first report's elapsed time is counted from: one frame before the first reference slot, or slot 0.
func (c Config) startRefSlot() uint64 {
	first := c.Schedule.RefSlot(0)
	return first - min(first, c.Schedule.FrameSlots())
}

func within(v *big.Int, least int64, bits int) bool {
	return v != nil && v.Cmp(big.NewInt(least)) >= 0 && v.BitLen() <= bits
}

func invalid(field, why string) error { return fmt.Errorf("%w: %s %s", ErrConfig, field, why) }
