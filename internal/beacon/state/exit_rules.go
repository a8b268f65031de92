package state

import (
	"fmt"
	"strconv"

	"github.com/tidemark-oracle/tidemark/report"
)

// exitParameter is one of the network's parameters that decide how fast exits are.
type exitParameter struct {
	key   string
	value func(*report.ExitRules) *uint64
	most  uint64
	until Fork // first fork that needs it no more; 0 for none
	since Fork // first fork that needs it
}

// exitParameters are named as GET /eth/v1/config/spec names them. Source: consensus specs, electra and gloas beacon-chain.md, "Preset" and "Configuration".
func exitParameters() []exitParameter {
	const mostGwei, mostEpochs = 1 << 56, 1 << 40
	return []exitParameter{
		{"MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA", func(r *report.ExitRules) *uint64 { return &r.MinChurnGwei }, mostGwei, 0, Electra},
		{"MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT", func(r *report.ExitRules) *uint64 { return &r.MaxChurnGwei }, mostGwei, Gloas, Electra},
		{"CHURN_LIMIT_QUOTIENT", func(r *report.ExitRules) *uint64 { return &r.ChurnQuotient }, mostEpochs, Gloas, Electra},
		{"CHURN_LIMIT_QUOTIENT_GLOAS", func(r *report.ExitRules) *uint64 { return &r.ChurnQuotientGloas }, mostEpochs, 0, Gloas},
		{"MAX_SEED_LOOKAHEAD", func(r *report.ExitRules) *uint64 { return &r.MaxSeedLookahead }, 1 << 16, 0, Electra},
		{"SHARD_COMMITTEE_PERIOD", func(r *report.ExitRules) *uint64 { return &r.ShardCommitteePeriod }, mostEpochs, 0, Electra},
		{"MIN_ACTIVATION_BALANCE", func(r *report.ExitRules) *uint64 { return &r.MinActivationGwei }, mostGwei, 0, Electra},
		{"MAX_WITHDRAWALS_PER_PAYLOAD", func(r *report.ExitRules) *uint64 { return &r.WithdrawalsPerPayload }, 1 << 16, 0, Electra},
		{"PENDING_PARTIAL_WITHDRAWALS_LIMIT", func(r *report.ExitRules) *uint64 { return &r.PendingPartialsLimit }, mostEpochs, Gloas, Electra},
	}
}

// ParseExitRules reads from a network's parameters those that decide how fast exits are in a fork; those that the fork has no use for are 0. No state root vouches
// for them. Errors: ErrSpec with the key; ErrUnknownFork before Electra, which brought exits that are asked for on the execution layer.
func ParseExitRules(values map[string]string, fork Fork) (report.ExitRules, error) {
	var rules report.ExitRules
	if fork < Electra || fork > forkCount {
		return rules, fmt.Errorf("%w: %s has no exits that contracts can ask for", ErrUnknownFork, fork)
	}
	for _, p := range exitParameters() {
		if fork < p.since || p.until != 0 && fork >= p.until {
			continue
		}
		text, present := values[p.key]
		if !present {
			return report.ExitRules{}, fmt.Errorf("%w: %s is missing", ErrSpec, p.key)
		}
		v, err := strconv.ParseUint(text, 10, 64)
		if err != nil || v == 0 || v > p.most {
			return report.ExitRules{}, fmt.Errorf("%w: %s is %.40q, want 1 to %d", ErrSpec, p.key, text, p.most)
		}
		*p.value(&rules) = v
	}
	return rules, nil
}

// ExitRulesDifference names the first parameter in which two networks' rules of exits differ, with a's value; empty when they are the same.
func ExitRulesDifference(a, b report.ExitRules) string {
	for _, p := range exitParameters() {
		if mine, theirs := *p.value(&a), *p.value(&b); mine != theirs {
			return fmt.Sprintf("%s is %d, not %d", p.key, mine, theirs)
		}
	}
	return ""
}
