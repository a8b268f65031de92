package deploy

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
