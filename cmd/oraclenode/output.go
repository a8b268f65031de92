package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
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
