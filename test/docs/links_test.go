package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// broken says what is wrong with a link of a page, or nothing. Addresses elsewhere are not asked.
func broken(t *testing.T, from, target string) string {
	t.Helper()
	if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
		return ""
	}
	path, fragment, _ := strings.Cut(target, "#")
	inner := filepath.Join(filepath.Dir(from), path)
	if path == "" {
		inner = from
	}
	if _, err := os.Stat(filepath.Join(root, inner)); err != nil {
		return fmt.Sprintf("%s links to %s: there is no %s", from, target, inner)
	}
	if fragment != "" && filepath.Ext(inner) == ".md" && !read(t, inner).anchors()[fragment] {
		return fmt.Sprintf("%s links to %s: %s has no such heading", from, target, inner)
	}
	return ""
}

func TestLinksLeadSomewhere(t *testing.T) {
	judged := 0
	for _, p := range pages(t) {
		for _, l := range p.lines {
			if l.kind == code {
				continue
			}
			for _, target := range links(l.text) {
				judged++
				if reason := broken(t, p.path, target); reason != "" {
					t.Errorf("line %d: %s", l.number, reason)
				}
			}
		}
	}
	require.Greater(t, judged, 200, "the links were not found")
}

func TestBrokenLinksAreFound(t *testing.T) {
	require.Empty(t, broken(t, "docs/glossary.md", "../README.md"))
	require.Empty(t, broken(t, "docs/glossary.md", "#a-node"))
	require.Empty(t, broken(t, "docs/glossary.md", "https://example.org/nothing"))
	require.Contains(t, broken(t, "docs/glossary.md", "README.md"), "there is no docs/README.md")
	require.Contains(t, broken(t, "docs/glossary.md", "../docs/keys.md#nothing"), "no such heading")
}
