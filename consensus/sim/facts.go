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
