package main

import (
	"slices"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

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
