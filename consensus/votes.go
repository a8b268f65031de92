package consensus

import (
	"bytes"

	"github.com/ethereum/go-ethereum/common"
)

// verification is how far a held vote has been checked.
type verification uint8

const (
	unverified     verification = iota // bounded: one a member, and only from the member itself
	verifiedInSum                      // a sum with it verified: it counts, but may be one of two wrong ones that cancel
	verifiedSingly                     // it verifies by itself: it may be passed on and is good for evidence
)

// voteSlot is a member's one vote that is held. A second one for another digest is evidence or not a vote.
type voteSlot struct {
	vote         *Vote // nil: none
	verification verification
	bad          bool // the member itself sent a vote that does not verify: no more is taken from it
}

// handleVote handles a vote that its member sent itself. It is verified only when it is needed.
func (c *Core) handleVote(e Received, r *round, v *Vote) {
	if !r.committee.isPeerOf(e.From, v.Member) {
		c.dropMessage(e, ReasonWrongSender, "")
		return
	}
	if int(v.Member) == r.self {
		c.handleVoteFromSelf(e, r, v)
		return
	}
	slot := &r.votes[v.Member]
	switch {
	case r.evidence[int(v.Member)].Round == r.id:
		c.dropMessage(e, ReasonEquivocated, "")
	case slot.bad:
		c.dropMessage(e, ReasonKnownBad, "")
	case slot.vote == nil:
		slot.vote, slot.verification = v, unverified
	case *slot.vote == *v:
		c.dropMessage(e, ReasonDuplicate, "")
		c.resendCertificate(r, int(v.Member))
	default:
		c.handleConflictingVote(e, r, v)
	}
}

// handleConflictingVote verifies the second, different vote of a member: at least one of the two is bad, or both are evidence.
func (c *Core) handleConflictingVote(e Received, r *round, v *Vote) {
	if reason := c.verifyAndKeep(r, v); reason != "" {
		r.votes[v.Member].bad = true
		c.alarm(r, AlarmBadVote, int(v.Member), "its own vote for "+shortDigest(v.Digest)+" does not verify")
		c.dropMessage(e, reason, "")
		return
	}
	// A member that signs can still have sent a wrong one first: then the right one is held now, and nothing more is taken from it.
}

// handleRelayedVote verifies a vote that a peer passed on at once, so that nothing can take the place of the real one. It returns
// whether to trust more of that peer's votes.
func (c *Core) handleRelayedVote(e Received, r *round, v *Vote) bool {
	if int(v.Member) >= r.quorum.members {
		c.faultRelay(e, r, v, ReasonMalformed)
		return false
	}
	if int(v.Member) == r.self {
		return c.handleRelayedOwnVote(e, r, v)
	}
	slot := &r.votes[v.Member]
	switch {
	case r.evidence[int(v.Member)].Round == r.id:
		return true
	case slot.vote != nil && *slot.vote == *v && slot.verification == verifiedSingly:
		return true
	}
	if reason := c.verifyAndKeep(r, v); reason != "" {
		c.faultRelay(e, r, v, reason)
		return false
	}
	return true
}

// verifyAndKeep verifies a vote and the one that is held of the same member, and keeps the valid ones: as the member's vote, or both
// as evidence. It returns why the vote is not used, "" if it is held now.
func (c *Core) verifyAndKeep(r *round, v *Vote) Reason {
	slot := &r.votes[v.Member]
	c.verifySingly(r, int(v.Member))
	if slot.vote != nil && slot.vote.Digest == v.Digest {
		if slot.vote.Signature == v.Signature {
			return ""
		}
		return ReasonBadVote // A key has one valid signature over a message.
	}
	if !r.verifier.VerifyVote(int(v.Member), c.voteMessage(r.id, v.Digest), v.Signature) {
		return ReasonBadVote
	}
	if slot.vote == nil {
		slot.vote, slot.verification = v, verifiedSingly
		return ""
	}
	c.equivocated(r, slot.vote, v)
	return ""
}

// verifySingly verifies a held vote by itself, and lets it go if it is bad.
func (c *Core) verifySingly(r *round, member int) {
	slot := &r.votes[member]
	if slot.vote == nil || slot.verification == verifiedSingly {
		return
	}
	if r.verifier.VerifyVote(member, c.voteMessage(r.id, slot.vote.Digest), slot.vote.Signature) {
		slot.verification = verifiedSingly
		return
	}
	c.discardVote(r, member)
}

// discardVote drops a held vote that does not verify. Only its member can have sent it.
func (c *Core) discardVote(r *round, member int) {
	slot := &r.votes[member]
	c.ready.Dropped = append(c.ready.Dropped, DroppedInput{From: r.committee.Members[member].Peer, What: "vote", Round: r.id, Reason: ReasonBadVote})
	c.alarm(r, AlarmBadVote, member, "its own vote for "+shortDigest(slot.vote.Digest)+" does not verify")
	*slot = voteSlot{bad: true}
}

// faultRelay remembers who passed on a bad vote.
func (c *Core) faultRelay(e Received, r *round, v *Vote, reason Reason) {
	c.dropMessage(e, reason, "passed on as member "+number(int(v.Member))+"'s")
	if m := r.committee.memberOf(e.From); m >= 0 {
		r.peers[m].badRelay = true
		c.alarm(r, AlarmBadRelay, m, "it passed on a vote as member "+number(int(v.Member))+"'s that does not verify")
	}
}

// voters are the members whose vote for the digest is held, ascending.
func (r *round) voters(digest common.Hash) []int {
	var members []int
	for m, slot := range r.votes {
		if slot.vote != nil && slot.vote.Digest == digest {
			members = append(members, m)
		}
	}
	return members
}

// countVotes counts the members whose vote for the digest is held, and of them those that are verified.
func (r *round) countVotes(digest common.Hash) (held, verified int) {
	for i := range r.votes {
		if slot := &r.votes[i]; slot.vote != nil && slot.vote.Digest == digest {
			held++
			if slot.verification != unverified {
				verified++
			}
		}
	}
	return held, verified
}

// aggregate adds the votes of members for the digest, verified as a sum, and lets go of bad ones. ok is false when there is no aggregate.
func (c *Core) aggregate(r *round, digest common.Hash, members []int) (sum Signature, good []int, ok bool) {
	signatures := make([]Signature, len(members))
	for i, m := range members {
		signatures[i] = r.votes[m].vote.Signature
	}
	sum, bad, err := r.verifier.AggregateVotes(members, signatures, c.voteMessage(r.id, digest))
	for i, m := range members {
		if len(bad) > 0 && bad[0] == i {
			bad = bad[1:]
			c.discardVote(r, m)
			continue
		}
		good = append(good, m)
	}
	if err != nil {
		return sum, good, false
	}
	for _, m := range good {
		r.votes[m].verification = max(r.votes[m].verification, verifiedInSum)
	}
	return sum, good, true
}

// equivocated keeps two valid votes of one member for two digests.
func (c *Core) equivocated(r *round, a, b *Vote) {
	if bytes.Compare(a.Digest[:], b.Digest[:]) > 0 {
		a, b = b, a
	}
	member := int(a.Member)
	evidence := Evidence{
		Round: r.id, Member: a.Member, Key: r.committee.Members[member].Key,
		DigestA: a.Digest, SignatureA: a.Signature, DigestB: b.Digest, SignatureB: b.Signature,
	}
	r.evidence[member] = evidence
	text := "it signed " + shortDigest(a.Digest) + " and " + shortDigest(b.Digest) + " in this round: both votes are kept as evidence"
	if !c.enqueue(EvidenceRecord{evidence}) {
		text = "it signed " + shortDigest(a.Digest) + " and " + shortDigest(b.Digest) + " in this round, but the journal takes nothing and too much waits for it"
	}
	c.alarm(r, AlarmEquivocation, member, text)
}

// votes are both, for whoever asks.
func (e Evidence) votes() []Vote {
	return []Vote{
		{Round: e.Round, Member: e.Member, Digest: e.DigestA, Signature: e.SignatureA},
		{Round: e.Round, Member: e.Member, Digest: e.DigestB, Signature: e.SignatureB},
	}
}
