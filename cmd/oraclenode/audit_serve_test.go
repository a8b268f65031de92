package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

// told passes on where a program says that its page is.
type told struct {
	bytes.Buffer
	at chan string
}

func (w *told) Write(text []byte) (int, error) {
	if url := regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/`).Find(text); url != nil {
		w.at <- string(url)
	}
	return w.Buffer.Write(text)
}

// served is an audit that serves its page.
type served struct {
	url   string
	stop  context.CancelFunc
	ended chan result
}

func (a audited) serve(t *testing.T, args ...string) served {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(stop)
	s := served{stop: stop, ended: make(chan result, 1)}
	errOut := &told{at: make(chan string, 1)}
	go func() { s.ended <- program{ctx: ctx, errOut: errOut}.run(t, append(args, "--serve=127.0.0.1:0")...) }()
	select {
	case s.url = <-errOut.at:
	case r := <-s.ended:
		t.Fatalf("status %d: %s%s", r.status, r.out, errOut.String())
	}
	return s
}

func (s served) status(t *testing.T) status.Audit {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"api/v1/status", nil)
	require.NoError(t, err)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	got, err := status.DecodeAudit(answer.Body)
	require.NoError(t, err)
	return got
}

func TestAServedAuditStaysUntilItIsInterruptedAndEndsWithItsVerdict(t *testing.T) {
	a := newAudited(t)
	a.frame(t, 0, oracletest.Submission{})
	_, err := a.Eject(t.Context(), 1)
	require.NoError(t, err)
	s := a.serve(t, a.args()...)
	require.Eventually(t, func() bool { return s.status(t).Result.Verdict == "findings" }, time.Minute, 20*time.Millisecond)
	got := s.status(t)
	require.Len(t, got.Reports, 1)
	require.Len(t, got.Members, 3)
	require.Equal(t, "ejected-member", got.Alarms[0].Kind)
	require.NotNil(t, got.Token)
	s.stop()
	r := <-s.ended
	require.Equal(t, cli.ExitFindings, r.status)
	require.Contains(t, r.out, "ejected-member")
}

func TestAServedAuditThatWatchesIsLive(t *testing.T) {
	a := newAudited(t)
	a.frame(t, 0, oracletest.Submission{})
	s := a.serve(t, "audit", "--network", a.manifest, "--execution", a.ExecutionURL(), "--watch", "--interval", "20ms")
	require.Eventually(t, func() bool { return len(s.status(t).Reports) == 1 }, time.Minute, 20*time.Millisecond)
	require.Empty(t, s.status(t).Alarms)

	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"live", nil)
	require.NoError(t, err)
	stream, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer stream.Body.Close()
	_, err = a.Eject(t.Context(), 2)
	require.NoError(t, err)
	var heard bytes.Buffer
	for !bytes.Contains(heard.Bytes(), []byte("ejected-member")) {
		_, err := io.CopyN(&heard, stream.Body, 1)
		require.NoError(t, err)
	}
	s.stop()
	require.Equal(t, cli.ExitOK, (<-s.ended).status)
}

func TestAnAuditIsServedToOthersOnlyWhenAskedTo(t *testing.T) {
	a := newAudited(t)
	for name, flags := range map[string][]string{
		"other machines": {"--serve=0.0.0.0:0"}, "no port": {"--serve=127.0.0.1"}, "exposing nothing": {"--serve-expose"},
	} {
		r := program{}.run(t, a.args(flags...)...)
		require.Equal(t, cli.ExitUsage, r.status, name)
		require.Contains(t, r.err, "--serve", name)
	}
}
