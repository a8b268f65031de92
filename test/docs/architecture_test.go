package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sources is the text of a file, or of all Go files of a folder and those below it.
func sources(t *testing.T, path string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(path, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		if extension := filepath.Ext(path); extension != ".go" && extension != ".sol" {
			return nil
		}
		text, err := os.ReadFile(path)
		all.Write(text)
		return err
	})
	require.NoError(t, err)
	return all.String()
}

// TestTheWayOfABalanceIsInTheCode looks for each function of the table where its row says.
func TestTheWayOfABalanceIsInTheCode(t *testing.T) {
	quoted, found, inside := regexp.MustCompile("`(\\w+)`"), 0, false
	for _, l := range read(t, "docs/architecture.md").lines {
		if l.kind == heading {
			inside = l.text == "## The way of a balance"
		}
		if !inside || l.kind != table || strings.HasPrefix(l.text, "|--") || strings.HasPrefix(l.text, "| step |") {
			continue
		}
		columns := cells(l.text)
		require.Len(t, columns, 3, "line %d", l.number)
		var text string
		for _, target := range links(columns[2]) {
			text += sources(t, filepath.Join(root, "docs", target))
		}
		for _, name := range quoted.FindAllStringSubmatch(columns[1], -1) {
			found++
			require.Regexp(t, `(?m)^\s*func(tion)? (\([^)]*\) )?`+name[1]+`\(`, text, "line %d: no %s there", l.number, name[1])
		}
	}
	require.Greater(t, found, 30)
}
