package dashboard

import (
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

func requestSection(h status.Holders) holderSection {
	r, queue := h.Requests, h.Contracts.WithdrawalQueue.Hex()
	s := holderSection{
		ID: "withdraw", Name: "Withdraw", Title: "Ask to withdraw",
		Lead: "You give tmETH to the queue and get a token (ERC-721) for each request. A report pays requests in order. Then you claim the ether. " +
			"A request cannot be taken back.",
		State: openCell(r.Open), Notes: requestNotes(h),
		Facts: []fact{
			{Name: "One request", Value: exact(r.MinWei) + " to " + exact(r.MaxWei) + " ETH", Note: "split a larger amount into several"},
			{Name: "1 tmETH is valued at", Value: ether(r.ValueWeiPerEther, 9) + " ETH", Note: "you are never paid more than this"},
			{Name: "Before yours", Value: before(r), Note: reach(r)},
			{Name: "The first report for it", Value: "in " + format.Span(h.Reports.NextFrom.Sub(h.Block.Time)), Note: nextReport(h)},
		},
		Text: []string{"You are paid the lower of two amounts: the value when you ask, and what your tmETH would be worth when the report pays. So waiting earns nothing, and a loss meanwhile is yours."},
		Calls: []callView{
			{
				ID: "allow-queue", Title: "Before you ask: allow it", Contract: "StakedEther", Address: h.Contracts.StakedEther.Hex(), Function: "approve(address spender, uint256 value)",
				Arguments: []argument{{Name: "spender", Copy: queue}, {Name: "value", Text: "how much tmETH, in wei"}},
			},
			{
				ID: "request", Title: "Ask", Contract: "WithdrawalQueue", Address: queue, Function: "request(uint256[] amountsWei, address owner)",
				Arguments: []argument{{Name: "amountsWei", Text: "how much tmETH each request is for, in wei"}, {Name: "owner", Text: "who gets the tokens, and may claim"}},
				Returns:   fmt.Sprintf("[%d]", r.Last+1), Means: "the number of your request, if nobody else asks before",
			},
		},
	}
	if !r.Open {
		s.Calls[1].Returns, s.Calls[1].Means = "", "refused while requests are closed"
	}
	return s
}

// before is what waits in front of a request that is made now.
func before(r status.HoldersRequests) string {
	if r.Waiting == 0 {
		return "nobody waits"
	}
	requests := " requests"
	if r.Waiting == 1 {
		requests = " request"
	}
	return count(r.Waiting) + requests + " for " + ether(r.WaitingPayWei, 4) + " ETH"
}

// reach is how far the pool's ether reaches.
func reach(r status.HoldersRequests) string {
	if missing := format.Integer(r.MissingWei); missing != nil && missing.Sign() > 0 {
		return fmt.Sprintf("the pool holds %s ETH, %s too little: the rest comes when validators are paid out", ether(r.BufferedWei, 4), ether(r.MissingWei, 4))
	}
	return fmt.Sprintf("the pool holds %s ETH, %s more than they need", ether(r.BufferedWei, 4), ether(r.FreeWei, 4))
}

func nextReport(h status.Holders) string {
	r := h.Reports
	return fmt.Sprintf("about slot %s; it can come from %s to %s, and pays as far as the ether reaches", count(r.NextRefSlot), clockTime(r.NextFrom, h.Block.Time), clockTime(r.NextUntil, h.Block.Time))
}

// clockTime is a time of the day, with the day where it is another one.
func clockTime(t, now time.Time) string {
	t, now = t.UTC(), now.UTC()
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04")
	}
	return t.Format("2 Jan 2006, 15:04")
}

// requestNotes are what closes new requests or keeps those that wait from being paid, and what ends it.
func requestNotes(h status.Holders) (notes []noteView) {
	for _, code := range h.Requests.ClosedBy {
		switch code {
		case "paused":
			notes = append(notes, noteView{"The queue is paused: nobody can ask, and nobody is paid. Claims go on.", endsByItself(h.Requests.PausedUntil, h.Block.Time)})
		case "pool-empty":
			notes = append(notes, noteView{"The pool has no ether: tmETH is worth nothing now.", "A report that finds ether again ends it."})
		default:
			notes = append(notes, noteView{"The contract refuses requests: " + word(code) + ".", ""})
		}
	}
	if until := h.Reports.PausedUntil; !until.IsZero() {
		notes = append(notes, noteView{"Reports are paused, so nobody is paid by one.", endsByItself(until, h.Block.Time)})
	}
	return append(notes, doubtNotes(h)...)
}

func endsByItself(until, now time.Time) string {
	return "The pause ends by itself in " + format.Span(until.Sub(now)) + ", at " + clockTime(until, now) + ", or before by hand."
}

// doubtNotes are the states in which requests wait although a report comes.
func doubtNotes(h status.Holders) (notes []noteView) {
	if h.Doubts.Bunker {
		notes = append(notes, noteView{
			"The pool is losing ether (bunker mode). Reports pay only who asked before the losses began. All others wait, so that nobody leaves at the cost of who stays.",
			"A report that sees no losses any more ends it. Waiting requests are then paid at the rate of that time.",
		})
	}
	if h.Doubts.LossUnconfirmed {
		note := lossNote(h)
		note.Text += " So that report paid nobody. A request that you make now is valued at the rate before the loss, and paid the lower one."
		notes = append(notes, note)
	}
	if h.Doubts.ReportFalse {
		note := falseNote()
		note.Text += " A request that you make now is valued at the higher of two rates, that of this report and the one before, and paid at the true one."
		notes = append(notes, note)
	}
	if h.Doubts.Held {
		notes = append(notes, heldNote())
	}
	return notes
}

func claimSection(h status.Holders) holderSection {
	r, queue := h.Requests, h.Contracts.WithdrawalQueue.Hex()
	example := "the number of your request"
	return holderSection{
		ID: "claim", Name: "Claim", Title: "Claim your ether", Lead: "When a report has paid your request, its ether lies in the queue for you. Claim it whenever you like: no pause stops it.",
		State: &cell{Sign: "yes", Text: "Always open"},
		Facts: []fact{
			{Name: "Paid so far", Value: paidUpTo(r), Note: "requests are paid in order"},
			{Name: "Waits to be claimed", Value: ether(r.LockedWei, 6) + " ETH"},
		},
		Calls: []callView{
			{
				ID: "payout", Title: "What you get", Contract: "WithdrawalQueue", Address: queue, Function: "payoutOf(uint256 id)", Arguments: []argument{{Name: "id", Text: example}},
				Means: "what the claim pays, in wei. Refused with NotFinalized while the request waits",
			},
			{
				ID: "batch", Title: "Which batch it is in", Contract: "WithdrawalQueue", Address: queue, Function: "batchOf(uint256 id)", Arguments: []argument{{Name: "id", Text: example}},
				Means: "the number that the claim needs",
			},
			{
				ID: "claim", Title: "Claim", Contract: "WithdrawalQueue", Address: queue, Function: "claim(uint256[] ids, uint256[] batches, address to)",
				Arguments: []argument{{Name: "ids", Text: "numbers of requests that you own"}, {Name: "batches", Text: "the batch of each, from batchOf"}, {Name: "to", Text: "who gets the ether"}},
			},
		},
	}
}

func paidUpTo(r status.HoldersRequests) string {
	if r.LastFinalized == 0 {
		return "none yet"
	}
	return "up to number " + count(r.LastFinalized)
}
