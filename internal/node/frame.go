package node

import (
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// frame is the newest one that the node works on.
type frame struct {
	open     bool
	refSlot  uint64
	deadline time.Time // by the wall clock: when submissions of the frame close
	round    consensus.Round
	electorate

	computing bool
	retryAt   consensus.Instant // when the report is computed again; 0: not of itself
	result    *snapshot.Result  // this node's newest computation, tampered with by the hook if there is one
	why       string            // why there is no report yet
	times     status.Times
	accepted  *acceptance // as the core knows it
	submitted bool
}

// slotNow is the slot that runs by the wall clock.
func (r *runner) slotNow() uint64 {
	return r.schedule.SlotAt(uint64(max(r.clock.Now().Unix(), 0)))
}

// timeOf is when a slot begins.
func (r *runner) timeOf(slot uint64) time.Time { return time.Unix(int64(r.schedule.TimeOf(slot)), 0) }

// openFrame opens the round of the newest reference slot, when it has passed, submissions have not closed and the committee is known.
func (r *runner) openFrame() {
	refSlot, err := r.schedule.CurrentRefSlot(r.slotNow())
	if err != nil || r.core == nil || r.frame.open && refSlot <= r.frame.refSlot {
		return
	}
	committee, known := r.chainNow.committees[refSlot]
	if !known {
		return
	}
	deadline := r.timeOf(r.schedule.CloseSlot(refSlot))
	if !r.clock.Now().Before(deadline) {
		return // Nothing can come of a round that begins after submissions closed; it would only end as missed.
	}
	r.frame = frame{
		open: true, refSlot: refSlot, deadline: deadline, round: consensus.Round{Committee: committee.Digest, RefSlot: refSlot}, electorate: electorate{current: committee},
		why: "the reference slot is not finalized yet", times: status.Times{Opened: r.clock.Now()},
	}
	r.logged = loggedProgress{}
	r.join(committee)
	r.log.Info("A frame opened.", "refSlot", refSlot, "members", len(committee.Members), "quorum", report.Quorum(len(committee.Members)),
		"committee", committee.Digest, "deadline", deadline.UTC())
	r.stepFrame(committee)
}

// rewind opens the frame of the present again, after the clock was set back.
func (r *runner) rewind() {
	if !r.frame.open {
		return
	}
	if present, err := r.schedule.CurrentRefSlot(r.slotNow()); err != nil || present < r.frame.refSlot {
		r.frame = frame{} // It opens again when it is known who answers for the slot of the present.
		return
	}
	r.stepFrame(r.frame.current)
}

// nextFrame is when the next frame opens, or when one that should be open is looked at again.
func (r *runner) nextFrame() consensus.Instant {
	now := r.clock.Now()
	first := r.timeOf(r.schedule.RefSlot(0) + 1)
	next := now.Add(r.slot())
	switch {
	case now.Before(first):
		next = first
	case r.frame.open:
		if opens := r.timeOf(r.frame.refSlot + r.schedule.FrameSlots() + 1); opens.After(now) {
			next = opens
		}
	}
	return instantOf(next)
}

// stepFrame gives the core all that is known of the frame.
func (r *runner) stepFrame(committee consensus.Committee) {
	r.step(consensus.RoundOpened{Committee: committee, RefSlot: r.frame.refSlot, Deadline: instantOf(r.frame.deadline)})
	r.frame.accepted = nil
	r.stepAcceptance()
	r.stepComputed()
}

// restoreFrame gives a new core what the old one knew.
func (r *runner) restoreFrame() {
	if r.frame.open {
		r.stepFrame(r.frame.current)
	}
	for _, peer := range r.host.Peers() {
		r.step(consensus.PeerConnected{Peer: peer.ID})
	}
}

// changeCommittee begins the round anew when another committee answers for the open frame. It reports whether it did. Once submissions have closed, the contract
// keeps the sets of later rounds only: what it says of this one means nothing. The head tells so too when this node's clock is behind.
func (r *runner) changeCommittee() bool {
	if !r.frame.open || !r.clock.Now().Before(r.frame.deadline) || r.schedule.SlotAt(r.chainNow.head.Time) >= r.schedule.CloseSlot(r.frame.refSlot) {
		return false
	}
	committee := r.answering()
	if committee.Digest == r.frame.round.Committee {
		r.frame.current = committee // A peer id may have been read anew.
		return false
	}
	r.log.Warn("The committee of the open frame changed. The round begins anew.", "refSlot", r.frame.refSlot, "members", len(committee.Members),
		"committee", committee.Digest)
	r.frame.round.Committee, r.frame.current = committee.Digest, committee
	r.logged = loggedProgress{}
	r.join(committee)
	r.step(consensus.CommitteeChanged{Committee: committee})
	r.frame.accepted = nil
	r.stepAcceptance()
	r.stepComputed()
	return true
}

// stepComputed gives the core this node's report under the committee of the round, or why there is none. A committee that lost members after the reference block
// has another digest than the one that is proven there; one that has anybody else is never voted in.
func (r *runner) stepComputed() {
	if r.frame.result == nil {
		r.step(consensus.NotComputed{Round: r.frame.round, Why: r.frame.why})
		return
	}
	if err := r.verifyNamed(r.frame.current); err != nil {
		r.step(consensus.NotComputed{Round: r.frame.round, Why: err.Error()})
		return
	}
	own := r.ownReport()
	r.metrics.computed(own.RefSlot, r.domain.Digest(own))
	r.step(consensus.Computed{Report: own})
}

// ownReport is this node's report as the core and the page show it.
func (r *runner) ownReport() report.Report {
	own := r.frame.result.Report
	own.Committee = r.frame.round.Committee
	return own
}

// maxJoined is how many committees' topics the node stays in: of this round, the one before, and a change.
const maxJoined = 3

// join enters the committee's topic and leaves the oldest one.
func (r *runner) join(committee consensus.Committee) {
	kept := []consensus.Committee{committee}
	for _, other := range r.joined {
		switch {
		case other.Digest == committee.Digest:
		case len(kept) < maxJoined:
			kept = append(kept, other)
		default:
			if err := r.host.Leave(other.Digest); err != nil {
				r.log.Debug("A committee's topic was not left.", "committee", other.Digest, "reason", err)
			}
		}
	}
	r.joined = kept
	if err := r.host.Join(committee); err != nil {
		r.log.Error("The committee's topic was not joined, so nothing is heard of its members.", "committee", committee.Digest, "reason", err)
	}
}
