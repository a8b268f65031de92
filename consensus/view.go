package consensus

import "github.com/ethereum/go-ethereum/common"

// RoundView is a snapshot of a round for people. The caller must not change what it points to.
type RoundView struct {
	Round       Round
	Members     int
	Quorum      int
	Self        int // this node's member index, -1 for an observer
	Deadline    Instant
	Digest      common.Hash // of this node's report; zero: not computed
	Voted       common.Hash // the digest for which this node's vote is recorded; zero: no vote
	Signed      bool        // this node's vote is signed
	Recovering  bool        // votes may be missing from the journal: the node asks the others before it votes
	Observed    []ObservationView
	Votes       []VoteView
	Certificate *Certificate
	Conflicting *Certificate // a second valid certificate, for another digest
	Evidence    []Evidence
	Submitted   bool // handed to the submitter
	Accepted    common.Hash
	Finalized   bool
	Closed      *Outcome
	Differences []MemberDifference // members whose live observation is for another digest than this node's
}

// ObservationView is the newest observation of a member.
type ObservationView struct {
	Member   int
	Attempt  uint64
	Digest   common.Hash
	Software string
}

// VoteView is a vote of a member that the node holds.
type VoteView struct {
	Member   int
	Digest   common.Hash
	Verified bool
}

func (c *Core) view(r *round) RoundView {
	v := RoundView{
		Round: r.id, Members: r.quorum.members, Quorum: r.quorum.needed, Self: r.self, Deadline: r.deadline,
		Recovering: r.self >= 0 && c.recovering(r), Submitted: r.submitted, Closed: r.closed,
	}
	if r.own != nil {
		v.Digest = r.own.digest
	}
	if r.vote != nil && r.vote.recorded {
		v.Voted, v.Signed = r.vote.record.Digest, r.vote.signature != nil
	}
	if r.certificate != nil {
		v.Certificate = r.certificate.certificate
	}
	if r.conflict != nil {
		v.Conflicting = r.conflict.certificate
	}
	if r.accepted != nil {
		v.Accepted, v.Finalized = r.accepted.Digest, r.accepted.Finalized
	}
	for m := range r.votes {
		if o := r.observations[m]; o != nil {
			v.Observed = append(v.Observed, ObservationView{m, o.message.Attempt, o.message.Digest, o.message.Software})
			if r.own != nil && o.message.Digest != r.own.digest {
				v.Differences = append(v.Differences, r.difference(m, &r.own.report, o))
			}
		}
		if slot := r.votes[m]; slot.vote != nil {
			v.Votes = append(v.Votes, VoteView{m, slot.vote.Digest, slot.verification != unverified})
		}
		if e, ok := r.evidence[m]; ok {
			v.Evidence = append(v.Evidence, e)
		}
	}
	return v
}

// MaxFootprint bounds what Footprint counts of a round with n members, but for records that wait for a journal.
func MaxFootprint(n int) int { return 8*(n+1) + alarmKinds*(n+1) }

// Footprint counts what is held: observations, reports, votes, evidence, certificates, marks, own votes and waiting records. Whatever peers send, it is at most
// MaxFootprint of each of the two rounds, a vote of this node for each committee of the newest voted slot, and 2*MaxMembers + 8 records while the journal takes none.
func (c *Core) Footprint() int {
	count := len(c.pending) + len(c.history.votes)
	for _, r := range c.rounds {
		count += len(r.evidence) + len(r.raised) + len(r.peers) + len(r.order) + len(r.ownReports())
		for m := range r.votes {
			if o := r.observations[m]; o != nil {
				count++
				if o.report != nil {
					count++
				}
			}
			if r.votes[m].vote != nil {
				count++
			}
		}
		for _, held := range []*heldCertificate{r.certificate, r.conflict} {
			if held != nil {
				count++
			}
		}
	}
	return count
}
