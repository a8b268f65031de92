// Package docs_test holds the pages for readers against the repository: their links, their terms and the length of their lines.
package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// page is a Markdown file; the kind of each line is known.
type page struct {
	path  string // from the root of the repository
	lines []line
}

type line struct {
	number int
	text   string
	kind   kind
}

type kind int

const (
	prose kind = iota
	table
	code
	heading
)

// parse tells prose from tables and code blocks. Code is between fences, or indented by four spaces.
func parse(path, text string) page {
	p := page{path: path}
	fenced := false
	for i, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		k := prose
		switch {
		case strings.HasPrefix(strings.TrimSpace(l), "```"):
			fenced, k = !fenced, code
		case fenced || strings.HasPrefix(l, "    "):
			k = code
		case strings.HasPrefix(l, "|"):
			k = table
		case strings.HasPrefix(l, "#"):
			k = heading
		}
		p.lines = append(p.lines, line{number: i + 1, text: l, kind: k})
	}
	return p
}

// generated says that a program wrote the page: its text is that program's business.
func (p page) generated() bool {
	for _, l := range p.lines[:min(4, len(p.lines))] {
		if strings.Contains(l.text, "Written by `make") || strings.Contains(l.text, "Written by make") {
			return true
		}
	}
	return false
}

// pages returns every Markdown file of the repository.
func pages(t *testing.T) []page {
	t.Helper()
	var all []page
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (name == "node_modules" || strings.HasPrefix(name, ".") && name != ".github") {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".md" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		inner, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		all = append(all, parse(filepath.ToSlash(inner), string(text)))
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(all), 25, "the pages were not found")
	return all
}

// read returns one page.
func read(t *testing.T, path string) page {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, path))
	require.NoError(t, err)
	return parse(path, string(text))
}

// link is [text](target) or ![text](target).
var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// links returns the targets of a line.
func links(text string) (targets []string) {
	for _, match := range link.FindAllStringSubmatch(text, -1) {
		targets = append(targets, match[1])
	}
	return targets
}

// anchors are the headings of a page as links name them.
func (p page) anchors() map[string]bool {
	found := make(map[string]bool)
	for _, l := range p.lines {
		if l.kind == heading {
			found[anchor(strings.TrimSpace(strings.TrimLeft(l.text, "#")))] = true
		}
	}
	return found
}

var dropped = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

// anchor is a heading in lower case, without punctuation, with a hyphen for each space.
func anchor(heading string) string {
	return strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(heading), ""), " ", "-")
}
