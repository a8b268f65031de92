package metrics

import (
	"strconv"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// nodeMetrics tell who the node is, whether it is ready, and where its clock stands.
func nodeMetrics() []Metric {
	return []Metric{
		many("tidemark_info", gauge, []string{"software", "network", "chain_id", "name"}, "Always 1; its labels say what runs and for which network.",
			func(s status.Status, e emit) {
				e(1, s.Software, s.Network.Name, strconv.FormatUint(s.Network.ChainID, 10), s.Self.Name)
			}),
		one("tidemark_start_time_seconds", gauge, "When the node started, as Unix time.",
			func(s status.Status) float64 { return unix(s.StartedAt) }),
		one("tidemark_clock_timestamp_seconds", gauge, "The node's clock when the snapshot was made, as Unix time.",
			func(s status.Status) float64 { return unix(s.Time) }),
		one("tidemark_ready", gauge, "1 if the node can do its part in a round now, else 0.",
			func(s status.Status) float64 { return truth(s.Ready) }),
		many("tidemark_not_ready", gauge, []string{"reason"}, "1 for each reason why the node is not ready; no value when it is. docs/reasons.md lists the reasons, with hyphens.",
			func(s status.Status, e emit) {
				for _, reason := range s.Reasons {
					e(1, codeOf(reason.Code, nil))
				}
			}),
		one("tidemark_observer", gauge, "1 if the node signs nothing.",
			func(s status.Status) float64 { return truth(s.Self.Observe) }),
		one("tidemark_member_index", gauge, "The node's index in the newest committee, -1 if it is not in it.",
			func(s status.Status) float64 { return float64(s.Self.Member) }),
		one("tidemark_slot", gauge, "The current slot by the node's clock.",
			func(s status.Status) float64 { return float64(s.Frame.Slot) }),
		one("tidemark_head_slot", gauge, "The newest head slot that a beacon node told.",
			func(s status.Status) float64 { return float64(s.Frame.HeadSlot) }),
		one("tidemark_finalized_slot", gauge, "The first slot of the finalized epoch.",
			func(s status.Status) float64 { return float64(s.Frame.FinalizedSlot) }),
		one("tidemark_ref_slot", gauge, "The reference slot of the newest frame.",
			func(s status.Status) float64 { return float64(s.Frame.RefSlot) }),
		one("tidemark_frame_opened_timestamp_seconds", gauge, "When the newest frame opened, as Unix time of the node's clock.",
			func(s status.Status) float64 { return unix(s.Frame.OpenedAt) }),
		one("tidemark_frame_deadline_timestamp_seconds", gauge, "When the newest frame can be reported no more, as Unix time of the node's clock.",
			func(s status.Status) float64 { return unix(s.Frame.Deadline) }),
		one("tidemark_slot_duration_seconds", gauge, "Length of a slot.",
			func(s status.Status) float64 { return float64(s.Network.SecondsPerSlot) }),
		one("tidemark_frame_duration_seconds", gauge, "Length of a frame.", func(s status.Status) float64 {
			return float64(s.Network.SecondsPerSlot) * float64(s.Network.SlotsPerEpoch) * float64(s.Network.EpochsPerFrame)
		}),
	}
}
