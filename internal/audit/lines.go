package audit

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// WriteJSON writes a result as lines of JSON: one object of type audit, then report, missed, member and finding, and a summary at the end. docs/audit.md
// says what is in each.
func WriteJSON(w io.Writer, r Result) error {
	return writeLines(w, slices.Concat([]any{r.Head}, asAny(r.Reports), asAny(r.Missed), asAny(r.Members), asAny(r.Findings), []any{r.Summary}))
}

func asAny[T any](all []T) []any {
	lines := make([]any, len(all))
	for i, one := range all {
		lines[i] = one
	}
	return lines
}

func writeLines(w io.Writer, lines []any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, line := range lines {
		if err := encoder.Encode(line); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	return nil
}

// csvColumns are the columns of WriteCSV.
func csvColumns() []string {
	return []string{
		"ref_slot", "outcome", "block", "time_seconds", "transaction", "from", "digest", "committee", "signers", "members", "latency_seconds", "gas_used",
		"fee_wei", "sanity_code", "pooled_after_wei", "shares_after", "share_rate_ray", "yearly_rate_ppm", "cl_change_wei", "checks_ok", "checks_wrong",
		"checks_unchecked", "checks_skipped", "findings",
	}
}

// WriteCSV writes the reports and the missed frames, a line each, with a line of names above. Findings of a report are separated by spaces.
func WriteCSV(w io.Writer, r Result) error {
	table := csv.NewWriter(w)
	if err := table.Write(csvColumns()); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	for _, one := range r.Reports {
		if err := table.Write(csvReport(r, one)); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	for _, m := range r.Missed {
		line := make([]string, len(csvColumns()))
		line[0], line[1], line[3], line[len(line)-1] = strconv.FormatUint(m.RefSlot, 10), "missed", strconv.FormatUint(m.DeadlineSeconds, 10), string(MissedFrame)
		if err := table.Write(line); err != nil {
			return fmt.Errorf("write the result: %w", err)
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

func csvReport(r Result, one Report) []string {
	number := func(v uint64) string { return strconv.FormatUint(v, 10) }
	plain := func(a *Amount) string {
		if a == nil {
			return ""
		}
		return a.String()
	}
	rebase := one.Rebase
	if rebase == nil {
		rebase = &Rebase{}
	}
	counts := make(map[State]int)
	for _, c := range one.Checks {
		counts[c.State]++
	}
	var found []string
	for _, f := range r.Findings {
		if f.Transaction != nil && *f.Transaction == one.Transaction && f.RefSlot != nil {
			found = append(found, string(f.Kind))
		}
	}
	return []string{
		number(one.RefSlot), string(one.Outcome), number(one.Block), number(one.TimeSeconds), one.Transaction.Hex(), one.From.Hex(), one.Digest.Hex(),
		one.Committee.Hex(), strconv.Itoa(one.Signers), strconv.Itoa(len(one.Seats)), number(one.LateSeconds), number(one.GasUsed), plain(one.FeeWei), one.Code,
		plain(rebase.PooledAfterWei), plain(rebase.SharesAfter), plain(rebase.ShareRateRay), plain(rebase.YearlyRatePpm), plain(rebase.CLChangeWei),
		strconv.Itoa(counts[OK]), strconv.Itoa(counts[Wrong]), strconv.Itoa(counts[NotChecked]), strconv.Itoa(counts[Skipped]), strings.Join(found, " "),
	}
}

// WriteFindings writes findings as lines of JSON.
func WriteFindings(w io.Writer, findings []Finding) error { return writeLines(w, asAny(findings)) }
