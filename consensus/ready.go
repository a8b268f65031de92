package consensus

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// Ready is what a node must do after an event, in this order: make Persist durable (all of it, or step PersistFailed and do nothing else of it
// but show Alarms, Closed and Dropped), then Sign, Send and Submit in any order, then wait for an event or for Next.
//
// A runner may crash between any two of these: a core made from the journal's records goes on correctly.
type Ready struct {
	Persist []Record      // for the journal, at once and in order
	Sign    []SignRequest // sign Message with the member key, step Signed
	Send    []Outgoing
	Submit  *Submission    // hand to the submitter, who re-reads the contract first
	Alarms  []Alarm        // for the operator
	Closed  []Outcome      // rounds that ended; one that a wrong clock ended goes on when the clock is right, and ends again
	Dropped []DroppedInput // messages and events that were not used
	Next    Instant        // when Tick is due; 0: nothing to wait for
}

// SignRequest asks for the signature of the own key over Message. Its vote's record is durable by then.
type SignRequest struct {
	Round   Round
	Digest  common.Hash
	Message common.Hash // report.Domain.VoteMessage of round and digest
}

// Outgoing is a message to send. To is empty for all: gossip in the committee's topic; for a Status, the stream of each connected peer.
type Outgoing struct {
	To      PeerID
	Message Message
}

// Submission is the own node's turn to bring a certificate to the contract.
type Submission struct {
	Certificate Certificate
	Turn        int  // place in the SubmissionOrder, 0 first
	Again       bool // it was handed over before a restart or a reorganisation: a transaction may be on its way
}

// AlarmKind says what an operator should look at.
type AlarmKind string

// Alarms. Each comes at most once a round and member.
const (
	AlarmOtherReportCertified AlarmKind = "other-report-certified" // the committee certified another digest than the own
	AlarmTwoCertificates      AlarmKind = "two-certificates"       // more than f members are faulty
	AlarmEquivocation         AlarmKind = "equivocation"           // a member signed two digests in one round: evidence is kept
	AlarmBadVote              AlarmKind = "bad-vote"               // a member's own vote does not verify
	AlarmBadRelay             AlarmKind = "bad-relay"              // a member passed on what does not verify
	AlarmOwnVoteFound         AlarmKind = "own-vote-found"         // a vote of the own key that is not in the journal: no more votes
	AlarmOwnSignature         AlarmKind = "own-signature"          // what came back from signing does not verify
	AlarmChangedAfterVote     AlarmKind = "changed-after-vote"     // recomputed another digest after the vote
	AlarmJournal              AlarmKind = "journal"                // a write failed: no vote until it succeeds
	AlarmOtherAccepted        AlarmKind = "other-accepted"         // the contract took another digest than the own
	AlarmCommittee            AlarmKind = "committee"              // no round can be held with this committee
	AlarmSecondNode           AlarmKind = "second-node"            // another node speaks as the own peer
	AlarmClock                AlarmKind = "clock"                  // the clock was set back
	AlarmUnseenTime           AlarmKind = "unseen-time"            // the clock was set ahead, or the process did not run
)

// alarmKinds is how many kinds there are.
const alarmKinds = 14

// Alarm is something that an operator should look at.
type Alarm struct {
	Kind   AlarmKind
	Round  Round
	Member int // whom it is about, -1 for nobody
	Text   string
}

// String is the alarm in one line.
func (a Alarm) String() string {
	if a.Member < 0 {
		return fmt.Sprintf("%s: %s", a.Kind, a.Text)
	}
	return fmt.Sprintf("%s: member %d: %s", a.Kind, a.Member, a.Text)
}

// Result is how a round ended.
type Result string

// Results.
const (
	Reported     Result = "reported"      // the contract has a report
	Superseded   Result = "superseded"    // the committee changed: the slot goes on in another round
	NotReported  Result = "not computed"  // missed: the own node has no report, and nobody showed a certificate
	NoQuorum     Result = "no quorum"     // missed: too few members observed the own digest
	NotCertified Result = "not certified" // missed: enough observed it, too few voted
	NotSubmitted Result = "not submitted" // missed: certified, but not on chain
)

// Outcome is how a round ended and why.
type Outcome struct {
	Round       Round
	Result      Result
	Why         string             // what the runner said of a report that was not computed
	Absent      []int              // members of whom neither observation nor vote came
	Differences []MemberDifference // members whose last observation or vote is for another digest than the own
	NotVoted    []int              // members whose vote is what a certificate lacked: they are there, and no vote of theirs for the own digest is
}

// MemberDifference is a member that differs from the own report, and in which sections. Values are there when the member showed its report.
type MemberDifference struct {
	Member   int
	Sections []report.Section
	Values   []report.Difference // A is the own value, B the member's
}

// Reason says why something was not used.
type Reason string

// Reasons that come up between honest nodes: the transport ignores such a message.
const (
	ReasonDuplicate   Reason = "already held"
	ReasonOldAttempt  Reason = "older attempt"
	ReasonOldRound    Reason = "older round than the two held"
	ReasonFutureRound Reason = "round not open here"
	ReasonCommittee   Reason = "another committee"
	ReasonUnrequested Reason = "not asked for"
	ReasonNotMember   Reason = "sender is no member"
	ReasonCertified   Reason = "round is certified"
	ReasonEquivocated Reason = "evidence against the member is complete"
	ReasonClosed      Reason = "round is closed"
	ReasonHalted      Reason = "the own node does not vote"
	ReasonStale       Reason = "event of a round that is not the newest"
)

// Reasons for which the sender is to blame: the transport rejects such a message.
const (
	ReasonMalformed      Reason = "malformed"
	ReasonWrongSender    Reason = "not the sender's own"
	ReasonBadVote        Reason = "vote does not verify"
	ReasonKnownBad       Reason = "sender sent what does not verify before"
	ReasonBadReport      Reason = "report is not the digest's"
	ReasonNoQuorum       Reason = "certificate of fewer than a quorum"
	ReasonBadCertificate Reason = "certificate does not verify"
)

// IsFault tells whether an honest node never sends what is dropped for this reason.
func (r Reason) IsFault() bool {
	switch r {
	case ReasonMalformed, ReasonWrongSender, ReasonBadVote, ReasonKnownBad, ReasonBadReport, ReasonNoQuorum, ReasonBadCertificate:
		return true
	}
	return false
}

// DroppedInput is something that was not used.
type DroppedInput struct {
	From   PeerID // empty for the runner's own events
	What   string // type of the message or event, as in "vote"
	Round  Round
	Reason Reason
	Detail string // for people, bounded; may be empty
}

// maxTextBytes bounds texts that come from outside the core.
const maxTextBytes = 200

func (c *Core) send(to PeerID, m Message) { c.ready.Send = append(c.ready.Send, Outgoing{to, m}) }

// alarm tells the operator, once a round and member.
func (c *Core) alarm(r *round, kind AlarmKind, member int, text string) {
	key := alarmKey{kind, member}
	if r.raised[key] {
		return
	}
	r.raised[key] = true
	c.ready.Alarms = append(c.ready.Alarms, Alarm{kind, r.id, member, text})
}

// dropMessage says that a message was not used.
func (c *Core) dropMessage(e Received, reason Reason, detail string) {
	c.ready.Dropped = append(c.ready.Dropped, DroppedInput{e.From, messageName(e.Message), e.Message.InRound(), reason, truncate(detail)})
}

// dropEvent says that an event of the own runner was not used.
func (c *Core) dropEvent(what string, id Round, reason Reason) {
	c.ready.Dropped = append(c.ready.Dropped, DroppedInput{What: what, Round: id, Reason: reason})
}

// messageName is the message's type in words, as drops and metrics name it.
func messageName(m Message) string {
	switch m.(type) {
	case *Observation:
		return "observation"
	case *Vote:
		return "vote"
	case *Certificate:
		return "certificate"
	case *Status:
		return "status"
	case *RoundRequest:
		return "round request"
	case *RoundAnswer:
		return "round answer"
	}
	return fmt.Sprintf("%T", m)
}

func number(n int) string { return strconv.Itoa(n) }

func truncate(text string) string {
	if len(text) > maxTextBytes {
		text = strings.ToValidUTF8(text[:maxTextBytes], "") + "…"
	}
	return text
}
