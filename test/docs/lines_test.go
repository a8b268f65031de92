package docs_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// longest is how many characters a line of prose may have.
const longest = 120

func tooLong(p page) (found []string) {
	for _, l := range p.lines {
		if length := utf8.RuneCountInString(l.text); length > longest && l.kind != table && l.kind != code {
			found = append(found, fmt.Sprintf("%s:%d has %d characters, break it at %d", p.path, l.number, length, longest))
		}
	}
	return found
}

func TestLinesOfProseAreShort(t *testing.T) {
	for _, p := range pages(t) {
		if p.generated() {
			continue
		}
		for _, violation := range tooLong(p) {
			t.Error(violation)
		}
	}
}

func TestLongLinesAreFound(t *testing.T) {
	long := strings.Repeat("ä", longest+1)
	text := strings.Join([]string{long[2:], long, "| " + long, "```", long, "```", "    " + long, "# " + long}, "\n")
	require.Equal(t, []string{"a.md:2 has 121 characters, break it at 120", "a.md:8 has 123 characters, break it at 120"}, tooLong(parse("a.md", text)))
}
