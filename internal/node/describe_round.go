package node

import (
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
)

func unix(seconds uint64) time.Time { return time.Unix(int64(seconds), 0).UTC() }

// describeRound is one round; what only the frame knows is told of the newest.
func (r *runner) describeRound(v consensus.RoundView, newest bool, connected map[consensus.PeerID]p2p.Peer) status.Round {
	s := status.Round{
		Committee: v.Round.Committee, RefSlot: v.Round.RefSlot, Members: v.Members, Quorum: v.Quorum, Digest: hashOrNil(v.Digest), Recovering: v.Recovering,
		Accepted: hashOrNil(v.Accepted), Finalized: v.Finalized, Seats: r.describeSeats(v, connected),
	}
	if v.Certificate != nil {
		s.Certificate, s.Signers = hashOrNil(v.Certificate.Digest), v.Certificate.Signers.Members()
	}
	for _, o := range v.Observed {
		if o.Member == v.Self {
			s.Attempt = o.Attempt
		}
	}
	if on := r.chainNow.of(v.Round.RefSlot); on != nil {
		s.Transaction = hashOrNil(on.tx)
	}
	s.Stage, s.Why = r.stage(v, newest)
	if newest && r.frame.round == v.Round {
		s.Times = r.frame.times
		if r.frame.result != nil {
			s.Sections = describeSections(r.ownReport())
		}
	}
	return s
}

func (r *runner) describeSeats(v consensus.RoundView, connected map[consensus.PeerID]p2p.Peer) []status.Seat {
	seats := make([]status.Seat, v.Members)
	var members []consensus.Member
	for _, c := range r.joined {
		if c.Digest == v.Round.Committee {
			members = c.Members
		}
	}
	for i := range seats {
		seats[i].Member = i
		seats[i].Connected = i == v.Self
		if i < len(members) {
			_, isConnected := connected[members[i].Peer]
			seats[i].Connected = isConnected || i == v.Self
		}
		seats[i].Signed = v.Certificate != nil && v.Certificate.Signers.Has(i)
	}
	for _, o := range v.Observed {
		seats[o.Member].Observed = hashOrNil(o.Digest)
	}
	for _, vote := range v.Votes {
		seats[vote.Member].Voted = hashOrNil(vote.Digest)
	}
	if v.Self >= 0 {
		seats[v.Self].Observed = hashOrNil(v.Digest)
		if v.Signed {
			seats[v.Self].Voted = hashOrNil(v.Voted)
		}
	}
	for _, e := range v.Evidence {
		seats[e.Member].Equivocal = true
	}
	for _, d := range v.Differences {
		seats[d.Member].Differs = describeDiffers(d)
	}
	return seats
}

func describeDiffers(d consensus.MemberDifference) []status.Difference {
	var all []status.Difference
	for _, value := range d.Values {
		all = append(all, status.Difference{Section: value.Section.String(), Field: value.Field, Own: value.A, Theirs: value.B})
	}
	if len(all) > 0 {
		return all
	}
	for _, section := range d.Sections {
		all = append(all, status.Difference{Section: section.String()})
	}
	return all
}

// stage is how far a round has come, and what is waited for.
func (r *runner) stage(v consensus.RoundView, newest bool) (status.Stage, string) {
	none := common.Hash{}
	silent, differ := missing(v)
	switch {
	case v.Finalized:
		return status.Done, "The contract has the report for good."
	case v.Accepted != none:
		return status.Accepted, "The contract has the report; its block is not final yet."
	case v.Closed != nil:
		return status.Unreported, v.Closed.String()
	case v.Submitted:
		return status.Submitted, "A transaction is on its way, this node's or another member's."
	case v.Certificate != nil:
		return status.Certified, "Members submit in turn."
	case v.Signed:
		return status.Voted, fmt.Sprintf("%d of %d votes are there; silent: %v, other reports: %v.", votesFor(v), v.Quorum, silent, differ)
	case v.Recovering && v.Digest != none:
		return status.Observed, "The journal is new: the other members are asked before this one votes."
	case v.Digest != none:
		return status.Observed, fmt.Sprintf("%d of %d members needed have this report; silent: %v, other reports: %v.", agreeing(v), v.Quorum, silent, differ)
	case newest && r.frame.computing:
		return status.Computing, "The state is read and verified."
	case newest && r.frame.times.Finality.IsZero():
		return status.Waiting, "The reference slot is not finalized yet."
	}
	return status.Computing, r.frame.why
}

// sectionNames are in the report's order.
func sectionNames() []report.Section {
	return []report.Section{report.BlockSection, report.ConsensusSection, report.ExecutionSection, report.QueueSection, report.CommitmentSection}
}

// describeSections are a report's fields as its JSON writes them, by section.
func describeSections(r report.Report) []status.SectionView {
	views := make([]status.SectionView, 0, report.SectionCount)
	all := report.Diff(report.Report{}, r)
	for _, section := range sectionNames() {
		view := status.SectionView{Name: section.String()}
		for _, d := range all {
			if d.Section == section {
				view.Fields = append(view.Fields, status.Field{Name: d.Field, Value: d.B})
			}
		}
		views = append(views, view)
	}
	return views
}
