package consensus

// ownVote is the own key's vote in a round. Once decided it never changes: what a failed write left on disk is not known.
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
	if r.vote == nil && c.mayPersist() && c.mayDecide(r) { // A decision is final: none is made that cannot be written at once.
		v := &ownVote{record: VoteRecord{r.id, r.own.digest, r.own.report}}
		if err := c.book.add(v); err != nil {
			return
		}
		r.vote = v
	}
	if !c.wantsSignature(r) {
		return
	}
	if !r.vote.recorded && !c.record(r) {
		return
	}
	if c.now >= r.vote.signAt {
		c.requestSignature(r)
	}
}

// mayDecide is the rule: a quorum observed the own digest, or an honest member is among those who voted for it.
func (c *Core) mayDecide(r *round) bool {
	if r.own == nil || !c.book.allows(r.id) || c.onProbation(r) {
		return false
	}
	digest := r.own.digest
	if r.quorum.reached(r.observed(digest)) {
		return true
	}
	held, verified := r.countVotes(digest)
	if !r.quorum.oneHonest(held) {
		return false
	}
	if !r.quorum.oneHonest(verified) {
		c.proveUnproven(r)
		_, verified = r.countVotes(digest)
	}
	return r.quorum.oneHonest(verified)
}

// proveUnproven verifies the votes for the own digest that have not been.
func (c *Core) proveUnproven(r *round) {
	var members []int
	for _, m := range r.voters(r.own.digest) {
		if r.votes[m].proof == unproven {
			members = append(members, m)
		}
	}
	if _, _, ok := c.aggregate(r, r.own.digest, members); ok {
		return
	}
	// The good ones' keys or signatures cancel: each by itself, then.
	for _, m := range members {
		c.prove(r, m)
	}
}

// wantsSignature tells whether there is a vote that may be signed and is not.
func (c *Core) wantsSignature(r *round) bool {
	return r.vote != nil && r.vote.signature == nil && c.halt == nil && !c.book.older(r.id)
}

// record gives the vote to the journal, while it is still what the node computes.
func (c *Core) record(r *round) bool {
	if !c.mayPersist() || r.own == nil || r.own.digest != r.vote.record.Digest {
		return false
	}
	if c.refused && len(c.out.Persist) > 0 {
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
	c.out.Sign = append(c.out.Sign, SignRequest{r.id, v.record.Digest, c.voteMessage(r.id, v.record.Digest)})
	v.signAt = c.now.After(c.config.Timing.RetryEvery)
}

// takeSigned sends the vote.
func (c *Core) takeSigned(e Signed) {
	r, reason := c.find(e.Round)
	switch {
	case r == nil:
		c.dropOwn("signed", e.Round, reason)
		return
	case r != c.newest() || r.vote == nil || !r.vote.recorded || r.vote.record.Digest != e.Digest:
		c.dropOwn("signed", e.Round, ReasonStale)
		return
	case r.closed != nil:
		c.dropOwn("signed", e.Round, ReasonClosed)
		return
	case r.vote.signature != nil:
		c.dropOwn("signed", e.Round, ReasonDuplicate)
		return
	case c.halt != nil:
		c.dropOwn("signed", e.Round, ReasonHalted)
		return
	}
	if !r.verifier.VerifyVote(r.self, c.voteMessage(r.id, e.Digest), e.Signature) {
		c.dropOwn("signed", e.Round, ReasonBadVote)
		c.alarm(r, AlarmOwnSignature, r.self, "what was signed does not verify: is it the key of the committee?")
		return
	}
	signature := e.Signature
	r.vote.signature = &signature
	r.votes[r.self] = voteSlot{vote: c.ownVote(r), proof: alone}
	c.send("", c.ownVote(r))
}

func (c *Core) ownVote(r *round) *Vote {
	return &Vote{Round: r.id, Member: uint16(r.self), Digest: r.vote.record.Digest, Signature: *r.vote.signature}
}
