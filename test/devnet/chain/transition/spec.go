package transition

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	dynssz "github.com/pk910/dynamic-ssz"
)

// ErrSpec: a parameter with which no chain can run. It is wrapped with the parameter's name.
var ErrSpec = errors.New("impossible parameter of the beacon chain")

const (
	farFuture  = 1<<64 - 1 // FAR_FUTURE_EPOCH and UNSET_DEPOSIT_REQUESTS_START_INDEX
	maxVector  = 1 << 16   // of what is kept in every state
	maxSeconds = 1 << 16
)

// Spec is what a network chooses for itself, with the names of the consensus specs (presets and configuration up to Gloas). The zero value is not
// usable; see Devnet.
type Spec struct {
	SecondsPerSlot uint64
	SlotsPerEpoch  uint64

	SlotsPerHistoricalRoot         uint64
	EpochsPerHistoricalVector      uint64
	EpochsPerSlashingsVector       uint64
	EpochsPerEth1VotingPeriod      uint64
	SyncCommitteeSize              uint64
	EpochsPerSyncCommitteePeriod   uint64
	MinSeedLookahead               uint64
	MaxSeedLookahead               uint64
	HistoricalRootsLimit           uint64
	ValidatorRegistryLimit         uint64
	PendingDepositsLimit           uint64
	PendingPartialWithdrawalsLimit uint64
	PendingConsolidationsLimit     uint64

	MaxWithdrawalsPerPayload              uint64
	MaxValidatorsPerWithdrawalsSweep      uint64
	MaxPendingPartialsPerWithdrawalsSweep uint64
	MaxPendingDepositsPerEpoch            uint64
	MaxVoluntaryExits                     uint64
	MaxProposerSlashings                  uint64

	EffectiveBalanceIncrementGwei           uint64
	MinActivationBalanceGwei                uint64
	MaxEffectiveBalanceElectraGwei          uint64
	EjectionBalanceGwei                     uint64
	HysteresisQuotient                      uint64
	HysteresisDownwardMultiplier            uint64
	HysteresisUpwardMultiplier              uint64
	BaseRewardFactor                        uint64
	MinValidatorWithdrawabilityDelay        uint64 // epochs
	ShardCommitteePeriod                    uint64 // epochs
	ProportionalSlashingMultiplier          uint64 // of Bellatrix and later
	MinSlashingPenaltyQuotientElectra       uint64
	WhistleblowerRewardQuotientElectra      uint64
	InactivityPenaltyQuotientBellatrix      uint64
	InactivityScoreBias                     uint64
	InactivityScoreRecoveryRate             uint64
	MinEpochsToInactivityPenalty            uint64
	MinPerEpochChurnLimitElectraGwei        uint64
	MaxPerEpochActivationExitChurnLimitGwei uint64
	ChurnLimitQuotient                      uint64

	PTCSize                                  uint64
	ChurnLimitQuotientGloas                  uint64
	MaxPerEpochActivationChurnLimitGloasGwei uint64
	MinBuilderWithdrawabilityDelay           uint64 // epochs
	MaxBuildersPerWithdrawalsSweep           uint64
	MinDepositAmountGwei                     uint64

	FuluForkEpoch  uint64 // FAR_FUTURE_EPOCH: never
	GloasForkEpoch uint64 // not before Fulu

	DepositChainID     uint64
	DepositContract    [20]byte
	GenesisForkVersion [4]byte // of deposits; the state's is ElectraForkVersion
	ElectraForkVersion [4]byte
}

// Devnet is a network whose every delay is short: epochs of four slots, sizes that keep a state at some kilobytes, and mainnet's amounts and quotients.
func Devnet() Spec {
	return Spec{
		SecondsPerSlot: 1, SlotsPerEpoch: 4,
		SlotsPerHistoricalRoot: 64, EpochsPerHistoricalVector: 64, EpochsPerSlashingsVector: 64, EpochsPerEth1VotingPeriod: 4,
		SyncCommitteeSize: 32, EpochsPerSyncCommitteePeriod: 8, MinSeedLookahead: 1, MaxSeedLookahead: 2,
		HistoricalRootsLimit: 1 << 24, ValidatorRegistryLimit: 1 << 40,
		PendingDepositsLimit: 1 << 27, PendingPartialWithdrawalsLimit: 1 << 27, PendingConsolidationsLimit: 1 << 18,
		MaxWithdrawalsPerPayload: 16, MaxValidatorsPerWithdrawalsSweep: 16384, MaxPendingPartialsPerWithdrawalsSweep: 8,
		MaxPendingDepositsPerEpoch: 16, MaxVoluntaryExits: 16, MaxProposerSlashings: 16,
		EffectiveBalanceIncrementGwei: 1e9, MinActivationBalanceGwei: 32e9, MaxEffectiveBalanceElectraGwei: 2048e9, EjectionBalanceGwei: 16e9,
		HysteresisQuotient: 4, HysteresisDownwardMultiplier: 1, HysteresisUpwardMultiplier: 5, BaseRewardFactor: 64,
		MinValidatorWithdrawabilityDelay: 4, ShardCommitteePeriod: 4, ProportionalSlashingMultiplier: 3,
		MinSlashingPenaltyQuotientElectra: 4096, WhistleblowerRewardQuotientElectra: 4096,
		InactivityPenaltyQuotientBellatrix: 1 << 24, InactivityScoreBias: 4, InactivityScoreRecoveryRate: 16, MinEpochsToInactivityPenalty: 4,
		MinPerEpochChurnLimitElectraGwei: 256e9, MaxPerEpochActivationExitChurnLimitGwei: 512e9, ChurnLimitQuotient: 1 << 16,
		PTCSize: 16, ChurnLimitQuotientGloas: 1 << 15, MaxPerEpochActivationChurnLimitGloasGwei: 256e9, MinBuilderWithdrawabilityDelay: 4,
		MaxBuildersPerWithdrawalsSweep: 16384, MinDepositAmountGwei: 1e9, FuluForkEpoch: farFuture, GloasForkEpoch: farFuture,
		DepositChainID: 1337, GenesisForkVersion: [4]byte{0x10, 0, 0, 0x37}, ElectraForkVersion: [4]byte{0x15, 0, 0, 0x37},
	}
}

// From is the network with a fork, and those before it, from epoch 0 on, and no later one.
func (s Spec) From(fork Fork) Spec {
	s.FuluForkEpoch, s.GloasForkEpoch = farFuture, farFuture
	if fork >= Fulu {
		s.FuluForkEpoch = 0
	}
	if fork >= Gloas {
		s.GloasForkEpoch = 0
	}
	return s
}

// ForkAt is the fork that the network has in an epoch.
func (s Spec) ForkAt(epoch uint64) Fork {
	switch {
	case s.GloasForkEpoch != farFuture && s.GloasForkEpoch <= epoch:
		return Gloas
	case s.FuluForkEpoch != farFuture && s.FuluForkEpoch <= epoch:
		return Fulu
	}
	return Electra
}

// ForkVersion is what states of a fork carry.
func (s Spec) ForkVersion(fork Fork) [4]byte {
	if fork == Electra {
		return s.ElectraForkVersion
	}
	return s.forkVersion(fork.rules().number)
}

type parameter struct {
	key   string
	value *uint64
	most  uint64
}

func (s *Spec) parameters() []parameter {
	const (
		list = 1 << 48
		any  = 1 << 62
		few  = 1 << 14
	)
	return []parameter{
		{"SECONDS_PER_SLOT", &s.SecondsPerSlot, maxSeconds}, {"SLOTS_PER_EPOCH", &s.SlotsPerEpoch, 64},
		{"SLOTS_PER_HISTORICAL_ROOT", &s.SlotsPerHistoricalRoot, maxVector}, {"EPOCHS_PER_HISTORICAL_VECTOR", &s.EpochsPerHistoricalVector, maxVector},
		{"EPOCHS_PER_SLASHINGS_VECTOR", &s.EpochsPerSlashingsVector, maxVector}, {"EPOCHS_PER_ETH1_VOTING_PERIOD", &s.EpochsPerEth1VotingPeriod, few},
		{"SYNC_COMMITTEE_SIZE", &s.SyncCommitteeSize, 512}, {"EPOCHS_PER_SYNC_COMMITTEE_PERIOD", &s.EpochsPerSyncCommitteePeriod, few},
		{"MIN_SEED_LOOKAHEAD", &s.MinSeedLookahead, few}, {"MAX_SEED_LOOKAHEAD", &s.MaxSeedLookahead, few},
		{"HISTORICAL_ROOTS_LIMIT", &s.HistoricalRootsLimit, list}, {"VALIDATOR_REGISTRY_LIMIT", &s.ValidatorRegistryLimit, list},
		{"PENDING_DEPOSITS_LIMIT", &s.PendingDepositsLimit, list}, {"PENDING_PARTIAL_WITHDRAWALS_LIMIT", &s.PendingPartialWithdrawalsLimit, list},
		{"PENDING_CONSOLIDATIONS_LIMIT", &s.PendingConsolidationsLimit, list},
		{"MAX_WITHDRAWALS_PER_PAYLOAD", &s.MaxWithdrawalsPerPayload, 64}, {"MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP", &s.MaxValidatorsPerWithdrawalsSweep, 1 << 20},
		{"MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP", &s.MaxPendingPartialsPerWithdrawalsSweep, 64},
		{"MAX_PENDING_DEPOSITS_PER_EPOCH", &s.MaxPendingDepositsPerEpoch, few}, {"MAX_VOLUNTARY_EXITS", &s.MaxVoluntaryExits, 64},
		{"MAX_PROPOSER_SLASHINGS", &s.MaxProposerSlashings, 64},
		{"EFFECTIVE_BALANCE_INCREMENT", &s.EffectiveBalanceIncrementGwei, list}, {"MIN_ACTIVATION_BALANCE", &s.MinActivationBalanceGwei, list},
		{"MAX_EFFECTIVE_BALANCE_ELECTRA", &s.MaxEffectiveBalanceElectraGwei, list}, {"EJECTION_BALANCE", &s.EjectionBalanceGwei, list},
		{"HYSTERESIS_QUOTIENT", &s.HysteresisQuotient, few}, {"HYSTERESIS_DOWNWARD_MULTIPLIER", &s.HysteresisDownwardMultiplier, few},
		{"HYSTERESIS_UPWARD_MULTIPLIER", &s.HysteresisUpwardMultiplier, few}, {"BASE_REWARD_FACTOR", &s.BaseRewardFactor, 1 << 20},
		{"MIN_VALIDATOR_WITHDRAWABILITY_DELAY", &s.MinValidatorWithdrawabilityDelay, 1 << 20}, {"SHARD_COMMITTEE_PERIOD", &s.ShardCommitteePeriod, 1 << 20},
		{"PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX", &s.ProportionalSlashingMultiplier, few},
		{"MIN_SLASHING_PENALTY_QUOTIENT_ELECTRA", &s.MinSlashingPenaltyQuotientElectra, any},
		{"WHISTLEBLOWER_REWARD_QUOTIENT_ELECTRA", &s.WhistleblowerRewardQuotientElectra, any},
		{"INACTIVITY_PENALTY_QUOTIENT_BELLATRIX", &s.InactivityPenaltyQuotientBellatrix, list}, {"INACTIVITY_SCORE_BIAS", &s.InactivityScoreBias, few},
		{"INACTIVITY_SCORE_RECOVERY_RATE", &s.InactivityScoreRecoveryRate, few}, {"MIN_EPOCHS_TO_INACTIVITY_PENALTY", &s.MinEpochsToInactivityPenalty, few},
		{"MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA", &s.MinPerEpochChurnLimitElectraGwei, any},
		{"MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT", &s.MaxPerEpochActivationExitChurnLimitGwei, any}, {"CHURN_LIMIT_QUOTIENT", &s.ChurnLimitQuotient, any},
		{"PTC_SIZE", &s.PTCSize, 1 << 10}, {"CHURN_LIMIT_QUOTIENT_GLOAS", &s.ChurnLimitQuotientGloas, any},
		{"MAX_PER_EPOCH_ACTIVATION_CHURN_LIMIT_GLOAS", &s.MaxPerEpochActivationChurnLimitGloasGwei, any},
		{"MIN_BUILDER_WITHDRAWABILITY_DELAY", &s.MinBuilderWithdrawabilityDelay, 1 << 20},
		{"MAX_BUILDERS_PER_WITHDRAWALS_SWEEP", &s.MaxBuildersPerWithdrawalsSweep, 1 << 20}, {"MIN_DEPOSIT_AMOUNT", &s.MinDepositAmountGwei, list},
		{"DEPOSIT_CHAIN_ID", &s.DepositChainID, any},
	}
}

// Validate refuses what no chain can run with. Errors: ErrSpec with the parameter's name.
func (s Spec) Validate() error {
	for _, p := range s.parameters() {
		if *p.value == 0 || *p.value > p.most {
			return fmt.Errorf("%w: %s is %d, want 1 to %d", ErrSpec, p.key, *p.value, p.most)
		}
	}
	switch {
	case s.SlotsPerEpoch < 3:
		return fmt.Errorf("%w: SLOTS_PER_EPOCH is %d: two thirds of an epoch must be attested before its last slot", ErrSpec, s.SlotsPerEpoch)
	case s.SlotsPerHistoricalRoot%s.SlotsPerEpoch != 0:
		return fmt.Errorf("%w: SLOTS_PER_HISTORICAL_ROOT is %d, no multiple of SLOTS_PER_EPOCH", ErrSpec, s.SlotsPerHistoricalRoot)
	case s.SlotsPerHistoricalRoot < 4*s.SlotsPerEpoch:
		return fmt.Errorf("%w: SLOTS_PER_HISTORICAL_ROOT is %d, below four epochs: checkpoints would be forgotten", ErrSpec, s.SlotsPerHistoricalRoot)
	case s.EpochsPerSlashingsVector < 2 || s.EpochsPerHistoricalVector <= s.MinSeedLookahead+1:
		return fmt.Errorf("%w: EPOCHS_PER_SLASHINGS_VECTOR or EPOCHS_PER_HISTORICAL_VECTOR is too short", ErrSpec)
	case s.SlotsPerHistoricalRoot%8 != 0 || s.PTCSize%8 != 0:
		return fmt.Errorf("%w: SLOTS_PER_HISTORICAL_ROOT is %d and PTC_SIZE %d, not both multiples of 8", ErrSpec, s.SlotsPerHistoricalRoot, s.PTCSize)
	case s.GloasForkEpoch < s.FuluForkEpoch:
		return fmt.Errorf("%w: GLOAS_FORK_EPOCH is %d, before Fulu", ErrSpec, s.GloasForkEpoch)
	case s.MaxWithdrawalsPerPayload < 2:
		return fmt.Errorf("%w: MAX_WITHDRAWALS_PER_PAYLOAD is %d, and the sweep needs a place of its own", ErrSpec, s.MaxWithdrawalsPerPayload)
	case s.SyncCommitteeSize%8 != 0:
		return fmt.Errorf("%w: SYNC_COMMITTEE_SIZE is %d, no multiple of 8", ErrSpec, s.SyncCommitteeSize)
	case s.MinActivationBalanceGwei > s.MaxEffectiveBalanceElectraGwei || s.MinActivationBalanceGwei < s.EffectiveBalanceIncrementGwei:
		return fmt.Errorf("%w: MIN_ACTIVATION_BALANCE is %d", ErrSpec, s.MinActivationBalanceGwei)
	case s.GenesisForkVersion == s.ElectraForkVersion:
		return fmt.Errorf("%w: ELECTRA_FORK_VERSION is GENESIS_FORK_VERSION", ErrSpec)
	}
	return nil
}

// Values is the answer to GET /eth/v1/config/spec: names of the consensus specs, values as text. Every fork up to Electra is active from epoch 0.
func (s Spec) Values() map[string]string {
	values := map[string]string{
		"PRESET_BASE": "tidemark-devnet", "CONFIG_NAME": "tidemark-devnet", "MIN_GENESIS_TIME": "0", "GENESIS_DELAY": "0",
		"MAX_COMMITTEES_PER_SLOT": "1", "TARGET_COMMITTEE_SIZE": "1", "MAX_ATTESTATIONS_ELECTRA": "8", "MAX_ATTESTER_SLASHINGS_ELECTRA": "1",
		"MAX_DEPOSITS": "16", "MAX_BLS_TO_EXECUTION_CHANGES": "16", "MAX_BLOB_COMMITMENTS_PER_BLOCK": "4096", "MAX_EXTRA_DATA_BYTES": "32",
		"MAX_TRANSACTIONS_PER_PAYLOAD": "1048576", "MAX_BYTES_PER_TRANSACTION": "1073741824", "MAX_DEPOSIT_REQUESTS_PER_PAYLOAD": "8192",
		"MAX_WITHDRAWAL_REQUESTS_PER_PAYLOAD": "16", "MAX_CONSOLIDATION_REQUESTS_PER_PAYLOAD": "2",
		"DEPOSIT_NETWORK_ID":       strconv.FormatUint(s.DepositChainID, 10),
		"DEPOSIT_CONTRACT_ADDRESS": "0x" + hex.EncodeToString(s.DepositContract[:]),
		"GENESIS_FORK_VERSION":     version(s.GenesisForkVersion),
		"FULU_FORK_VERSION":        version(s.ForkVersion(Fulu)), "FULU_FORK_EPOCH": strconv.FormatUint(s.FuluForkEpoch, 10),
		"GLOAS_FORK_VERSION": version(s.ForkVersion(Gloas)), "GLOAS_FORK_EPOCH": strconv.FormatUint(s.GloasForkEpoch, 10),
		"SLOT_DURATION_MS": strconv.FormatUint(1000*s.SecondsPerSlot, 10), "MAX_PAYLOAD_ATTESTATIONS": "4",
		"MAX_BUILDER_DEPOSIT_REQUESTS_PER_PAYLOAD": "64", "MAX_BUILDER_EXIT_REQUESTS_PER_PAYLOAD": "16",
		"DOMAIN_DEPOSIT": "0x03000000", "DOMAIN_VOLUNTARY_EXIT": "0x04000000", "COMPOUNDING_WITHDRAWAL_PREFIX": "0x02", "ETH1_ADDRESS_WITHDRAWAL_PREFIX": "0x01",
	}
	for i, fork := range []string{"ALTAIR", "BELLATRIX", "CAPELLA", "DENEB", "ELECTRA"} {
		values[fork+"_FORK_VERSION"], values[fork+"_FORK_EPOCH"] = version(s.forkVersion(byte(i+1))), "0"
	}
	values["ELECTRA_FORK_VERSION"] = version(s.ElectraForkVersion)
	for _, p := range s.parameters() {
		values[p.key] = strconv.FormatUint(*p.value, 10)
	}
	return values
}

// forkVersion is the version of a fork: it differs from the others in its first byte.
func (s Spec) forkVersion(number byte) [4]byte {
	v := s.GenesisForkVersion
	v[0] += number
	return v
}

func version(v [4]byte) string { return "0x" + hex.EncodeToString(v[:]) }

// SSZ encodes and hashes with the sizes and limits of the spec.
func (s Spec) SSZ() *dynssz.DynSsz {
	values := make(map[string]any)
	for _, p := range s.parameters() {
		values[p.key] = *p.value
	}
	return dynssz.NewDynSsz(values)
}
