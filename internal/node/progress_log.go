package node

import (
	"fmt"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// loggedProgress is what the log said last of the round.
type loggedProgress struct {
	observed  int // members that computed this node's report
	votes     int
	voted     bool
	certified bool
	submitted bool
	waitedAt  time.Time // when the log named last who is waited for
}

// waitingLogInterval is after how long a round without a certificate the log names who is missing, and how often.
const waitingLogInterval = time.Minute

// logProgress writes a line for each step of the newest round.
func (r *runner) logProgress() {
	v, ok := r.newest()
	if !ok {
		return
	}
	now := r.clock.Now()
	was, is := r.logged, loggedProgress{
		observed: agreeing(v), votes: votesFor(v), voted: v.Signed, certified: v.Certificate != nil, submitted: v.Submitted,
		waitedAt: r.logged.waitedAt,
	}
	r.logged = is
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
		r.metrics.counters.Certificates++
		r.log.Info("The committee has certified a report.", "refSlot", v.Round.RefSlot, "digest", v.Certificate.Digest, "signers", v.Certificate.Signers.Count(),
			"own", v.Certificate.Digest == v.Digest || v.Certificate.Digest == v.Voted)
		if v.Certificate.Digest == v.Digest {
			r.settled()
		}
	}
}

// logWaiting names now and then who is missing in a round that gets no certificate.
func (r *runner) logWaiting() {
	now := r.clock.Now()
	since := r.frame.times.Computed
	if r.logged.waitedAt.After(since) {
		since = r.logged.waitedAt
	}
	if since.IsZero() || now.Sub(since) < waitingLogInterval || r.frame.accepted != nil {
		return
	}
	v, ok := r.newest()
	if !ok || v.Certificate != nil || v.Closed != nil {
		return
	}
	r.logged.waitedAt = now
	silent, differ := missing(v)
	r.log.Warn(fmt.Sprintf("Still no certificate: %d members have this report and %d votes are there, %d are needed.", agreeing(v), votesFor(v), v.Quorum),
		"refSlot", v.Round.RefSlot, "silent", silent, "otherReport", differ, "recovering", v.Recovering)
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

// agreeing counts the members that observed this node's digest, this node included.
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

// votesFor counts the votes for this node's digest.
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
