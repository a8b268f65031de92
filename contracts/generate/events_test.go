package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	eventDeclared = regexp.MustCompile(`(?m)^\s*event\s+(\w+)\s*\(`)
	// The event that a test expects, named by itself or by its contract.
	eventExpected = regexp.MustCompile(`expectEmit\(\);\s*(?://[^\n]*\s*)*emit\s+(?:\w+\.)?(\w+)\s*\(`)
)

// solidityMatches returns what the first group of pattern matches in the Solidity files below root.
func solidityMatches(t *testing.T, root string, pattern *regexp.Regexp) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".sol") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, match := range pattern.FindAllStringSubmatch(string(source), -1) {
			found[match[1]] = true
		}
		return nil
	}))
	return found
}

// An event that no test expects can say anything: whoever reads only events would be the first to see it.
func TestEveryEventIsExpectedByATest(t *testing.T) {
	declared := solidityMatches(t, filepath.Join("..", "src"), eventDeclared)
	expected := solidityMatches(t, filepath.Join("..", "test"), eventExpected)
	require.Greater(t, len(declared), 40, "the events of contracts/src")
	var missing []string
	for name := range declared {
		if !expected[name] {
			missing = append(missing, name)
		}
	}
	require.Empty(t, missing, "no test in contracts/test expects these events")
}

// An error that no test names may come for another reason than the one that it tells, or never. The devnet's deposit contract is a copy of mainnet's.
func TestEveryErrorIsNamedByATest(t *testing.T) {
	declared := solidityMatches(t, filepath.Join("..", "src"), regexp.MustCompile(`(?m)^\s*error\s+(\w+)\s*\(`))
	devnet := solidityMatches(t, filepath.Join("..", "src", "devnet"), regexp.MustCompile(`(?m)^\s*error\s+(\w+)\s*\(`))
	named := solidityMatches(t, filepath.Join("..", "test"), regexp.MustCompile(`\b(\w+)\.selector\b`))
	require.Greater(t, len(declared), 80, "the errors of contracts/src")
	var missing []string
	for name := range declared {
		if !named[name] && !devnet[name] {
			missing = append(missing, name)
		}
	}
	require.Empty(t, missing, "no test in contracts/test names these errors")
}

// A revert that no name is expected of takes any error, also one that comes before the one that was meant.
func TestEveryExpectedRevertHasAName(t *testing.T) {
	bare := solidityMatches(t, filepath.Join("..", "test"), regexp.MustCompile(`(expectRevert)\(\s*\)`))
	require.Empty(t, bare)
}
