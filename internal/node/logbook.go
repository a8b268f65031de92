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

// logbook is what the runner remembers for people.
type logbook struct {
	counters status.Counters
	alarms   []status.Alarm // newest first
	missed   []status.Missed
	seen     map[consensus.PeerID]time.Time
	latency  map[uint64]time.Duration // of reference slots
	own      map[uint64]common.Hash   // digests that this node computed, of reference slots
}

func newLogbook() logbook {
	bounds := latencyBounds()
	return logbook{
		counters: status.Counters{
			Rounds: map[string]uint64{}, Submissions: map[string]uint64{}, SpentWei: "0", Alarms: map[string]uint64{},
			Dropped: map[string]map[string]uint64{}, LatencyMs: status.Histogram{Bounds: bounds, Counts: make([]uint64, len(bounds)+1)},
		},
		seen: make(map[consensus.PeerID]time.Time), latency: make(map[uint64]time.Duration), own: make(map[uint64]common.Hash),
	}
}

// saw notes that something of a peer was used.
func (l *logbook) saw(peer consensus.PeerID, at time.Time) {
	if len(l.seen) >= maxAskers {
		clear(l.seen)
	}
	l.seen[peer] = at
}

// computed notes the own digest of a reference slot.
func (l *logbook) computed(refSlot uint64, digest common.Hash) {
	if len(l.own) >= maxAcceptances {
		clear(l.own)
	}
	l.own[refSlot] = digest
}

func (l *logbook) alarm(a status.Alarm) {
	l.counters.Alarms[a.Kind]++
	l.alarms = append([]status.Alarm{a}, l.alarms[:min(len(l.alarms), maxAlarms-1)]...)
}

func (l *logbook) dropped(what, reason string) {
	if l.counters.Dropped[what] == nil {
		l.counters.Dropped[what] = map[string]uint64{}
	}
	l.counters.Dropped[what][reason]++
}

// show tells people what a Ready holds for them.
func (r *runner) show(ready consensus.Ready) {
	for _, a := range ready.Alarms {
		r.log.Error("Look at this: "+a.Text, "alarm", string(a.Kind), "refSlot", a.Round.RefSlot, "member", a.Member)
		r.book.alarm(status.Alarm{Time: r.clock.Now(), Kind: string(a.Kind), RefSlot: a.Round.RefSlot, Text: a.Text})
	}
	for _, outcome := range ready.Closed {
		r.closeRound(outcome)
	}
	for _, drop := range ready.Dropped {
		r.book.dropped(drop.What, string(drop.Reason))
		if drop.From == "" && drop.Reason.IsFault() {
			r.log.Error("Look at this: the own "+drop.What+" cannot be used.", "round", drop.Round, "reason", string(drop.Reason), "detail", drop.Detail)
			continue
		}
		r.log.Debug("A message was not used.", "what", drop.What, "from", p2p.PeerIDText(drop.From), "round", drop.Round, "reason", string(drop.Reason),
			"detail", drop.Detail)
	}
}

// closeRound tells how a round ended.
func (r *runner) closeRound(o consensus.Outcome) {
	r.book.counters.Rounds[string(o.Result)]++
	switch o.Result {
	case consensus.Reported:
		r.log.Info("The round is done: the contract has the report for good.", "refSlot", o.Round.RefSlot)
	case consensus.Superseded:
		r.log.Info("The round goes on in another committee.", "refSlot", o.Round.RefSlot)
	default:
		r.log.Warn("The round ended without a report here.", "refSlot", o.Round.RefSlot, "outcome", o.String())
		missed := status.Missed{RefSlot: o.Round.RefSlot, Result: o.Result.Text(), Why: o.String()}
		r.book.missed = append([]status.Missed{missed}, r.book.missed[:min(len(r.book.missed), maxMissed-1)]...)
	}
}

// measureLatency notes the time from finality to acceptance.
func (r *runner) measureLatency() {
	t := r.frame.times
	if t.Finality.IsZero() || t.Accepted.Before(t.Finality) {
		return
	}
	latency := t.Accepted.Sub(t.Finality)
	if len(r.book.latency) >= maxAcceptances {
		clear(r.book.latency)
	}
	r.book.latency[r.frame.refSlot] = latency
	h := &r.book.counters.LatencyMs
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
