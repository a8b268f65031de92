package dashboard

import (
	"fmt"
	"slices"
	"sort"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// historyView is what the contract has seen.
type historyView struct {
	Plots         []plotView
	Participation []participationView
	Frames        int // in the strips of participation
	Rows          []reportView
	More          int
}

// participationView is how often a member signed, with a cell for each report, oldest first.
type participationView struct {
	Member      string
	Signed, Of  int
	Cells       []cellView
	Width       int
	Description string
}

type cellView struct {
	X      int
	Signed bool
}

// reportView is a row of the table: a report, or a frame without one.
type reportView struct {
	slot         uint64
	RefSlot      string
	When         *instant
	Outcome      cell
	Signers      string
	Rate         string
	Reward       string
	Yearly       string
	Latency, Gas string
	Why          string // of a frame without a report
	Transaction  string
	Own          bool
}

// historyOf is the history as one sees it who names a report that it did not compute itself by notOwn.
func historyOf(o status.Overview, notOwn string) *historyView {
	if len(o.Reports) == 0 && len(o.Missed) == 0 {
		return nil
	}
	v := &historyView{Plots: historyPlots(o)}
	v.Participation = participationOf(o)
	if len(v.Participation) > 0 {
		v.Frames = v.Participation[0].Of
	}
	var rows []reportView
	for _, report := range o.Reports {
		rows = append(rows, reportRow(o, report, notOwn))
	}
	for _, missed := range o.Missed {
		rows = append(rows, reportView{
			slot: missed.RefSlot, RefSlot: count(missed.RefSlot), Outcome: cell{Sign: "bad", Text: word(missed.Result)}, Why: sentence(missed.Why),
		})
	}
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].slot > rows[j].slot })
	v.Rows, v.More = upTo(rows, maxRows)
	return v
}

func reportRow(o status.Overview, r status.Report, notOwn string) reportView {
	v := reportView{
		slot: r.RefSlot, RefSlot: count(r.RefSlot), When: at(r.Time, o.Time), Outcome: outcomeOf(r, notOwn), Signers: fmt.Sprintf("%d of %d", len(r.Signers), r.Members),
		Rate: rate(r.ShareRateRay, 9), Reward: signed(ether(r.RewardWei, 4)) + " ETH", Yearly: percent(r.YearlyRatePpm), Latency: "not seen",
		Gas: count(r.GasUsed), Transaction: r.Transaction.Hex(), Own: r.Own,
	}
	if r.LatencySeconds > 0 {
		v.Latency = fmt.Sprintf("%.1f s", r.LatencySeconds)
	}
	return v
}

func signed(amount string) string {
	if amount == "unknown" || len(amount) > 0 && amount[0] > '9' {
		return amount
	}
	return "+" + amount
}

func outcomeOf(r status.Report, notOwn string) cell {
	note := ""
	if !r.Own {
		note = notOwn
	}
	switch {
	case r.Outcome == accepted && r.Finalized:
		return cell{Sign: "yes", Text: "accepted", Note: note}
	case r.Outcome == accepted:
		return cell{Sign: "yes", Text: "accepted, not final", Note: note}
	case r.Outcome == "quarantined":
		return cell{Sign: "differs", Text: "quarantined", Note: note}
	}
	return cell{Sign: "bad", Text: word(r.Outcome), Note: note}
}

// participationOf counts the signatures of each member of the newest committee over the newest reports. Reports of a committee of another size
// are left out: their indices mean other members.
func participationOf(o status.Overview) []participationView {
	const mostReports, pitch = 60, 10
	var reports []status.Report
	for _, report := range o.Reports {
		if report.Members == len(o.Members) && len(reports) < mostReports {
			reports = append(reports, report)
		}
	}
	if len(reports) == 0 {
		return nil
	}
	slices.Reverse(reports)
	var all []participationView
	members, _ := upTo(o.Members, maxSeats)
	for _, m := range members {
		v := participationView{Member: fmt.Sprint(m.Index), Of: len(reports), Width: len(reports) * pitch}
		for i, report := range reports {
			signed := slices.Contains(report.Signers, m.Index)
			if signed {
				v.Signed++
			}
			v.Cells = append(v.Cells, cellView{X: i * pitch, Signed: signed})
		}
		v.Description = fmt.Sprintf("Member %d signed %d of the last %d reports.", m.Index, v.Signed, v.Of)
		all = append(all, v)
	}
	return all
}
