package consensus

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// Ready is the output of a step: what the node must do, in this order.
//
//  1. Make Persist durable, all records or none. If that fails, step PersistFailed, and do nothing else of this Ready but show
//     Alarms, Closed and Dropped.
//  2. Carry out Sign, Send and Submit, in any order.
//  3. Wait for an event, or for Next.
//
// The process may crash between any two of these: a core made from the journal's records goes on correctly.
type Ready struct {
	Persist []Record       // append to the journal in one transaction, in order
	Sign    []SignRequest  // sign Message with the member key, then step Signed
	Send    []Outgoing     // messages to peers
	Submit  *Submission    // hand to the submitter, which reads the contract again first; nil: nothing to submit
	Alarms  []Alarm        // show to the operator
	Closed  []Outcome      // rounds that ended; one that a wrong clock ended resumes when the clock is right, and ends again
	Dropped []DroppedInput // messages and events that were not used
	Next    Instant        // when Tick is due; 0: nothing to wait for
}

// SignRequest asks for the signature of this node's key over Message. The record of the vote is durable by then.
type SignRequest struct {
	Round   Round
	Digest  common.Hash
	Message common.Hash // report.Domain.VoteMessage of round and digest
}

// Outgoing is a message to send. To names a peer, or is empty for all: gossip in the committee's topic, or, for a Status, the
// stream of each connected peer.
type Outgoing struct {
	To      PeerID
	Message Message
}

// Submission says that it is this node's turn to submit a certificate to the contract.
type Submission struct {
	Certificate Certificate
	Turn        int  // place in the SubmissionOrder, 0 first
	Again       bool // it was handed over before a restart or a reorganisation: a transaction may be pending
}

// AlarmKind says what an operator should look at.
type AlarmKind string

// Alarms. Each comes at most once per round and member.
const (
	AlarmOtherReportCertified AlarmKind = "other-report-certified" // the committee certified another digest than this node's
	AlarmTwoCertificates      AlarmKind = "two-certificates"       // more than f members are faulty
	AlarmEquivocation         AlarmKind = "equivocation"           // a member signed two digests in one round: evidence is kept
	AlarmBadVote              AlarmKind = "bad-vote"               // a member's own vote does not verify
	AlarmBadRelay             AlarmKind = "bad-relay"              // a member passed on what does not verify
	AlarmOwnVoteFound         AlarmKind = "own-vote-found"         // a vote of this node's key that is not in the journal: no more votes
	AlarmOwnSignature         AlarmKind = "own-signature"          // what came back from signing does not verify
	AlarmChangedAfterVote     AlarmKind = "changed-after-vote"     // recomputed another digest after the vote
	AlarmJournal              AlarmKind = "journal"                // a write failed: no vote until it succeeds
	AlarmOtherAccepted        AlarmKind = "other-accepted"         // the contract took another digest than this node's
	AlarmCommittee            AlarmKind = "committee"              // no round can be held with this committee
	AlarmSecondNode           AlarmKind = "second-node"            // another node runs with this node's identity
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

// Result is a code that says how a round ended. It is a label of metrics; Text is for people.
type Result string

// Results.
const (
	Reported     Result = "reported"      // the contract has a report
	Superseded   Result = "superseded"    // the committee changed: the slot goes on in another round
	NotReported  Result = "not_computed"  // missed: this node has no report, and nobody showed a certificate
	NoQuorum     Result = "no_quorum"     // missed: too few members observed this node's digest
	NotCertified Result = "not_certified" // missed: enough members observed it, too few voted
	NotSubmitted Result = "not_submitted" // missed: certified, but not on chain
)

// Text is the result in words.
func (r Result) Text() string { return strings.ReplaceAll(string(r), "_", " ") }

// Outcome is how a round ended and why.
type Outcome struct {
	Round       Round
	Result      Result
	Why         string             // what the runner said of a report that was not computed
	Absent      []int              // members of whom neither observation nor vote came
	Differences []MemberDifference // members whose last observation or vote is for another digest than this node's
	NotVoted    []int              // members that are there but whose vote for this node's digest is missing
}

// MemberDifference is a member whose report differs from this node's, and in which sections. Values are known when the member
// showed its report.
type MemberDifference struct {
	Member   int
	Sections []report.Section
	Values   []report.Difference // A is this node's value, B the member's
}

// Reason is a code that says why an event or a message was not used. It is a label of metrics; Text is for people.
type Reason string

// Reasons that come up between honest nodes: the transport ignores such a message.
const (
	ReasonDuplicate   Reason = "duplicate"
	ReasonOldAttempt  Reason = "old_attempt"
	ReasonOldRound    Reason = "old_round"
	ReasonFutureRound Reason = "future_round"
	ReasonCommittee   Reason = "other_committee"
	ReasonUnrequested Reason = "unrequested"
	ReasonNotMember   Reason = "not_member"
	ReasonCertified   Reason = "already_certified"
	ReasonEquivocated Reason = "already_equivocated"
	ReasonClosed      Reason = "round_closed"
	ReasonHalted      Reason = "halted"
	ReasonStale       Reason = "stale"
)

// Reasons for which the sender is at fault: the transport rejects such a message.
const (
	ReasonMalformed      Reason = "malformed"
	ReasonWrongSender    Reason = "wrong_sender"
	ReasonBadVote        Reason = "bad_vote"
	ReasonKnownBad       Reason = "known_bad"
	ReasonBadReport      Reason = "bad_report"
	ReasonNoQuorum       Reason = "no_quorum"
	ReasonBadCertificate Reason = "bad_certificate"
)

// IsFault reports whether an honest node never sends what is dropped for this reason.
func (r Reason) IsFault() bool {
	switch r {
	case ReasonMalformed, ReasonWrongSender, ReasonBadVote, ReasonKnownBad, ReasonBadReport, ReasonNoQuorum, ReasonBadCertificate:
		return true
	}
	return false
}

// Text is the reason in words.
func (r Reason) Text() string {
	text, ok := map[Reason]string{
		ReasonDuplicate: "already held", ReasonOldAttempt: "older attempt", ReasonOldRound: "older round than the two held",
		ReasonFutureRound: "round not open here", ReasonCommittee: "another committee", ReasonUnrequested: "not asked for",
		ReasonNotMember: "sender is no member", ReasonCertified: "round is certified", ReasonEquivocated: "evidence against the member is complete",
		ReasonClosed: "round is closed", ReasonHalted: "this node does not vote", ReasonStale: "event of a round that is not the newest",
		ReasonMalformed: "malformed", ReasonWrongSender: "not the sender's own", ReasonBadVote: "vote does not verify",
		ReasonKnownBad: "sender sent what does not verify before", ReasonBadReport: "report is not the digest's",
		ReasonNoQuorum: "certificate of fewer than a quorum", ReasonBadCertificate: "certificate does not verify",
	}[r]
	if !ok {
		return string(r)
	}
	return text
}

// DroppedInput is an event or a message that was not used.
type DroppedInput struct {
	From   PeerID // empty for the runner's own events
	What   string // code of the message's or event's type: "vote", "round_answer"
	Round  Round
	Reason Reason
	Detail string // for people, bounded; may be empty
}

// maxTextBytes bounds texts that come from outside the core.
const maxTextBytes = 200

func (c *Core) send(to PeerID, m Message) { c.ready.Send = append(c.ready.Send, Outgoing{to, m}) }

// alarm raises an alarm, once per round and member.
func (c *Core) alarm(r *round, kind AlarmKind, member int, text string) {
	key := alarmKey{kind, member}
	if r.raised[key] {
		return
	}
	r.raised[key] = true
	c.ready.Alarms = append(c.ready.Alarms, Alarm{kind, r.id, member, text})
}

// dropMessage notes that a message was not used.
func (c *Core) dropMessage(e Received, reason Reason, detail string) {
	c.ready.Dropped = append(c.ready.Dropped, DroppedInput{e.From, messageName(e.Message), e.Message.InRound(), reason, truncate(detail)})
}

// dropEvent notes that an event of the runner was not used.
func (c *Core) dropEvent(what string, id Round, reason Reason) {
	c.ready.Dropped = append(c.ready.Dropped, DroppedInput{What: what, Round: id, Reason: reason})
}

// messageName is the code of a message's type, as DroppedInput and metrics have it.
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
		return "round_request"
	case *RoundAnswer:
		return "round_answer"
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
