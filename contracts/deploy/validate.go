package deploy

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	minBootstrapWei  = 1_000_000_000_000 // StakingPool.MIN_BOOTSTRAP_WEI
	maxLossWindowPcm = 16 * 65535        // SanityChecker.MAX_LOSS_WINDOW_PCM: sixteen full lanes
	// maxSeconds bounds every span of time: what is longer was meant in another unit, and sums with it might not fit the contracts' words.
	maxSeconds        = 10 * 365 * 24 * 3600
	maxPauseSeconds   = 90 * 24 * 3600 // TimedPause's own
	maxBucketGwei     = 1<<56 - 1
	maxNameLength     = 64
	maxBootstrapPeers = 64
	maxPeerLength     = 512
	maxStaggerSeconds = 3600
)

// Validate refuses a configuration with which the set could not work, naming every field that is wrong. Errors: ErrConfig.
func (c Config) Validate() error {
	return errors.Join(c.validateNetwork(), c.Roles.validate(), c.validatePool(), c.Queue.validate(), c.Bonds.validate(), c.validateLimits())
}

func (c Config) validateNetwork() error {
	if fault := nameFault(c.Name); fault != "" {
		return invalid("Name", fault)
	}
	if err := c.Schedule.Validate(); err != nil {
		return fmt.Errorf("%w: Schedule: %w", ErrConfig, err)
	}
	if c.DepositContract == (common.Address{}) {
		return invalid("DepositContract", "is missing")
	}
	if c.Rules.missing() != "" {
		return invalid("Rules."+c.Rules.missing(), "is missing")
	}
	if at, fault := peersFault(c.BootstrapPeers); fault != "" {
		return invalid("BootstrapPeers"+at, fault)
	}
	if fault := staggerFault(c.SubmitStaggerSeconds); c.SubmitStaggerSeconds != 0 && fault != "" {
		return invalid("SubmitStaggerSeconds", fault)
	}
	return nil
}

// nameFault says what is wrong with a network's name; empty when nothing is.
func nameFault(name string) string {
	if name == "" || len(name) > maxNameLength {
		return fmt.Sprintf("is missing or longer than %d", maxNameLength)
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "holds other characters than printable ASCII"
	}
	return ""
}

// staggerFault says what is wrong with the time between two turns to submit; empty when nothing is.
func staggerFault(seconds uint64) string {
	switch {
	case seconds == 0:
		return "is zero: all members would submit at once"
	case seconds > maxStaggerSeconds:
		return fmt.Sprintf("is above %d: is it in another unit?", maxStaggerSeconds)
	}
	return ""
}

// peersFault says which peer is wrong ("[2]", or empty for the list) and why; no fault when none is.
func peersFault(peers []string) (at, fault string) {
	if len(peers) > maxBootstrapPeers {
		return "", fmt.Sprintf("has more than %d entries", maxBootstrapPeers)
	}
	for i, peer := range peers {
		notPrintable := strings.ContainsFunc(peer, func(r rune) bool { return r <= ' ' || r > '~' })
		if len(peer) > maxPeerLength || notPrintable || !strings.HasPrefix(peer, "/") || !strings.Contains(peer, "/p2p/") {
			return fmt.Sprintf("[%d]", i), fmt.Sprintf("is no multiaddress with a peer id (/ip4/.../tcp/.../p2p/...) of at most %d characters", maxPeerLength)
		}
	}
	return "", ""
}

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
	if key, why := b.fault(c.Schedule); key != "" {
		return invalid("Pool.Bounds."+strings.ToUpper(key[:1])+key[1:], why)
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

// fault says which bound could not work on a schedule, by its key in a manifest, and why; empty when all could.
func (b Bounds) fault(s report.Schedule) (key, why string) {
	for _, span := range []struct {
		key     string
		seconds uint64
	}{
		{"bucketRefillSeconds", b.BucketRefillSeconds}, {"minReportSeconds", b.MinReportSeconds}, {"staleAfterSeconds", b.StaleAfterSeconds},
		{"doubtAfterSeconds", b.DoubtAfterSeconds},
	} {
		if span.seconds == 0 || span.seconds > maxSeconds {
			return span.key, "is zero or above ten years: is it in another unit?"
		}
	}
	frameSeconds := s.FrameSlots() * s.SecondsPerSlot
	switch {
	case b.MaxFeeBps > 5_000:
		return "maxFeeBps", "is above 5000"
	case b.MaxNoisePcm > 10_000:
		return "maxNoisePcm", "is above 10000, a tenth of the pool"
	case b.MaxRiseBps == 0:
		return "maxRiseBps", "is zero: no reward could ever reach a holder"
	case uint64(b.MaxNormalRewardBps) > b.MaxRiseBps:
		return "maxNormalRewardBps", "is above maxRiseBps: normal rewards would reach the holders later and later"
	case b.BucketGwei > maxBucketGwei:
		return "bucketGwei", "is not in 56 bits"
	case b.MinReportSeconds > frameSeconds:
		return "minReportSeconds", fmt.Sprintf("is above %d, the length of a frame: every second report would be refused", frameSeconds)
	case b.StaleAfterSeconds <= 2*frameSeconds:
		return "staleAfterSeconds", fmt.Sprintf("is not above %d, two frames: the oracle would be called silent while it works", 2*frameSeconds)
	case b.DoubtAfterSeconds < b.StaleAfterSeconds:
		return "doubtAfterSeconds", "is below staleAfterSeconds: doubt must not pay sooner"
	}
	return "", ""
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
	case l.RequestMarginSeconds > maxSeconds:
		return invalid("Limits.RequestMarginSeconds", "is above ten years: is it in another unit?")
	}
	return nil
}

// span wants a time of at least a second and at most ten years.
func span(field string, seconds uint64, without string) error {
	switch {
	case seconds == 0:
		return invalid(field, "is zero: "+without)
	case seconds > maxSeconds:
		return invalid(field, "is above ten years: is it in another unit?")
	}
	return nil
}

func within(v *big.Int, least int64, bits int) bool {
	return v != nil && v.Cmp(big.NewInt(least)) >= 0 && v.BitLen() <= bits
}

func invalid(field, why string) error { return fmt.Errorf("%w: %s %s", ErrConfig, field, why) }

// BeaconRules are parameters of the beacon chain that decide when requests must wait (the bunker rule of a report). No state root vouches for them, so a manifest
// pins them: a beacon node that says otherwise is not used. When a fork changes one, the manifest changes with it. Source: consensus specs, presets.
type BeaconRules struct {
	EffectiveBalanceIncrementGwei    uint64 `yaml:"effectiveBalanceIncrementGwei"`
	BaseRewardFactor                 uint64 `yaml:"baseRewardFactor"`
	EpochsPerSlashingsVector         uint64 `yaml:"epochsPerSlashingsVector"`
	ProportionalSlashingMultiplier   uint64 `yaml:"proportionalSlashingMultiplier"`
	MinValidatorWithdrawabilityDelay uint64 `yaml:"minValidatorWithdrawabilityDelay"` // epochs
}

// MainnetRules are those of Ethereum's main network from Bellatrix to Fulu.
func MainnetRules() BeaconRules {
	return BeaconRules{
		EffectiveBalanceIncrementGwei: 1_000_000_000, BaseRewardFactor: 64, EpochsPerSlashingsVector: 8192, ProportionalSlashingMultiplier: 3,
		MinValidatorWithdrawabilityDelay: 256,
	}
}

// missing names the first parameter that is not set; empty when all are.
func (r BeaconRules) missing() string {
	for _, p := range []struct {
		key   string
		value uint64
	}{
		{"effectiveBalanceIncrementGwei", r.EffectiveBalanceIncrementGwei}, {"baseRewardFactor", r.BaseRewardFactor},
		{"epochsPerSlashingsVector", r.EpochsPerSlashingsVector}, {"proportionalSlashingMultiplier", r.ProportionalSlashingMultiplier},
		{"minValidatorWithdrawabilityDelay", r.MinValidatorWithdrawabilityDelay},
	} {
		if p.value == 0 {
			return p.key
		}
	}
	return ""
}

// Bounds are what bounds the pool's terms and reports for ever. They are immutables of its code and in no storage, so members take them from the
// manifest and preflight compares them with the pool's bounds().
type Bounds struct {
	MaxFeeBps           uint16 `yaml:"maxFeeBps"`           // of profit, parts per 10,000
	MaxNormalRewardBps  uint32 `yaml:"maxNormalRewardBps"`  // of consensus-layer ether a year, parts per 10,000
	MaxNoisePcm         uint16 `yaml:"maxNoisePcm"`         // of the recognised ether, hundred-thousandths
	MaxRiseBps          uint64 `yaml:"maxRiseBps"`          // fastest rise of the share rate, parts per 10,000 a year
	BucketGwei          uint64 `yaml:"bucketGwei"`          // what gains can take beyond the yearly rates
	BucketRefillSeconds uint64 `yaml:"bucketRefillSeconds"` // the time in which an empty bucket fills
	MinReportSeconds    uint64 `yaml:"minReportSeconds"`    // least time between the reference slots of two reports
	StaleAfterSeconds   uint64 `yaml:"staleAfterSeconds"`   // without a report for this long old requests can be finalized from the buffer
	DoubtAfterSeconds   uint64 `yaml:"doubtAfterSeconds"`   // the same while the rate is in doubt
}

// Pool is the part that reports depend on.
func (b Bounds) Pool() report.PoolBounds {
	return report.PoolBounds{MaxRiseBps: b.MaxRiseBps, BucketGwei: b.BucketGwei, BucketRefillSeconds: b.BucketRefillSeconds}
}

// BoundsOf takes what the pool's bounds() says. Errors: ErrManifest when a number does not fit the manifest's.
func BoundsOf(b bindings.PoolBaseBounds) (Bounds, error) {
	bounds := Bounds{MaxFeeBps: b.MaxFeeBps, MaxNormalRewardBps: b.MaxNormalRewardBps, MaxNoisePcm: b.MaxNoisePcm, MaxRiseBps: b.MaxRiseBps}
	for _, n := range []struct {
		to   *uint64
		from *big.Int
	}{
		{&bounds.BucketGwei, b.BucketGwei}, {&bounds.BucketRefillSeconds, b.BucketRefillSeconds}, {&bounds.MinReportSeconds, b.MinReportSeconds},
		{&bounds.StaleAfterSeconds, b.StaleAfterSeconds}, {&bounds.DoubtAfterSeconds, b.DoubtAfterSeconds},
	} {
		if n.from == nil || !n.from.IsUint64() {
			return Bounds{}, fmt.Errorf("%w: bounds: %s does not fit 64 bits", ErrManifest, n.from)
		}
		*n.to = n.from.Uint64()
	}
	return bounds, nil
}
