package consensus

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// round is all that is held of one round. Slices are indexed by member.
type round struct {
	id            Round
	committee     Committee
	verifier      CommitteeVerifier
	quorum        quorum
	self          int     // this node's member index, -1 for an observer
	openedAt      Instant // by the runner's clock, as is the deadline
	deadline      Instant
	closedByClock bool // closed by the clock
	resendAt      Instant

	own         *ownReport
	notComputed string   // why this node's report was not computed
	vote        *ownVote // decided, which is not signed yet

	observations []*observation
	votes        []voteSlot
	peers        []peerState
	evidence     map[int]Evidence
	certificate  *heldCertificate
	conflict     *heldCertificate // a second one, for another digest

	nonMemberFaults int // certificates of non-members that did not verify
	triedVotes      int // votes for which no aggregate could be made; another try needs more

	order           []int   // of submission
	revertedAt      Instant // when an acceptance was last reorganised away
	submitted       bool    // handed over by this process
	submittedBefore bool    // handed over before
	accepted        *Accepted
	closed          *Outcome
	raised          map[alarmKey]bool
}

// ownReport is what this node computed last.
type ownReport struct {
	report   report.Report
	digest   common.Hash
	sections [report.SectionCount]common.Hash
	attempt  uint64
}

// peerState are what is remembered of a member as a correspondent.
type peerState struct {
	asked             bool    // a RoundRequest is on its way
	askedAt           Instant // when it was sent
	answered          bool    // has answered and shown no vote of this node's key
	futureRound       Round   // newer round that it spoke of
	badRelay          bool    // passed on a vote that does not verify
	badCertificate    bool    // sent a certificate that does not verify
	certificateSentAt Instant // when the certificate was last sent to it
}

type alarmKey struct {
	kind   AlarmKind
	member int
}

// handleRoundOpened opens the newest frame's round.
func (c *Core) handleRoundOpened(e RoundOpened) {
	id := Round{e.Committee.Digest, e.RefSlot}
	c.dropFutureRounds(e.RefSlot)
	c.resumeClosed()
	newest := c.newest()
	switch {
	case newest == nil || e.RefSlot > newest.id.RefSlot:
		c.openRound(id, e.Committee, e.Deadline)
	case e.RefSlot < newest.id.RefSlot:
		c.dropEvent("round_opened", id, ReasonOldRound)
	case id == newest.id:
		c.dropEvent("round_opened", id, ReasonDuplicate)
	default:
		c.handleCommitteeChanged(CommitteeChanged{e.Committee})
	}
}

// handleCommitteeChanged begins the open round anew, with other members.
func (c *Core) handleCommitteeChanged(e CommitteeChanged) {
	old := c.newest()
	if old == nil {
		c.dropEvent("committee_changed", Round{Committee: e.Committee.Digest}, ReasonFutureRound)
		return
	}
	id := Round{e.Committee.Digest, old.id.RefSlot}
	switch {
	case id == old.id:
		c.dropEvent("committee_changed", id, ReasonDuplicate)
	case old.ended():
		c.dropEvent("committee_changed", id, ReasonClosed)
	case len(c.rounds) == 2 && c.rounds[1].id == id:
		c.reopenRound(c.rounds[1])
	default:
		c.openRound(id, e.Committee, old.deadline)
	}
}

// reopenRound resumes the round of the committee before: a reorganisation removed the change of the committee.
func (c *Core) reopenRound(r *round) {
	left := c.newest()
	c.closeRound(left, Outcome{Round: left.id, Result: Superseded})
	r.closed, r.closedByClock, r.accepted = nil, false, left.accepted
	c.rounds[0], c.rounds[1] = r, left
	c.startRound(r, left)
}

// openRound makes a round the newest.
func (c *Core) openRound(id Round, committee Committee, deadline Instant) {
	r, err := c.newRound(id, committee, deadline)
	if err != nil {
		c.ready.Alarms = append(c.ready.Alarms, Alarm{AlarmCommittee, id, -1, err.Error()})
		c.dropEvent("round_opened", id, ReasonMalformed)
		return
	}
	left := c.newest()
	switch {
	case left == nil || left.ended():
	case left.id.RefSlot == id.RefSlot:
		c.closeRound(left, Outcome{Round: left.id, Result: Superseded})
		r.accepted, left.closedByClock = left.accepted, false
	case left.closed == nil:
		c.closeRound(left, c.missedOutcome(left))
		left.closedByClock = true
	}
	c.rounds = append([]*round{r}, c.rounds[:min(len(c.rounds), 1)]...)
	if c.opened == nil {
		c.opened = &JournalOpened{id.RefSlot}
		c.enqueue(*c.opened)
	}
	if c.firstSlot == nil {
		c.firstSlot = &id.RefSlot
	}
	c.startRound(r, left)
}

func (c *Core) newRound(id Round, committee Committee, deadline Instant) (*round, error) {
	if err := committee.Validate(); err != nil {
		return nil, err
	}
	n := len(committee.Members)
	keys := make([]Key, n)
	for i, m := range committee.Members {
		keys[i] = m.Key
	}
	verifier, err := c.config.Verifier.Prepare(keys)
	if err != nil {
		return nil, fmt.Errorf("%w: read the members' keys: %w", ErrCommittee, err)
	}
	r := &round{
		id: id, committee: committee, verifier: verifier, quorum: quorumOf(n), self: committee.indexOf(c.config.Key),
		openedAt: c.clock.wall, deadline: deadline,
		observations: make([]*observation, n), votes: make([]voteSlot, n), peers: make([]peerState, n),
		evidence: map[int]Evidence{}, raised: map[alarmKey]bool{},
	}
	c.restoreRound(r)
	return r, nil
}

// startRound asks those who may know more: all after a start or with a new journal, later those who spoke of the round before it was open here.
func (c *Core) startRound(r, before *round) {
	r.resendAt = c.now
	for m := range r.peers {
		spoke := false
		if before != nil {
			known := before.committee.memberOf(r.committee.Members[m].Peer)
			spoke = known >= 0 && before.peers[known].futureRound == r.id
		}
		if before == nil || spoke {
			c.requestRound(r, m)
		}
	}
	c.statusAt = c.now
}

// closeAtDeadline ends a round whose time is over.
func (c *Core) closeAtDeadline(r *round) {
	if r.closed == nil && c.clock.wall >= r.deadline {
		r.closedByClock = true
		c.closeRound(r, c.missedOutcome(r))
	}
}

func (c *Core) closeRound(r *round, o Outcome) {
	r.closed = &o
	c.ready.Closed = append(c.ready.Closed, o)
}

// missedOutcome is how a round that nobody ended has ended, and why.
func (c *Core) missedOutcome(r *round) Outcome {
	o := Outcome{Round: r.id, Why: r.notComputed}
	switch {
	case r.accepted != nil:
		return Outcome{Round: r.id, Result: Reported}
	case r.certificate != nil:
		return Outcome{Round: r.id, Result: NotSubmitted}
	case len(r.ownReports()) == 0:
		o.Result = NotReported
	case r.own == nil:
		o.Result = NotCertified // It voted before a restart.
	case r.vote != nil && r.vote.recorded || r.quorum.reached(r.countObservations(r.own.digest)):
		o.Result = NotCertified
	default:
		o.Result = NoQuorum
	}
	for m := range r.votes {
		c.addMissing(r, m, &o)
	}
	return o
}

// addMissing adds what was missing of a member.
func (c *Core) addMissing(r *round, m int, o *Outcome) {
	seen, slot := r.observations[m], r.votes[m]
	if seen == nil && slot.vote == nil {
		if m != r.self {
			o.Absent = append(o.Absent, m)
		}
		return
	}
	own := r.ownReports()
	if len(own) == 0 {
		return
	}
	mine := own[len(own)-1]
	digest := c.digestOf(r, mine)
	if seen != nil && seen.message.Digest != digest {
		o.Differences = append(o.Differences, r.difference(m, mine, seen))
	} else if seen == nil && slot.vote.Digest != digest {
		o.Differences = append(o.Differences, MemberDifference{Member: m})
	}
	if o.Result == NotCertified && (slot.vote == nil || slot.vote.Digest != digest) {
		o.NotVoted = append(o.NotVoted, m)
	}
}

// difference names the sections, and the values if a report of the digest was shown.
func (r *round) difference(m int, mine *report.Report, seen *observation) MemberDifference {
	d := MemberDifference{Member: m}
	own := mine.Sections()
	for s := range own {
		if own[s] != seen.message.Sections[s] {
			d.Sections = append(d.Sections, report.Section(s))
		}
	}
	if shown := r.reportFor(seen.message.Digest); shown != nil {
		d.Values = report.Diff(*mine, *shown)
	}
	return d
}

// String is the outcome in one line.
func (o Outcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "round %s: %s", o.Round, o.Result.Text())
	if o.Why != "" {
		fmt.Fprintf(&b, " (%s)", o.Why)
	}
	if len(o.Absent) > 0 {
		fmt.Fprintf(&b, "; absent %v", o.Absent)
	}
	for _, d := range o.Differences {
		fmt.Fprintf(&b, "; member %d differs", d.Member)
		for i, s := range d.Sections {
			fmt.Fprintf(&b, "%s %s", []string{" in", ","}[min(i, 1)], s)
		}
		for _, v := range d.Values {
			fmt.Fprintf(&b, " (%s: %s here, %s there)", v.Field, v.A, v.B)
		}
	}
	if len(o.NotVoted) > 0 {
		fmt.Fprintf(&b, "; without a vote for this node's digest %v", o.NotVoted)
	}
	return b.String()
}

// shortDigest is the beginning of a digest, for people.
func shortDigest(digest common.Hash) string { return fmt.Sprintf("%x", digest[:4]) }
