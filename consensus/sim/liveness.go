package sim

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// looks is how often it is looked after the calm whether all is done.
const looks = 12

// checkProgress looks whether all is done, and after the last look whether it should have been.
func (w *world) checkProgress(look int) {
	last := look == looks-1
	w.checkProofs()
	if last || look == 0 {
		w.checkWeights()
	}
	agreed, digest := w.agreement()
	missing := w.withoutCertificate()
	if agreed && last && missing != nil && !w.over() {
		w.violate(missing, Liveness, "holds no certificate %s after the calm, though a quorum agrees on %x", seconds(livenessBound), digest[:4])
	}
	if idle := missing == nil || !agreed && look >= 2; last || idle && w.script.Seed%8 != 0 {
		w.done = true
	}
}

// agreement reports whether q honest members of the newest committee compute one digest, and may vote for it.
func (w *world) agreement() (bool, common.Hash) {
	round := consensus.Round{Committee: w.current().committee.Digest, RefSlot: w.frames[len(w.frames)-1].refSlot}
	if a := w.frames[len(w.frames)-1].accepted; a.held && a.at < w.current().from {
		return false, common.Hash{} // The slot was reported before the committee changed: the new one has nothing to do.
	}
	f := w.factsOf(round)
	willing := map[common.Hash]int{}
	for _, number := range f.electorate.members {
		n := w.nodes[number]
		if n.arbitrary || !n.up || n.core == nil || n.opened != len(w.frames)-1 || n.round() != round {
			continue
		}
		digest := n.digest()
		if n.monitor.promised(round, digest) {
			continue
		}
		if _, halted := n.core.Halted(); !halted && digest != (common.Hash{}) {
			willing[digest]++
		}
	}
	for digest, count := range willing {
		if count >= f.q {
			return true, digest
		}
	}
	return false, common.Hash{}
}

// over reports whether the newest round's report is on chain for good, and no honest node holds the certificate any more: who made it lost its journal, and the
// others need it no more.
func (w *world) over() bool {
	if !w.frames[len(w.frames)-1].accepted.finalized {
		return false
	}
	for _, n := range w.nodes {
		if n.arbitrary || !n.up || n.core == nil {
			continue
		}
		if rounds := n.core.Rounds(); len(rounds) > 0 && rounds[0].Certificate != nil {
			return false
		}
	}
	return true
}

// withoutCertificate is an honest member that has none in the newest round; nil when all have one.
func (w *world) withoutCertificate() *node {
	newest := consensus.Round{Committee: w.current().committee.Digest, RefSlot: w.frames[len(w.frames)-1].refSlot}
	for _, number := range w.current().members {
		n := w.nodes[number]
		if n.arbitrary {
			continue
		}
		if !n.up || n.core == nil {
			return n
		}
		if rounds := n.core.Rounds(); len(rounds) == 0 || rounds[0].Round != newest || rounds[0].Certificate == nil {
			return n
		}
	}
	return nil
}

// checkProofs: what was received twice must be on disk, a retry after it came, once all disks work.
func (w *world) checkProofs() {
	for _, n := range w.nodes {
		if n.arbitrary || !n.up {
			continue
		}
		for _, due := range n.monitor.proofs {
			if w.now > max(due.at, w.script.calmAt)+2*timing().RetryInterval.Milliseconds() {
				w.violate(n, Proof, "received two votes of member %d in %s and keeps no evidence", due.member, due.round)
			}
		}
	}
}

// Things that a core may hold for each member of its two rounds, and beside them, as weigh counts.
const (
	weightOfMember = 32
	weightOfCore   = 240
)

// checkWeights is invariant 6 without the core's word.
func (w *world) checkWeights() {
	for _, n := range w.nodes {
		if n.arbitrary || !n.up || n.core == nil {
			continue
		}
		if held := weigh(n.core); held > weightOfCore+weightOfMember*2*(w.script.Size+spare) {
			w.violate(n, Memory, "holds %d things in committees of %d", held, w.script.Size)
		}
	}
}
