package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

const members = 7

// scene is an oracle whose first frame is about to open.
type scene struct {
	*testing.T
	*oracletest.Scene
}

func newScene(t *testing.T, change func(*deploy.Config)) *scene {
	t.Helper()
	s, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../contracts/test/fixtures", Members: members, Change: change})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	require.NoError(t, s.Stake(t.Context(), 200))
	require.NoError(t, s.Fund(t.Context(), 3))
	return &scene{t, s}
}

// frame has the committee report frame k.
func (s *scene) frame(k uint64, how oracletest.Submission) report.Report {
	s.Helper()
	_, r, err := s.Report(s.T.Context(), s.Schedule.RefSlot(k), how)
	require.NoError(s, err)
	return r
}

// truth is what the auditor's own nodes give.
func (s *scene) truth(ctx context.Context, refSlot uint64) (report.Report, error) {
	result, err := s.Builder().Compute(ctx, refSlot)
	if err != nil {
		return report.Report{}, err
	}
	return result.Report, nil
}

// audit audits everything up to the head, by those endpoints.
func (s *scene) audit(change func(*audit.Options), endpoints ...string) audit.Result {
	s.Helper()
	chain, err := s.Watcher(endpoints...)
	require.NoError(s, err)
	o := audit.Options{Manifest: s.Manifest, Chain: chain, Compute: s.truth, Software: "test"}
	if change != nil {
		change(&o)
	}
	a, err := audit.New(o)
	require.NoError(s, err)
	head, err := audit.ParsePoint("head")
	require.NoError(s, err)
	blocks, err := a.Resolve(s.T.Context(), audit.Point{}, head)
	require.NoError(s, err)
	result, err := a.Run(s.T.Context(), blocks)
	require.NoError(s, err)
	return result
}

func kinds(r audit.Result) []audit.Kind {
	found := []audit.Kind{}
	for _, f := range r.Findings {
		found = append(found, f.Kind)
	}
	return found
}

// state is what a check came to.
func state(t *testing.T, r audit.Report, check string) audit.Check {
	t.Helper()
	for _, c := range r.Checks {
		if c.Name == check {
			return c
		}
	}
	t.Fatalf("no check %s", check)
	return audit.Check{}
}

type alteration func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage

// lying serves the chain's answers, altered; null is a refusal.
func (s *scene) lying(alter alteration) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var question struct {
			Method string            `json:"method"`
			Params []json.RawMessage `json:"params"`
		}
		answer := make(map[string]json.RawMessage)
		response, err := http.Post(s.ExecutionURL(), "application/json", bytes.NewReader(body))
		if err == nil {
			defer response.Body.Close()
			err = json.NewDecoder(response.Body).Decode(&answer)
		}
		if err != nil || json.Unmarshal(body, &question) != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		if altered := alter(question.Method, question.Params, answer["result"]); altered != nil {
			answer["result"] = altered
		} else {
			delete(answer, "result")
			answer["error"] = json.RawMessage(`{"code":-32000,"message":"missing trie node"}`)
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	s.Cleanup(server.Close)
	return server.URL
}
