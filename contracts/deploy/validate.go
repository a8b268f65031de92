package deploy

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

const (
	minBootstrapWei  = 1_000_000_000_000 // StakingPool.MIN_BOOTSTRAP_WEI
	maxLossWindowPcm = 16 * 65535        // SanityChecker.MAX_LOSS_WINDOW_PCM: sixteen full lanes
	maxPauseSeconds  = 90 * 24 * 3600    // TimedPause's own
	maxStockBps      = 1_000             // a tenth of the pool: first ether earns nothing
	unprovenPlaces   = 128               // UnprovenSet.PLACES
)

// Validate refuses a configuration with which the set could not work, naming every field that is wrong. Errors: ErrConfig.
func (c Config) Validate() error {
	return errors.Join(c.validateNetwork(), c.Roles.validate(), c.validatePool(), c.Staking.validate(), c.Queue.validate(), c.Bonds.validate(), c.validateLimits())
}

func (c Config) validateNetwork() error {
	if key, why := newManifest(c, 0, manifest.Set{}).Fault(); why != nil {
		return invalid(field(key), why.Error())
	}
	return nil
}

// field is the name in a configuration of a manifest's key.
func field(key string) string { return strings.ToUpper(key[:1]) + key[1:] }

func (r Roles) validate() error {
	for _, h := range r.holders() {
		if h.account == (common.Address{}) {
			return invalid(h.field, "is missing")
		}
	}
	if err := accounts("Roles.TimelockProposers", r.TimelockProposers, "nobody could ever change a term"); err != nil {
		return err
	}
	if err := accounts("Roles.TimelockExecutors", r.TimelockExecutors, "nobody could ever execute a change"); err != nil {
		return err
	}
	if r.Pauser == r.Resumer {
		return invalid("Roles.Resumer", "is the pauser: pausing and resuming are two roles")
	}
	return span("Roles.TimelockDelaySeconds", r.TimelockDelaySeconds, "nothing would be announced before it is in force")
}

// accounts wants at least one account. Address 0 is none; as an executor it would stand for everyone, which nobody should write by omission.
func accounts(field string, list []common.Address, without string) error {
	if len(list) == 0 {
		return invalid(field, "is empty: "+without)
	}
	for i, account := range list {
		if account == (common.Address{}) {
			return invalid(fmt.Sprintf("%s[%d]", field, i), "is address 0")
		}
	}
	return nil
}

func (c Config) validatePool() error {
	p, b := c.Pool, c.Pool.Bounds
	if key, why := b.Fault(c.Schedule); why != nil {
		return invalid("Pool.Bounds."+field(key), why.Error())
	}
	switch {
	case p.FeeBps > b.MaxFeeBps:
		return invalid("Pool.FeeBps", "is above Pool.Bounds.MaxFeeBps")
	case p.OperatorsBps > 10_000:
		return invalid("Pool.OperatorsBps", "is above 10000")
	case p.NormalRewardBps > b.MaxNormalRewardBps:
		return invalid("Pool.NormalRewardBps", "is above Pool.Bounds.MaxNormalRewardBps")
	case p.NoisePcm > b.MaxNoisePcm:
		return invalid("Pool.NoisePcm", "is above Pool.Bounds.MaxNoisePcm")
	case !within(p.StakeLimitWei, 0, 96):
		return invalid("Pool.StakeLimitWei", "is missing, negative or not in 96 bits")
	case p.StakeLimitRefillSeconds == 0 || p.StakeLimitRefillSeconds >= 1<<24:
		return invalid("Pool.StakeLimitRefillSeconds", "is zero or not in 24 bits")
	case !within(p.BootstrapWei, minBootstrapWei, 96):
		return invalid("Pool.BootstrapWei", "is missing, below 1e12 or not in 96 bits")
	}
	return c.validateSilence()
}

// validateSilence wants guardians, and the owner after them, to come before those who finalize without a report.
func (c Config) validateSilence() error {
	if err := span("QuarantineSeconds", c.QuarantineSeconds, "no guardian could ever judge"); err != nil {
		return err
	}
	least := c.QuarantineSeconds + 2*c.Schedule.FrameSlots()*c.Schedule.SecondsPerSlot
	if c.Pool.Bounds.StaleAfterSeconds <= least {
		return invalid("Pool.Bounds.StaleAfterSeconds", fmt.Sprintf(
			"is not above %d, which is QuarantineSeconds and two frames: requests could be finalized without a report while one is still judged", least))
	}
	if c.MaxPauseSeconds > maxPauseSeconds {
		return invalid("MaxPauseSeconds", "is above 90 days: that would be no pause")
	}
	return span("MaxPauseSeconds", c.MaxPauseSeconds, "a pause would stop nothing")
}

func (t StakingTerms) validate() error {
	if err := span("Staking.ProofPatienceSeconds", t.ProofPatienceSeconds, "every operator would be stopped before its first proof"); err != nil {
		return err
	}
	if err := span("Staking.ForkQuietSeconds", t.ForkQuietSeconds, "keys that are opened just before a fork might never be proven"); err != nil {
		return err
	}
	switch {
	case t.ForkQuietSeconds > t.ProofPatienceSeconds:
		return invalid("Staking.ForkQuietSeconds", "is above Staking.ProofPatienceSeconds: a key is proven by then, or its operator stopped")
	case t.StockBps > maxStockBps:
		return invalid("Staking.StockBps", fmt.Sprintf("is above %d, a tenth of the pool: ether in the stock of keys earns nothing", maxStockBps))
	case t.MinStock == 0:
		return invalid("Staking.MinStock", "is zero: a small pool could open no key")
	case t.MinStock > unprovenPlaces:
		return invalid("Staking.MinStock", fmt.Sprintf("is above %d, the places for keys that are not proven", unprovenPlaces))
	case t.KeyBps > 10_000:
		return invalid("Staking.KeyBps", "is above 10000")
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
		return invalid("Bonds.MinBondWei", "is missing, negative or not in 96 bits")
	case b.ReporterRewardBps > 10_000:
		return invalid("Bonds.ReporterRewardBps", "is above 10000")
	}
	return span("Bonds.UnbondingSeconds", b.UnbondingSeconds, "a member could take its bond before evidence is brought")
}

func (c Config) validateLimits() error {
	l, top := c.Limits, c.Ceilings
	switch {
	case l.AnnualGainBps > top.AnnualGainBps:
		return invalid("Limits.AnnualGainBps", "is above its ceiling")
	case l.AnnualGainBps == 0 && l.GiftMarginGwei == 0:
		return invalid("Limits.AnnualGainBps", "is zero, and no gift is allowed for: every reward would be quarantined")
	case l.GiftMarginGwei > top.GiftMarginGwei:
		return invalid("Limits.GiftMarginGwei", "is above its ceiling")
	case l.LossWindowPcm > maxLossWindowPcm:
		return invalid("Limits.LossWindowPcm", fmt.Sprintf("is above %d, which sixteen total losses make", maxLossWindowPcm))
	case l.NewValidatorsPerEpoch > top.NewValidatorsPerEpoch:
		return invalid("Limits.NewValidatorsPerEpoch", "is above its ceiling")
	case l.ExitsPerEpoch > top.ExitsPerEpoch:
		return invalid("Limits.ExitsPerEpoch", "is above its ceiling")
	case l.NewValidatorsPerEpoch == 0:
		return invalid("Limits.NewValidatorsPerEpoch", "is zero: every new validator would quarantine a report")
	case l.ExitsPerEpoch == 0:
		return invalid("Limits.ExitsPerEpoch", "is zero: every exit would quarantine a report")
	case l.RequestMarginSeconds > manifest.MaxSeconds:
		return invalid("Limits.RequestMarginSeconds", "is above ten years: is it in another unit?")
	}
	return nil
}

// span wants a time of at least a second and at most ten years.
func span(field string, seconds uint64, without string) error {
	switch {
	case seconds == 0:
		return invalid(field, "is zero: "+without)
	case seconds > manifest.MaxSeconds:
		return invalid(field, "is above ten years: is it in another unit?")
	}
	return nil
}

func within(v *big.Int, least int64, bits int) bool {
	return v != nil && v.Cmp(big.NewInt(least)) >= 0 && v.BitLen() <= bits
}

func invalid(field, why string) error { return fmt.Errorf("%w: %s %s", ErrConfig, field, why) }
