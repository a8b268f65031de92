package node

import (
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// Bounds of what is remembered for people.
const (
	maxAlarms = 100
	maxMissed = 50
)

// latencyBounds are milliseconds from finality to acceptance.
func latencyBounds() []float64 {
	return []float64{1e3, 2e3, 5e3, 1e4, 2e4, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5}
}

// nodeMetrics are the counters, alarms and times that the runner keeps for people and for Prometheus.
type nodeMetrics struct {
	counters status.Counters
	alarms   []status.Alarm // newest first
	missed   []status.Missed
	seen     map[consensus.PeerID]time.Time
	latency  map[uint64]time.Duration // of reference slots
	own      map[uint64]common.Hash   // digests that this node computed, of reference slots
}

func newNodeMetrics() nodeMetrics {
	bounds := latencyBounds()
	return nodeMetrics{
		counters: status.Counters{
			Rounds: map[string]uint64{}, Submissions: map[string]uint64{}, SpentWei: "0", Alarms: map[string]uint64{},
			Dropped: map[string]map[string]uint64{}, LatencyMs: status.Histogram{Bounds: bounds, Counts: make([]uint64, len(bounds)+1)},
		},
		seen: make(map[consensus.PeerID]time.Time), latency: make(map[uint64]time.Duration), own: make(map[uint64]common.Hash),
	}
}

// saw notes that something of a peer was used.
func (m *nodeMetrics) saw(peer consensus.PeerID, at time.Time) {
	if len(m.seen) >= maxRequesters {
		clear(m.seen)
	}
	m.seen[peer] = at
}

// computed notes the digest that this node computed for a reference slot.
func (m *nodeMetrics) computed(refSlot uint64, digest common.Hash) {
	if len(m.own) >= maxAcceptances {
		clear(m.own)
	}
	m.own[refSlot] = digest
}

func (m *nodeMetrics) alarm(a status.Alarm) {
	m.counters.Alarms[a.Kind]++
	m.alarms = append([]status.Alarm{a}, m.alarms[:min(len(m.alarms), maxAlarms-1)]...)
}

func (m *nodeMetrics) dropped(what, reason string) {
	if m.counters.Dropped[what] == nil {
		m.counters.Dropped[what] = map[string]uint64{}
	}
	m.counters.Dropped[what][reason]++
}

// recordReady logs and counts what a Ready holds for people: alarms, ended rounds and dropped messages.
func (r *runner) recordReady(ready consensus.Ready) {
	for _, a := range ready.Alarms {
		r.log.Error("Alarm: "+a.Text, "alarm", string(a.Kind), "refSlot", a.Round.RefSlot, "member", a.Member)
		r.metrics.alarm(status.Alarm{Time: r.clock.Now(), Kind: string(a.Kind), RefSlot: a.Round.RefSlot, Text: a.Text})
	}
	for _, outcome := range ready.Closed {
		r.closeRound(outcome)
	}
	for _, drop := range ready.Dropped {
		r.metrics.dropped(drop.What, string(drop.Reason))
		if drop.From == "" && drop.Reason.IsFault() {
			r.log.Error("Alarm: this node's own "+drop.What+" cannot be used.", "round", drop.Round, "reason", string(drop.Reason), "detail", drop.Detail)
			continue
		}
		r.log.Debug("A message was not used.", "what", drop.What, "from", p2p.PeerIDText(drop.From), "round", drop.Round, "reason", string(drop.Reason),
			"detail", drop.Detail)
	}
}

// closeRound logs and counts how a round ended.
func (r *runner) closeRound(o consensus.Outcome) {
	r.metrics.counters.Rounds[string(o.Result)]++
	switch o.Result {
	case consensus.Reported:
		r.log.Info("The round is done: the contract has the report for good.", "refSlot", o.Round.RefSlot)
	case consensus.Superseded:
		r.log.Info("The round goes on in another committee.", "refSlot", o.Round.RefSlot)
	default:
		r.log.Warn("The round ended without a report here.", "refSlot", o.Round.RefSlot, "outcome", o.String())
		missed := status.Missed{RefSlot: o.Round.RefSlot, Result: o.Result.Text(), Why: o.String()}
		r.metrics.missed = append([]status.Missed{missed}, r.metrics.missed[:min(len(r.metrics.missed), maxMissed-1)]...)
	}
}

// measureLatency notes the time from finality to acceptance.
func (r *runner) measureLatency() {
	t := r.frame.times
	if t.Finality.IsZero() || t.Accepted.Before(t.Finality) {
		return
	}
	latency := t.Accepted.Sub(t.Finality)
	if len(r.metrics.latency) >= maxAcceptances {
		clear(r.metrics.latency)
	}
	r.metrics.latency[r.frame.refSlot] = latency
	h := &r.metrics.counters.LatencyMs
	ms := float64(latency.Milliseconds())
	h.Sum += ms
	for i, bound := range h.Bounds {
		if ms <= bound {
			h.Counts[i]++
			return
		}
	}
	h.Counts[len(h.Bounds)]++
}
