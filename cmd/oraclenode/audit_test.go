package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// audited is an oracle with a history, and the manifest in a file.
type audited struct {
	*oracletest.Scene
	dir, manifest string
}

func newAudited(t *testing.T) audited {
	t.Helper()
	s, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../contracts/test/fixtures", Members: 4})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	text, err := s.Manifest.Encode()
	require.NoError(t, err)
	a := audited{Scene: s, dir: t.TempDir()}
	a.manifest = filepath.Join(a.dir, "manifest.yaml")
	require.NoError(t, os.WriteFile(a.manifest, text, 0o600))
	return a
}

func (a audited) frame(t *testing.T, k uint64, how oracletest.Submission) {
	t.Helper()
	_, _, err := a.Report(t.Context(), a.Schedule.RefSlot(k), how)
	require.NoError(t, err)
}

func (a audited) args(more ...string) []string {
	return append([]string{"audit", "--network", a.manifest, "--execution", a.ExecutionURL(), "--to", "head"}, more...)
}

// letPass is a program's way to wait: a slot passes.
func (a audited) letPass() func(context.Context, time.Duration) error {
	return func(ctx context.Context, _ time.Duration) error {
		_, err := a.NextSlot(ctx)
		return err
	}
}

func TestAuditOfACleanHistoryEndsWithZeroAndIsResumed(t *testing.T) {
	a := newAudited(t)
	a.frame(t, 0, oracletest.Submission{Absent: []int{3}})
	cache, page := filepath.Join(a.dir, "audit.cache"), filepath.Join(a.dir, "audit.html")
	names := filepath.Join(a.dir, "names")
	require.NoError(t, os.WriteFile(names, []byte(a.Members[3].ID.Hex()+" Ada\n"), 0o600))
	whole := a.args("--beacon", a.BeaconURL(), "--cache", cache, "--html", page, "--names", names)
	r := program{}.run(t, whole...)
	require.Equal(t, cli.ExitOK, r.status, "%s%s", r.out, r.err)
	require.Contains(t, r.out, "3 of 4")
	require.Contains(t, r.out, "all ok")
	require.Contains(t, r.out, "Everything was checked and nothing differs.")
	html, err := os.ReadFile(page)
	require.NoError(t, err)
	require.Contains(t, string(html), "Ada")
	info, err := os.Stat(cache)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())

	again := program{}.run(t, whole...)
	require.Equal(t, r.out, again.out)
	require.NoError(t, os.WriteFile(cache, []byte("{}\n"), 0o600))
	damaged := program{}.run(t, whole...)
	require.Equal(t, cli.ExitError, damaged.status)
	require.Contains(t, damaged.err, "remove the file")
}

func TestAuditWithFindingsEndsWithTwoAndTellsThemInEveryForm(t *testing.T) {
	a := newAudited(t)
	require.NoError(t, a.GiveToVault(t.Context(), 1))
	a.frame(t, 0, oracletest.Submission{Tamper: func(r *report.Report) { r.WithdrawalVaultWei.SubUint64(&r.WithdrawalVaultWei, 5) }})
	r := program{}.run(t, a.args()...)
	require.Equal(t, cli.ExitFindings, r.status, r.err)
	require.Contains(t, r.out, "wrong-values")
	require.Contains(t, r.out, "withdrawalVaultWei is")

	r = program{}.run(t, a.args("--json")...)
	require.Equal(t, cli.ExitFindings, r.status)
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	for _, line := range lines {
		require.True(t, json.Valid([]byte(line)), line)
	}
	require.Contains(t, lines[0], `"type":"audit"`)
	require.Contains(t, lines[len(lines)-1], `"verdict":"findings"`)

	r = program{}.run(t, a.args("--csv")...)
	require.Equal(t, cli.ExitFindings, r.status)
	rows, err := csv.NewReader(strings.NewReader(r.out)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)
	require.Equal(t, "wrong-values", rows[1][len(rows[1])-1])
}

func TestAuditThatCouldNotCheckEverythingEndsWithThree(t *testing.T) {
	a := newAudited(t)
	a.frame(t, 0, oracletest.Submission{})
	gone := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(gone.Close)
	r := program{}.run(t, a.args("--beacon", gone.URL)...)
	require.Equal(t, cli.ExitUnchecked, r.status, r.out)
	require.Contains(t, r.out, "consensus values")
	require.Contains(t, r.out, "Nothing differs, but 1 check could not be made.")
}

func TestAuditRefusesWhatMakesNoSense(t *testing.T) {
	a := newAudited(t)
	for name, args := range map[string][]string{
		"a point":                 a.args("--from", "yesterday"),
		"a block that is to come": a.args("--from", "block:99999999"),
		"webhook without watch":   a.args("--webhook", "https://example.org/hunter2"),
		"both forms":              a.args("--json", "--csv"),
		"watch with an end":       a.args("--watch"),
		"names":                   a.args("--names", a.manifest),
	} {
		r := program{}.run(t, args...)
		require.NotEqual(t, cli.ExitOK, r.status, name)
		require.NotEmpty(t, r.err, name)
		require.NotContains(t, r.err, "hunter2", name)
	}
}

func TestWatchingAuditPostsEachFindingOnce(t *testing.T) {
	a := newAudited(t)
	a.frame(t, 0, oracletest.Submission{})
	posts := make(chan audit.Posted, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var p audit.Posted
		body, _ := io.ReadAll(r.Body)
		if json.Unmarshal(body, &p) != nil || r.URL.Path != "/secret" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		posts <- p
	}))
	t.Cleanup(hook.Close)
	_, err := a.Eject(t.Context(), 1)
	require.NoError(t, err)

	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ended := make(chan result, 1)
	go func() {
		ended <- program{ctx: ctx, sleep: func(context.Context, time.Duration) error { return nil }}.run(t, "audit", "--network", a.manifest,
			"--execution", a.ExecutionURL(), "--watch", "--interval", "20ms", "--json", "--webhook", hook.URL+"/secret")
	}()
	first := <-posts
	require.Len(t, first.Findings, 1)
	require.Equal(t, audit.EjectedMember, first.Findings[0].Kind)
	_, err = a.Eject(t.Context(), 2)
	require.NoError(t, err)
	second := <-posts
	require.Len(t, second.Findings, 1, "what was posted is not posted again")
	require.Equal(t, a.Members[2].ID, *second.Findings[0].Member)
	stop()
	r := <-ended
	require.Equal(t, cli.ExitOK, r.status, r.err)
	require.Equal(t, 2, strings.Count(r.out, `"kind":"ejected-member"`))
	require.NotContains(t, r.out+r.err, "/secret")
}

// TestWatchingAuditSaysThatItCouldNotCheckEverything: silence would be taken for a clean history.
func TestWatchingAuditSaysThatItCouldNotCheckEverything(t *testing.T) {
	a := newAudited(t)
	a.frame(t, 0, oracletest.Submission{})
	_, err := a.Eject(t.Context(), 1)
	require.NoError(t, err)
	posted := make(chan struct{}, 1)
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { posted <- struct{}{} }))
	t.Cleanup(hook.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(gone.Close)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ended := make(chan result, 1)
	go func() {
		ended <- program{ctx: ctx}.run(t, "audit", "--network", a.manifest, "--execution", a.ExecutionURL(), "--beacon", gone.URL, "--watch",
			"--webhook", hook.URL)
	}()
	<-posted // the first look is over
	stop()
	r := <-ended
	require.Contains(t, r.err, "not everything could be checked")
	require.Contains(t, r.err, "1 check could not be made")
}
