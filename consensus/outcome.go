package consensus

import (
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

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
