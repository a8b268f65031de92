package metrics

import (
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// lastReport calls f with the newest report that the contract accepted.
func lastReport(f func(status.Report, emit)) func(status.Status, emit) {
	return func(s status.Status, e emit) {
		for _, report := range s.Reports {
			if report.Outcome == accepted {
				f(report, e)
				return
			}
		}
	}
}

// accepted is status.Report's outcome of a report that rebased the token.
const accepted = "accepted"

// reportMetrics tell about the last report that the contract accepted, and the ones before.
func reportMetrics() []Metric {
	return []Metric{
		many("tidemark_last_report_ref_slot", gauge, nil, "Reference slot of the last accepted report.",
			lastReport(func(r status.Report, e emit) { e(float64(r.RefSlot)) })),
		many("tidemark_last_report_timestamp_seconds", gauge, nil, "Time of the block that accepted the last report, as Unix time.",
			lastReport(func(r status.Report, e emit) { e(unix(r.Time)) })),
		many("tidemark_last_report_latency_seconds", gauge, nil, "From finality to acceptance of the last report; no value if this node did not see it.",
			lastReport(func(r status.Report, e emit) {
				if r.LatencySeconds > 0 {
					e(r.LatencySeconds)
				}
			})),
		many("tidemark_last_report_gas_used", gauge, nil, "Gas that the last report's transaction used.",
			lastReport(func(r status.Report, e emit) { e(float64(r.GasUsed)) })),
		many("tidemark_last_report_signers", gauge, nil, "Members who signed the last report.",
			lastReport(func(r status.Report, e emit) { e(float64(len(r.Signers))) })),
		many("tidemark_last_report_agrees", gauge, nil, "1 if this node computed the digest of the last report too.",
			lastReport(func(r status.Report, e emit) { e(truth(r.Own)) })),
		many("tidemark_last_report_reward_wei", gauge, nil, "What the last report added to the ether of holders and fee receivers; may be negative.",
			lastReport(func(r status.Report, e emit) { emitDecimal(e, r.RewardWei, 1) })),
		many("tidemark_last_report_apr_ratio", gauge, nil, "Growth of the share rate over the last report's frame, for a year: 0.03 is three per cent.",
			lastReport(func(r status.Report, e emit) { e(float64(r.YearlyRatePpm) / partsPerMillion) })),
		many("tidemark_last_report_validators", gauge, nil, "The pool's validators in the last report.",
			lastReport(func(r status.Report, e emit) { e(float64(r.ValidatorsCount)) })),
		many("tidemark_recent_reports", gauge, []string{"outcome"}, "Reports in the node's bounded list, by what the contract did with them.",
			func(s status.Status, e emit) {
				count := map[string]int{accepted: 0, "quarantined": 0, "rejected": 0}
				for _, report := range s.Reports {
					count[report.Outcome]++
				}
				for _, outcome := range sortedKeys(count) {
					e(float64(count[outcome]), codeOf(outcome, outcomeCodes()))
				}
			}),
		one("tidemark_recent_missed_rounds", gauge, "Rounds in the node's bounded list that ended without a report as far as it knows.",
			func(s status.Status) float64 { return float64(len(s.Missed)) }),
	}
}

// tokenMetrics tell about the liquid staking token.
func tokenMetrics() []Metric {
	token := func(f func(status.Token, emit)) func(status.Status, emit) {
		return func(s status.Status, e emit) {
			if s.Token != nil {
				f(*s.Token, e)
			}
		}
	}
	return []Metric{
		many("tidemark_token_block", gauge, nil, "Execution block at which the token's values were read.",
			token(func(t status.Token, e emit) { e(float64(t.Block)) })),
		many("tidemark_token_total_pooled_wei", gauge, nil, "Ether that the token stands for.",
			token(func(t status.Token, e emit) { emitDecimal(e, t.TotalPooledWei, 1) })),
		many("tidemark_token_total_shares", gauge, nil, "Shares of that ether.",
			token(func(t status.Token, e emit) { emitDecimal(e, t.TotalShares, 1) })),
		many("tidemark_token_share_rate", gauge, nil, "Ether a share: the value of one wrapped token.",
			token(func(t status.Token, e emit) { emitDecimal(e, t.ShareRateRay, ray) })),
		many("tidemark_token_buffered_wei", gauge, nil, "Ether that waits in the pool to be staked.",
			token(func(t status.Token, e emit) { emitDecimal(e, t.BufferedWei, 1) })),
		many("tidemark_token_locked_wei", gauge, nil, "Ether that is locked for finalized withdrawal requests.",
			token(func(t status.Token, e emit) { emitDecimal(e, t.LockedWei, 1) })),
	}
}

// endpointMetrics tell about the beacon and execution nodes, and the account that pays.
func endpointMetrics() []Metric {
	endpoint := func(value func(status.Endpoint) float64) func(status.Status, emit) {
		return func(s status.Status, e emit) {
			for _, each := range s.Endpoints {
				e(value(each), each.Kind, each.Name)
			}
		}
	}
	labels := []string{"kind", "endpoint"}
	return []Metric{
		many("tidemark_endpoint_up", gauge, labels, "1 if the beacon or execution node can be used.",
			endpoint(func(each status.Endpoint) float64 { return truth(each.Usable) })),
		many("tidemark_endpoint_height", gauge, labels, "Head slot of a beacon node, head block of an execution node.",
			endpoint(func(each status.Endpoint) float64 { return float64(each.Height) })),
		many("tidemark_endpoint_latency_seconds", gauge, labels, "How long the last question took.",
			endpoint(func(each status.Endpoint) float64 { return seconds(float64(each.LatencyMs)) })),
		many("tidemark_endpoint_checked_timestamp_seconds", gauge, labels, "When it was last asked, as Unix time.",
			endpoint(func(each status.Endpoint) float64 { return unix(each.Checked) })),
		many("tidemark_submitter_balance_wei", gauge, nil, "Ether of the account that pays for submissions; no value if this node submits nothing.",
			func(s status.Status, e emit) {
				if s.Submitter != nil {
					emitDecimal(e, s.Submitter.BalanceWei, 1)
				}
			}),
		many("tidemark_submission_pending", gauge, nil, "1 while a transaction of this node is in flight; no value if this node submits nothing.",
			func(s status.Status, e emit) {
				if s.Submitter != nil {
					e(truth(s.Submitter.Pending != nil))
				}
			}),
	}
}
