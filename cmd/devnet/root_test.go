package main

import (
	"bytes"
	"context"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/cli"
)

func devnetRun(args ...string) (status int, out string) {
	var text bytes.Buffer
	status = run(context.Background(), args, environment{
		in: strings.NewReader(""), out: &text, errOut: &text, now: time.Now, buildInfo: func() (*debug.BuildInfo, bool) { return nil, false },
	})
	return status, text.String()
}

func TestWrongUseEndsWithItsStatusAndNamesTheFlag(t *testing.T) {
	for want, args := range map[string][]string{
		"impossible devnet: 2 members":         {"--members", "2"},
		`--scenario is "none": want one of`:    {"--scenario", "none"},
		`--slot-time is "0s": want a duration`: {"--slot-time", "0s"},
		`--frames is "x": want a whole number`: {"--frames", "x"},
		`--fork is "paris": want one of`:       {"--fork", "paris"},
		"only one of Fulu can":                 {"--fork", "gloas", "--fork-at", "25"},
		"takes flags only":                     {"now"},
		"--clock-rate is 20: want 1, or more":  {"member", "--clock-rate", "20"},
		"--clock-rate is 0: want 1, or more":   {"member", "--clock-rate", "0"},
		"1 of 7 members run the older program": {"--older-members", "1"},
		"this is no program that runs":         {"--older-members", "1", "--older-program", "/bin/false"},
		"unknown flag: --tamper":               {"--tamper"},
	} {
		status, out := devnetRun(args...)
		require.Equal(t, cli.ExitUsage, status, "%v: %s", args, out)
		require.Contains(t, out, "devnet: ")
		require.Contains(t, out, want)
	}
}

func TestHelpTellsEveryScenario(t *testing.T) {
	status, out := devnetRun("--help")
	require.Zero(t, status)
	for _, word := range []string{"calm", "byzantine", "partition", "--frames", "--seed"} {
		require.Contains(t, out, word)
	}
}
