package consensus

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// round is all that is held of one round. Slices are indexed by member.
type round struct {
	id        Round
	committee Committee
	verifier  CommitteeVerifier
	quorum    quorum
	self      int     // the own member, -1 for an observer
	openedAt  Instant // by the runner's clock, as is the deadline
	deadline  Instant
	overdue   bool // closed by the clock
	resendAt  Instant

	own    *ownReport
	whyNot string   // why the own report was not computed
	vote   *ownVote // decided, which is not signed yet

	observations []*observation
	votes        []voteSlot
	peers        []peerMarks
	evidence     map[int]Evidence
	certificate  *heldCertificate
	conflict     *heldCertificate // a second one, for another digest

	strangerFaults int // certificates of non-members that did not verify
	tried          int // votes for which no aggregate could be made; another try needs more

	order      []int   // of submission
	revertedAt Instant // when an acceptance was last reorganised away
	submitted  bool    // handed over by this process
	again      bool    // handed over before
	accepted   *Accepted
	closed     *Outcome
	alarmed    map[alarmed]bool
}

// ownReport is what the own node computed last.
type ownReport struct {
	report   report.Report
	digest   common.Hash
	sections [report.SectionCount]common.Hash
	attempt  uint64
}

// peerMarks are what is remembered of a member as a correspondent.
type peerMarks struct {
	asked          bool    // a RoundRequest is on its way
	askedAt        Instant // when it was sent
	answered       bool    // has answered and shown no vote of the own key
	ahead          Round   // newer round that it spoke of
	badRelay       bool    // passed on a vote that does not verify
	badCertificate bool    // sent a certificate that does not verify
	helpedAt       Instant // when the certificate was last sent to it
}

type alarmed struct {
	kind   AlarmKind
	member int
}

// takeRoundOpened opens the newest frame's round.
func (c *Core) takeRoundOpened(e RoundOpened) {
	id := Round{e.Committee.Digest, e.RefSlot}
	c.forgetFuture(e.RefSlot)
	c.takeUp()
	newest := c.newest()
	switch {
	case newest == nil || e.RefSlot > newest.id.RefSlot:
		c.open(id, e.Committee, e.Deadline)
	case e.RefSlot < newest.id.RefSlot:
		c.dropOwn("round opened", id, ReasonOldRound)
	case id == newest.id:
		c.dropOwn("round opened", id, ReasonDuplicate)
	default:
		c.takeCommitteeChanged(CommitteeChanged{e.Committee})
	}
}

// takeCommitteeChanged begins the open round anew, with other members.
func (c *Core) takeCommitteeChanged(e CommitteeChanged) {
	old := c.newest()
	if old == nil {
		c.dropOwn("committee changed", Round{Committee: e.Committee.Digest}, ReasonFutureRound)
		return
	}
	id := Round{e.Committee.Digest, old.id.RefSlot}
	switch {
	case id == old.id:
		c.dropOwn("committee changed", id, ReasonDuplicate)
	case old.ended():
		c.dropOwn("committee changed", id, ReasonClosed)
	case len(c.rounds) == 2 && c.rounds[1].id == id:
		c.returnTo(c.rounds[1])
	default:
		c.open(id, e.Committee, old.deadline)
	}
}

// returnTo takes a round up again: the change of the committee was reorganised away.
func (c *Core) returnTo(r *round) {
	left := c.newest()
	c.end(left, Outcome{Round: left.id, Result: Superseded})
	r.closed, r.overdue, r.accepted = nil, false, left.accepted
	c.rounds[0], c.rounds[1] = r, left
	c.begin(r, left)
}

// open makes a round the newest.
func (c *Core) open(id Round, committee Committee, deadline Instant) {
	r, err := c.newRound(id, committee, deadline)
	if err != nil {
		c.out.Alarms = append(c.out.Alarms, Alarm{AlarmCommittee, id, -1, err.Error()})
		c.dropOwn("round opened", id, ReasonMalformed)
		return
	}
	left := c.newest()
	switch {
	case left == nil || left.ended():
	case left.id.RefSlot == id.RefSlot:
		c.end(left, Outcome{Round: left.id, Result: Superseded})
		r.accepted, left.overdue = left.accepted, false
	case left.closed == nil:
		c.end(left, c.missed(left))
		left.overdue = true
	}
	c.rounds = append([]*round{r}, c.rounds[:min(len(c.rounds), 1)]...)
	if c.opened == nil {
		c.opened = &JournalOpened{id.RefSlot}
		c.owe(*c.opened)
	}
	if c.first == nil {
		c.first = &id.RefSlot
	}
	c.begin(r, left)
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
		openedAt: c.clock.told, deadline: deadline,
		observations: make([]*observation, n), votes: make([]voteSlot, n), peers: make([]peerMarks, n),
		evidence: map[int]Evidence{}, alarmed: map[alarmed]bool{},
	}
	c.recall(r)
	return r, nil
}

// begin asks those who may know more: all after a start or with a new journal, later those who spoke of the round before it was open here.
func (c *Core) begin(r, before *round) {
	r.resendAt = c.now
	for m := range r.peers {
		spoke := false
		if before != nil {
			known := before.committee.memberOf(r.committee.Members[m].Peer)
			spoke = known >= 0 && before.peers[known].ahead == r.id
		}
		if before == nil || spoke {
			c.ask(r, m)
		}
	}
	c.statusAt = c.now
}

// closeAtDeadline ends a round whose time is over.
func (c *Core) closeAtDeadline(r *round) {
	if r.closed == nil && c.clock.told >= r.deadline {
		r.overdue = true
		c.end(r, c.missed(r))
	}
}

func (c *Core) end(r *round, o Outcome) {
	r.closed = &o
	c.out.Closed = append(c.out.Closed, o)
}

// missed is how a round that nobody ended has ended, and why.
func (c *Core) missed(r *round) Outcome {
	o := Outcome{Round: r.id, Why: r.whyNot}
	switch {
	case r.accepted != nil:
		return Outcome{Round: r.id, Result: Reported}
	case r.certificate != nil:
		return Outcome{Round: r.id, Result: NotSubmitted}
	case len(r.ownReports()) == 0:
		o.Result = NotReported
	case r.own == nil:
		o.Result = NotCertified // It voted before a restart.
	case r.vote != nil && r.vote.recorded || r.quorum.reached(r.observed(r.own.digest)):
		o.Result = NotCertified
	default:
		o.Result = NoQuorum
	}
	for m := range r.votes {
		c.missing(r, m, &o)
	}
	return o
}

// missing adds what was missing of a member.
func (c *Core) missing(r *round, m int, o *Outcome) {
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
		o.Differ = append(o.Differ, r.differs(m, mine, seen))
	} else if seen == nil && slot.vote.Digest != digest {
		o.Differ = append(o.Differ, Differs{Member: m})
	}
	if o.Result == NotCertified && (slot.vote == nil || slot.vote.Digest != digest) {
		o.NotVoted = append(o.NotVoted, m)
	}
}

// differs names the sections, and the values if a report of the digest was shown.
func (r *round) differs(m int, mine *report.Report, seen *observation) Differs {
	d := Differs{Member: m}
	own := mine.Sections()
	for s := range own {
		if own[s] != seen.message.Sections[s] {
			d.Sections = append(d.Sections, report.Section(s))
		}
	}
	if shown := r.shown(seen.message.Digest); shown != nil {
		d.Values = report.Diff(*mine, *shown)
	}
	return d
}

// String is the outcome in one line.
func (o Outcome) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "round %s: %s", o.Round, o.Result)
	if o.Why != "" {
		fmt.Fprintf(&b, " (%s)", o.Why)
	}
	if len(o.Absent) > 0 {
		fmt.Fprintf(&b, "; absent %v", o.Absent)
	}
	for _, d := range o.Differ {
		fmt.Fprintf(&b, "; member %d differs", d.Member)
		for i, s := range d.Sections {
			fmt.Fprintf(&b, "%s %s", []string{" in", ","}[min(i, 1)], s)
		}
		for _, v := range d.Values {
			fmt.Fprintf(&b, " (%s: %s here, %s there)", v.Field, v.A, v.B)
		}
	}
	if len(o.NotVoted) > 0 {
		fmt.Fprintf(&b, "; without a vote for the own digest %v", o.NotVoted)
	}
	return b.String()
}

// short is the beginning of a digest, for people.
func short(digest common.Hash) string { return fmt.Sprintf("%x", digest[:4]) }
