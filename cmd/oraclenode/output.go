package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// sheet collects titled groups of labelled values, so that a result is written whole or not at all.
type sheet struct{ out bytes.Buffer }

const labelWidth = 28

func (s *sheet) line(format string, a ...any) { fmt.Fprintf(&s.out, format+"\n", a...) }

func (s *sheet) title(text string) { s.line("\n%s", text) }

// row keeps two spaces behind a label that is longer than the column.
func (s *sheet) row(label, value string) {
	if len(label) > labelWidth-2 {
		label += "  "
	}
	s.line("  %-*s%s", labelWidth, label, strings.ReplaceAll(value, "\n", "\n"+strings.Repeat(" ", labelWidth+2)))
}

func (s *sheet) writeTo(w io.Writer) error {
	if _, err := s.out.WriteTo(w); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

// writeJSON writes one indented object and a line end.
func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}

// print writes value as JSON, or what show puts on a sheet.
func (env environment) print(asJSON bool, value any, show func(*sheet)) error {
	if asJSON {
		return writeJSON(env.out, value)
	}
	var s sheet
	show(&s)
	return s.writeTo(env.out)
}

// palette colours text on a terminal. The zero palette changes nothing.
type palette struct{ on bool }

// newPalette colours when results go to a terminal and NO_COLOR (no-color.org) is not set or empty.
func newPalette(env environment) palette {
	forbidden := slices.ContainsFunc(env.environ, func(entry string) bool {
		value, found := strings.CutPrefix(entry, "NO_COLOR=")
		return found && value != ""
	})
	return palette{env.outTerminal && !forbidden}
}

func (p palette) paint(code, text string) string {
	if !p.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p palette) good(text string) string  { return p.paint("32", text) }
func (p palette) bad(text string) string   { return p.paint("31", text) }
func (p palette) doubt(text string) string { return p.paint("33", text) }
func (p palette) faint(text string) string { return p.paint("2", text) }
func (p palette) bold(text string) string  { return p.paint("1", text) }

// maxShown bounds one text of others on a line.
const maxShown = 300

// shown is a text of others that plays no tricks on a terminal.
func shown(text string) string { return format.Printable(text, maxShown) }
