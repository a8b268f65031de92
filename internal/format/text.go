package format

import (
	"fmt"
	"strings"
	"time"
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

const layout = time.DateTime + " UTC"

// Time is "2026-01-02 15:04:05 UTC"; an unknown time is a dash.
func Time(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format(layout)
}

// Unix is Time for seconds since 1970, and the number if no calendar has it.
func Unix(seconds uint64) string {
	const lastYear9999 = 253402300799
	if seconds > lastYear9999 {
		return Count(seconds) + " s after 1970"
	}
	return time.Unix(int64(seconds), 0).UTC().Format(layout)
}

// Seconds is "3,600.000 s".
func Seconds(d time.Duration) string {
	ms := d.Milliseconds()
	return fmt.Sprintf("%s.%03d s", Count(uint64(ms/1000)), ms%1000)
}

// Span writes a length of time with its two largest units.
func Span(d time.Duration) string {
	d = d.Abs()
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d d %d h", int(d.Hours())/24, int(d.Hours())%24)
}
