package metrics

import (
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// newest calls f with the newest round, if there is one.
func newest(f func(status.Round, emit)) func(status.Status, emit) {
	return func(s status.Status, e emit) {
		if len(s.Rounds) > 0 {
			f(s.Rounds[0], e)
		}
	}
}

// seats counts the seats of the newest round that satisfy f.
func seats(f func(status.Seat) bool) func(status.Status, emit) {
	return newest(func(r status.Round, e emit) {
		count := 0
		for _, seat := range r.Seats {
			if f(seat) {
				count++
			}
		}
		e(float64(count))
	})
}

// roundMetrics tell how far the newest round has come.
func roundMetrics() []Metric {
	return []Metric{
		many("tidemark_round_ref_slot", gauge, nil, "The reference slot of the newest round.",
			newest(func(r status.Round, e emit) { e(float64(r.RefSlot)) })),
		many("tidemark_round_stage", gauge, []string{"stage"}, "1 for the stage that the newest round has reached, 0 for the others.",
			newest(func(r status.Round, e emit) {
				for _, stage := range stages() {
					e(truth(r.Stage == stage), string(stage))
				}
			})),
		many("tidemark_round_quorum", gauge, nil, "Votes that the newest round needs.",
			newest(func(r status.Round, e emit) { e(float64(r.Quorum)) })),
		many("tidemark_round_members", gauge, nil, "Members of the newest round's committee.",
			newest(func(r status.Round, e emit) { e(float64(r.Members)) })),
		many("tidemark_round_attempt", gauge, nil, "The attempt that the newest round is in.",
			newest(func(r status.Round, e emit) { e(float64(r.Attempt)) })),
		many("tidemark_round_observations", gauge, nil, "Members whose report has been heard in the newest round.",
			seats(func(s status.Seat) bool { return s.Observed != nil })),
		many("tidemark_round_votes", gauge, nil, "Members whose vote has been heard in the newest round.",
			seats(func(s status.Seat) bool { return s.Voted != nil })),
		many("tidemark_round_signers", gauge, nil, "Members in the newest round's certificate; 0 before there is one.",
			newest(func(r status.Round, e emit) { e(float64(len(r.Signers))) })),
		many("tidemark_round_differing_members", gauge, nil, "Members whose report is another than this node's in the newest round.",
			seats(func(s status.Seat) bool { return len(s.Differs) > 0 })),
		many("tidemark_round_difference", gauge, []string{"member", "section"}, "1 for each section in which a member's report is another than this node's.",
			newest(func(r status.Round, e emit) {
				for _, seat := range r.Seats {
					for _, difference := range seat.Differs {
						e(1, number(seat.Member), codeOf(difference.Section, nil))
					}
				}
			})),
	}
}

// stages are all stages, in order.
func stages() []status.Stage {
	return []status.Stage{status.Waiting, status.Computing, status.Observed, status.Voted, status.Certified, status.Submitted, status.Accepted,
		status.Done, status.Unreported}
}

// committeeMetrics tell about the members and the peers.
func committeeMetrics() []Metric {
	member := []string{"member"}
	peers := func(value func(status.Peer) float64) func(status.Status, emit) {
		return func(s status.Status, e emit) {
			for _, peer := range s.Peers {
				if peer.Member >= 0 {
					e(value(peer), number(peer.Member))
				}
			}
		}
	}
	return []Metric{
		one("tidemark_committee_members", gauge, "Members of the newest committee.",
			func(s status.Status) float64 { return float64(len(s.Members)) }),
		many("tidemark_member_connected", gauge, member, "1 if the member is connected with this node, or is it.", func(s status.Status, e emit) {
			for _, m := range s.Members {
				e(truth(m.Connected || m.Self), number(m.Index))
			}
		}),
		many("tidemark_member_last_seen_timestamp_seconds", gauge, member, "When something of the member was last used, as Unix time; 0: never.", func(s status.Status, e emit) {
			for _, m := range s.Members {
				e(unix(m.Seen), number(m.Index))
			}
		}),
		many("tidemark_peers", gauge, []string{"role"}, "Connected nodes, by whether they are members.", func(s status.Status, e emit) {
			members := 0
			for _, peer := range s.Peers {
				if peer.Member >= 0 {
					members++
				}
			}
			e(float64(members), "member")
			e(float64(len(s.Peers)-members), "observer")
		}),
		many("tidemark_peer_round_trip_seconds", gauge, member, "Round trip to a connected member.",
			peers(func(p status.Peer) float64 { return seconds(p.RoundTripMs) })),
		many("tidemark_peer_clock_offset_seconds", gauge, member, "A connected member's clock less this node's.",
			peers(func(p status.Peer) float64 { return seconds(float64(p.ClockOffsetMs)) })),
		many("tidemark_peer_score", gauge, member, "How well gossip rates a connected member; negative is bad.",
			peers(func(p status.Peer) float64 { return p.Score })),
		one("tidemark_equivocation_proofs", gauge, "Members' pairs of votes that this node knows and that prove an equivocation.",
			func(s status.Status) float64 { return float64(len(s.Evidence)) }),
	}
}
