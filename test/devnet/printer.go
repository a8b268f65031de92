package devnet

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"sync"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
)

// printer prints what happens as a table, with colours on a terminal.
type printer struct {
	env   *environment
	out   io.Writer
	paint func(colour, text string) string

	mu         sync.Mutex
	last       *follow.Rebase
	compared   int // accounts
	mismatches int
	rows       int
}

// Colours of a terminal.
const (
	green = "32"
	red   = "31"
	faint = "2"
	bold  = "1"
)

func newPrinter(env *environment) *printer {
	paint := func(_, text string) string { return text }
	if env.options.Colour {
		paint = func(colour, text string) string { return "\x1b[" + colour + "m" + text + "\x1b[0m" }
	}
	return &printer{env: env, out: env.options.Out, paint: paint}
}

const rowFormat = "%-6s %-9s %-4s %-9s  %-24s  %-22s  %-22s  %s\n"

// printHeader prints what runs, and where to look.
func (t *printer) printHeader() {
	env, o := t.env, t.env.options
	frame := env.SlotTime().Seconds() * float64(env.Schedule.FrameSlots())
	t.printLine("%s %d members, %d are a quorum. A slot of %d s passes in %s, a frame of %d slots in %.1f s.", t.paint(bold, "Tidemark devnet:"), o.Members,
		report.Quorum(o.Members), env.Schedule.SecondsPerSlot, env.SlotTime(), env.Schedule.FrameSlots(), frame)
	t.printLine("Scenario %s: %s", env.scenario.name, env.scenario.summary)
	if o.OlderMembers > 0 {
		t.printLine("Members 0 to %d run %s.", o.OlderMembers-1, o.OlderProgram)
	}
	t.printLine("")
	t.printLine("  dashboard       http://%s/ (of member 0; each has its own)", env.Members[0].API)
	t.printLine("  beacon node     %s", env.Chain.BeaconURL())
	t.printLine("  execution node  %s", env.Chain.ExecutionURL())
	t.printLine("  files           %s: homes, logs, journals", o.Dir)
	t.printLine("")
	t.printLine("Rewards reach holders in three ways. Alice only holds tmETH: her balance goes up. Bob only holds wtmETH: their number stays, each is worth more.")
	t.printLine("And a share is worth more ether for whoever comes or goes.")
	t.printLine("")
	fmt.Fprintf(t.out, rowFormat, "frame", "signed", "txs", "gas", "balance up (Alice)", "value up (1 wtmETH)", "exchange rate", "check")
}

// printBlock prints the events of a block.
func (t *printer) printBlock(b *follow.Block) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var accepted follow.Submission
	for _, e := range b.Events {
		switch e := e.(type) {
		case follow.Act:
			if t.env.options.Acts {
				t.printLine("       %s", t.paint(faint, t.describeAct(e)))
			}
		case follow.Submission:
			if accepted = e; e.Outcome != follow.Accepted {
				t.printLine("       A report on slot %d was %s by the contract.", e.RefSlot, e.Outcome)
			}
		case follow.QuarantineDecision:
			accepted.Signers = nil
			t.printLine("       The guardian accepted the report on slot %d that was held.", e.RefSlot)
		case follow.Rebase:
			t.printRow(e, accepted)
		case follow.Membership:
			if i := t.memberIndex(e); i >= 0 && b.Slot > t.env.RefSlot(0) {
				t.printLine("       Member %d was %s.", i, e.What)
			}
		}
	}
}

func (t *printer) memberIndex(e follow.Membership) int {
	for _, m := range t.env.Members {
		if m.ID == e.Member {
			return m.Index
		}
	}
	return -1
}

func (t *printer) describeAct(a follow.Act) string {
	name := "Somebody"
	for _, h := range t.env.Holders {
		if h.Address == a.Who {
			name = h.Name
		}
	}
	switch a.What {
	case follow.OpenedKey, follow.ProvedKey, follow.LostKey:
		return fmt.Sprintf("%s %s", name, a.What)
	case follow.ToppedUpKey:
		return fmt.Sprintf("%s %s by %s ETH", name, a.What, ether(a.Wei, 4))
	case follow.Unwrapped:
		return fmt.Sprintf("%s %s %s wtmETH", name, a.What, ether(a.Wei, 4))
	}
	return fmt.Sprintf("%s %s %s ETH", name, a.What, ether(a.Wei, 4))
}

// printRow prints a line of the table: how a report reached the holders.
func (t *printer) printRow(r follow.Rebase, accepted follow.Submission) {
	k := (r.RefSlot - t.env.RefSlot(0)) / t.env.Schedule.FrameSlots()
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
		signed = fmt.Sprintf("%d of %d", len(accepted.Signers), t.env.options.Members)
		gas = fmt.Sprint(accepted.GasUsed)
	}
	transactions := len(t.env.frame(k).submissions)
	fmt.Fprintf(t.out, rowFormat, fmt.Sprint(k+1), signed, fmt.Sprint(max(transactions, 1)), gas,
		fmt.Sprintf("%s %s", ether(alice, 6), signedEther(change, 6)), fmt.Sprintf("%s %s", ether(value, 6), signedEther(rise, 6)), ether(rate, 9), check)
	t.last = &r
	t.rows++
	t.compared += len(r.Holders)
	t.mismatches += len(r.Mismatches)
}

// printStep prints a step of the scenario.
func (t *printer) printStep(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.printLine("     %s", t.paint(bold, "* "+fmt.Sprintf(format, args...)))
}

// printSummary prints the totals and the outcome.
func (t *printer) printSummary(outcome error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.printLine("")
	t.printLine("Reports that took effect: %d. Balances of accounts compared with an independent calculation: %d. Values that differ: %d.", t.rows, t.compared, t.mismatches)
	switch {
	case outcome == nil:
		t.printLine("%s Scenario %s ended as promised.", t.paint(green, "OK."), t.env.scenario.name)
	case errors.Is(outcome, ErrOutcome):
		t.printLine("%s Scenario %s did not end as promised. If this machine is slow or busy, try longer slots: --slot-time 1s.", t.paint(red, "FAILED."), t.env.scenario.name)
	}
}

// printLine prints a line. A write that fails is ignored.
func (t *printer) printLine(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// ether is wei as ether with so many decimals, cut off.
func ether(wei *big.Int, decimals int) string { return format.Fixed(wei, format.WeiDecimals, decimals) }

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
