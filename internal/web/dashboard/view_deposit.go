package dashboard

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// allowedSlipBps is the part per 10,000 by which the page's advice for the least number of shares is below the present price: the price moves with every block.
const allowedSlipBps = 10

func depositSection(h status.Holders) holderSection {
	d := h.Deposits
	s := holderSection{
		ID: "deposit", Name: "Deposit", Title: "Deposit ether", Lead: "You send ether to the pool and get tmETH. Its balance grows with every reward.",
		State: openCell(d.Open), Notes: depositNotes(h),
		Facts: []fact{
			{Name: "1 ETH buys", Value: ether(d.SharesPerEther, 9) + " shares", Note: "worth " + ether(d.BalanceWeiPerEther, 9) + " tmETH just after"},
			{Name: "Due, and in the price", Value: ether(d.DueWei, 6) + " ETH", Note: "the holders' ether that the rate has not taken in yet"},
			{Name: "You can deposit now", Value: ether(d.Limit.LeftWei, 4) + " ETH", Note: limitNote(d.Limit, h.Block.Time)},
		},
		Text: []string{"A deposit pays for what is due. So you may see a little less than you sent just after. It is not lost: the rate takes it in with time. " +
			"The price moves with every block, therefore say the least that you accept."},
	}
	if d.NoPrice != "" {
		s.Facts[0] = fact{Name: "1 ETH buys", Value: "no price now"}
	}
	s.Calls = []callView{{
		ID: "deposit", Title: "Deposit", Contract: "StakingPool", Address: h.Contracts.StakingPool.Hex(), Function: "deposit(address to, uint256 minShares)",
		Arguments: []argument{
			{Name: "Ether to send along", Text: "what you deposit"}, {Name: "to", Text: "who gets the tmETH"},
			{Name: "minShares", Text: leastShares(d.SharesPerEther)},
		},
		Returns: whole(d.SharesPerEther), Means: "shares (in parts of 1e18) for 1 ETH",
	}}
	if !d.Open {
		s.Calls[0].Returns, s.Calls[0].Means = "", "refused while deposits are closed"
	}
	return s
}

func leastShares(perEther string) string {
	const what = "the least that you accept"
	n := format.Integer(perEther)
	if n == nil {
		return what
	}
	const whole = 10_000
	n.Quo(n.Mul(n, big.NewInt(whole-allowedSlipBps)), big.NewInt(whole))
	return what + ". For 1 ETH, a thousandth below the price now: " + n.String()
}

func limitNote(l status.StakeLimit, now time.Time) string {
	of := "of at most " + ether(l.MaxWei, 4) + " ETH"
	if l.FullAt.IsZero() {
		return of
	}
	return fmt.Sprintf("%s; full again in %s if nobody deposits", of, format.Span(l.FullAt.Sub(now)))
}

// depositNotes say why deposits are closed, and what ends it.
func depositNotes(h status.Holders) (notes []noteView) {
	d := h.Deposits
	for _, code := range d.ClosedBy {
		switch code {
		case "paused":
			notes = append(notes, noteView{"Deposits are paused by hand.", "They go on when the account that may resume them does so; the owner can name another one. This pause does not end by itself."})
		case "report-held":
			notes = append(notes, heldNote())
		case "loss-unconfirmed":
			notes = append(notes, lossNote(h))
		case "report-false":
			notes = append(notes, falseNote())
		case "limit":
			notes = append(notes, usedUpNote(d.Limit, h.Block.Time))
		case "no-price":
			notes = append(notes, noPriceNote(d.NoPrice))
		case "rate-too-low":
			notes = append(notes, noteView{"A share is worth less than a hundredth of what the first one cost.", "A report that finds the lost ether again ends it."})
		default:
			notes = append(notes, noteView{"The contract refuses deposits: " + word(code) + ".", ""})
		}
	}
	return notes
}

func heldNote() noteView {
	return noteView{
		"A report is beyond the contract's bounds and was held.",
		"The next report that takes effect ends it: the held one when a guardian accepts it, or mostly that of the next frame.",
	}
}

func lossNote(h status.Holders) noteView {
	return noteView{
		"The last report lost more than usual: " + ether(h.Doubts.UnconfirmedWei, 4) + " ETH. It is not confirmed yet.",
		"The next report confirms the loss or takes it back.",
	}
}

func falseNote() noteView {
	return noteView{"Somebody proved that the last report is false.", "The next report ends it. Only a guardian can accept that one."}
}

func usedUpNote(l status.StakeLimit, now time.Time) noteView {
	if l.FullAt.IsZero() {
		return noteView{"The limit of deposits is 0.", "Only the owner can raise it."}
	}
	return noteView{"The limit of deposits is used up.", "It fills again with every second, and is full in " + format.Span(l.FullAt.Sub(now)) + "."}
}

func noPriceNote(refusal string) noteView {
	if strings.HasPrefix(refusal, "TooManyFalls") {
		return noteView{"The rate fell so often while requests wait that there is no price now.", "Reports that pay some of these requests end it."}
	}
	return noteView{"There is no price now. The contract says: " + word(refusal) + ".", "A report that finds ether again ends it."}
}
