package events_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/test/fakes/oracletest"
)

func newScene(t *testing.T) *oracletest.Scene {
	t.Helper()
	s, err := oracletest.New(t.Context(), oracletest.Options{Fixtures: "../../../contracts/test/fixtures", Members: 4})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// liar stands between a client and a node, and may alter answers.
type liar struct {
	url string

	mu    sync.Mutex
	alter func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage
	calls map[string]int
}

// lying serves a node's answers, altered.
func lying(t *testing.T, node string, alter func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage) *liar {
	t.Helper()
	l := &liar{alter: alter, calls: make(map[string]int)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var question struct {
			Method string            `json:"method"`
			Params []json.RawMessage `json:"params"`
		}
		var answer map[string]json.RawMessage
		response, err := http.Post(node, "application/json", bytes.NewReader(body))
		if err != nil || json.Unmarshal(body, &question) != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer response.Body.Close()
		if json.NewDecoder(response.Body).Decode(&answer) != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		l.mu.Lock()
		l.calls[question.Method]++
		altered := l.alter(question.Method, question.Params, answer["result"])
		l.mu.Unlock()
		if altered == nil {
			delete(answer, "result")
			answer["error"] = json.RawMessage(`{"code":-32005,"message":"query returned more than 10000 results"}`)
		} else if answer["result"] != nil {
			answer["result"] = altered
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

func (l *liar) set(alter func(method string, params []json.RawMessage, result json.RawMessage) json.RawMessage) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.alter = alter
}

func honest(_ string, _ []json.RawMessage, result json.RawMessage) json.RawMessage { return result }

func names(found []events.Event) []string {
	var all []string
	for _, e := range found {
		all = append(all, e.Body.EventName())
	}
	return all
}
