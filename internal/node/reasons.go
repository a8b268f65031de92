package node

import (
	"fmt"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Code names a reason why a node is not ready. docs/reasons.md tells what to do about each.
type Code string

// Codes besides those of package p2p.
const (
	Starting      Code = "starting"
	BeaconDown    Code = "beacon-down"
	ExecutionDown Code = "execution-down"
	JournalFailed Code = "journal-failed"
	VotingHalted  Code = "voting-halted"
	NotMember     Code = "not-member"
	NoCommittee   Code = "no-committee"
	NotComputed   Code = "not-computed"
	NotProven     Code = "committee-not-proven"
	ClockJumped   Code = "clock-jumped"
	LowFunds      Code = "low-funds"
)

// clockReasonFor is how long a jump of the clock is shown.
const clockReasonFor = 10 * time.Minute

// stalePolls is after how many looks that failed the execution chain counts as out of sight.
const stalePolls = 3

// reasons are why the node cannot do its part now; empty when it can.
func (r *runner) reasons(e endpointView) []status.Reason {
	var all []status.Reason
	add := func(code Code, format string, args ...any) {
		all = append(all, status.Reason{Code: string(code), Text: fmt.Sprintf(format, args...)})
	}
	now := r.clock.Now()
	if e.checked && !e.beaconUsable {
		add(BeaconDown, "no beacon node can be used: %s", e.beaconWhy)
	}
	lookedAt := r.chainNow.seen
	switch {
	case e.checked && !e.executionUsable:
		add(ExecutionDown, "no execution node can be used: %s", e.executionWhy)
	case r.chainNow.err != nil && now.Sub(lookedAt) > stalePolls*r.config.PollInterval:
		add(ExecutionDown, "the execution chain cannot be read: %s", shortReason(r.chainNow.err))
	case lookedAt.IsZero() || !e.checked:
		add(Starting, "the nodes are asked for the first time: wait")
	}
	if r.core == nil {
		add(JournalFailed, "the journal cannot be opened: see the log, and repair the disk")
	} else if halt, halted := r.core.Halted(); halted {
		add(VotingHalted, "a vote of this key was found that the journal does not hold (reference slot %d): make sure that no second node runs with the key, then oraclenode journal resume",
			halt.Round.RefSlot)
	}
	r.committeeReasons(add)
	if f := r.frame; f.open && f.result == nil && f.why != "" && !f.times.Finality.IsZero() && f.accepted == nil {
		add(NotComputed, "the report of reference slot %d is not computed: %s", f.refSlot, f.why)
	}
	if err := r.frame.contradiction; err != nil {
		add(NotProven, "reference slot %d: %s", r.frame.refSlot, shortReason(err))
	}
	if r.sender != nil {
		if why := r.sender.State().LowFunds; why != "" {
			add(LowFunds, "%s", why)
		}
	}
	if !r.jumpedAt.IsZero() && now.Sub(r.jumpedAt) < clockReasonFor {
		add(ClockJumped, "the clock was set by %s: see that it is right and kept so by NTP", r.jumpedBy)
	}
	for _, reason := range r.host.Health().Reasons {
		all = append(all, status.Reason{Code: string(reason.Code), Text: reason.Text})
	}
	return all
}

// committeeReasons are added when there is no committee with this node in it.
func (r *runner) committeeReasons(add func(Code, string, ...any)) {
	if len(r.chainNow.committees) == 0 {
		if !r.chainNow.seen.IsZero() {
			add(NoCommittee, "the contract names no committee: wait until members are admitted")
		}
		return
	}
	if r.key == nil {
		return
	}
	for _, c := range r.chainNow.committees {
		for _, m := range c.Members {
			if m.Key != *r.key {
				continue
			}
			if m.Peer != r.identity.PeerID() {
				add(NotMember, "the key's member is registered with another network identity: use that identity's file")
			}
			return
		}
	}
	add(NotMember, "the key is in no committee: register it and wait until it is admitted")
}

// shortReason is an error's text without line breaks, bounded.
func shortReason(err error) string {
	if err == nil {
		return ""
	}
	const most = 300
	return format.Printable(strings.Join(strings.Fields(err.Error()), " "), most)
}
