package node

import (
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// narration is what was last told of the round.
type narration struct {
	observed  int // members that computed the own report
	votes     int
	voted     bool
	certified bool
	submitted bool
	waitedAt  time.Time // when it was last told who is waited for
}

// waitingEvery is how long a round may take before it is told who is missing, and how often.
const waitingEvery = time.Minute

// narrate writes a line for each step of the newest round.
func (r *runner) narrate() {
	v, ok := r.newest()
	if !ok {
		return
	}
	now := r.clock.Now()
	was, is := r.told, narration{
		observed: agreeing(v), votes: votesFor(v), voted: v.Signed, certified: v.Certificate != nil, submitted: v.Submitted,
		waitedAt: r.told.waitedAt,
	}
	r.told = is
	if is.observed != was.observed && v.Certificate == nil && v.Digest != (common.Hash{}) {
		r.log.Info(fmt.Sprintf("%d of %d members have this report; %d are needed.", is.observed, v.Members, v.Quorum), "refSlot", v.Round.RefSlot,
			"digest", v.Digest)
	}
	if is.voted && !was.voted {
		r.frame.times.Voted = now
		r.log.Info("The vote is signed.", "refSlot", v.Round.RefSlot, "digest", v.Voted)
	}
	if is.votes != was.votes && v.Certificate == nil {
		r.log.Info(fmt.Sprintf("%d of %d votes are there.", is.votes, v.Quorum), "refSlot", v.Round.RefSlot)
	}
	if is.certified && !was.certified {
		r.frame.times.Certified = now
		r.book.counters.Certificates++
		r.log.Info("The committee has certified a report.", "refSlot", v.Round.RefSlot, "digest", v.Certificate.Digest, "signers", v.Certificate.Signers.Count(),
			"own", v.Certificate.Digest == v.Digest || v.Certificate.Digest == v.Voted)
		if v.Certificate.Digest == v.Digest {
			r.settled()
		}
	}
}

// narrateWaiting tells now and then who is missing in a round that gets no certificate.
func (r *runner) narrateWaiting() {
	now := r.clock.Now()
	since := r.frame.times.Computed
	if r.told.waitedAt.After(since) {
		since = r.told.waitedAt
	}
	if since.IsZero() || now.Sub(since) < waitingEvery || r.frame.accepted != nil {
		return
	}
	v, ok := r.newest()
	if !ok || v.Certificate != nil || v.Closed != nil {
		return
	}
	r.told.waitedAt = now
	silent, differ := missing(v)
	r.log.Warn(fmt.Sprintf("Still no certificate: %d members have this report and %d votes are there, %d are needed.", agreeing(v), votesFor(v), v.Quorum),
		"refSlot", v.Round.RefSlot, "silent", silent, "otherReport", differ, "probation", v.Recovering)
}

// newest is the round that the core acts in.
func (r *runner) newest() (consensus.RoundView, bool) {
	if r.core == nil {
		return consensus.RoundView{}, false
	}
	rounds := r.core.Rounds()
	if len(rounds) == 0 {
		return consensus.RoundView{}, false
	}
	return rounds[0], true
}

// agreeing counts the members that observed the own digest, the own node included.
func agreeing(v consensus.RoundView) int {
	count := 0
	for _, o := range v.Observed {
		if o.Digest == v.Digest && o.Member != v.Self {
			count++
		}
	}
	if v.Self >= 0 && v.Digest != (common.Hash{}) {
		count++
	}
	return count
}

// votesFor counts the votes for the own digest.
func votesFor(v consensus.RoundView) int {
	count := 0
	for _, vote := range v.Votes {
		if vote.Digest == v.Digest && vote.Member != v.Self {
			count++
		}
	}
	if v.Signed && v.Voted == v.Digest {
		count++
	}
	return count
}

// missing are members of whom neither observation nor vote is there, and those that have another report.
func missing(v consensus.RoundView) (silent, differ []int) {
	for member := range v.Members {
		if member == v.Self {
			continue
		}
		observed := slices.IndexFunc(v.Observed, func(o consensus.ObservationView) bool { return o.Member == member })
		voted := slices.IndexFunc(v.Votes, func(o consensus.VoteView) bool { return o.Member == member })
		switch {
		case observed < 0 && voted < 0:
			silent = append(silent, member)
		case observed >= 0 && v.Digest != (common.Hash{}) && v.Observed[observed].Digest != v.Digest:
			differ = append(differ, member)
		}
	}
	return silent, differ
}
