package main

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/report"
)

// sentenceWidth is where explanations break.
const sentenceWidth = 100

func printComputed(s *sheet, c computedReport) {
	s.line("Report of slot %s. Nothing was signed or sent.", format.Count(c.Report.RefSlot))
	s.title("Fields, and what stands behind them")
	printLines(s, c.Explanation)
	s.title("Sections, to find quickly where two reports differ")
	for i, hash := range c.Sections {
		s.row(report.Section(i).String(), hash.Hex())
	}
	printExits(s, c)
	printDiagnostics(s, c.Diagnostics)
}

func printLines(s *sheet, lines []report.Line) {
	for _, l := range lines {
		s.row(l.Field, l.Value)
		s.row("", wrap(l.Sentence, sentenceWidth))
	}
}

// printExits prints what no report says yet.
func printExits(s *sheet, c computedReport) {
	s.title("What exits must bring home: not part of the report, and members do not agree on it yet")
	if c.exits == nil {
		s.row("not known", wrap(fmt.Sprint(c.exitsErr), sentenceWidth))
		return
	}
	printLines(s, c.exits.Demand.Explain())
	s.title("When requests that wait are paid, counted from the reference slot")
	printLines(s, waitingLines(c))
}

func waitingLines(c computedReport) []report.Line {
	return c.exits.Waiting.Explain(c.schedule, c.schedule.TimeOf(c.Report.RefSlot))
}

func printDiagnostics(s *sheet, d report.Diagnostics) {
	if len(d.FrontRun)+len(d.Lost) == 0 {
		return
	}
	s.title("Attention: deposits of the pool that others profit from, or nobody")
	for _, f := range d.FrontRun {
		s.row("front-run", fmt.Sprintf("%s to key %s\nthe validator's withdrawals go to %s",
			format.EtherOfGwei(f.Deposit.AmountGwei), publicKey(f.Deposit.PublicKey), f.ForeignCredentials.Hex()))
	}
	for _, l := range d.Lost {
		s.row("lost", fmt.Sprintf("%s to key %s\nthe deposit's signature is invalid: no validator comes of it", format.EtherOfGwei(l.AmountGwei), publicKey(l.PublicKey)))
	}
}

func publicKey(key [48]byte) string { return "0x" + hex.EncodeToString(key[:]) }

// wrap breaks text between words; a word that is longer has its own line.
func wrap(text string, width int) string {
	var out strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		switch {
		case column == 0:
		case column+1+len(word) > width:
			out.WriteByte('\n')
			column = 0
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += len(word)
	}
	return out.String()
}

// computedJSON is what report compute --json prints. Its member report is what members exchange, and report diff finds it.
type computedJSON struct {
	Report      report.Report          `json:"report"`
	Digest      common.Hash            `json:"digest"`
	Sections    map[string]common.Hash `json:"sections"`
	Explanation []report.Line          `json:"explanation"`
	FrontRun    []suspectJSON          `json:"frontRun"`
	Lost        []suspectJSON          `json:"lost"`
	Sanity      sanityJSON             `json:"sanity"`
	Exits       exitsJSON              `json:"exits"`
}

// exitsJSON is what exits must bring home. No report says it yet, and members do not agree on it.
type exitsJSON struct {
	InReport    bool          `json:"inReport"`
	Why         string        `json:"why,omitempty"` // why it is not known
	ExitGwei    *uint64       `json:"exitGwei,string,omitempty"`
	Explanation []report.Line `json:"explanation"`
	Waiting     []report.Line `json:"waiting"` // when requests are paid, counted from the reference slot
}

func newExitsJSON(c computedReport) exitsJSON {
	if c.exits == nil {
		return exitsJSON{Why: fmt.Sprint(c.exitsErr), Explanation: []report.Line{}, Waiting: []report.Line{}}
	}
	return exitsJSON{ExitGwei: &c.exits.Demand.ExitGwei, Explanation: c.exits.Demand.Explain(), Waiting: waitingLines(c)}
}

// sanityJSON is what the contracts would hold back: code 0 for nothing.
type sanityJSON struct {
	Code  uint8  `json:"code"`
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
	Bound string `json:"bound,omitempty"`
}

type suspectJSON struct {
	PublicKey          string       `json:"publicKey"`
	AmountGwei         uint64       `json:"amountGwei,string"`
	ForeignCredentials *common.Hash `json:"foreignCredentials,omitempty"`
}

func newComputedJSON(c computedReport) computedJSON {
	out := computedJSON{
		Report: c.Report, Digest: c.Digest, Explanation: c.Explanation, Sections: make(map[string]common.Hash),
		FrontRun: []suspectJSON{}, Lost: []suspectJSON{}, Sanity: sanityJSON{Code: uint8(c.Sanity.Code), Name: c.Sanity.Code.String()}, Exits: newExitsJSON(c),
	}
	if c.Sanity.Code != report.Sane {
		out.Sanity.Value, out.Sanity.Bound = c.Sanity.Value.String(), c.Sanity.Bound.String()
	}
	for i, hash := range c.Sections {
		out.Sections[report.Section(i).String()] = hash
	}
	for _, f := range c.Diagnostics.FrontRun {
		out.FrontRun = append(out.FrontRun, suspectJSON{publicKey(f.Deposit.PublicKey), f.Deposit.AmountGwei, &f.ForeignCredentials})
	}
	for _, l := range c.Diagnostics.Lost {
		out.Lost = append(out.Lost, suspectJSON{publicKey(l.PublicKey), l.AmountGwei, nil})
	}
	return out
}
