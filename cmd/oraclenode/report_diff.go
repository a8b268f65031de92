package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/holiman/uint256"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/report"
)

func newReport(env environment) *cobra.Command {
	return cli.Group("report", "Compute and compare reports", "Compute and compare the reports that the committee signs. Nothing is ever sent to a chain.",
		newReportCompute(env), newReportDiff(env))
}

// maxReportFileBytes bounds a file given to report diff: a report with its explanation, as report compute --json writes it.
const maxReportFileBytes = 1 << 20

func newReportDiff(env environment) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff A.json B.json",
		Short: "Name the fields in which two reports differ",
		Long: `Compare two reports, field by field: each difference is named with its section, its field and both values. A file holds a report's JSON, or what
'report compute --json' wrote; - is standard input. Reports that contradict themselves are compared too, with a note.

Ends with status 0 if the reports are equal, 2 if they differ.`,
		Example: `  oraclenode report diff mine.json theirs.json
  curl -s https://peer.example/report.json | oraclenode report diff mine.json - --json`,
		Args: cobra.MatchAll(exactly(2, "two reports to compare"), func(_ *cobra.Command, args []string) error {
			if args[0] == "-" && args[1] == "-" {
				return cli.Usagef("only one of the reports can come from standard input")
			}
			return nil
		}),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"json"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: cli.Work(func(_ *cobra.Command, args []string) error { return diffReports(env, args[0], args[1], asJSON) }),
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func diffReports(env environment, nameA, nameB string, asJSON bool) error {
	a, err := readReport(env, nameA)
	if err != nil {
		return err
	}
	b, err := readReport(env, nameB)
	if err != nil {
		return err
	}
	differences := report.Diff(a, b)
	if asJSON {
		err = writeJSON(env.out, newDiffJSON(nameA, nameB, differences))
	} else {
		err = printDiff(env.out, nameA, nameB, differences)
	}
	if err == nil && len(differences) > 0 {
		return &cli.Outcome{Status: cli.ExitFindings}
	}
	return err
}

func readReport(env environment, name string) (report.Report, error) {
	data, err := env.read(name, maxReportFileBytes)
	if err != nil {
		return report.Report{}, fmt.Errorf("read a report: %w", err)
	}
	if name == "-" {
		name = "standard input"
	}
	r, err := parseReportFile(data)
	if err != nil {
		return report.Report{}, fmt.Errorf("read %s: %w", name, err)
	}
	if err := r.Validate(); err != nil {
		fmt.Fprintf(env.errOut, "oraclenode: note: %s: %v\n", name, err)
	}
	return r, nil
}

// parseReportFile reads a report by itself or as the member "report" of what report compute --json writes. Errors: report.ErrMalformedJSON.
func parseReportFile(data []byte) (report.Report, error) {
	if len(data) > maxReportFileBytes {
		return report.Report{}, fmt.Errorf("%w: more than %d bytes", report.ErrMalformedJSON, maxReportFileBytes)
	}
	inner, err := memberReport(data)
	if err != nil {
		return report.Report{}, err
	}
	if inner != nil {
		data = inner
	}
	return report.ParseJSON(data)
}

// memberReport is the value of the top-level member "report", nil if there is none: then data is a report itself.
func memberReport(data []byte) (json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return nil, nil
	}
	var found json.RawMessage
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", report.ErrMalformedJSON, err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("%w: %w", report.ErrMalformedJSON, err)
		}
		if name != "report" {
			continue
		}
		if found != nil {
			return nil, fmt.Errorf("%w: member report twice", report.ErrMalformedJSON)
		}
		found = value
	}
	if found == nil {
		return nil, nil
	}
	if _, err := decoder.Token(); err != nil {
		return nil, fmt.Errorf("%w: %w", report.ErrMalformedJSON, err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: data after the object", report.ErrMalformedJSON)
	}
	return found, nil
}

type diffJSON struct {
	A           string           `json:"a"`
	B           string           `json:"b"`
	Equal       bool             `json:"equal"`
	Differences []differenceJSON `json:"differences"`
}

type differenceJSON struct {
	Section string `json:"section"`
	Field   string `json:"field"`
	A       string `json:"a"`
	B       string `json:"b"`
}

func newDiffJSON(nameA, nameB string, differences []report.Difference) diffJSON {
	all := make([]differenceJSON, 0, len(differences))
	for _, d := range differences {
		all = append(all, differenceJSON{Section: d.Section.String(), Field: d.Field, A: d.A, B: d.B})
	}
	return diffJSON{A: nameA, B: nameB, Equal: len(all) == 0, Differences: all}
}

func printDiff(w io.Writer, nameA, nameB string, differences []report.Difference) error {
	if len(differences) == 0 {
		_, err := fmt.Fprintln(w, "The reports are equal.")
		return err
	}
	var s sheet
	var sections []string
	for _, d := range differences {
		if !slices.Contains(sections, d.Section.String()) {
			sections = append(sections, d.Section.String())
		}
	}
	s.line("%s and %s differ in %s: %s.", nameA, nameB, format.Plural(len(differences), "field"), strings.Join(sections, ", "))
	for _, d := range differences {
		s.title(d.Section.String() + " / " + d.Field)
		width := max(len(nameA), len(nameB))
		s.line("  %-*s  %s", width, nameA, withUnit(d.Field, "", d.A))
		s.line("  %-*s  %s", width, nameB, withUnit(d.Field, "", d.B))
		if change := difference(d); change != "" {
			s.line("  %-*s  %s", width, "", change)
		}
	}
	return s.writeTo(w)
}

// withUnit writes a report's value for people: the field's name carries the unit. The sign is that of a change.
func withUnit(field, sign, value string) string {
	number, err := uint256.FromDecimal(value)
	if err != nil {
		return value
	}
	plain := sign + format.Group(value, ",")
	switch {
	case strings.HasSuffix(field, "Wei"):
		return plain + " wei = " + sign + format.Ether(number.ToBig())
	case strings.HasSuffix(field, "Gwei"):
		return plain + " gwei = " + sign + format.Exact(number.ToBig(), format.GweiDecimals) + " ETH"
	}
	return plain
}

// difference is how much more the second report says, empty for what is no number.
func difference(d report.Difference) string {
	a, okA := new(big.Int).SetString(d.A, 10)
	b, okB := new(big.Int).SetString(d.B, 10)
	if !okA || !okB {
		return ""
	}
	change := new(big.Int).Sub(b, a)
	sign := "+"
	if change.Sign() < 0 {
		sign = "-"
	}
	return withUnit(d.Field, sign, change.Abs(change).String())
}
