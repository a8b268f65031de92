package metrics

import (
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// keeperMetrics count what the node did for the pool; none for a node that leaves that to others.
func keeperMetrics() []Metric {
	keeper := func(f func(status.Keeper, emit)) func(status.Status, emit) {
		return func(s status.Status, e emit) {
			if s.Keeper != nil {
				f(*s.Keeper, e)
			}
		}
	}
	return []Metric{
		many("tidemark_keeper_chores_total", counter, []string{"chore"}, "What this node did for the pool that anybody may do, by the function that does it.",
			keeper(func(k status.Keeper, e emit) {
				for _, c := range choreCodes() {
					e(float64(k.Done[c.Text]), c.Code)
				}
			})),
		many("tidemark_keeper_failures_total", counter, nil, "Turns in which not everything could be done that was due for the pool.",
			keeper(func(k status.Keeper, e emit) { e(float64(k.Failures)) })),
		many("tidemark_keeper_fees_wei_total", counter, nil, "Fees of what this node did for the pool.",
			keeper(func(k status.Keeper, e emit) { emitDecimal(e, k.SpentWei, 1) })),
		many("tidemark_unproven_keys", gauge, nil, "Keys whose first ether waits for a proof, by the last report that the node computed.",
			keeper(func(k status.Keeper, e emit) { e(float64(k.Unproven)) })),
	}
}

// workMetrics count what the node did since it started.
func workMetrics() []Metric {
	return []Metric{
		counted("tidemark_rounds_total", "result", roundCodes(), "Rounds, by how they ended.",
			func(c status.Counters) map[string]uint64 { return c.Rounds }),
		one("tidemark_computations_total", counter, "Reports computed.",
			func(s status.Status) float64 { return float64(s.Counters.Computations) }),
		one("tidemark_computation_errors_total", counter, "Computations that failed and were tried again.",
			func(s status.Status) float64 { return float64(s.Counters.ComputeErrors) }),
		one("tidemark_last_computation_duration_seconds", gauge, "How long the last computation took.",
			func(s status.Status) float64 { return seconds(float64(s.Counters.ComputeMs)) }),
		one("tidemark_last_computation_state_bytes", gauge, "Bytes of beacon state read in the last computation.",
			func(s status.Status) float64 { return float64(s.Counters.StateBytes) }),
		one("tidemark_votes_signed_total", counter, "Votes that this node signed.",
			func(s status.Status) float64 { return float64(s.Counters.VotesSigned) }),
		one("tidemark_certificates_total", counter, "Certificates that this node saw complete.",
			func(s status.Status) float64 { return float64(s.Counters.Certificates) }),
		counted("tidemark_submissions_total", "result", submissionCodes(), "This node's transactions, by what became of them.",
			func(c status.Counters) map[string]uint64 { return c.Submissions }),
		many("tidemark_submission_fees_wei_total", counter, nil, "Fees of this node's transactions.",
			func(s status.Status, e emit) { emitDecimal(e, s.Counters.SpentWei, 1) }),
		counted("tidemark_alarms_total", "kind", nil, "Alarms for the operator, by kind; docs/reasons.md lists the kinds, with hyphens.",
			func(c status.Counters) map[string]uint64 { return c.Alarms }),
		many("tidemark_dropped_messages_total", counter, []string{"kind", "reason"}, "Messages that were not used, by kind and reason; kinds that begin with network_ were dropped by the network.",
			func(s status.Status, e emit) {
				for _, kind := range sortedKeys(s.Counters.Dropped) {
					codes := dropCodes()
					if strings.HasPrefix(kind, networkKind) {
						codes = networkDropCodes()
					}
					for _, reason := range sortedKeys(s.Counters.Dropped[kind]) {
						e(float64(s.Counters.Dropped[kind][reason]), codeOf(kind, dropKinds()), codeOf(reason, codes))
					}
				}
			}),
		one("tidemark_journal_errors_total", counter, "Writes that the journal refused. While it takes nothing, the node signs nothing.",
			func(s status.Status) float64 { return float64(s.Counters.JournalErrors) }),
		{Name: "tidemark_report_latency_seconds", Kind: histogram, Help: "From finality to acceptance of each report that this node saw.",
			histogram: func(s status.Status) status.Histogram { return s.Counters.LatencyMs }},
		one("tidemark_memory_bytes", gauge, "Memory that the node holds.",
			func(s status.Status) float64 { return float64(s.Counters.MemoryBytes) }),
	}
}
