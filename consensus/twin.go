package consensus

// A message from the own peer that this process did not send comes from a second node with the same keys, or from this one before it was started anew.

// takeVoteAsSelf judges a vote that the own peer sent.
func (c *Core) takeVoteAsSelf(e Received, r *round, v *Vote) {
	switch {
	case r.vote != nil && r.vote.record.Digest == v.Digest:
		c.drop(e, ReasonDuplicate, "")
	case !r.verifier.VerifyVote(r.self, c.voteMessage(r.id, v.Digest), v.Signature):
		c.drop(e, ReasonBadVote, "")
	default:
		c.found(r, v.Digest)
	}
}

// takeObservationAsSelf tells the operator of an observation that was made since this process began, and not by it. The peer's key alone vouches for it, which
// signs no votes: it is no reason to stop.
func (c *Core) takeObservationAsSelf(e Received, r *round, o *Observation) {
	c.drop(e, ReasonDuplicate, "")
	if o.Attempt <= uint64(c.clock.started) || r.own != nil && (o.Attempt < r.own.attempt || *o == *c.ownObservation(r)) {
		return
	}
	c.alarm(r, AlarmSecondNode, r.self, "another node runs with this node's identity: stop one of them before both vote")
}
