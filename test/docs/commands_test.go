package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	quotedText = regexp.MustCompile("`([^`]+)`")
	target     = regexp.MustCompile(`(?m)^([a-z][a-z0-9-]*):`)
)

// snippets are what a reader would type or copy: the lines of code blocks, and what stands in back quotes elsewhere.
func snippets(l line) (texts []string) {
	if l.kind == code {
		return []string{l.text}
	}
	for _, match := range quotedText.FindAllStringSubmatch(l.text, -1) {
		texts = append(texts, match[1])
	}
	return texts
}

// commandOf is the heading of docs/commands.md that belongs to a line that calls oraclenode, or nothing.
func commandOf(text string) string {
	words := strings.Fields(text)
	if len(words) < 2 || words[0] != "oraclenode" {
		return ""
	}
	name := "## oraclenode"
	for _, word := range words[1:] {
		if !regexp.MustCompile(`^[a-z]+$`).MatchString(word) {
			break
		}
		name += " " + word
	}
	return name
}

func TestEveryCommandOfThePagesExists(t *testing.T) {
	reference := joined(read(t, "docs/commands.md"))
	found := 0
	for _, p := range pages(t) {
		if p.generated() || p.path == "CHANGELOG.md" { // A log of changes names commands that are gone.
			continue
		}
		for _, l := range p.lines {
			for _, text := range snippets(l) {
				name := commandOf(text)
				if name == "" {
					continue
				}
				found++
				known := strings.Contains(reference, name+"\n")
				for !known && strings.Count(name, " ") > 2 { // The last words may be arguments, but not of a group of commands.
					name = name[:strings.LastIndex(name, " ")]
					known = strings.Contains(reference, name+"\n") && !strings.Contains(reference, name+" ")
				}
				require.True(t, known, "%s:%d: docs/commands.md does not know: %s", p.path, l.number, text)
			}
		}
	}
	require.Greater(t, found, 60)
}

func TestEveryTargetOfThePagesExists(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	require.NoError(t, err)
	known := make(map[string]bool)
	for _, match := range target.FindAllStringSubmatch(string(makefile), -1) {
		known[match[1]] = true
	}
	found := 0
	for _, p := range pages(t) {
		if p.path == "CHANGELOG.md" {
			continue
		}
		for _, l := range p.lines {
			for _, text := range snippets(l) {
				words := strings.Fields(text)
				if len(words) < 2 || words[0] != "make" {
					continue
				}
				found++
				require.True(t, known[words[1]], "%s:%d: the Makefile has no target %s", p.path, l.number, words[1])
			}
		}
	}
	require.Greater(t, found, 40)
}

func TestCommandsAreRead(t *testing.T) {
	require.Equal(t, "## oraclenode journal export", commandOf("oraclenode journal export --retire"))
	require.Equal(t, "## oraclenode keys import", commandOf("oraclenode keys import bls|submitter|identity FILE"))
	require.Empty(t, commandOf("oraclenode"))
	require.Empty(t, commandOf("bin/devnet --frames 5"))
}
