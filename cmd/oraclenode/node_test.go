package main

import (
	"strings"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/stretchr/testify/require"
)

func TestConfigPrintShowsWhatHoldsAndNoSecret(t *testing.T) {
	file := write(t, "c.yaml", strings.Join([]string{
		"beacon: https://user:hunter2@beacon.example/v1/hunter2?key=hunter2", "execution:", "  - http://one:8545/hunter2", "  - http://two:8545",
		"remote-signer: http://user:hunter2@signer:9000/hunter2", `submitter-address: "0x00000000000000000000000000000000000000aa"`, "name: from the file", "poll-interval: 5s", "",
	}, "\n"))
	p := program{environ: []string{"ORACLENODE_NAME=from the environment", "ORACLENODE_POLL_INTERVAL=6s"}}
	first := p.run(t, "config", "print", "--config", file, "--poll-interval", "7s")
	require.Equal(t, cli.ExitOK, first.status, first.err)
	require.NotContains(t, first.out+first.err, "hunter2")
	for _, line := range []string{
		"beacon: # scheme and host only\n  - \"https://beacon.example\"\n", "  - \"http://one:8545\"\n", `remote-signer: "http://signer:9000" # scheme and host only`,
		`name: "from the environment"`, `poll-interval: "7s"`, `api: "127.0.0.1:9110"`, "# announce is not set",
	} {
		require.Contains(t, first.out, line)
	}
	again := program{}.run(t, "config", "print", "--config", write(t, "printed.yaml", first.out))
	require.Equal(t, cli.ExitOK, again.status, again.err)
	require.Equal(t, first.out, again.out, "what is printed is a file of settings")
}

func TestImpossibleSettingsOfANodeAreErrorsOfUsageThatNameTheKey(t *testing.T) {
	endpoints := []string{"--beacon", "http://b:1", "--execution", "http://e:1"}
	for want, args := range map[string][]string{
		"impossible setting api: ":                     {"--api", "0.0.0.0:1"},
		`--poll-interval is "0s": want a duration`:     {"--poll-interval", "0s"},
		"impossible setting observers: ":               {"--observers", "nobody"},
		`--log-level is "loud": want one of`:           {"--log-level", "loud"},
		"--remote-signer: want the http or https URL":  {"--remote-signer", "hunter2"},
		`impossible setting submitter-address: "0x12"`: {"--remote-signer", "http://s:1", "--submitter-address", "0x12"},
	} {
		for _, command := range [][]string{{"run"}, {"config", "print"}} {
			r := program{}.run(t, append(append(command, endpoints...), args...)...)
			require.Equal(t, cli.ExitUsage, r.status, "%v: %s", args, r.err)
			require.Contains(t, r.err, want)
			require.NotContains(t, r.err, "hunter2")
		}
	}
}

func TestNamesOfAFormerReleaseAreRefusedWithTheNewName(t *testing.T) {
	endpoints := []string{"config", "print", "--beacon", "http://b:1", "--execution", "http://e:1"}
	for old, now := range map[string]string{"poll-every": "poll-interval", "resend-every": "resend-interval", "status-every": "status-interval"} {
		for want, r := range map[string]result{
			"--" + old + " is now --" + now:                  program{}.run(t, append(endpoints, "--"+old, "5s")...),
			cli.EnvName(old) + " is now " + cli.EnvName(now): program{environ: []string{cli.EnvName(old) + "=5s"}}.run(t, endpoints...),
			"line 2: " + old + " is now " + now:              program{}.run(t, append(endpoints, "--config", write(t, "c.yaml", "name: x\n"+old+": 5s\n"))...),
		} {
			require.Equal(t, cli.ExitUsage, r.status, r.out)
			require.Contains(t, r.err, want)
		}
	}
	const moved = "network's manifest, key submitStaggerSeconds"
	for _, r := range []result{
		program{}.run(t, append(endpoints, "--submit-stagger=5s")...),
		program{environ: []string{"ORACLENODE_SUBMIT_STAGGER=5s"}}.run(t, endpoints...),
		program{}.run(t, append(endpoints, "--config", write(t, "d.yaml", "submit-stagger: 5s\n"))...),
	} {
		require.Equal(t, cli.ExitUsage, r.status, r.out)
		require.Contains(t, r.err, moved)
	}
	for _, command := range [][]string{{"audit", "--every", "5s"}, {"status", "--every=5s"}} {
		r := program{}.run(t, command...)
		require.Equal(t, cli.ExitUsage, r.status, r.out)
		require.Contains(t, r.err, "--every is now --interval")
	}
}

func TestCheckSaysThatNodesMustBeNamed(t *testing.T) {
	for _, command := range [][]string{{"check"}, {"config", "print"}} {
		r := program{}.run(t, command...)
		require.Equal(t, cli.ExitUsage, r.status)
		require.Contains(t, r.err, "beacon: no beacon node is named: name your own by its URL")
		r = program{}.run(t, append(command, "--beacon", "http://b:1")...)
		require.Equal(t, cli.ExitUsage, r.status)
		require.Contains(t, r.err, "execution: no execution node is named: name your own by its URL")
	}
}

func TestRunSaysWhichFileIsMissingAndWhatToDo(t *testing.T) {
	r := program{}.run(t, "run", "--home", t.TempDir(), "--beacon", "http://b:1", "--execution", "http://e:1")
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "network manifest: ")
	require.Contains(t, r.err, "get it from whoever runs the network")
}
