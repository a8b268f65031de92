package dashboard

import (
	"strconv"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

func silenceSection(h status.Holders) holderSection {
	q, now := h.Silence, h.Block.Time
	stale, doubt := span(q.StaleAfterSeconds), span(q.DoubtAfterSeconds)
	s := holderSection{
		ID: "silence", Name: "Silence", Title: "When no report comes", State: silenceState(h),
		Lead: "You do not depend on the committee for ever. When it falls silent, anyone may have the oldest requests paid from what the pool holds.",
		Facts: []fact{
			{Name: "Last report", Value: agoOrUnknown(h.Reports.LastAt, now), When: at(h.Reports.LastAt, now)},
			{Name: "Anyone may have them paid from", Value: agoOrUnknown(q.From, now), When: at(q.From, now)},
			{Name: "At most at the rate", Value: ether(q.RateWei, 9) + " ETH", Note: rateNote(h)},
			{Name: "First chance, if no report comes", Value: agoOrUnknown(q.WindowFrom, now), Note: "until " + clockTime(q.WindowUntil, now) + "; such a chance comes once a frame"},
		},
		Text: []string{
			"No report for " + stale + ": requests that waited as long are paid at the rate in force.",
			"If the rate is in doubt, nobody is paid without a report for " + doubt + ". Then they are paid at the lowest rate that is known.",
			"The call is taken between the close of a frame and the next reference slot only. So nobody can use it to keep a report out.",
		},
		Calls: []callView{silentCall(h)},
	}
	if h.Doubts.InDoubt {
		s.Notes = []noteView{{"The rate is in doubt now, so the long time counts.", "A report that takes effect and brings no new doubt ends it."}}
	}
	return s
}

// silenceState tells whether the call is taken now.
func silenceState(h status.Holders) *cell {
	q := h.Silence
	switch {
	case q.FirstWaiting != 0 && q.Refusal == "":
		return &cell{Sign: "yes", Text: "It can be called now"}
	case !h.Block.Time.After(q.From):
		return &cell{Sign: "open", Text: "The oracle is not silent"}
	case q.FirstWaiting == 0:
		return &cell{Sign: "open", Text: "The oracle is silent, and no request waits"}
	}
	return &cell{Sign: "differs", Text: "The oracle is silent; the call is not taken at this moment"}
}

func rateNote(h status.Holders) string {
	if h.Doubts.InDoubt {
		return "a share: the lowest rate that is known"
	}
	return "a share: the rate in force"
}

func silentCall(h status.Holders) callView {
	q := h.Silence
	c := callView{
		ID: "silent", Title: "Have requests paid", Contract: "StakingPool", Address: h.Contracts.StakingPool.Hex(), Function: "finalizeWithoutReport(uint64 upTo)",
		Arguments: []argument{{Name: "upTo", Text: "the number of the last request to pay"}}, Means: "no request waits",
	}
	if q.FirstWaiting == 0 {
		return c
	}
	c.Arguments[0].Text += ". The one that waits longest is " + strconv.FormatUint(q.FirstWaiting, 10) + "; it has waited long enough " + relative(q.FirstRipeAt, h.Block.Time)
	c.Returns, c.Means = "taken", "request "+strconv.FormatUint(q.FirstWaiting, 10)+" would be paid"
	if q.Refusal != "" {
		c.Returns, c.Means = word(q.Refusal), "refused: this is the contract's answer now. Numbers in it are times in seconds, or slots"
	}
	return c
}

func relative(t, now time.Time) string {
	if t.After(now) {
		return "in " + format.Span(t.Sub(now))
	}
	return "since " + format.Span(now.Sub(t))
}

// span is a time of the contracts, in days where it is whole ones.
func span(seconds uint64) string {
	const day = 24 * 3600
	if days := seconds / day; days > 1 && seconds%day == 0 {
		return count(days) + " days"
	}
	return format.Span(time.Duration(min(seconds, 1<<33)) * time.Second)
}
