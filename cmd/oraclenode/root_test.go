package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

func TestWithoutACommandTheHelpIsAnErrorOfUsage(t *testing.T) {
	for _, args := range [][]string{{}, {"report"}, {"state"}} {
		r := program{}.run(t, args...)
		require.Equal(t, cli.ExitUsage, r.status)
		require.Empty(t, r.out)
		require.Contains(t, r.err, "Available Commands:")
	}
}

func TestHelpGoesToStandardOutput(t *testing.T) {
	r := program{}.run(t, "--help")
	require.Equal(t, cli.ExitOK, r.status)
	require.Empty(t, r.err)
	for _, documented := range []string{"0   done", "1   error", "2   findings", "64  usage", "ORACLENODE_", "--config"} {
		require.Contains(t, r.out, documented)
	}
}

func TestMistypedCommandsAreErrorsOfUsageWithASuggestion(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"raport"}, `unknown command "raport" for "oraclenode"; did you mean report?` + "\nRun 'oraclenode --help' for usage.\n"},
		{[]string{"report", "dif"}, `unknown command "dif" for "oraclenode report"; did you mean diff?` + "\nRun 'oraclenode report --help' for usage.\n"},
		{[]string{"state", "x"}, `unknown command "x" for "oraclenode state"` + "\nRun 'oraclenode state --help' for usage.\n"},
		{[]string{"version", "x"}, `oraclenode version takes flags only, got "x"` + "\nRun 'oraclenode version --help' for usage.\n"},
		{[]string{"version", "--bogus"}, "unknown flag: --bogus\nRun 'oraclenode version --help' for usage.\n"},
	} {
		r := program{}.run(t, c.args...)
		require.Equal(t, result{cli.ExitUsage, "", "oraclenode: " + c.want}, r)
	}
}

func TestVersionSaysWhatWasBuilt(t *testing.T) {
	want := "oraclenode v0.3.0, commit 0123abcd with uncommitted changes, go1.26.8, linux/amd64\n"
	require.Equal(t, result{cli.ExitOK, want, ""}, program{}.run(t, "version"))
	require.Equal(t, result{cli.ExitOK, want, ""}, program{}.run(t, "--version"))
	require.Equal(t, "oraclenode, built without build information", cli.DescribeBuild(func() (*debug.BuildInfo, bool) { return nil, false }))
}

func TestCompletionScriptsAreWritten(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		r := program{environ: []string{"ORACLENODE_CONFIG=/absent"}}.run(t, "completion", shell)
		require.Equal(t, cli.ExitOK, r.status, r.err)
		require.Contains(t, r.out, "oraclenode")
	}
	r := program{}.run(t, "__complete", "state", "inspect", "--fork", "")
	require.Equal(t, "deneb\nelectra\nfulu\ngloas\n:4\n", r.out)
}

func TestEveryCommandHasExamples(t *testing.T) {
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		if !cmd.HasSubCommands() && !cmd.Hidden {
			require.NotEmpty(t, cmd.Example, cmd.CommandPath())
			require.NotEmpty(t, cmd.Long, cmd.CommandPath())
		}
		for _, child := range cmd.Commands() {
			check(child)
		}
	}
	check(newRoot(processEnvironment()))
}

func TestCommandReferenceIsUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "commands.md")
	require.Equal(t, cli.ExitOK, run(t.Context(), []string{"reference", path}, processEnvironment()))
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	written, err := os.ReadFile("../../docs/commands.md")
	require.NoError(t, err)
	require.Equal(t, string(want), string(written), "run make docs")
}

func TestResultThatCannotBeWrittenIsAnError(t *testing.T) {
	r := program{out: brokenWriter{}}.run(t, "version")
	require.Equal(t, result{cli.ExitError, "", "oraclenode: no space left\n"}, r)
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestNumbersAndSwitchesThatAreNoneAreToldInPlainWords(t *testing.T) {
	for value, want := range map[string]string{
		"--workers=x":                    `--workers is "x": want a whole number`,
		"--workers=99999999999999999999": `--workers is "99999999999999999999": this number is too large or too small`,
		"--observe=maybe":                `--observe is "maybe": want true or false`,
	} {
		r := program{}.run(t, "run", value)
		require.Equal(t, cli.ExitUsage, r.status)
		require.Contains(t, r.err, want+"\n")
	}
}
