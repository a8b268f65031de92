package state

import (
	"encoding/hex"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// farFuture is FAR_FUTURE_EPOCH, and UNSET_DEPOSIT_REQUESTS_START_INDEX.
const farFuture = math.MaxUint64

// Bounds of what a network may say of itself, so that a lying endpoint cannot make sizes overflow.
const (
	maxVectorLength = 1 << 24
	maxListLimit    = 1 << 48
)

// Spec is what networks choose for themselves: sizes and limits of the preset, times, and when forks begin.
type Spec struct {
	SecondsPerSlot uint64
	SlotsPerEpoch  uint64

	SlotsPerHistoricalRoot         uint64
	EpochsPerHistoricalVector      uint64
	EpochsPerSlashingsVector       uint64
	EpochsPerEth1VotingPeriod      uint64
	SyncCommitteeSize              uint64
	MinSeedLookahead               uint64
	HistoricalRootsLimit           uint64
	ValidatorRegistryLimit         uint64
	PendingDepositsLimit           uint64
	PendingPartialWithdrawalsLimit uint64
	PendingConsolidationsLimit     uint64
	PTCSize                        uint64 // members of a payload timeliness committee

	EffectiveBalanceIncrementGwei    uint64
	BaseRewardFactor                 uint64
	MinValidatorWithdrawabilityDelay uint64 // epochs
	// ProportionalSlashingMultiplier is the one of Bellatrix and later.
	ProportionalSlashingMultiplier uint64

	Activations [forkCount]Activation // indexed by Fork-1
}

// Activation is when a fork begins, and the version that states carry from then on.
type Activation struct {
	Version [4]byte
	Epoch   uint64 // FAR_FUTURE_EPOCH: not scheduled
}

// Mainnet is Ethereum's main network.
func Mainnet() Spec {
	return Spec{
		SecondsPerSlot: 12, SlotsPerEpoch: 32,
		SlotsPerHistoricalRoot: 8192, EpochsPerHistoricalVector: 65536, EpochsPerSlashingsVector: 8192, EpochsPerEth1VotingPeriod: 64,
		SyncCommitteeSize: 512, MinSeedLookahead: 1, HistoricalRootsLimit: 1 << 24, ValidatorRegistryLimit: 1 << 40,
		PendingDepositsLimit: 1 << 27, PendingPartialWithdrawalsLimit: 1 << 27, PendingConsolidationsLimit: 1 << 18, PTCSize: 512,
		EffectiveBalanceIncrementGwei: 1_000_000_000, BaseRewardFactor: 64, MinValidatorWithdrawabilityDelay: 256, ProportionalSlashingMultiplier: 3,
		Activations: [forkCount]Activation{{[4]byte{4}, 269568}, {[4]byte{5}, 364032}, {[4]byte{6}, 411392}, {[4]byte{7}, farFuture}},
	}
}

// ParseSpec reads the answer of GET /eth/v1/config/spec, or a network's configuration and preset files. Other keys are left alone. Parameters of forks that the
// network does not know may be missing. Errors: ErrSpec with the key.
func ParseSpec(values map[string]string) (Spec, error) {
	var s Spec
	for _, p := range s.parameters() {
		text, present := valueOf(values, p.key)
		if !present {
			if p.since > Deneb && !scheduled(p.since, values) || p.until != 0 && scheduled(p.until, values) {
				continue // check refuses such a fork
			}
			return Spec{}, fmt.Errorf("%w: %s is missing", ErrSpec, p.key)
		}
		v, err := strconv.ParseUint(text, 10, 64)
		if err != nil || v == 0 || v > p.most {
			return Spec{}, fmt.Errorf("%w: %s is %.40q, want 1 to %d", ErrSpec, p.key, text, p.most)
		}
		*p.value = v
	}
	for _, f := range Forks() {
		activation, err := parseActivation(f, values)
		if err != nil {
			return Spec{}, err
		}
		s.Activations[f-1] = activation
	}
	return s, nil
}

// valueOf is a network's parameter. Newer consensus specs have SLOT_DURATION_MS in the place of SECONDS_PER_SLOT.
func valueOf(values map[string]string, key string) (text string, present bool) {
	text, present = values[key]
	if duration := values["SLOT_DURATION_MS"]; !present && key == secondsPerSlotKey && duration != "" {
		seconds, whole := strings.CutSuffix(duration, "000")
		if !whole {
			return duration + " ms", true // refused: no whole number of seconds
		}
		return seconds, true
	}
	return text, present
}

const secondsPerSlotKey = "SECONDS_PER_SLOT"

type parameter struct {
	key   string
	value *uint64
	most  uint64
	since Fork // first fork that needs it
	until Fork // first fork that needs it no more; 0 for none
}

func (s *Spec) parameters() []parameter {
	return []parameter{
		{secondsPerSlotKey, &s.SecondsPerSlot, math.MaxUint16, Deneb, 0},
		{"SLOTS_PER_EPOCH", &s.SlotsPerEpoch, 1 << 16, Deneb, 0},
		{"SLOTS_PER_HISTORICAL_ROOT", &s.SlotsPerHistoricalRoot, maxVectorLength, Deneb, 0},
		{"EPOCHS_PER_HISTORICAL_VECTOR", &s.EpochsPerHistoricalVector, maxVectorLength, Deneb, 0},
		{"EPOCHS_PER_SLASHINGS_VECTOR", &s.EpochsPerSlashingsVector, maxVectorLength, Deneb, 0},
		{"EPOCHS_PER_ETH1_VOTING_PERIOD", &s.EpochsPerEth1VotingPeriod, 1 << 16, Deneb, 0},
		{"SYNC_COMMITTEE_SIZE", &s.SyncCommitteeSize, 1 << 16, Deneb, 0},
		{"MIN_SEED_LOOKAHEAD", &s.MinSeedLookahead, 1 << 8, Deneb, 0},
		{"HISTORICAL_ROOTS_LIMIT", &s.HistoricalRootsLimit, maxListLimit, Deneb, 0},
		{"VALIDATOR_REGISTRY_LIMIT", &s.ValidatorRegistryLimit, maxListLimit, Deneb, Gloas},
		{"PENDING_DEPOSITS_LIMIT", &s.PendingDepositsLimit, maxListLimit, Electra, Gloas},
		{"PENDING_PARTIAL_WITHDRAWALS_LIMIT", &s.PendingPartialWithdrawalsLimit, maxListLimit, Electra, Gloas},
		{"PENDING_CONSOLIDATIONS_LIMIT", &s.PendingConsolidationsLimit, maxListLimit, Electra, Gloas},
		{"PTC_SIZE", &s.PTCSize, 1 << 13, Gloas, 0},
		{"EFFECTIVE_BALANCE_INCREMENT", &s.EffectiveBalanceIncrementGwei, 1 << 48, Deneb, 0},
		{"BASE_REWARD_FACTOR", &s.BaseRewardFactor, 1 << 32, Deneb, 0},
		{"MIN_VALIDATOR_WITHDRAWABILITY_DELAY", &s.MinValidatorWithdrawabilityDelay, 1 << 32, Deneb, 0},
		{"PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX", &s.ProportionalSlashingMultiplier, 1 << 16, Deneb, 0},
	}
}

// scheduled reports whether the network says when the fork begins.
func scheduled(f Fork, values map[string]string) bool {
	epoch := values[forkKey(f, "EPOCH")]
	return epoch != "" && epoch != strconv.FormatUint(farFuture, 10)
}

func forkKey(f Fork, what string) string { return strings.ToUpper(f.String()) + "_FORK_" + what }

// parseActivation reads a fork's version and epoch. A fork that the network does not name is never.
func parseActivation(f Fork, values map[string]string) (Activation, error) {
	epochKey, versionKey := forkKey(f, "EPOCH"), forkKey(f, "VERSION")
	epochText, versionText := values[epochKey], values[versionKey]
	if epochText == "" && versionText == "" && f != Deneb {
		return Activation{Epoch: farFuture}, nil
	}
	epoch, err := strconv.ParseUint(epochText, 10, 64)
	if err != nil {
		return Activation{}, fmt.Errorf("%w: %s is %.40q, want an epoch", ErrSpec, epochKey, epochText)
	}
	version, err := hex.DecodeString(strings.TrimPrefix(versionText, "0x"))
	if err != nil || len(version) != 4 {
		return Activation{}, fmt.Errorf("%w: %s is %.40q, want 4 bytes in hexadecimal", ErrSpec, versionKey, versionText)
	}
	return Activation{Version: [4]byte(version), Epoch: epoch}, nil
}

// check refuses a network for which states of fork cannot be laid out.
func (s Spec) check(fork Fork) error {
	if fork < Deneb || fork > forkCount {
		return fmt.Errorf("%w: %s", ErrUnknownFork, fork)
	}
	for _, p := range s.parameters() {
		if p.neededBy(fork) && (*p.value == 0 || *p.value > p.most) {
			return fmt.Errorf("%w: %s is %d, want 1 to %d for %s", ErrSpec, p.key, *p.value, p.most, fork)
		}
	}
	return nil
}

// Until is the spec without what only forks after epoch have, which nodes may not know yet, and without what forks up to epoch have no use for.
func (s Spec) Until(epoch uint64) Spec {
	fork := max(s.forkAt(epoch), Deneb)
	for _, p := range s.parameters() {
		if !p.neededBy(fork) {
			*p.value = 0
		}
	}
	for _, f := range Forks() {
		if s.Activations[f-1].Epoch > epoch {
			s.Activations[f-1] = Activation{Epoch: farFuture}
		}
	}
	return s
}

// neededBy reports whether states of the fork cannot be laid out without the parameter.
func (p parameter) neededBy(fork Fork) bool {
	return p.since <= fork && (p.until == 0 || fork < p.until)
}

// Difference names the first parameter in which s differs from other, with s's value; empty when they are the same.
func (s Spec) Difference(other Spec) string {
	theirs := other.parameters()
	for i, p := range s.parameters() {
		if *p.value != *theirs[i].value {
			return fmt.Sprintf("%s is %d, not %d", p.key, *p.value, *theirs[i].value)
		}
	}
	for _, f := range Forks() {
		if mine, their := s.Activations[f-1], other.Activations[f-1]; mine != their {
			return fmt.Sprintf("%s begins in epoch %d with version %x, not in %d with %x", f, mine.Epoch, mine.Version, their.Epoch, their.Version)
		}
	}
	return ""
}

// forkAt is the fork that the network has in epoch, 0 for one before Deneb.
func (s Spec) forkAt(epoch uint64) Fork {
	found := Fork(0)
	for _, f := range Forks() {
		if a := s.Activations[f-1]; a.Epoch != farFuture && a.Epoch <= epoch {
			found = f
		}
	}
	return found
}
