package docs_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// cells are the columns of a table's row.
func cells(row string) (columns []string) {
	for _, cell := range strings.Split(strings.Trim(row, "|"), " | ") {
		columns = append(columns, strings.TrimSpace(cell))
	}
	return columns
}

// TestEveryTermHasAMeaningAndAPlace leaves the existence of the places to the test of links.
func TestEveryTermHasAMeaningAndAPlace(t *testing.T) {
	terms, section := make(map[string]string), ""
	for _, l := range read(t, "docs/glossary.md").lines {
		switch {
		case l.kind == heading:
			section = strings.TrimLeft(l.text, "# ")
		case l.kind == table && section != "Old word, new word" && !strings.HasPrefix(l.text, "|--") && !strings.HasPrefix(l.text, "| term |"):
			columns := cells(l.text)
			require.Len(t, columns, 3, "line %d", l.number)
			for _, term := range strings.Split(columns[0], ", ") {
				require.NotContains(t, terms, term, "line %d explains it again", l.number)
				terms[term] = columns[1]
			}
			require.NotEmpty(t, columns[1], "line %d", l.number)
			require.NotEmpty(t, links(columns[2]), "line %d: %s is nowhere", l.number, columns[0])
		}
	}
	require.Greater(t, len(terms), 90)
}

func TestOldWordsHaveNewOnes(t *testing.T) {
	_, after, found := strings.Cut(joined(read(t, "docs/glossary.md")), "## Old word, new word\n")
	require.True(t, found)
	rows := 0
	for _, row := range strings.Split(after, "\n") {
		if strings.HasPrefix(row, "| ") {
			require.Len(t, cells(row), 2, row)
			rows++
		}
	}
	require.Greater(t, rows, 25)
}

func joined(p page) string {
	var text strings.Builder
	for _, l := range p.lines {
		text.WriteString(l.text + "\n")
	}
	return text.String()
}
