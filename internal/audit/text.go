package audit

import (
	"bytes"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
)

// WriteText writes a result for people: the reports as a table, then findings, members and conclusion.
func WriteText(w io.Writer, r Result) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "Oracle %s on %s, blocks %d to %d, %s to %s\n", r.Head.Oracle, shown(r.Head.Network), r.Head.FirstBlock, r.Head.LastBlock,
		moment(r.Head.FirstTime), moment(r.Head.LastTime))
	textReports(&out, r)
	textFindings(&out, r)
	textUnchecked(&out, r)
	textMembers(&out, r)
	fmt.Fprintf(&out, "\n%s\n", sentence(r))
	if _, err := out.WriteTo(w); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

func textReports(out *bytes.Buffer, r Result) {
	if len(r.Reports) == 0 {
		return
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nslot\ttime (UTC)\toutcome\tsigned\tafter\tgas\tpooled ether\tshare rate\ta year\tchecks")
	for _, one := range r.Reports {
		pooled, rate, yearly := "-", "-", "-"
		if one.Rebase != nil {
			pooled, rate = etherText(one.Rebase.PooledAfterWei), rateText(one.Rebase.ShareRateRay)
			yearly = percentText(one.Rebase.YearlyRatePpm)
		}
		fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\t%s\n", one.RefSlot, moment(one.TimeSeconds), one.Outcome, signedText(one),
			time.Duration(one.LateSeconds)*time.Second, one.GasUsed, pooled, rate, yearly, checksText(one))
	}
	_ = table.Flush() // a buffer takes everything
}

func textFindings(out *bytes.Buffer, r Result) {
	if len(r.Findings) == 0 {
		return
	}
	fmt.Fprintf(out, "\nFindings\n")
	for _, f := range r.Findings {
		fmt.Fprintf(out, "  %s\n", FindingText(f))
	}
}

// FindingText is a finding for people, on two lines.
func FindingText(f Finding) string {
	var where []string
	if f.RefSlot != nil {
		where = append(where, fmt.Sprintf("slot %d", *f.RefSlot))
	}
	if f.Block != 0 {
		where = append(where, fmt.Sprintf("block %d", f.Block))
	}
	return fmt.Sprintf("%s (%s)\n      %s", f.Kind, strings.Join(where, ", "), shown(f.Text))
}

// textUnchecked says each reason once, with how many reports it concerns.
func textUnchecked(out *bytes.Buffer, r Result) {
	groups := notMade(r)
	if len(groups) == 0 {
		return
	}
	fmt.Fprintf(out, "\nNot checked\n")
	for _, g := range groups {
		fmt.Fprintf(out, "  %s, of %s\n      %s\n", g.Check.Name, g.Which, shown(g.Check.Text))
	}
}

// group is a check that was not made for one reason.
type group struct {
	Check Check  // of the first report
	Which string // reports
	count int
	first uint64
}

// particular is what differs from report to report in one reason.
var particular = regexp.MustCompile(`\b(?:slot|block) [0-9]+|\b0x[0-9a-f]{64}\b`)

// notMade are the checks that were not made, one for each reason: a node without old states gives the same one for every report.
func notMade(r Result) []group {
	var found []group
	places := make(map[Check]int)
	for _, one := range r.Reports {
		for _, c := range one.Checks {
			if c.State != NotChecked && c.State != Skipped {
				continue
			}
			reason := c
			reason.Text = particular.ReplaceAllLiteralString(c.Text, "")
			at, known := places[reason]
			if !known {
				at = len(found)
				places[reason] = at
				found = append(found, group{Check: c, first: one.RefSlot})
			}
			found[at].count++
		}
	}
	for i := range found {
		found[i].Which = fmt.Sprintf("the report of slot %d", found[i].first)
		if found[i].count > 1 {
			found[i].Which = fmt.Sprintf("%d reports from slot %d on", found[i].count, found[i].first)
		}
	}
	if c := r.Summary.History; c.State == NotChecked {
		found = append(found, group{Check: c, Which: "the range"})
	}
	return found
}

func textMembers(out *bytes.Buffer, r Result) {
	if len(r.Members) == 0 {
		return
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nmember\tstate\tsigned\tpeer id")
	for _, m := range r.Members {
		fmt.Fprintf(table, "%s\t%s\t%d of %d\t%s\n", shown(m.Name), m.State, m.Signed, m.Rounds, shown(m.PeerID))
	}
	_ = table.Flush()
}

// Text is the result in one line, for people.
func (r Result) Text() string { return sentence(r) }

// sentence is the result in one.
func sentence(r Result) string {
	s := r.Summary
	counts := fmt.Sprintf("%s, %d accepted, %d held, %s missed.", plural(s.Reports, "report"), s.Accepted, s.Held, plural(s.Missed, "frame"))
	switch s.Conclusion {
	case Found:
		return fmt.Sprintf("%s %s. %s", counts, plural(s.Findings, "finding"), unmade(s))
	case Unchecked:
		return fmt.Sprintf("%s Nothing differs, but %s", counts, unmade(s))
	case Clean:
	}
	if !r.Head.Recomputes && s.Reports > 0 {
		return counts + " Nothing differs. The consensus layer's values were not computed again: name a beacon node that has the old states."
	}
	return counts + " Everything was checked and nothing differs."
}

func unmade(s Summary) string {
	if s.Unchecked == 0 {
		return "All else was checked that the named nodes allow."
	}
	return plural(s.Unchecked, "check") + " could not be made."
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func moment(seconds uint64) string {
	if seconds == 0 || seconds > 1<<40 {
		return "-"
	}
	return time.Unix(int64(seconds), 0).UTC().Format("2006-01-02 15:04:05")
}

func signedText(r Report) string {
	if len(r.Seats) == 0 {
		return "not readable"
	}
	return fmt.Sprintf("%d of %d", r.Signers, len(r.Seats))
}

func checksText(r Report) string {
	counts := make(map[State]int)
	for _, c := range r.Checks {
		counts[c.State]++
	}
	switch {
	case counts[Wrong] > 0:
		return plural(counts[Wrong], "difference")
	case counts[NotChecked] > 0:
		return fmt.Sprintf("%d ok, %d not made", counts[OK], counts[NotChecked])
	case counts[Skipped] > 0:
		return fmt.Sprintf("%d ok, %d skipped", counts[OK], counts[Skipped])
	}
	return "all ok"
}

// decimalText writes an integer of 10^-places units with shown places, cut off.
func decimalText(v *Amount, places, shownPlaces int) string {
	if v == nil {
		return "-"
	}
	cut := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places-shownPlaces)), nil)
	scaled := new(big.Int).Quo(&v.Int, cut)
	sign := ""
	if scaled.Sign() < 0 {
		sign = "-"
		scaled.Neg(scaled)
	}
	whole, part := new(big.Int).QuoRem(scaled, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(shownPlaces)), nil), new(big.Int))
	return fmt.Sprintf("%s%s.%0*s", sign, whole, shownPlaces, part)
}

func etherText(wei *Amount) string { return decimalText(wei, 18, 6) }
func rateText(ray *Amount) string  { return decimalText(ray, 27, 9) }
func percentText(ppm *Amount) string {
	if ppm == nil {
		return "-"
	}
	return decimalText(ppm, 4, 2) + "%"
}

// maxShownRunes bounds a text that came from a chain or a node.
const maxShownRunes = 1000

// shown is a text that no terminal takes for a command: nodes put their own words into errors.
func shown(text string) string {
	runes := []rune(strings.ToValidUTF8(text, "\uFFFD"))
	if len(runes) > maxShownRunes {
		runes = append(runes[:maxShownRunes], '…')
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, string(runes))
}
