package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/node"
	"github.com/tidemark-oracle/tidemark/internal/operator"
)

func TestKeysAreMadeShownAndNeverOverwritten(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	made := program{}.run(t, "keys", "new", "--home", home)
	require.Equal(t, cli.ExitOK, made.status, made.err)
	for _, name := range []string{"keystore.json", "keystore.password", "identity", "submitter.json", "submitter.password", "journal.db"} {
		require.Contains(t, made.out, filepath.Join(home, name))
	}
	shown := program{environ: []string{"ORACLENODE_HOME=" + home}}.run(t, "keys", "show", "--json")
	require.Equal(t, cli.ExitOK, shown.status, shown.err)
	var public operator.Public
	require.NoError(t, json.Unmarshal([]byte(shown.out), &public))
	for _, half := range []string{public.Key, public.MemberID.Hex(), public.PeerID, public.Submitter.Hex()} {
		require.Contains(t, made.out, half)
		require.Contains(t, program{}.run(t, "keys", "show", "--home", home).out, half)
	}
	for _, name := range []string{"keystore.password", "submitter.password", "identity"} {
		secret, err := os.ReadFile(filepath.Join(home, name))
		require.NoError(t, err)
		require.NotContains(t, made.out+shown.out, strings.TrimSpace(string(secret)))
	}
	again := program{}.run(t, "keys", "new", "--home", home)
	require.Equal(t, cli.ExitError, again.status)
	require.Contains(t, again.err, "exists already, and nothing was made")
}

func TestOnlyTheNamedKeysAreMade(t *testing.T) {
	home := t.TempDir()
	r := program{}.run(t, "keys", "new", "--home", home, "--only", "identity", "--only", "submitter", "--json")
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.NotContains(t, r.out, "memberId")
	require.FileExists(t, filepath.Join(home, "submitter.json"))
	require.NoFileExists(t, filepath.Join(home, "keystore.json"))
	require.Equal(t, cli.ExitUsage, program{}.run(t, "keys", "new", "--home", home, "--only", "all").status)
	require.Equal(t, "bls\nidentity\nsubmitter\n:4\n", program{}.run(t, "__complete", "keys", "new", "--only", "").out)
	none := program{}.run(t, "keys", "show", "--home", t.TempDir())
	require.Equal(t, cli.ExitOK, none.status)
	require.Equal(t, 4, strings.Count(none.out, "none\n"))
	require.Contains(t, none.out, "No key is here: make a member's keys with 'oraclenode keys new', or name its folder with --home.")
	require.NotContains(t, program{}.run(t, "keys", "show", "--home", home).out, "No key is here")
}

// answers types one line after the other.
func answers(t *testing.T, lines ...string) func(string, bool) ([]byte, error) {
	return func(question string, _ bool) ([]byte, error) {
		require.NotEmpty(t, lines, question)
		line := lines[0]
		lines = lines[1:]
		return []byte(line), nil
	}
}

func TestPasswordsAreTypedTwice(t *testing.T) {
	home := filepath.Join(t.TempDir(), "home")
	args := []string{"keys", "new", "--only", "bls", "--ask-password", "--home", home}
	nobody := program{}.run(t, args...)
	require.Equal(t, cli.ExitUsage, nobody.status)
	require.Contains(t, nobody.err, "nobody sits at a terminal here")
	r := program{ask: answers(t, "horse", "hoarse")}.run(t, args...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "the two passwords are not the same")
	require.NoFileExists(t, filepath.Join(home, "keystore.json"))
	r = program{ask: answers(t, "horse", "horse")}.run(t, args...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.NoFileExists(t, filepath.Join(home, "keystore.password"))

	moved := filepath.Join(t.TempDir(), "moved")
	r = program{ask: answers(t, "horse")}.run(t, "keys", "import", "bls", filepath.Join(home, "keystore.json"), "--home", moved)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, "import that node's journal too")
	require.FileExists(t, filepath.Join(moved, "keystore.password"))
}

func TestKeysAreImported(t *testing.T) {
	home := t.TempDir()
	secret := strings.Repeat("0", 63) + "1"
	r := program{}.run(t, "keys", "import", "submitter", write(t, "key.hex", secret), "--home", home)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf")
	require.Equal(t, cli.ExitOK, program{}.run(t, "keys", "import", "bls", write(t, "key.hex", secret), "--home", home).status)
	from := t.TempDir()
	require.Equal(t, cli.ExitOK, program{}.run(t, "keys", "new", "--only", "identity", "--home", from).status)
	require.Equal(t, cli.ExitOK, program{}.run(t, "keys", "import", "identity", filepath.Join(from, "identity"), "--home", home).status)
	require.NotContains(t, program{}.run(t, "keys", "show", "--home", home).out, "none\n")
	require.Equal(t, cli.ExitUsage, program{}.run(t, "keys", "import", "bls").status)
	require.Equal(t, cli.ExitError, program{}.run(t, "keys", "import", "identity", "/absent", "--home", t.TempDir()).status)
}

func TestTheFilesAreThoseThatANodeReads(t *testing.T) {
	require.Equal(t, operator.Home{
		Manifest: node.ManifestFile, Keystore: node.KeystoreFile, KeystorePassword: node.KeystorePasswordFile, Identity: node.IdentityFile,
		Submitter: node.SubmitterFile, SubmitterPassword: node.SubmitterPasswordFile, Journal: node.JournalFile,
	}, new(homeFlags).home())
}
