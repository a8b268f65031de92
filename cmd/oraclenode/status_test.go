package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/internal/web/status/sample"
)

// telling is a node or an audit that answers with a status.
func telling(t *testing.T, s any) string {
	t.Helper()
	text, err := json.Marshal(s)
	require.NoError(t, err)
	return answering(t, http.StatusOK, string(text))
}

func answering(t *testing.T, code int, text string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v1/status" {
			http.NotFound(w, r)
			return
		}
		w.WriteHeader(code)
		_, _ = w.Write([]byte(text)) // a client that has heard enough hangs up
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// unready is a node to which much has happened.
func unready() status.Status {
	s := sample.Status(3)
	s.Ready = false
	s.Reasons = []status.Reason{{Code: "clock", Text: "The clock is 3 s behind: run chrony."}, {Code: "peers", Text: "Only 2 of 6 members are connected."}}
	s.Endpoints[0].Usable, s.Endpoints[0].Why = false, "connection refused"
	s.Submitter = nil
	s.Reports[0].Outcome, s.Reports[0].Own = "quarantined", false
	return s
}

func TestStatusOfAReadyNode(t *testing.T) {
	r := program{}.run(t, "status", "--api", telling(t, sample.Status(8)))
	require.Equal(t, cli.ExitOK, r.status, r.err)
	golden(t, "status-ready.txt", r.out)
}

func TestStatusOfANodeThatIsNotReadyIsAFinding(t *testing.T) {
	r := program{}.run(t, "status", "--api", telling(t, unready()))
	require.Equal(t, cli.ExitFindings, r.status)
	require.Empty(t, r.err)
	golden(t, "status-not-ready.txt", r.out)
}

func TestStatusOfANewNode(t *testing.T) {
	r := program{}.run(t, "status", "--api", telling(t, status.Status{Overview: status.Overview{Version: status.Version}, Self: status.Self{Member: -1}}))
	require.Equal(t, cli.ExitFindings, r.status)
	golden(t, "status-new.txt", r.out)
}

func TestStatusIsColouredOnATerminalUnlessNoColorIsSet(t *testing.T) {
	node := telling(t, unready())
	r := program{colours: true}.run(t, "status", "--api", node)
	require.Equal(t, cli.ExitFindings, r.status)
	golden(t, "status-colours.txt", r.out)
	plain := program{}.run(t, "status", "--api", node)
	require.NotContains(t, plain.out, "\x1b")
	require.Equal(t, plain.out, program{colours: true, environ: []string{"NO_COLOR=1"}}.run(t, "status", "--api", node).out)
	require.Equal(t, r.out, program{colours: true, environ: []string{"NO_COLOR="}}.run(t, "status", "--api", node).out, "empty counts as not set")
}

func TestStatusAsJSONIsWhatTheNodeTells(t *testing.T) {
	r := program{colours: true}.run(t, "status", "--json", "--api", telling(t, unready()))
	require.Equal(t, cli.ExitFindings, r.status)
	told, err := json.Marshal(unready())
	require.NoError(t, err)
	require.Equal(t, string(told)+"\n", r.out)
}

func TestWhatOthersWroteCannotPlayTricksOnTheTerminal(t *testing.T) {
	const trick = "\x1b[2J\r\nno\u202edrawkcab"
	s := unready()
	s.Self.Name, s.Software, s.Reasons[0].Text, s.Alarms[0].Text, s.Members[1].PeerID, s.Endpoints[0].Why, s.Network.Name = trick, trick, trick, trick, trick, trick, trick
	s.Reports[0].RewardWei = trick + strings.Repeat("9", 1000)
	r := program{}.run(t, "status", "--api", telling(t, s))
	require.Equal(t, cli.ExitFindings, r.status)
	require.NotContains(t, r.out, "\x1b")
	require.NotContains(t, r.out, "\r")
	require.NotContains(t, r.out, "\u202e")
	require.NotContains(t, r.out, strings.Repeat("9", 400))
}

func TestStatusOfWhatIsNoNodeIsAnError(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for want, node := range map[string]string{
		"HTTP 404":                  answering(t, http.StatusNotFound, ""),
		"not a node's status":       answering(t, http.StatusOK, "<html>"),
		"it has version 7":          answering(t, http.StatusOK, `{"version":7}`),
		"more than 8388608 bytes":   answering(t, http.StatusOK, `{"version":1}`+strings.Repeat(" ", status.MaxBytes)),
		"check that it runs and ha": gone.URL,
	} {
		secretly := strings.Replace(node, "http://", "http://user:hunter2@", 1) + "/?key=hunter3"
		r := program{}.run(t, "status", "--api", secretly)
		require.Equal(t, cli.ExitError, r.status)
		require.Contains(t, r.err, want)
		require.NotContains(t, r.err, "hunter")
	}
}

func TestTheNodesOwnSettingSaysWhereItAnswers(t *testing.T) {
	node := telling(t, sample.Status(8))
	file := write(t, "oraclenode.yaml", "api: "+strings.TrimPrefix(node, "http://")+"\n")
	require.Equal(t, cli.ExitOK, program{}.run(t, "status", "--config", file).status)
	off := program{}.run(t, "status", "--api", "")
	require.Equal(t, cli.ExitUsage, off.status)
	require.Contains(t, off.err, "the node answers nowhere")
	require.Equal(t, cli.ExitUsage, program{}.run(t, "status", "--api", "ftp://x").status)
}

func TestWatchingRedrawsUntilInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	times := 0
	p := program{ctx: ctx, colours: true, sleep: func(ctx context.Context, d time.Duration) error {
		require.Equal(t, 3*time.Second, d)
		if times++; times == 2 {
			cancel()
		}
		return ctx.Err()
	}}
	r := p.run(t, "status", "--watch", "--interval", "3s", "--api", telling(t, unready()))
	require.Equal(t, cli.ExitOK, r.status)
	require.Equal(t, 2, strings.Count(r.out, clearScreen))
	require.Equal(t, 2, strings.Count(r.out, "not ready"))

	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	p.ctx, p.sleep = t.Context(), func(context.Context, time.Duration) error { return context.Canceled }
	r = p.run(t, "status", "--watch", "--api", gone.URL)
	require.Equal(t, cli.ExitOK, r.status, "a node that is down for a while does not end it")
	require.Contains(t, r.out, "check that it runs")
}

// TestAnAuditIsNotTakenForAReadyNode: an audit's page answers at the same address, by default the port beside the node's.
func TestAnAuditIsNotTakenForAReadyNode(t *testing.T) {
	s := sample.Audit(status.AuditResult{Verdict: "findings", Findings: 3})
	require.True(t, s.Ready)
	r := program{}.run(t, "status", "--api", telling(t, s))
	require.Equal(t, cli.ExitError, r.status, r.out)
	require.Contains(t, r.err, "an audit answers there, not a node")
}
