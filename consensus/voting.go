package consensus

import (
	"github.com/ethereum/go-ethereum/common"
)

// ownVote is this node's vote in a round. Once decided it never changes, because nobody knows what a failed write left on disk.
type ownVote struct {
	record    VoteRecord
	recorded  bool // durable, unless the very next event is PersistFailed
	signAt    Instant
	signature *Signature
}

// vote decides, records and asks for the signature, as far as the round allows.
func (c *Core) vote(r *round) {
	if r.self < 0 || c.halt != nil || r.certificate != nil {
		return
	}
	if r.vote == nil && c.mayPersist() && c.mayVote(r) { // A decision is final: none is made that cannot be written at once.
		v := &ownVote{record: VoteRecord{r.id, r.own.digest, r.own.report}}
		if err := c.history.add(v); err != nil {
			return
		}
		r.vote = v
	}
	if !c.wantsSignature(r) {
		return
	}
	if !r.vote.recorded && !c.recordVote(r) {
		return
	}
	if c.now >= r.vote.signAt {
		c.requestSignature(r)
	}
}

// mayVote is the rule: a quorum observed this node's digest, or an honest member is among those who voted for it.
func (c *Core) mayVote(r *round) bool {
	if r.own == nil || !c.history.mayVoteIn(r.id) || c.recovering(r) {
		return false
	}
	digest := r.own.digest
	if r.quorum.reached(r.countObservations(digest)) {
		return true
	}
	held, verified := r.countVotes(digest)
	if !r.quorum.hasHonest(held) {
		return false
	}
	if !r.quorum.hasHonest(verified) {
		c.verifyUnverified(r)
		_, verified = r.countVotes(digest)
	}
	return r.quorum.hasHonest(verified)
}

// verifyUnverified verifies the votes for this node's digest that have not been.
func (c *Core) verifyUnverified(r *round) {
	var members []int
	for _, m := range r.voters(r.own.digest) {
		if r.votes[m].verification == unverified {
			members = append(members, m)
		}
	}
	if _, _, ok := c.aggregate(r, r.own.digest, members); ok {
		return
	}
	// The good ones' keys or signatures cancel: each by itself, then.
	for _, m := range members {
		c.verifySingly(r, m)
	}
}

// wantsSignature reports whether there is a vote that may be signed and is not.
func (c *Core) wantsSignature(r *round) bool {
	return r.vote != nil && r.vote.signature == nil && c.halt == nil && !c.history.older(r.id)
}

// recordVote gives the vote to the journal, while it is still what the node computes.
func (c *Core) recordVote(r *round) bool {
	if !c.mayPersist() || r.own == nil || r.own.digest != r.vote.record.Digest {
		return false
	}
	if c.writeFailed && len(c.ready.Persist) > 0 {
		r.resendAt = min(r.resendAt, c.now+1) // A journal that is retired takes evidence, and no vote: the vote waits for the next step.
		return false
	}
	v := r.vote
	v.recorded, v.signAt = true, c.now
	before := c.opened
	if before.RefSlot == EveryRound {
		c.opened = &JournalOpened{v.record.Round.RefSlot}
	}
	c.persist(v.record, func() { v.recorded, c.opened = false, before })
	return true
}

func (c *Core) requestSignature(r *round) {
	v := r.vote
	c.ready.Sign = append(c.ready.Sign, SignRequest{r.id, v.record.Digest, c.voteMessage(r.id, v.record.Digest)})
	v.signAt = c.now.After(c.config.Timing.RetryInterval)
}

// handleSigned sends the vote.
func (c *Core) handleSigned(e Signed) {
	r, reason := c.find(e.Round)
	switch {
	case r == nil:
		c.dropEvent("signed", e.Round, reason)
		return
	case r != c.newest() || r.vote == nil || !r.vote.recorded || r.vote.record.Digest != e.Digest:
		c.dropEvent("signed", e.Round, ReasonStale)
		return
	case r.closed != nil:
		c.dropEvent("signed", e.Round, ReasonClosed)
		return
	case r.vote.signature != nil:
		c.dropEvent("signed", e.Round, ReasonDuplicate)
		return
	case c.halt != nil:
		c.dropEvent("signed", e.Round, ReasonHalted)
		return
	}
	if !r.verifier.VerifyVote(r.self, c.voteMessage(r.id, e.Digest), e.Signature) {
		c.dropEvent("signed", e.Round, ReasonBadVote)
		c.alarm(r, AlarmOwnSignature, r.self, "what was signed does not verify: is it the key of the committee?")
		return
	}
	signature := e.Signature
	r.vote.signature = &signature
	r.votes[r.self] = voteSlot{vote: c.ownVote(r), verification: verifiedSingly}
	c.send("", c.ownVote(r))
}

func (c *Core) ownVote(r *round) *Vote {
	return &Vote{Round: r.id, Member: uint16(r.self), Digest: r.vote.record.Digest, Signature: *r.vote.signature}
}

// recovering reports whether the key may have voted in this round without the journal knowing: the journal was lost, or it is an
// older copy. Then the node must hear a quorum of the committee, itself included, before it votes. After the first reference slot
// of the process nothing can have been lost.
func (c *Core) recovering(r *round) bool {
	if c.opened != nil && r.id.RefSlot > c.opened.RefSlot && c.firstSlot != nil && r.id.RefSlot > *c.firstSlot {
		return false
	}
	answers := 0
	for m, p := range r.peers {
		if m != r.self && p.answered {
			answers++
		}
	}
	return !r.quorum.reachedWithSelf(answers)
}

// handleRelayedOwnVote verifies a vote of this node's key that a peer passed on. It returns whether to trust more of that peer's votes.
func (c *Core) handleRelayedOwnVote(e Received, r *round, v *Vote) bool {
	if r.vote != nil && r.vote.record.Digest == v.Digest {
		return true
	}
	if !r.verifier.VerifyVote(r.self, c.voteMessage(r.id, v.Digest), v.Signature) {
		c.faultRelay(e, r, v, ReasonBadVote)
		return false
	}
	c.haltIfUnrecorded(r, v.Digest)
	return true
}

// haltIfUnrecorded stops voting for good if the journal should hold a vote for the digest and does not: the journal was lost after
// the vote, or another node signs with the key. Only the operator can know which.
func (c *Core) haltIfUnrecorded(r *round, digest common.Hash) {
	if c.halt != nil || c.history.older(r.id) || r.vote != nil && r.vote.record.Digest == digest {
		return
	}
	c.halt = &HaltRecord{r.id, digest}
	c.enqueue(*c.halt)
	c.alarm(r, AlarmOwnVoteFound, r.self, "this node's key voted for "+shortDigest(digest)+", but not in this journal: no more votes. Look for a second node with "+
		"this key; if the journal was lost, remove the halt from it")
}

// handleVoteFromSelf verifies a vote that came from this node's own peer id. If this process did not send it, it comes from a second
// node with the same keys, or from this node before it was restarted.
func (c *Core) handleVoteFromSelf(e Received, r *round, v *Vote) {
	switch {
	case r.vote != nil && r.vote.record.Digest == v.Digest:
		c.dropMessage(e, ReasonDuplicate, "")
	case !r.verifier.VerifyVote(r.self, c.voteMessage(r.id, v.Digest), v.Signature):
		c.dropMessage(e, ReasonBadVote, "")
	default:
		c.haltIfUnrecorded(r, v.Digest)
	}
}

// handleObservationFromSelf raises an alarm for an observation that was made since this process began, and not by it. Only the peer key
// vouches for it, which signs no votes, so it is no reason to stop.
func (c *Core) handleObservationFromSelf(e Received, r *round, o *Observation) {
	c.dropMessage(e, ReasonDuplicate, "")
	if o.Attempt <= uint64(c.clock.started) || r.own != nil && (o.Attempt < r.own.attempt || *o == *c.ownObservation(r)) {
		return
	}
	c.alarm(r, AlarmSecondNode, r.self, "another node runs with this node's identity: stop one of them before both vote")
}
