//go:build upgrade

package upgrade

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// thisVersion is what this tree's members call themselves, if they can be told: no release has that name.
const thisVersion = "v0.0.0-upgrade-test"

// root is the repository.
func root(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", ".."))
	require.NoError(t, err)
	return path
}

// command runs a program in a folder and gives what it prints.
func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Dir = dir
	text, err := c.CombinedOutput()
	require.NoError(t, err, "%s %s:\n%s", name, strings.Join(args, " "), text)
	return strings.TrimSpace(string(text))
}

// thisProgram builds the devnet of this tree.
func thisProgram(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "devnet")
	command(t, root(t), "go", "build", "-buildvcs=false", "-ldflags", "-X github.com/tidemark-oracle/tidemark/internal/cli.version="+thisVersion, "-o", path, "./cmd/devnet")
	return path
}

// release reads which release a file names; nothing when there is no such file.
func release(t *testing.T, file string) string {
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return ""
	}
	require.NoError(t, err)
	return strings.TrimSpace(string(text))
}

// releaseProgram builds the devnet of a release from the history. Its source stays in a folder of that release, so that building again takes seconds.
func releaseProgram(t *testing.T, revision string) string {
	commit := command(t, root(t), "git", "rev-parse", "--verify", revision+"^{commit}")
	source := filepath.Join(root(t), ".tools", "upgrade", commit[:12])
	if _, err := os.Stat(filepath.Join(source, "go.mod")); err != nil {
		require.NoError(t, os.RemoveAll(source))
		require.NoError(t, os.MkdirAll(filepath.Dir(source), 0o755))
		command(t, root(t), "git", "clone", "--quiet", "--shared", "--no-checkout", ".", source)
		command(t, source, "git", "checkout", "--quiet", "--detach", commit)
	}
	main := "./cmd/devnet"
	if _, err := os.Stat(filepath.Join(source, "cmd", "devnet")); os.IsNotExist(err) {
		main = "./cmd/oraclenode" // Before the devnet was a program of its own.
	}
	path := filepath.Join(t.TempDir(), "devnet")
	// With what git says of the clone, the program tells peers of which release or commit it is.
	command(t, source, "go", "build", "-buildvcs=true", "-o", path, main)
	return path
}
