package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

const (
	errorsBegin = "<!-- errors:begin -->"
	errorsEnd   = "<!-- errors:end -->"
)

// errorRow is one custom error with one cause; contracts that give it the same cause share the row.
type errorRow struct {
	signature, selector, cause string
	contracts                  []string
}

// errorRows lists every custom error of the contracts, by signature. The cause is the error's @notice, for
// errors of libraries without one their @dev. An error with neither is refused: it must be documented.
func errorRows(contracts []artifact) ([]errorRow, error) {
	var rows []errorRow
	for _, c := range contracts {
		parsed, err := abi.JSON(bytes.NewReader(c.ABI))
		if err != nil {
			return nil, fmt.Errorf("interface of %s: %w", c.name, err)
		}
		for _, e := range parsed.Errors {
			cause := causeOf(c, e.Sig)
			if cause == "" {
				return nil, fmt.Errorf("error %s of %s has no @notice: say what causes it", e.Sig, c.name)
			}
			rows = addError(rows, errorRow{e.Sig, hex.EncodeToString(e.ID[:4]), cause, []string{c.name}})
		}
	}
	slices.SortFunc(rows, func(a, b errorRow) int {
		return strings.Compare(a.signature+"\x00"+a.cause, b.signature+"\x00"+b.cause)
	})
	return rows, nil
}

func addError(rows []errorRow, row errorRow) []errorRow {
	for i := range rows {
		if rows[i].signature == row.signature && rows[i].cause == row.cause {
			rows[i].contracts = append(rows[i].contracts, row.contracts...)
			return rows
		}
	}
	return append(rows, row)
}

func causeOf(c artifact, signature string) string {
	for _, doc := range c.UserDoc.Errors[signature] {
		if doc.Notice != "" {
			return doc.Notice
		}
	}
	for _, doc := range c.DevDoc.Errors[signature] {
		if doc.Details != "" {
			cause, _, _ := strings.Cut(doc.Details, " NOTE:")
			return cause
		}
	}
	switch signature { // OpenZeppelin's ShortStrings documents neither.
	case "StringTooLong(string)":
		return "A name of more than 31 bytes was to be stored in one word."
	case "InvalidShortString()":
		return "A word does not hold a string of at most 31 bytes."
	}
	return ""
}

// withErrors returns the document with the table of errors between its two marks.
func withErrors(document []byte, rows []errorRow) ([]byte, error) {
	before, rest, found := strings.Cut(string(document), errorsBegin)
	_, after, closed := strings.Cut(rest, errorsEnd)
	if !found || !closed {
		return nil, fmt.Errorf("the marks %s and %s are missing", errorsBegin, errorsEnd)
	}
	var b strings.Builder
	b.WriteString(before + errorsBegin + "\n| error | selector | contracts | cause |\n|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| `%s` | `0x%s` | %s | %s |\n", r.signature, r.selector, strings.Join(r.contracts, ", "), tableCell(r.cause))
	}
	b.WriteString(errorsEnd + after)
	return []byte(b.String()), nil
}

func tableCell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
