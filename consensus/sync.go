package consensus

// requestRound sends a member a RoundRequest, unless one is on its way. It reports whether it did.
func (c *Core) requestRound(r *round, member int) bool {
	p := &r.peers[member]
	if member == r.self || p.asked && c.now < p.askedAt.After(c.config.Timing.ResendInterval) {
		return false
	}
	p.asked, p.askedAt = true, c.now
	c.onFailure(func() { p.asked = false })
	c.send(r.committee.Members[member].Peer, &RoundRequest{r.id})
	return true
}

// handlePeerConnected sends the status to a new peer, and repeats a request that it cannot have received.
func (c *Core) handlePeerConnected(e PeerConnected) {
	r := c.newest()
	if r == nil {
		return
	}
	c.send(e.Peer, c.status(r))
	if m := r.committee.memberOf(e.Peer); m >= 0 && r.peers[m].asked && r.peers[m].askedAt < c.now {
		r.peers[m].asked = false
		c.requestRound(r, m)
	}
}

func (c *Core) status(r *round) *Status {
	s := &Status{Round: r.id, Votes: NewBitmap(r.quorum.members), Certified: r.certificate != nil}
	if r.own != nil && r.self >= 0 {
		s.Attempt = r.own.attempt
	}
	for m, slot := range r.votes {
		if slot.vote != nil {
			s.Votes.Set(m)
		}
	}
	return s
}

// sendStatus sends the status to every connected peer, each Timing.StatusInterval.
func (c *Core) sendStatus(r *round) {
	if c.now < c.statusAt {
		return
	}
	c.statusAt = c.now.After(c.config.Timing.StatusInterval)
	c.send("", c.status(r))
}

// handleStatus asks a peer that holds more.
func (c *Core) handleStatus(e Received, r *round, s *Status) {
	m := r.committee.memberOf(e.From)
	switch {
	case m < 0:
		c.dropMessage(e, ReasonNotMember, "")
	case m == r.self:
		c.dropMessage(e, ReasonDuplicate, "")
	case !s.Votes.validFor(r.quorum.members):
		c.dropMessage(e, ReasonMalformed, "voters of another committee size")
	case r != c.newest():
		c.dropMessage(e, ReasonStale, "")
	case r.certificate != nil:
		return // All that the round is for is here.
	case s.Certified, r.closed == nil && (s.Votes.exceeds(c.status(r).Votes) || s.Attempt > r.attemptOf(m)):
		c.requestRound(r, m)
	}
}

func (r *round) attemptOf(member int) uint64 {
	if o := r.observations[member]; o != nil {
		return o.message.Attempt
	}
	return 0
}

// noteFutureRound remembers who spoke of a round that is not open here yet.
func (c *Core) noteFutureRound(e Received, reason Reason) {
	r := c.newest()
	if r == nil || reason == ReasonOldRound {
		return
	}
	if m := r.committee.memberOf(e.From); m >= 0 {
		r.peers[m].futureRound = e.Message.InRound()
	}
}

// handleRoundRequest answers whoever asks, since observers follow too; the transport limits how often.
func (c *Core) handleRoundRequest(from PeerID, request *RoundRequest) {
	r, _ := c.find(request.Round)
	if r == nil {
		c.send(from, &RoundAnswer{Round: request.Round})
		return
	}
	a := &RoundAnswer{Round: r.id, Open: true}
	if r.own != nil && r.self >= 0 {
		a.Observation, a.Report = c.ownObservation(r), &r.own.report
	}
	if r.certificate != nil {
		a.Certificate = r.certificate.certificate
	}
	asker := r.committee.memberOf(from)
	for m := range r.votes {
		if _, proven := r.evidence[m]; proven || m == asker || r.certificate == nil {
			a.Votes = append(a.Votes, c.verifiedVotes(r, m)...)
		}
	}
	c.send(from, a)
}

// verifiedVotes are the votes of a member that may be passed on: verified one by one, so that this node is not at fault for a bad
// one. Each vote is verified so once.
func (c *Core) verifiedVotes(r *round, member int) []Vote {
	if e, ok := r.evidence[member]; ok {
		return e.votes()
	}
	c.verifySingly(r, member)
	if v := r.votes[member].vote; v != nil {
		return []Vote{*v}
	}
	return nil
}

// handleRoundAnswer handles each part of an answer as if it had come alone.
func (c *Core) handleRoundAnswer(e Received, r *round, a *RoundAnswer) {
	m := r.committee.memberOf(e.From)
	switch {
	case m < 0:
		c.dropMessage(e, ReasonNotMember, "")
		return
	case !r.peers[m].asked:
		c.dropMessage(e, ReasonUnrequested, "")
		return
	case len(a.Votes) > 2*r.quorum.members:
		c.dropMessage(e, ReasonMalformed, "more than two votes a member")
		return
	}
	r.peers[m].asked = false
	if !a.Open {
		return
	}
	valid := c.handleRelayedVotes(e, r, a.Votes, m)
	if a.Certificate != nil {
		valid = c.handleCertificate(Received{e.From, a.Certificate}, r, a.Certificate) && valid
	}
	if a.Observation != nil {
		c.handleAnswerObservation(e, r, a)
	}
	r.peers[m].answered = r.peers[m].answered || valid
}

func (c *Core) handleRelayedVotes(e Received, r *round, votes []Vote, relay int) bool {
	if r.peers[relay].badRelay {
		if len(votes) > 0 {
			c.dropMessage(e, ReasonKnownBad, "")
		}
		return false
	}
	for i := range votes {
		v := votes[i] // a copy: the answer itself is not held
		if !c.handleRelayedVote(e, r, &v) {
			return false
		}
	}
	return true
}

// handleAnswerObservation keeps the answering member's own observation and its report.
func (c *Core) handleAnswerObservation(e Received, r *round, a *RoundAnswer) {
	o := a.Observation
	held := r.observations[min(int(o.Member), r.quorum.members-1)]
	if held == nil || *held.message != *o {
		if !c.handleObservation(Received{e.From, o}, r, o) {
			return
		}
		held = r.observations[o.Member]
	}
	if a.Report == nil || held.report != nil || !r.committee.isPeerOf(e.From, o.Member) {
		return
	}
	if c.config.Domain.Digest(*a.Report) != o.Digest {
		c.dropMessage(e, ReasonBadReport, "")
		return
	}
	shown := *a.Report
	held.report = &shown
}

// resendCertificate sends the certificate to a member that repeats what it said before: it has not seen it.
func (c *Core) resendCertificate(r *round, member int) {
	p := &r.peers[member]
	if r.certificate == nil || !r.certificate.recorded || member == r.self || p.certificateSentAt != 0 && c.now < p.certificateSentAt.After(c.config.Timing.ResendInterval/2) {
		return
	}
	p.certificateSentAt = c.now
	c.send(r.committee.Members[member].Peer, r.certificate.certificate)
}
