package consensus

// Reason says why something was not used.
type Reason string

// Reasons that come up between honest nodes: the transport ignores such a message.
const (
	ReasonDuplicate   Reason = "already held"
	ReasonOldAttempt  Reason = "older attempt"
	ReasonOldRound    Reason = "older round than the two held"
	ReasonFutureRound Reason = "round not open here"
	ReasonCommittee   Reason = "another committee"
	ReasonNotAsked    Reason = "not asked for"
	ReasonStranger    Reason = "sender is no member"
	ReasonCertified   Reason = "round is certified"
	ReasonEquivocated Reason = "evidence against the member is complete"
	ReasonClosed      Reason = "round is closed"
	ReasonHalted      Reason = "the own node does not vote"
	ReasonStale       Reason = "event of a round that is not the newest"
)

// Reasons for which the sender is to blame: the transport rejects such a message.
const (
	ReasonMalformed      Reason = "malformed"
	ReasonNotOwn         Reason = "not the sender's own"
	ReasonBadVote        Reason = "vote does not verify"
	ReasonBadBefore      Reason = "sender sent what does not verify before"
	ReasonBadReport      Reason = "report is not the digest's"
	ReasonTooFew         Reason = "certificate of fewer than a quorum"
	ReasonBadCertificate Reason = "certificate does not verify"
)

// Blames tells whether an honest node never sends what is dropped for this reason.
func (r Reason) Blames() bool {
	switch r {
	case ReasonMalformed, ReasonNotOwn, ReasonBadVote, ReasonBadBefore, ReasonBadReport, ReasonTooFew, ReasonBadCertificate:
		return true
	}
	return false
}

// Drop is something that was not used.
type Drop struct {
	From   PeerID // empty for the runner's own events
	What   string // type of the message or event, as in "vote"
	Round  Round
	Reason Reason
	Detail string // for people, bounded; may be empty
}
