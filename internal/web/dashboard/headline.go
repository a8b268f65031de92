package dashboard

import (
	"fmt"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// level says how good or bad things are. The page shows each by a word, a shape and a colour.
type level string

const (
	good    level = "good"
	busy    level = "busy"
	warning level = "warning"
	bad     level = "bad"
)

// Word is the level for a person.
func (l level) Word() string {
	return map[level]string{good: "In order", busy: "At work", warning: "Attention", bad: "Failure"}[l]
}

// headline is the state of the committee in one line and one sentence.
type headline struct {
	Level level
	Title string
	Text  string
}

// notReady is what the headline says of a node that cannot do its part.
const notReady = "This node is not ready"

// headlineOf says how the newest round stands.
func headlineOf(s status.Status) headline {
	if len(s.Rounds) == 0 {
		return withReadiness(s.Overview, headline{busy, "No round yet", "The node has not met a reference slot since it started."}, notReady)
	}
	r := s.Rounds[0]
	t := countSeats(r)
	switch r.Stage {
	case status.Accepted, status.Done:
		return withReadiness(s.Overview, acceptedHeadline(r, t), notReady)
	case status.Unreported:
		return headline{bad, "The frame passed without a report", sentence(r.Why) + " Nothing is lost: the next report contains what this one would have."}
	}
	if threat := threatHeadline(r, t); threat != nil {
		return *threat
	}
	v := progressHeadline(r, t)
	if len(t.differing) > 0 {
		v.Level = warning
		v.Text += " " + differingSentence(r, t)
	}
	return withReadiness(s.Overview, v, notReady)
}

func acceptedHeadline(r status.Round, t tally) headline {
	if r.Digest != nil && r.Accepted != nil && *r.Digest != *r.Accepted {
		return headline{bad, "The contract took another report", "The committee agreed on a report that this node did not compute. Compare the sections below, and this node's endpoints."}
	}
	v := headline{good, "Reported", fmt.Sprintf("%d of %d members signed one report, and the contract took it.", len(r.Signers), t.members)}
	if r.Finalized {
		v.Title = "Reported and final"
	}
	if len(t.differing) > 0 {
		v.Level, v.Text = warning, v.Text+" "+differingSentence(r, t)
	}
	return v
}

// threatHeadline finds what keeps the round from a quorum.
func threatHeadline(r status.Round, t tally) *headline {
	if r.Certificate != nil {
		return nil
	}
	if t.members-len(t.differing) < t.quorum && len(t.differing) > 0 {
		return &headline{bad, "The members disagree", fmt.Sprintf("%d of %d told this node's report; %d are needed. %s", t.same, t.members, t.quorum, differingSentence(r, t))}
	}
	if t.connected < t.quorum {
		return &headline{bad, "Too few members are connected", fmt.Sprintf("%d of %d are connected with this node; %d votes are needed.", t.connected, t.members, t.quorum)}
	}
	return nil
}

func progressHeadline(r status.Round, t tally) headline {
	why := sentence(r.Why)
	switch r.Stage {
	case status.Waiting:
		return headline{busy, "Waiting for finality", why}
	case status.Computing:
		return headline{busy, "Computing the report", why}
	case status.Observed:
		return headline{busy, fmt.Sprintf("Comparing reports: %d of %d are the same", t.same, t.members), why}
	case status.Voted:
		return headline{busy, fmt.Sprintf("Voting: %d of %d needed votes", t.voted-t.votesForOther, t.quorum), why}
	case status.Certified:
		return headline{busy, "Agreed", fmt.Sprintf("%d of %d members signed. %s", len(r.Signers), t.members, why)}
	case status.Submitted:
		return headline{busy, "Agreed and sent", fmt.Sprintf("%d of %d members signed. %s", len(r.Signers), t.members, why)}
	}
	return headline{busy, word(string(r.Stage)), why}
}

func differingSentence(r status.Round, t tally) string {
	var parts []string
	for _, seat := range r.Seats {
		if !differs(r, seat) || len(parts) == 3 {
			continue
		}
		part := fmt.Sprintf("Member %d differs", seat.Member)
		if sections := sectionsOf(seat); len(sections) > 0 {
			part += " in " + strings.Join(sections, ", ")
		}
		parts = append(parts, part)
	}
	if more := len(t.differing) - len(parts); more > 0 {
		parts = append(parts, fmt.Sprintf("%d more differ", more))
	}
	return strings.Join(parts, "; ") + "."
}

// sectionsOf are the names of the sections in which a seat's report differs.
func sectionsOf(seat status.Seat) []string {
	var names []string
	for _, d := range seat.Differs {
		name := word(d.Section)
		if len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return names
}

// withReadiness lowers the level when it itself cannot do its part, and says so in words.
func withReadiness(o status.Overview, h headline, notReady string) headline {
	if o.Ready {
		return h
	}
	if h.Level != bad {
		h.Level = warning
	}
	h.Text += " " + notReady
	if len(o.Reasons) > 0 {
		return headline{h.Level, h.Title, h.Text + ": " + sentence(o.Reasons[0].Text)}
	}
	h.Text += "."
	return h
}
