package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// shownAlarms is how many alarms are printed; the node's page has them all.
const shownAlarms = 5

// statusView prints a node's status.
type statusView struct {
	status  status.Status
	palette palette
	sheet   sheet
}

func (v *statusView) print(w io.Writer) error {
	v.head()
	v.round()
	v.lastReport()
	v.queue()
	v.submitter()
	v.keeper()
	v.endpoints()
	v.members()
	v.alarms()
	return v.sheet.writeTo(w)
}

func (v *statusView) head() {
	s, p := v.status, v.palette
	name := shown(s.Self.Name)
	if name == "" {
		name = "the node"
	}
	if s.Ready {
		v.sheet.line("%s is %s.", p.bold(name), p.good("ready"))
	} else {
		v.sheet.line("%s is %s:", p.bold(name), p.bad("not ready"))
	}
	for _, r := range s.Reasons {
		v.sheet.line("  %s %s", p.bad(shown(r.Code)+":"), shown(r.Text))
	}
	v.sheet.title("Node")
	v.sheet.row("network", fmt.Sprintf("%s, chain %s", shown(s.Network.Name), format.Count(s.Network.ChainID)))
	v.sheet.row("role", v.role())
	v.sheet.row("peer id", shown(s.Self.PeerID))
	v.sheet.row("software", shown(s.Software))
	v.sheet.row("running since", fmt.Sprintf("%s, %s", format.Time(s.StartedAt), lasting(s.Time.Sub(s.StartedAt))))
	v.sheet.row("peers", format.Count(uint64(len(s.Peers))))
}

func (v *statusView) role() string {
	switch self := v.status.Self; {
	case self.Observe:
		return "observer: signs nothing"
	case self.Member < 0:
		return v.palette.doubt("not in the committee") + "\n" + shown(self.Key)
	default:
		return fmt.Sprintf("member %d of %d\n%s", self.Member, len(v.status.Members), shown(self.Key))
	}
}

func (v *statusView) round() {
	f := v.status.Frame
	v.sheet.title("Frame")
	v.sheet.row("slot", fmt.Sprintf("%s; head %s, finalized %s", format.Count(f.Slot), format.Count(f.HeadSlot), format.Count(f.FinalizedSlot)))
	v.sheet.row("reference slot", fmt.Sprintf("%s, opened %s", format.Count(f.RefSlot), format.Time(f.OpenedAt)))
	v.sheet.row("deadline", format.Time(f.Deadline))
	if len(v.status.Rounds) == 0 {
		v.sheet.row("round", v.palette.faint("none yet"))
		return
	}
	r := v.status.Rounds[0]
	observed, voted, signed := tally(r)
	v.sheet.row("round", fmt.Sprintf("%s\n%s", v.stage(r.Stage), shown(r.Why)))
	v.sheet.row("heard", fmt.Sprintf("%d of %d told their report, %d voted, %d signed; %d needed", observed, r.Members, voted, signed, r.Quorum))
	if r.Digest != nil {
		v.sheet.row("own report", r.Digest.Hex())
	}
	if r.Transaction != nil {
		v.sheet.row("transaction", r.Transaction.Hex())
	}
}

func tally(r status.Round) (observed, voted, signed int) {
	for _, seat := range r.Seats {
		if seat.Observed != nil {
			observed++
		}
		if seat.Voted != nil {
			voted++
		}
		if seat.Signed {
			signed++
		}
	}
	return observed, voted, signed
}

func (v *statusView) stage(s status.Stage) string {
	text := shown(string(s))
	switch s {
	case status.Accepted, status.Done:
		return v.palette.good(text)
	case status.Unreported:
		return v.palette.bad(text)
	}
	return v.palette.doubt(text)
}

func (v *statusView) lastReport() {
	v.sheet.title("Last report")
	if len(v.status.Reports) == 0 {
		v.sheet.row("report", v.palette.faint("none seen yet"))
		return
	}
	r := v.status.Reports[0]
	outcome := shown(r.Outcome)
	switch {
	case r.Outcome != "accepted":
		outcome = v.palette.bad(outcome)
	case r.Finalized:
		outcome = v.palette.good(outcome + ", final")
	default:
		outcome = v.palette.good(outcome)
	}
	v.sheet.row("reference slot", format.Count(r.RefSlot))
	v.sheet.row("outcome", fmt.Sprintf("%s, block %s, %s", outcome, format.Count(r.Block), format.Time(r.Time)))
	own := v.palette.good("equal to this node's")
	if !r.Own {
		own = v.palette.doubt("not computed here, or another one")
	}
	v.sheet.row("digest", r.Digest.Hex()+"\n"+own)
	v.sheet.row("signed by", fmt.Sprintf("%d of %d members", len(r.Signers), r.Members))
	v.sheet.row("reward", weiDecimal(r.RewardWei))
	v.sheet.row("total pooled", weiDecimal(r.TotalPooledWei))
}

func (v *statusView) submitter() {
	v.sheet.title("Submitter")
	s := v.status.Submitter
	if s == nil {
		v.sheet.row("account", v.palette.faint("none: this node submits nothing"))
		return
	}
	v.sheet.row("account", s.Address.Hex())
	v.sheet.row("balance", weiDecimal(s.BalanceWei))
	v.sheet.row("state", shown(s.Why))
	if s.Pending != nil {
		v.sheet.row("pending", s.Pending.Hex())
	}
}

func (v *statusView) keeper() {
	v.sheet.title("Keeper")
	k := v.status.Keeper
	if k == nil {
		v.sheet.row("chores", v.palette.faint("left to others"))
		return
	}
	v.sheet.row("keys to prove", format.Count(uint64(max(0, k.Unproven))))
	v.sheet.row("turn", keeperTurn(*k))
	v.sheet.row("done", keeperDone(*k))
	v.sheet.row("fees paid", weiDecimal(k.SpentWei))
	if k.Problem != "" {
		v.sheet.row("problem", v.palette.bad(shown(k.Problem)))
	}
}

// keeperTurn is when the member does what anybody may do for the pool.
func keeperTurn(k status.Keeper) string {
	switch {
	case k.Turn < 0 && k.LastTurn == nil:
		return "after the next report"
	case k.Turn < 0:
		return "none after the last report"
	case k.NextTurn != nil:
		return fmt.Sprintf("number %d after the last report, at %s", k.Turn+1, format.Time(*k.NextTurn))
	}
	return fmt.Sprintf("number %d after the last report, over", k.Turn+1)
}

// keeperDone are the chores done since the start.
func keeperDone(k status.Keeper) string {
	var done []string
	for _, kind := range slices.Sorted(maps.Keys(k.Done)) {
		done = append(done, fmt.Sprintf("%s %s", format.Count(k.Done[kind]), shown(kind)))
	}
	if len(done) == 0 {
		return "nothing yet"
	}
	return strings.Join(done, ", ")
}

func (v *statusView) endpoints() {
	v.sheet.title("Endpoints")
	for _, e := range v.status.Endpoints {
		state := v.palette.good("usable")
		if !e.Usable {
			state = v.palette.bad("not usable")
		}
		v.sheet.line("  %-10s%-40s  %s, at %s, %d ms", shown(e.Kind), shown(e.Name), state, format.Count(e.Height), e.LatencyMs)
		if e.Why != "" {
			v.sheet.line("  %-10s%s", "", shown(e.Why))
		}
	}
}

func (v *statusView) members() {
	if len(v.status.Members) == 0 {
		return
	}
	v.sheet.title("Members")
	var seats []status.Seat
	if len(v.status.Rounds) > 0 {
		seats = v.status.Rounds[0].Seats
	}
	for _, m := range v.status.Members {
		v.sheet.line("  %3d  %s  %s  %s", m.Index, v.presence(m), v.heard(seats, m.Index), shown(m.PeerID))
	}
}

// presence is padded before it is painted: colours have no width.
func (v *statusView) presence(m status.Member) string {
	const width = 9
	switch {
	case m.Self:
		return v.palette.bold(fmt.Sprintf("%-*s", width, "this node"))
	case m.Connected:
		return v.palette.good(fmt.Sprintf("%-*s", width, "connected"))
	}
	return v.palette.bad(fmt.Sprintf("%-*s", width, "away"))
}

// heard is what a member said in the newest round.
func (v *statusView) heard(seats []status.Seat, member int) string {
	const width = 34
	text, paint := "nothing heard", v.palette.faint
	for _, seat := range seats {
		if seat.Member != member {
			continue
		}
		switch {
		case seat.Equivocal:
			text, paint = "signed two reports", v.palette.bad
		case len(seat.Differs) > 0:
			text, paint = fmt.Sprintf("report differs: %s", shown(seat.Differs[0].Section)), v.palette.bad
		case seat.Signed:
			text, paint = "signed", v.palette.good
		case seat.Voted != nil:
			text, paint = "voted", v.palette.good
		case seat.Observed != nil:
			text, paint = "told its report", v.palette.doubt
		}
	}
	return paint(fmt.Sprintf("%-*s", width, text))
}

func (v *statusView) alarms() {
	if len(v.status.Alarms) > 0 {
		v.sheet.title("Alarms")
	}
	for i, a := range v.status.Alarms {
		if i == shownAlarms {
			v.sheet.line("  and %d more", len(v.status.Alarms)-shownAlarms)
			break
		}
		v.sheet.line("  %s  %s %s", format.Time(a.Time), v.palette.doubt(shown(a.Kind)+":"), shown(a.Text))
	}
	if len(v.status.Evidence) > 0 {
		v.sheet.title("Evidence")
	}
	for _, e := range v.status.Evidence {
		v.sheet.line("  %s", v.palette.bad(fmt.Sprintf("member %d signed two reports for reference slot %s", e.Member, format.Count(e.RefSlot))))
	}
}

// weiDecimal writes a decimal number of wei, which may be negative, in ether; what is none is shown as it is.
func weiDecimal(text string) string {
	if wei := format.Integer(text); wei != nil {
		return format.Ether(wei)
	}
	return shown(text)
}

// lasting writes a long time in its two largest units.
func lasting(d time.Duration) string {
	total := int64(d / time.Second)
	if total < 0 {
		return "not begun"
	}
	days, hours, minutes := total/86400, total/3600%24, total/60%60
	switch {
	case days > 0:
		return fmt.Sprintf("%dd %dh", days, hours)
	case hours > 0:
		return fmt.Sprintf("%dh %dm", hours, minutes)
	case minutes > 0:
		return fmt.Sprintf("%dm %ds", minutes, total%60)
	}
	return strings.TrimSpace(fmt.Sprintf("%ds", total))
}
