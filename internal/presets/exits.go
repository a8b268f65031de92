package presets

// ExitParameters are the parameters that decide how fast exits are, as GET /eth/v1/config/spec names them: the same on every public network. Source: consensus specs,
// mainnet preset and configuration of electra and gloas; configurations of Hoodi and Sepolia.
func ExitParameters() map[string]string {
	return map[string]string{
		"MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA":         "128000000000", // gwei
		"MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT": "256000000000", // gwei
		"CHURN_LIMIT_QUOTIENT":                      "65536",
		"CHURN_LIMIT_QUOTIENT_GLOAS":                "32768",
		"MAX_SEED_LOOKAHEAD":                        "4",
		"SHARD_COMMITTEE_PERIOD":                    "256",         // epochs
		"MIN_ACTIVATION_BALANCE":                    "32000000000", // gwei
		"MAX_WITHDRAWALS_PER_PAYLOAD":               "16",
		"PENDING_PARTIAL_WITHDRAWALS_LIMIT":         "134217728",
	}
}
