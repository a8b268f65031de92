package consensus

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// observation is a member's live observation.
type observation struct {
	message *Observation
	report  *report.Report // when the member showed it
	asked   bool           // was asked to show it
}

// handleComputed observes. A recomputation that gives the same report is no new attempt.
func (c *Core) handleComputed(e Computed) {
	id := Round{e.Report.Committee, e.Report.RefSlot}
	r := c.newest()
	switch {
	case r == nil || r.id != id:
		c.dropEvent("computed", id, ReasonStale)
		return
	case r.closed != nil:
		c.dropEvent("computed", id, ReasonClosed)
		return
	}
	if err := e.Report.Validate(); err != nil {
		c.ready.Dropped = append(c.ready.Dropped, DroppedInput{What: "computed", Round: id, Reason: ReasonMalformed, Detail: truncate(err.Error())})
		return
	}
	digest := c.config.Domain.Digest(e.Report)
	if r.own != nil && r.own.digest == digest {
		c.dropEvent("computed", id, ReasonDuplicate)
		return
	}
	// By the clock, attempts rise across restarts without a record of them.
	attempt := uint64(max(c.now, 1))
	if r.own != nil {
		attempt = max(attempt, r.own.attempt+1)
	}
	r.own = &ownReport{report: e.Report, digest: digest, sections: e.Report.Sections(), attempt: attempt}
	r.notComputed = ""
	if r.self >= 0 {
		r.observations[r.self] = &observation{message: c.ownObservation(r), report: &r.own.report}
	}
	r.resendAt = c.now
	c.alarmOnMismatch(r)
}

// alarmOnMismatch says what this node's report contradicts.
func (c *Core) alarmOnMismatch(r *round) {
	if r.vote != nil && r.vote.recorded && r.vote.record.Digest != r.own.digest {
		c.alarm(r, AlarmChangedAfterVote, r.self, "recomputed "+shortDigest(r.own.digest)+" after the vote for "+shortDigest(r.vote.record.Digest)+": the vote stands")
	}
	if r.certificate != nil && r.certificate.certificate.Digest != r.own.digest {
		c.alarm(r, AlarmOtherReportCertified, -1, "certified is "+shortDigest(r.certificate.certificate.Digest)+", this node's report is "+shortDigest(r.own.digest))
	}
	if r.accepted != nil && r.accepted.Digest != r.own.digest && !c.knownElsewhere(r, r.accepted.Digest) {
		c.alarm(r, AlarmOtherAccepted, -1, "on chain is "+shortDigest(r.accepted.Digest)+", this node's report is "+shortDigest(r.own.digest))
	}
	c.requestReports(r, false)
}

func (c *Core) handleNotComputed(e NotComputed) {
	r := c.newest()
	if r == nil || r.id != e.Round || r.closed != nil || r.own != nil {
		c.dropEvent("not_computed", e.Round, ReasonStale)
		return
	}
	r.notComputed = truncate(e.Why)
}

func (c *Core) ownObservation(r *round) *Observation {
	return &Observation{
		Round: r.id, Member: uint16(r.self), Attempt: r.own.attempt, Digest: r.own.digest, Sections: r.own.sections, Software: c.config.Software,
	}
}

// handleObservation keeps a member's newest observation. It reports whether it did.
func (c *Core) handleObservation(e Received, r *round, o *Observation) bool {
	if !r.committee.isPeerOf(e.From, o.Member) {
		c.dropMessage(e, ReasonWrongSender, "")
		return false
	}
	if r.closed != nil {
		c.dropMessage(e, ReasonClosed, "")
		return false
	}
	held := r.observations[o.Member]
	switch {
	case int(o.Member) == r.self:
		c.handleObservationFromSelf(e, r, o)
		return false
	case held != nil && *held.message == *o:
		c.dropMessage(e, ReasonDuplicate, "")
		c.resendCertificate(r, int(o.Member))
		return false
	case held != nil && o.Attempt <= held.message.Attempt:
		c.dropMessage(e, ReasonOldAttempt, "")
		return false
	}
	r.observations[o.Member] = &observation{message: o}
	c.requestReports(r, false)
	return true
}

// countObservations counts the members whose live observation is for the digest.
func (r *round) countObservations(digest common.Hash) int {
	count := 0
	for _, o := range r.observations {
		if o != nil && o.message.Digest == digest {
			count++
		}
	}
	return count
}

// requestReports asks one member for the report of each digest that differs from its own, so that the values that differ can be named. With again it
// asks the next one if nobody has shown it.
func (c *Core) requestReports(r *round, again bool) {
	if r.own == nil {
		return
	}
	settled := map[common.Hash]bool{r.own.digest: true}
	for _, o := range r.observations {
		if o != nil && (o.report != nil || o.asked && !again) {
			settled[o.message.Digest] = true
		}
	}
	for m, o := range r.observations {
		if o == nil || o.asked || settled[o.message.Digest] {
			continue
		}
		if c.requestRound(r, m) {
			o.asked = true
			settled[o.message.Digest] = true
		}
	}
}

// reportFor is the report of the digest, if a member showed it.
func (r *round) reportFor(digest common.Hash) *report.Report {
	for _, o := range r.observations {
		if o != nil && o.report != nil && o.message.Digest == digest {
			return o.report
		}
	}
	return nil
}
