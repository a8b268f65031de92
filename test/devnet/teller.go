package devnet

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"sync"

	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
)

// teller writes what happens for people: a table on any output, with colours on a terminal.
type teller struct {
	stage *stage
	out   io.Writer
	paint func(colour, text string) string

	mu       sync.Mutex
	last     *follow.Rebase
	compared int // accounts
	differ   int
	rows     int
}

// Colours of a terminal.
const (
	green = "32"
	red   = "31"
	faint = "2"
	bold  = "1"
)

func newTeller(s *stage) *teller {
	paint := func(_, text string) string { return text }
	if s.options.Colour {
		paint = func(colour, text string) string { return "\x1b[" + colour + "m" + text + "\x1b[0m" }
	}
	return &teller{stage: s, out: s.options.Out, paint: paint}
}

const rowFormat = "%-6s %-9s %-4s %-9s  %-24s  %-22s  %-22s  %s\n"

// begin tells what is run, and where to look.
func (t *teller) begin() {
	s, o := t.stage, t.stage.options
	frame := s.SlotTime().Seconds() * float64(s.Schedule.FrameSlots())
	t.line("%s %d members, %d are a quorum. A slot of %d s passes in %s, a frame of %d slots in %.1f s.", t.paint(bold, "Tidemark devnet:"), o.Members,
		report.Quorum(o.Members), s.Schedule.SecondsPerSlot, s.SlotTime(), s.Schedule.FrameSlots(), frame)
	t.line("Scenario %s: %s", s.plot.name, s.plot.story)
	if o.OlderMembers > 0 {
		t.line("Members 0 to %d run %s.", o.OlderMembers-1, o.OlderProgram)
	}
	t.line("")
	t.line("  dashboard       http://%s/ (of member 0; each has its own)", s.Members[0].API)
	t.line("  beacon node     %s", s.Chain.BeaconURL())
	t.line("  execution node  %s", s.Chain.ExecutionURL())
	t.line("  files           %s: homes, logs, journals", o.Dir)
	t.line("")
	t.line("Rewards reach holders in three ways. Alice only holds tmETH: her balance goes up. Bob only holds wtmETH: their number stays, each is worth more.")
	t.line("And a share is worth more ether for whoever comes or goes.")
	t.line("")
	fmt.Fprintf(t.out, rowFormat, "frame", "signed", "txs", "gas", "balance up (Alice)", "value up (1 wtmETH)", "exchange rate", "check")
}

// tell tells a block.
func (t *teller) tell(b *follow.Block) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var accepted follow.Submission
	for _, e := range b.Events {
		switch e := e.(type) {
		case follow.Act:
			if t.stage.options.Acts {
				t.line("       %s", t.paint(faint, t.act(e)))
			}
		case follow.Submission:
			if accepted = e; e.Outcome != follow.Accepted {
				t.line("       A report on slot %d was %s by the contract.", e.RefSlot, e.Outcome)
			}
		case follow.Judged:
			accepted.Signers = nil
			t.line("       The guardian accepted the report on slot %d that was held.", e.RefSlot)
		case follow.Rebase:
			t.row(e, accepted)
		case follow.Membership:
			if i := t.member(e); i >= 0 && b.Slot > t.stage.Schedule.RefSlot(0) {
				t.line("       Member %d was %s.", i, e.What)
			}
		}
	}
}

func (t *teller) member(e follow.Membership) int {
	for _, m := range t.stage.Members {
		if m.ID == e.Member {
			return m.Index
		}
	}
	return -1
}

func (t *teller) act(a follow.Act) string {
	name := "Somebody"
	for _, h := range t.stage.Holders {
		if h.Address == a.Who {
			name = h.Name
		}
	}
	switch a.What {
	case follow.FundedKeys:
		return fmt.Sprintf("The pool %s: %d", a.What, a.Count)
	case follow.Unwrapped:
		return fmt.Sprintf("%s %s %s wtmETH", name, a.What, ether(a.Wei, 4))
	}
	return fmt.Sprintf("%s %s %s ETH", name, a.What, ether(a.Wei, 4))
}

// row is a line of the table: how a report reached the holders.
func (t *teller) row(r follow.Rebase, accepted follow.Submission) {
	k := (r.RefSlot - t.stage.Schedule.RefSlot(0)) / t.stage.Schedule.FrameSlots()
	check := t.paint(green, fmt.Sprintf("%d accounts as calculated", len(r.Holders)))
	if len(r.Mismatches) > 0 {
		check = t.paint(red, fmt.Sprintf("%d DIFFER: %s", len(r.Mismatches), r.Mismatches[0]))
	}
	alice, change := r.Holders[0].BalanceWei, new(big.Int)
	value, rise := r.WeiPerToken, new(big.Int)
	rate := new(big.Int).Quo(r.RateRay, big.NewInt(1e9))
	if t.last != nil {
		change.Sub(alice, t.last.Holders[0].BalanceWei)
		rise.Sub(value, t.last.WeiPerToken)
	}
	signed, gas := "guardian", ""
	if accepted.Signers != nil {
		signed = fmt.Sprintf("%d of %d", len(accepted.Signers), t.stage.options.Members)
		gas = fmt.Sprint(accepted.GasUsed)
	}
	transactions := len(t.stage.frame(k).submissions)
	fmt.Fprintf(t.out, rowFormat, fmt.Sprint(k+1), signed, fmt.Sprint(max(transactions, 1)), gas,
		fmt.Sprintf("%s %s", ether(alice, 6), signedEther(change, 6)), fmt.Sprintf("%s %s", ether(value, 6), signedEther(rise, 6)), ether(rate, 9), check)
	t.last = &r
	t.rows++
	t.compared += len(r.Holders)
	t.differ += len(r.Mismatches)
}

// say tells a turn of the scenario.
func (t *teller) say(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.line("     %s", t.paint(bold, "* "+fmt.Sprintf(format, args...)))
}

// end sums up.
func (t *teller) end(outcome error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.line("")
	t.line("Reports that took effect: %d. Balances of accounts compared with an independent calculation: %d. Values that differ: %d.", t.rows, t.compared, t.differ)
	switch {
	case outcome == nil:
		t.line("%s Scenario %s ended as promised.", t.paint(green, "OK."), t.stage.plot.name)
	case errors.Is(outcome, ErrOutcome):
		t.line("%s Scenario %s did not end as promised.", t.paint(red, "FAILED."), t.stage.plot.name)
	}
}

// line writes a line. What an output does not take is lost: it is told to nobody else.
func (t *teller) line(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// ether is wei as ether with so many decimals, cut off.
func ether(wei *big.Int, decimals int) string {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(18-decimals)), nil)
	cut := new(big.Int).Quo(new(big.Int).Abs(wei), unit)
	whole, part := new(big.Int).QuoRem(cut, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil), new(big.Int))
	sign := ""
	if wei.Sign() < 0 {
		sign = "-"
	}
	return fmt.Sprintf("%s%s.%0*s", sign, whole, decimals, part)
}

// signedEther is a change, with its sign; nothing for none.
func signedEther(wei *big.Int, decimals int) string {
	switch wei.Sign() {
	case 0:
		return ""
	case 1:
		return "+" + ether(wei, decimals)
	}
	return ether(wei, decimals)
}
