package state_test

import (
	"bytes"
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// mainnetValues is what a mainnet node answers, as far as it is read.
func mainnetValues() map[string]string {
	return map[string]string{
		"SECONDS_PER_SLOT": "12", "SLOTS_PER_EPOCH": "32", "SLOTS_PER_HISTORICAL_ROOT": "8192", "EPOCHS_PER_HISTORICAL_VECTOR": "65536",
		"EPOCHS_PER_SLASHINGS_VECTOR": "8192", "EPOCHS_PER_ETH1_VOTING_PERIOD": "64", "SYNC_COMMITTEE_SIZE": "512", "MIN_SEED_LOOKAHEAD": "1",
		"HISTORICAL_ROOTS_LIMIT": "16777216", "VALIDATOR_REGISTRY_LIMIT": "1099511627776", "PENDING_DEPOSITS_LIMIT": "134217728",
		"PENDING_PARTIAL_WITHDRAWALS_LIMIT": "134217728", "PENDING_CONSOLIDATIONS_LIMIT": "262144", "EFFECTIVE_BALANCE_INCREMENT": "1000000000",
		"BASE_REWARD_FACTOR": "64", "MIN_VALIDATOR_WITHDRAWABILITY_DELAY": "256", "PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX": "3", "DENEB_FORK_VERSION": "0x04000000", "DENEB_FORK_EPOCH": "269568",
		"ELECTRA_FORK_VERSION": "0x05000000", "ELECTRA_FORK_EPOCH": "364032", "FULU_FORK_VERSION": "0x06000000", "FULU_FORK_EPOCH": "411392",
		"GLOAS_FORK_VERSION": "0x07000000", "GLOAS_FORK_EPOCH": "18446744073709551615", "PTC_SIZE": "512",
		"DEPOSIT_CONTRACT_ADDRESS": "0x00000000219ab540356cBB839Cbe05303d7705Fa",
	}
}

func TestParsedMainnetIsTheBuiltInOne(t *testing.T) {
	spec, err := state.ParseSpec(mainnetValues())
	require.NoError(t, err)
	require.Equal(t, state.Mainnet(), spec)
}

func TestParametersThatAreMissingOrImpossibleAreNamed(t *testing.T) {
	for key := range mainnetValues() {
		if key == "DEPOSIT_CONTRACT_ADDRESS" {
			continue
		}
		for _, bad := range []string{"", "-1", "0x", "99999999999999999999", "many"} {
			values := mainnetValues()
			values[key] = bad
			_, err := state.ParseSpec(values)
			require.ErrorIs(t, err, state.ErrSpec, "%s=%q", key, bad)
			require.ErrorContains(t, err, key)
		}
	}
	for _, zero := range []string{"SLOTS_PER_EPOCH", "SLOTS_PER_HISTORICAL_ROOT", "VALIDATOR_REGISTRY_LIMIT"} {
		values := mainnetValues()
		values[zero] = "0"
		_, err := state.ParseSpec(values)
		require.ErrorIs(t, err, state.ErrSpec)
	}
}

func TestANetworkThatDoesNotKnowElectraIsReadWithoutItsParameters(t *testing.T) {
	values := mainnetValues()
	maps.DeleteFunc(values, func(key, _ string) bool {
		switch key {
		case "PENDING_DEPOSITS_LIMIT", "PENDING_PARTIAL_WITHDRAWALS_LIMIT", "PENDING_CONSOLIDATIONS_LIMIT", "ELECTRA_FORK_VERSION", "ELECTRA_FORK_EPOCH", "FULU_FORK_VERSION", "FULU_FORK_EPOCH",
			"GLOAS_FORK_VERSION", "GLOAS_FORK_EPOCH", "PTC_SIZE":
			return true
		}
		return false
	})
	spec, err := state.ParseSpec(values)
	require.NoError(t, err)
	_, err = state.Read(t.Context(), nil, state.Electra, spec, nil, state.Query{})
	require.ErrorIs(t, err, state.ErrSpec)
	require.ErrorContains(t, err, "PENDING_DEPOSITS_LIMIT")
}

func TestForksOutsideTheTablesAreRefused(t *testing.T) {
	for _, name := range []string{"", "capella", "Deneb", "heze"} {
		_, err := state.ParseFork(name)
		require.ErrorIs(t, err, state.ErrUnknownFork, name)
	}
	for _, f := range state.Forks() {
		parsed, err := state.ParseFork(f.String())
		require.NoError(t, err)
		require.Equal(t, f, parsed)
	}
	_, err := state.Read(t.Context(), nil, state.Fork(9), state.Mainnet(), nil, state.Query{})
	require.ErrorIs(t, err, state.ErrUnknownFork)
}

// scheduledGloas is what a mainnet node would answer that knows Gloas' epoch.
func scheduledGloas() map[string]string {
	values := mainnetValues()
	values["GLOAS_FORK_EPOCH"] = "500000"
	return values
}

func TestANetworkThatKnowsGloasNeedsNoLimitsOfProgressiveLists(t *testing.T) {
	limits := []string{"VALIDATOR_REGISTRY_LIMIT", "PENDING_DEPOSITS_LIMIT", "PENDING_PARTIAL_WITHDRAWALS_LIMIT", "PENDING_CONSOLIDATIONS_LIMIT"}
	full, err := state.ParseSpec(scheduledGloas())
	require.NoError(t, err)
	for _, limit := range limits {
		values := scheduledGloas()
		delete(values, limit)
		spec, err := state.ParseSpec(values)
		require.NoError(t, err, limit)
		_, err = state.Read(t.Context(), bytes.NewReader(nil), state.Gloas, spec, nil, state.Query{})
		require.ErrorIs(t, err, state.ErrTruncated, "a Gloas state can be laid out")
		_, err = state.Read(t.Context(), bytes.NewReader(nil), state.Fulu, spec, nil, state.Query{})
		require.ErrorIs(t, err, state.ErrSpec, "one of Fulu cannot")
		require.ErrorContains(t, err, limit)

		require.Empty(t, spec.Until(500_000).Difference(full.Until(500_000)), "nodes that name it no more do not disagree")
		require.Contains(t, spec.Until(499_999).Difference(full.Until(499_999)), limit)

		values = mainnetValues()
		delete(values, limit)
		_, err = state.ParseSpec(values)
		require.ErrorIs(t, err, state.ErrSpec, "without a date for Gloas it is needed")
	}
}

func TestPTCSizeIsNeededOnceGloasHasADate(t *testing.T) {
	values := mainnetValues()
	delete(values, "PTC_SIZE")
	spec, err := state.ParseSpec(values)
	require.NoError(t, err, "a node may know the fork's name and no more")
	_, err = state.Read(t.Context(), nil, state.Gloas, spec, nil, state.Query{})
	require.ErrorIs(t, err, state.ErrSpec)
	require.ErrorContains(t, err, "PTC_SIZE")
	require.Empty(t, spec.Until(411_392).Difference(state.Mainnet().Until(411_392)))

	values = scheduledGloas()
	delete(values, "PTC_SIZE")
	_, err = state.ParseSpec(values)
	require.ErrorIs(t, err, state.ErrSpec)
	require.ErrorContains(t, err, "PTC_SIZE")
}
