package consensus

import (
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// maxNonMemberFaults bounds, for a round, the bad certificates verified for senders who are no members.
const maxNonMemberFaults = 16

// heldCertificate is a verified certificate.
type heldCertificate struct {
	certificate *Certificate
	seenAt      Instant
	made        bool // here: it goes to all
	recorded    bool
}

// certify makes the certificate when a quorum voted for a report that is held.
func (c *Core) certify(r *round) {
	if r.certificate != nil {
		return
	}
	for _, candidate := range r.ownReports() {
		digest := c.digestOf(r, candidate)
		held, _ := r.countVotes(digest)
		if !r.quorum.reached(held) || held == r.triedVotes {
			continue
		}
		sum, signers, ok := c.aggregate(r, digest, r.voters(digest))
		if !ok {
			r.triedVotes = len(signers)
			continue
		}
		if !r.quorum.reached(len(signers)) {
			continue
		}
		made := &Certificate{Round: r.id, Digest: digest, Report: *candidate, Signers: NewBitmap(r.quorum.members), Signature: sum}
		for _, m := range signers {
			made.Signers.Set(m)
		}
		c.keepCertificate(r, &heldCertificate{certificate: made, seenAt: c.now, made: true})
		return
	}
}

// ownReports returns the reports that this node computed: the one it voted for, and the one it computed last.
func (r *round) ownReports() []*report.Report {
	var own []*report.Report
	if r.vote != nil {
		own = append(own, &r.vote.record.Report)
	}
	if r.own != nil && (r.vote == nil || r.vote.record.Digest != r.own.digest) {
		own = append(own, &r.own.report)
	}
	return own
}

// digestOf is the digest of one of ownReports.
func (c *Core) digestOf(r *round, own *report.Report) common.Hash {
	if r.vote != nil && own == &r.vote.record.Report {
		return r.vote.record.Digest
	}
	return r.own.digest
}

// handleCertificate accepts a valid certificate in every state of the round. It returns whether the certificate holds up.
func (c *Core) handleCertificate(e Received, r *round, m *Certificate) bool {
	if r.conflict != nil || r.certificate != nil && r.certificate.certificate.Digest == m.Digest {
		c.dropMessage(e, ReasonCertified, "")
		return true
	}
	sender := r.committee.memberOf(e.From)
	if sender >= 0 && r.peers[sender].badCertificate || sender < 0 && r.nonMemberFaults >= maxNonMemberFaults {
		c.dropMessage(e, ReasonKnownBad, "")
		return false
	}
	if reason := c.checkCertificate(r, m); reason != "" {
		c.dropMessage(e, reason, "")
		if sender < 0 {
			r.nonMemberFaults++
			return false
		}
		r.peers[sender].badCertificate = true
		c.alarm(r, AlarmBadRelay, sender, "it sent a certificate that cannot be: "+reason.Text())
		return false
	}
	c.keepCertificate(r, &heldCertificate{certificate: m, seenAt: c.now})
	if m.Signers.Has(r.self) {
		c.haltIfUnrecorded(r, m.Digest)
	}
	return true
}

// checkCertificate returns what is wrong with a certificate, "" if it is valid. The signature comes last because it is expensive.
func (c *Core) checkCertificate(r *round, m *Certificate) Reason {
	switch {
	case !m.Signers.validFor(r.quorum.members):
		return ReasonMalformed
	case !r.quorum.reached(m.Signers.Count()):
		return ReasonNoQuorum
	case c.config.Domain.Digest(m.Report) != m.Digest:
		return ReasonBadReport
	case !r.verifier.VerifyCertificate(m.Signers, c.voteMessage(r.id, m.Digest), m.Signature):
		return ReasonBadCertificate
	}
	return ""
}

// keepCertificate keeps a valid certificate: the first counts, a second for another digest is kept beside it.
func (c *Core) keepCertificate(r *round, held *heldCertificate) {
	if r.certificate != nil {
		r.conflict = held
		c.alarm(r, AlarmTwoCertificates, -1, "certified are "+shortDigest(r.certificate.certificate.Digest)+" and "+shortDigest(held.certificate.Digest)+
			": more than "+number(r.quorum.faulty)+" members are faulty; neither is submitted here")
		return
	}
	r.certificate = held
	if r.own != nil {
		c.alarmOnMismatch(r)
	}
}
