package testnet

import (
	"fmt"
	"math"
	"strings"
)

// What the network's configuration fixes. Times are short so that the life of a validator fits into
// minutes; slots of less than 4 seconds are too short at genesis.
const (
	SecondsPerSlot = 4
	SlotsPerEpoch  = 6
	// Validators is how many validators there are at genesis.
	Validators = 64
	// SecondNodeValidators is how many of them, the last ones, depend on the second beacon node. The chain is final with more than two thirds of
	// the stake: with the second node stopped it goes on, with the first one stopped it waits.
	SecondNodeValidators = 12
	// ElectraEpoch is the first epoch in Electra. Prysm v5.3.0 cannot start in it, nor in Deneb.
	ElectraEpoch = 2
	// ChainID is that of the execution chain.
	ChainID = 1337

	beaconNodes            = 2
	denebEpoch             = 1
	genesisForkVersion     = "0x00746d6b"
	depositContractAddress = "0x4242424242424242424242424242424242424242"
)

// chainConfig returns the consensus layer's configuration file (consensus-specs, configs/mainnet.yaml, for the
// meaning of the names), with every fork up to Capella at genesis. The preset is mainnet's apart from SLOTS_PER_EPOCH.
func chainConfig(genesisTime uint64) string {
	entries := []struct {
		name  string
		value any
	}{
		{"PRESET_BASE", "interop"},
		{"CONFIG_NAME", "tidemark-testnet"},
		{"MIN_GENESIS_ACTIVE_VALIDATOR_COUNT", Validators},
		{"MIN_GENESIS_TIME", genesisTime},
		{"GENESIS_DELAY", 0},
		{"SECONDS_PER_SLOT", SecondsPerSlot},
		{"SLOTS_PER_EPOCH", SlotsPerEpoch},
		{"SECONDS_PER_ETH1_BLOCK", SecondsPerSlot},
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
		{"DENEB_FORK_EPOCH", denebEpoch},
		{"ELECTRA_FORK_VERSION", "0x05746d6b"},
		{"ELECTRA_FORK_EPOCH", ElectraEpoch},
		{"FULU_FORK_VERSION", "0x06746d6b"},
		{"FULU_FORK_EPOCH", uint64(math.MaxUint64)},
	}
	var text strings.Builder
	for _, e := range entries {
		fmt.Fprintf(&text, "%s: %v\n", e.name, e.value)
	}
	return text.String()
}
