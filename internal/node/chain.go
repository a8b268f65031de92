package node

import (
	"slices"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// applyChain updates frame, committee and core by what the follower saw.
func (r *runner) applyChain(v chainView) {
	before := r.chainNow
	r.chainNow = v
	if !sameMembers(before.committees, v.committees) {
		r.admit(v.committees)
	}
	r.logNewReports(before, v)
	r.changeCommittee()
	r.stepAcceptance()
	if r.sender != nil && before.head.Hash != v.head.Hash {
		r.sender.Wake()
	}
	r.openFrame()
}

func sameMembers(a, b map[uint64]consensus.Committee) bool {
	if len(a) != len(b) {
		return false
	}
	for refSlot, committee := range a {
		if other, have := b[refSlot]; !have || other.Digest != committee.Digest || !slices.Equal(other.Members, committee.Members) {
			return false
		}
	}
	return true
}

// admit lets the members of these committees connect.
func (r *runner) admit(committees map[uint64]consensus.Committee) {
	var peers []consensus.PeerID
	add := func(c consensus.Committee) {
		for _, m := range c.Members {
			if !slices.Contains(peers, m.Peer) {
				peers = append(peers, m.Peer)
			}
		}
	}
	for _, c := range committees {
		add(c)
	}
	if r.frame.open { // The contract may have forgotten it.
		add(r.frame.current)
	}
	if p := r.frame.proven; p != nil {
		add(*p)
	}
	slices.Sort(peers)
	unusable, err := r.host.SetMembers(peers)
	if err != nil {
		r.log.Error("The members could not be let in.", "reason", err)
		return
	}
	if len(unusable) > 0 {
		r.log.Warn("Some members can never connect: what the contract holds is no peer id of this software. They must register anew.", "members", len(unusable))
	}
}

// stepAcceptance gives the core what the contract holds for the open frame, when that has changed.
func (r *runner) stepAcceptance() {
	if !r.frame.open || r.core == nil {
		return
	}
	was, is := r.frame.accepted, r.chainNow.of(r.frame.refSlot)
	if was != nil && (is == nil || is.digest != was.digest) {
		r.log.Warn("The report was taken out of the chain by a reorganisation.", "refSlot", r.frame.refSlot, "digest", was.digest)
		r.frame.accepted = nil
		r.step(consensus.AcceptanceReverted{RefSlot: r.frame.refSlot})
	}
	if is == nil || r.frame.accepted != nil && r.frame.accepted.finalized == is.finalized {
		return
	}
	known := *is
	if r.chores != nil && known.outcome == accepted && (was == nil || was.outcome != accepted) {
		r.chores.plan(r.frame.current, known.digest)
	}
	r.frame.accepted = &known
	now := r.clock.Now()
	if r.frame.times.Accepted.IsZero() {
		r.frame.times.Accepted = now
		r.measureLatency()
	}
	if known.finalized {
		r.frame.times.Finalized = now
	}
	r.settled()
	r.step(consensus.Accepted{RefSlot: known.refSlot, Digest: known.digest, Finalized: known.finalized})
}

// logNewReports writes a line about each report that is new on chain.
func (r *runner) logNewReports(before, now chainView) {
	if before.head.IsZero() {
		return
	}
	for _, a := range now.accepted {
		if slices.ContainsFunc(before.accepted, func(b acceptance) bool { return b.tx == a.tx && b.hash == a.hash && b.outcome == a.outcome }) {
			continue
		}
		own := r.metrics.own[a.refSlot] == a.digest
		switch a.outcome {
		case quarantined:
			r.log.Warn("The contract holds the report in quarantine. Guardians decide on it.", "refSlot", a.refSlot, "digest", a.digest, "transaction", a.tx)
		case rejected:
			r.log.Warn("A guardian rejected the held report.", "refSlot", a.refSlot, "digest", a.digest)
		default:
			r.log.Info("The contract accepted the report.", "refSlot", a.refSlot, "digest", a.digest, "own", own, "block", a.block, "transaction", a.tx)
		}
		if a.rebase != nil {
			r.log.Info("The token was rebased.", "refSlot", a.refSlot, "pooledBeforeWei", weiText(a.rebase.PooledBeforeWei),
				"pooledAfterWei", weiText(a.rebase.PooledAfterWei), "sharesAfter", weiText(a.rebase.SharesAfter), "feeWei", weiText(a.rebase.FeeWei))
		}
	}
}
