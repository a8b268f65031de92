package sim

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

// variants of a report: the right one, and wrong ones.
const variants = 3

// facts are what the simulator knows of a round.
type facts struct {
	round      consensus.Round
	electorate *electorate
	q, f       int
	digests    [variants]common.Hash
	computed   [variants]uint64 // honest nodes that computed the variant, ever
	certified  common.Hash
	checked    []*consensus.Certificate
}

// factsOf is what is known of the round; nil when there is no such round.
func (w *world) factsOf(round consensus.Round) *facts {
	if known, ok := w.facts[round]; ok {
		return known
	}
	if w.frameOf(round.RefSlot) < 0 {
		return nil
	}
	for _, e := range w.electorates {
		if e.committee.Digest != round.Committee {
			continue
		}
		f := &facts{round: round, electorate: e, q: report.Quorum(e.size()), f: report.MaxFaulty(e.size())}
		for v := range f.digests {
			f.digests[v] = w.domain.Digest(reportOf(round.Committee, round.RefSlot, int64(v)))
		}
		w.facts[round] = f
		return f
	}
	return nil
}

func (f *facts) computedBy(variant int64, node int) { f.computed[variant] |= 1 << node }

// computers are the honest nodes that computed the digest.
func (f *facts) computers(digest common.Hash) uint64 {
	for v, d := range f.digests {
		if d == digest {
			return f.computed[v]
		}
	}
	return 0
}

// finality is how long after an acceptance it can no longer be reorganised away; reorgs come before.
const finality = 25_000

// submit is the submitter: it re-reads the contract, and brings the certificate in after a while.
func (w *world) submit(n *node, s *consensus.Submission) {
	if !n.arbitrary {
		w.checkSubmission(n, s)
	}
	frame := w.frameOf(s.Certificate.Round.RefSlot)
	if frame < 0 || w.frames[frame].accepted.held {
		return
	}
	r := n.random(5)
	certificate := s.Certificate
	w.queue.push(happening{at: w.now + r.between(1_000, 12_000), kind: include, node: -1, msg: &certificate})
}

// frameOf is the frame of a reference slot, -1 for none.
func (w *world) frameOf(refSlot uint64) int {
	for k := range w.frames {
		if w.frames[k].refSlot == refSlot {
			return k
		}
	}
	return -1
}

// include is the contract: it takes the first report of the committee in force.
func (w *world) include(c *consensus.Certificate) {
	k := w.frameOf(c.Round.RefSlot)
	f := &w.frames[k]
	if f.accepted.held || c.Round.Committee != w.current().committee.Digest {
		return
	}
	f.accepted = acceptance{digest: c.Digest, at: w.now, held: true, times: f.accepted.times + 1}
	w.note(-1, "the contract accepts %x for %d", c.Digest[:4], c.Round.RefSlot)
	w.announceAcceptance(k, consensus.Accepted{RefSlot: f.refSlot, Digest: c.Digest})
	w.queue.push(happening{at: w.now + finality, kind: finalize, node: -1, arg: k, life: f.accepted.times})
	for i, item := range w.script.Items {
		if item.Kind == Reorg && w.script.Kept[i] && item.Round == k && f.accepted.times == 1 {
			w.queue.push(happening{at: w.now + item.Value, kind: revert, node: -1, arg: k, life: 1})
		}
	}
}

// settle ends an acceptance, one way or the other.
func (w *world) settle(kind happeningKind, k, times int) {
	f := &w.frames[k]
	if !f.accepted.held || f.accepted.times != times || f.accepted.finalized {
		return
	}
	if kind == finalize {
		f.accepted.finalized = true
		w.announceAcceptance(k, consensus.Accepted{RefSlot: f.refSlot, Digest: f.accepted.digest, Finalized: true})
		return
	}
	f.accepted.held = false
	w.note(-1, "the acceptance for %d is reorganised away", f.refSlot)
	w.announceAcceptance(k, consensus.AcceptanceReverted{RefSlot: f.refSlot})
}

// announceAcceptance brings it to each node, always as late as the last time, so that the order stays.
func (w *world) announceAcceptance(k int, event consensus.Event) {
	for _, n := range w.nodes {
		late := 200 + int64(mix(w.script.Seed, 6, uint64(n.id), uint64(k))%2_000)
		w.queue.push(happening{at: w.now + late, kind: tell, node: n.id, event: event})
	}
}
