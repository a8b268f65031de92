package format

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable makes a text of others harmless on a terminal, in a log and on a page: valid UTF-8 in one line of at most so many characters. A character
// that is not seen, moves the cursor or turns the direction of what follows becomes a space. The last character of what was cut is an ellipsis.
func Printable(text string, most int) string {
	short := text
	if bound := utf8.UTFMax * (most + 1); len(text) > bound {
		short = text[:bound]
	}
	runes := make([]rune, 0, min(len(short), most+1))
	for _, r := range strings.ToValidUTF8(short, " ") {
		if !unicode.IsPrint(r) {
			r = ' '
		}
		if runes = append(runes, r); len(runes) > most {
			return string(runes[:most-1]) + "…"
		}
	}
	return string(runes)
}

// PrintableLines is Printable for each line of a text, with at most so many lines.
func PrintableLines(text string, mostLines, most int) string {
	lines := strings.Split(text, "\n")
	lines = lines[:min(len(lines), mostLines)]
	for i, line := range lines {
		lines[i] = Printable(line, most)
	}
	return strings.Join(lines, "\n")
}
