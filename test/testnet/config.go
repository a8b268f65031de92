package testnet

import (
	"fmt"
	"strings"
)

// What the configuration of every network fixes.
const (
	// Validators is how many validators there are at genesis.
	Validators = 64
	// SecondNodeValidators is how many of them, the last ones, depend on the second beacon node. The chain is final with more than two thirds of
	// the stake: with the second node stopped it goes on, with the first one stopped it waits.
	SecondNodeValidators = 12
	// ChainID is that of the execution chain.
	ChainID = 1337

	beaconNodes            = 2
	genesisForkVersion     = "0x00746d6b"
	depositContractAddress = "0x4242424242424242424242424242424242424242"
)

// chainConfig returns the consensus layer's configuration file (consensus-specs, configs/mainnet.yaml, for the
// meaning of the names), with every fork up to Capella at genesis. The preset is mainnet's apart from SLOTS_PER_EPOCH.
func (s shape) chainConfig(genesisTime uint64) string {
	entries := []struct {
		name  string
		value any
	}{
		{"PRESET_BASE", "interop"},
		{"CONFIG_NAME", "tidemark-testnet"},
		{"MIN_GENESIS_ACTIVE_VALIDATOR_COUNT", Validators},
		{"MIN_GENESIS_TIME", genesisTime},
		{"GENESIS_DELAY", 0},
		{"SECONDS_PER_SLOT", s.secondsPerSlot},
		{"SLOT_DURATION_MS", s.secondsPerSlot * 1000}, // newer clients read this one alone
		{"SLOTS_PER_EPOCH", s.slotsPerEpoch},
		{"SECONDS_PER_ETH1_BLOCK", s.secondsPerSlot},
		{"MIN_VALIDATOR_WITHDRAWABILITY_DELAY", 2},
		{"SHARD_COMMITTEE_PERIOD", 2},
		{"TERMINAL_TOTAL_DIFFICULTY", 0},
		{"DEPOSIT_CHAIN_ID", ChainID},
		{"DEPOSIT_NETWORK_ID", ChainID},
		{"DEPOSIT_CONTRACT_ADDRESS", depositContractAddress},
		// Prysm refuses versions that a network it knows has already.
		{"GENESIS_FORK_VERSION", genesisForkVersion},
		{"ALTAIR_FORK_VERSION", "0x01746d6b"},
		{"ALTAIR_FORK_EPOCH", 0},
		{"BELLATRIX_FORK_VERSION", "0x02746d6b"},
		{"BELLATRIX_FORK_EPOCH", 0},
		{"CAPELLA_FORK_VERSION", "0x03746d6b"},
		{"CAPELLA_FORK_EPOCH", 0},
		{"DENEB_FORK_VERSION", "0x04746d6b"},
		{"DENEB_FORK_EPOCH", s.denebEpoch},
		{"ELECTRA_FORK_VERSION", "0x05746d6b"},
		{"ELECTRA_FORK_EPOCH", s.electraEpoch},
		{"FULU_FORK_VERSION", "0x06746d6b"},
		{"FULU_FORK_EPOCH", s.fuluEpoch},
	}
	var text strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&text, "%s: %v\n", e.name, e.value)
	}
	return text.String()
}
