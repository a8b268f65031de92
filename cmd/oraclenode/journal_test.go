package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/journal"
)

func sampleExport(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/journal.jsonl")
	require.NoError(t, err)
	return string(text)
}

// halted is the export with a halt.
func halted(t *testing.T) string {
	t.Helper()
	lines := strings.SplitAfter(sampleExport(t), "\n")
	round := `"committee":"0x01` + strings.Repeat("0", 62) + `","refSlot":"9599999"`
	body := strings.Join(lines[:len(lines)-2], "") + `{"type":"halt","record":{` + round + `,"digest":"0x08` + strings.Repeat("0", 62) + `"}}` + "\n"
	return resealed(body)
}

// resealed gives changed lines the last line that they need.
func resealed(body string) string {
	return body + fmt.Sprintf(`{"type":"end","records":%d,"sha256":"0x%x"}`+"\n", strings.Count(body, "\n")-1, sha256.Sum256([]byte(body)))
}

// journalOf is the file of a journal into which the text was imported; an empty one imports nothing.
func journalOf(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "journal.db")
	require.NoError(t, openSample(t, path).Close())
	if text != "" {
		r := program{stdin: text}.run(t, "journal", "import", "--no-other-node", "--journal", path, "-")
		require.Equal(t, cli.ExitOK, r.status, r.err)
	}
	return path
}

func openSample(t *testing.T, path string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(journal.Options{Path: path, Identity: journal.Identity{ChainID: 560048, Oracle: common.Address{0x0a}, Key: [48]byte{0x8b}}})
	require.NoError(t, err)
	return j
}

func exportOf(t *testing.T, path string, args ...string) string {
	t.Helper()
	r := program{}.run(t, append([]string{"journal", "export", "--journal", path}, args...)...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Empty(t, r.err)
	return r.out
}

func TestJournalShowPrintsEveryKindOfRecord(t *testing.T) {
	r := program{}.run(t, "journal", "show", "--journal", journalOf(t, halted(t)))
	require.Equal(t, cli.ExitOK, r.status, r.err)
	golden(t, "journal-show.txt", r.out)
}

func TestJournalShowOfAnEmptyJournal(t *testing.T) {
	r := program{environ: []string{"ORACLENODE_JOURNAL=" + journalOf(t, "")}}.run(t, "journal", "show")
	require.Equal(t, cli.ExitOK, r.status, r.err)
	golden(t, "journal-empty.txt", r.out)
}

func TestJournalExportIsImportedElsewhere(t *testing.T) {
	text := exportOf(t, journalOf(t, sampleExport(t)))
	golden(t, "journal-export.jsonl", text)
	fresh := filepath.Join(t.TempDir(), "state", "journal.db")
	r := program{stdin: text}.run(t, "journal", "import", "--no-other-node", "--journal", fresh, "-")
	require.Equal(t, cli.ExitOK, r.status, r.err)
	golden(t, "journal-import.txt", r.out)
	again := program{}.run(t, "journal", "import", "--no-other-node", "--journal", fresh, "testdata/journal.jsonl")
	require.Equal(t, r, again, "importing twice is the same")
}

func TestJournalImportNeverReplacesAVote(t *testing.T) {
	lines := strings.SplitAfter(sampleExport(t), "\n")
	digest := func(first string) string { return `"digest":"0x` + first }
	other := journalOf(t, resealed(lines[0]+strings.Replace(lines[2], digest("07"), digest("08"), 1)))
	before := exportOf(t, other)
	r := program{}.run(t, "journal", "import", "--no-other-node", "--journal", other, "testdata/journal.jsonl")
	require.Equal(t, cli.ExitError, r.status)
	require.Empty(t, r.out)
	require.Contains(t, r.err, "second digest for a round")
	require.Equal(t, before, exportOf(t, other))
}

func TestJournalImportRefusesWhatIsNoExport(t *testing.T) {
	text := sampleExport(t)
	path := filepath.Join(t.TempDir(), "journal.db")
	for name, content := range map[string]string{
		"cut off": text[:len(text)/2], "empty": "", "changed": strings.Replace(text, "9599999", "9599998", 1),
	} {
		r := program{stdin: content}.run(t, "journal", "import", "--journal", path, "-")
		require.Equal(t, cli.ExitError, r.status, name)
		require.Contains(t, r.err, "not an intact journal export", name)
	}
	_, err := os.Stat(path)
	require.ErrorIs(t, err, os.ErrNotExist, "no journal is made of it")
	r := program{}.run(t, "journal", "import", "--journal", path, filepath.Join(t.TempDir(), "absent"))
	require.Equal(t, cli.ExitError, r.status)
	require.Equal(t, cli.ExitUsage, program{}.run(t, "journal", "import", "--journal", path).status)
	require.Equal(t, cli.ExitUsage, program{}.run(t, "journal", "import", "-").status, "without --journal")
}

func TestJournalImportNeedsAWordForAJournalThatCanStillVote(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	r := program{stdin: sampleExport(t)}.run(t, "journal", "import", "--journal", path, "-")
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "--no-other-node")
	require.Contains(t, r.err, "--retire")
	_, err := os.Stat(path)
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestJournalExportRetires(t *testing.T) {
	path := journalOf(t, sampleExport(t))
	text := exportOf(t, path, "--retire")
	require.Contains(t, text, `"retired":true`)
	require.Equal(t, text, exportOf(t, path), "it can be taken again")
	r := program{}.run(t, "journal", "show", "--journal", path)
	require.Contains(t, r.out, "never again: the journal is retired")
	fresh := filepath.Join(t.TempDir(), "journal.db")
	r = program{stdin: text}.run(t, "journal", "import", "--journal", fresh, "-")
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Contains(t, r.out, "after asking the other members")
}

func TestJournalResumeRemovesHaltsOnTheOperatorsWord(t *testing.T) {
	path := journalOf(t, halted(t))
	r := program{}.run(t, "journal", "resume", "--journal", path)
	require.Equal(t, cli.ExitUsage, r.status)
	require.Contains(t, r.err, "--no-other-node")
	r = program{}.run(t, "journal", "resume", "--journal", path, "--no-other-node")
	require.Equal(t, cli.ExitOK, r.status, r.err)
	golden(t, "journal-resume.txt", r.out)
	r = program{}.run(t, "journal", "resume", "--journal", path, "--no-other-node")
	require.Equal(t, result{cli.ExitOK, "The journal was not halted; nothing is changed.\n", ""}, r)
}

func TestJournalCommandsNeedAJournalThatNobodyUses(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "absent.db")
	path := journalOf(t, sampleExport(t))
	defer openSample(t, path).Close()
	for _, args := range [][]string{{"show"}, {"export"}, {"export", "--retire"}, {"resume", "--no-other-node"}} {
		r := program{}.run(t, append(append([]string{"journal"}, args...), "--journal", absent)...)
		require.Equal(t, cli.ExitError, r.status, args)
		require.Contains(t, r.err, "no journal there: check the path")
		r = program{}.run(t, append(append([]string{"journal"}, args...), "--journal", path)...)
		require.Equal(t, cli.ExitError, r.status, args)
		require.Contains(t, r.err, "stop the other oraclenode first")
	}
	_, err := os.Stat(absent)
	require.ErrorIs(t, err, os.ErrNotExist)
}
