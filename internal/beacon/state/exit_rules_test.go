package state_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/report"
)

// exitValues is what a mainnet node answers of exits.
func exitValues() map[string]string {
	return map[string]string{
		"MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA": "128000000000", "MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT": "256000000000", "CHURN_LIMIT_QUOTIENT": "65536",
		"CHURN_LIMIT_QUOTIENT_GLOAS": "32768", "MAX_SEED_LOOKAHEAD": "4", "SHARD_COMMITTEE_PERIOD": "256", "MIN_ACTIVATION_BALANCE": "32000000000",
		"MAX_WITHDRAWALS_PER_PAYLOAD": "16", "PENDING_PARTIAL_WITHDRAWALS_LIMIT": "134217728",
	}
}

func TestEachForkHasItsOwnRulesOfExits(t *testing.T) {
	before := report.ExitRules{
		MinChurnGwei: 128e9, MaxChurnGwei: 256e9, ChurnQuotient: 65_536, MaxSeedLookahead: 4, ShardCommitteePeriod: 256, MinActivationGwei: 32e9,
		WithdrawalsPerPayload: 16, PendingPartialsLimit: 1 << 27,
	}
	gloas := report.ExitRules{
		MinChurnGwei: 128e9, ChurnQuotientGloas: 32_768, MaxSeedLookahead: 4, ShardCommitteePeriod: 256, MinActivationGwei: 32e9, WithdrawalsPerPayload: 16,
	}
	for fork, want := range map[state.Fork]report.ExitRules{state.Electra: before, state.Fulu: before, state.Gloas: gloas} {
		got, err := state.ParseExitRules(exitValues(), fork)
		require.NoError(t, err)
		require.Equal(t, want, got, "%s", fork)
	}
	for _, fork := range []state.Fork{0, state.Deneb, state.Gloas + 1} {
		_, err := state.ParseExitRules(exitValues(), fork)
		require.ErrorIs(t, err, state.ErrUnknownFork)
	}
}

func TestRulesOfExitsThatAreMissingOrImpossibleAreNamed(t *testing.T) {
	onlyBefore := map[string]bool{"MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT": true, "CHURN_LIMIT_QUOTIENT": true, "PENDING_PARTIAL_WITHDRAWALS_LIMIT": true}
	for key := range exitValues() {
		for _, fork := range []state.Fork{state.Electra, state.Gloas} {
			needed := key != "CHURN_LIMIT_QUOTIENT_GLOAS" && fork == state.Electra || fork == state.Gloas && !onlyBefore[key]
			missing := exitValues()
			delete(missing, key)
			wrong := []map[string]string{missing}
			for _, bad := range []string{"", "0", "-1", "0x10", "99999999999999999999", "9223372036854775807"} {
				values := maps.Clone(exitValues())
				values[key] = bad
				wrong = append(wrong, values)
			}
			for _, values := range wrong {
				_, err := state.ParseExitRules(values, fork)
				if !needed {
					require.NoError(t, err, "%s, %s", key, fork)
					continue
				}
				require.ErrorIs(t, err, state.ErrSpec, "%s=%q, %s", key, values[key], fork)
				require.ErrorContains(t, err, key)
			}
		}
	}
}

func TestADifferenceInRulesOfExitsIsNamed(t *testing.T) {
	mine, err := state.ParseExitRules(exitValues(), state.Fulu)
	require.NoError(t, err)
	require.Empty(t, state.ExitRulesDifference(mine, mine))
	theirs := mine
	theirs.MaxSeedLookahead = 5
	require.Equal(t, "MAX_SEED_LOOKAHEAD is 4, not 5", state.ExitRulesDifference(mine, theirs))
}
