package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
)

// hash is a flag's value of 64 equal digits.
func hash(digit string) string { return "0x" + strings.Repeat(digit, 64) }

// credentialsSeen runs state inspect and returns the credentials that the reader was asked for.
func credentialsSeen(t *testing.T, environ []string, args ...string) []common.Hash {
	t.Helper()
	var asked reading
	p := program{environ: environ, read: asked.answer(sampleState(), nil)}
	r := p.run(t, append([]string{"state", "inspect", "--file", write(t, "state.ssz", ""), "--fork", "fulu"}, args...)...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Empty(t, r.err)
	return asked.query.Credentials
}

func TestFlagsPrecedeTheEnvironmentThatPrecedesTheFile(t *testing.T) {
	file := write(t, "c.yaml", "spec: mainnet\ncredentials:\n  - "+hash("1")+"\n  - "+hash("2")+"\n")
	env := []string{"HOME=/", "ORACLENODE_CREDENTIALS=" + hash("3") + "," + hash("4")}
	one := func(digits ...string) (all []common.Hash) {
		for _, d := range digits {
			all = append(all, common.HexToHash(hash(d)))
		}
		return all
	}
	require.Equal(t, one("1", "2"), credentialsSeen(t, nil, "--config", file))
	require.Equal(t, one("3", "4"), credentialsSeen(t, env, "--config", file), "a higher layer replaces a list as a whole")
	require.Equal(t, one("5"), credentialsSeen(t, env, "--config", file, "--credentials", hash("5")))
	require.Equal(t, one("3", "4"), credentialsSeen(t, env, "--spec", "mainnet"))
	require.Equal(t, one("1", "2"), credentialsSeen(t, []string{"ORACLENODE_CONFIG=" + file}))
	require.Equal(t, one("1", "2"), credentialsSeen(t, []string{"ORACLENODE_CONFIG=/absent"}, "--config", file))
}

func TestASingleValueInTheFileMayStandForAList(t *testing.T) {
	file := write(t, "c.yaml", "credentials: "+hash("1")+"\n")
	require.Equal(t, []common.Hash{common.HexToHash(hash("1"))}, credentialsSeen(t, []string{"ORACLENODE_SPEC=mainnet"}, "--config", file))
}

func TestWrongSettingsAreRefusedByKey(t *testing.T) {
	list := strings.Repeat("- x\n", cli.MaxListValues+1)
	for _, c := range []struct{ name, file, want string }{
		{"unknown key", "spec: mainnet\ncredential: 0x01\n", `line 2: unknown key "credential"; known are announce, api,`},
		{"keys are case-sensitive", "Spec: mainnet\n", `line 1: unknown key "Spec"`},
		{"one-off flags are no settings", "root: 0x01\n", `line 1: unknown key "root"`},
		{"nested key", "beacon:\n  url: http://x\n", "line 2: beacon: want a value or a list of values"},
		{"key twice", "spec: mainnet\nspec: mainnet\n", "line 2: key spec twice"},
		{"no value", "spec:\n", "spec: has no value"},
		{"empty list", "credentials: []\n", "credentials: an empty list"},
		{"several for one", "spec: [a, b]\n", "spec has 2 values, want one"},
		{"too many", "credentials:\n" + list, "credentials has 65 values, at most 64"},
		{"impossible value", "credentials: 0x12\n", `credentials is "0x12": want 0x and 64 hexadecimal digits`},
		{"impossible value of another command", "timeout: 5\n", `timeout is "5": want a duration above zero`},
		{"value twice", "credentials: [" + hash("1") + ", " + hash("1") + "]\n", "given twice"},
		{"no mapping", "- spec\n", "line 1: want keys and values"},
		{"two documents", "spec: mainnet\n---\nspec: mainnet\n", "more than one document"},
		{"not YAML", "a: 'b\n", "refused settings file: yaml:"},
		{"too large", "# " + strings.Repeat("x", cli.MaxConfigBytes) + "\n", "more than 65536 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := write(t, "c.yaml", c.file)
			r := program{compute: new(computing).compute}.run(t, inspectArgs(t, "--config", file)...)
			require.Equal(t, cli.ExitUsage, r.status)
			require.Empty(t, r.out)
			require.Contains(t, r.err, "oraclenode: "+file+": ")
			require.Contains(t, r.err, c.want)
		})
	}
}

func TestEmptySettingsFilesAreFine(t *testing.T) {
	for _, content := range []string{"", "# nothing\n", "---\n", "null\n"} {
		file := write(t, "c.yaml", content)
		require.Len(t, credentialsSeen(t, nil, "--config", file, "--spec", "mainnet", "--credentials", hash("1")), 1)
	}
}

func TestSettingsFileThatIsMissing(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "absent.yaml")
	for _, p := range []struct {
		environ, args []string
	}{
		{nil, inspectArgs(t, "--config", absent)},
		{[]string{"ORACLENODE_CONFIG=" + absent}, inspectArgs(t)},
		{nil, []string{"report", "diff", "a", "b", "--config", absent}},
	} {
		r := program{environ: p.environ}.run(t, p.args...)
		require.Equal(t, cli.ExitUsage, r.status)
		require.Contains(t, r.err, "settings: open "+absent)
	}
	r := program{}.run(t, inspectArgs(t, "--config", "")...)
	require.Equal(t, cli.ExitUsage, r.status)
	require.Contains(t, r.err, "--config is empty")
}

func TestWrongEnvironmentIsRefusedByVariable(t *testing.T) {
	for _, c := range []struct{ entry, want string }{
		{"ORACLENODE_CREDENTIALS=" + hash("1") + ",", `ORACLENODE_CREDENTIALS is "": want 0x and 64 hexadecimal digits`},
		{"ORACLENODE_LOG_LEVEL=loud", `ORACLENODE_LOG_LEVEL is "loud": want one of debug, info, warn, error`},
	} {
		r := program{environ: []string{c.entry}, compute: new(computing).compute}.run(t, inspectArgs(t)...)
		require.Equal(t, cli.ExitUsage, r.status)
		require.Contains(t, r.err, c.want, "also when a flag hides it")
	}
}

func TestUnknownVariablesAreNotedAndIgnored(t *testing.T) {
	var asked reading
	p := program{read: asked.answer(sampleState(), nil), environ: []string{"ORACLENODE_CREDENTIAL=x", "ORACLENODE_ACTIVE_HELP=0", "OTHER=y"}}
	r := p.run(t, inspectArgs(t)...)
	require.Equal(t, cli.ExitOK, r.status)
	require.Equal(t, "oraclenode: note: ORACLENODE_CREDENTIAL is not a setting and is ignored\n", r.err)
}

func TestCommandsWithoutSettingsDoNotReadThem(t *testing.T) {
	p := program{environ: []string{"ORACLENODE_CONFIG=/absent", "ORACLENODE_CREDENTIALS=wrong"}}
	for _, args := range [][]string{{"version"}, {"--help"}, {"report", "diff", "testdata/a.json", "testdata/a.json"}} {
		r := p.run(t, args...)
		require.Equal(t, cli.ExitOK, r.status, r.err)
		require.Empty(t, r.err)
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	for _, value := range []string{
		"ftp://user:hunter2@node.example", "http://user:hunter2@node.example:hunter2", "https://hunter2", "hunter2", "http://%hunter2", "http:///hunter2",
		"http://node.example/hunter2\x7f",
	} {
		for _, p := range []struct {
			environ, args []string
		}{
			{nil, []string{"--beacon", value}},
			{[]string{"ORACLENODE_BEACON=" + value}, nil},
			{nil, []string{"--config", write(t, "c.yaml", "beacon: "+strings.ReplaceAll(value, "\x7f", "%zz")+"\n")}},
			{nil, []string{"--config", write(t, "d.yaml", "beacon:\n  - "+strings.ReplaceAll(value, "\x7f", "%zz")+"\n  - a: hunter2\n")}},
		} {
			if value == "https://hunter2" { // a host alone is a URL; it is its second time that is wrong
				p.args = append(p.args, "--execution", value, "--execution", value)
			}
			r := program{environ: p.environ, compute: new(computing).compute}.run(t, append([]string{"report", "compute", "--network", "n"}, p.args...)...)
			require.Equal(t, cli.ExitUsage, r.status, value)
			require.NotContains(t, r.err+r.out, "hunter2")
			require.Regexp(t, "beacon|BEACON|execution", r.err)
		}
	}
	parsed, err := cli.ParseEndpoint("https://user:hunter2@node.example:5052/v3/hunter2?key=hunter2#hunter2")
	require.NoError(t, err)
	require.Equal(t, "https://node.example:5052", cli.WithoutSecrets(parsed))
	list := cli.NewURLs()
	require.NoError(t, list.Set("https://user:hunter2@node.example/hunter2"))
	require.Equal(t, "https://node.example", list.String())
}

func TestLongListsOfFlagsAreRefused(t *testing.T) {
	list := cli.NewHashes()
	for i := range cli.MaxListValues {
		require.NoError(t, list.Append(common.BigToHash(common.Big1).Hex()[:64]+string("0123456789abcdef"[i/16])+string("0123456789abcdef"[i%16])))
	}
	require.ErrorContains(t, list.Append(hash("f")), "at most 64 values")
}

func TestExampleSettingsFileInTheReadmeIsValid(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, after, ok := strings.Cut(string(readme), "```yaml\n")
	require.True(t, ok)
	example, _, ok := strings.Cut(after, "```")
	require.True(t, ok)
	r := program{}.run(t, "config", "print", "--config", write(t, "c.yaml", example))
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, `max-fee-gwei: "100"`)
}

func TestAGivenListReplacesTheUsualOne(t *testing.T) {
	list := cli.NewTexts("address")
	list.Items, list.Usual = []string{"usual"}, true
	require.NoError(t, list.Set("usual"))
	require.NoError(t, list.Set("other"))
	require.Equal(t, []string{"usual", "other"}, list.Items)
}
