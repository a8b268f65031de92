package txmgr_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// proxy stands before the honest endpoint and lies on request.
type proxy struct {
	w   *world
	url string

	mu     sync.Mutex
	script map[string]answer
	calls  map[string]int
}

// answer makes the response to a request, of what the honest endpoint would respond: a result, or an error's message.
type answer func(params []json.RawMessage, honest json.RawMessage) (result any, refusal string)

func (w *world) proxy() *proxy {
	p := &proxy{w: w, script: make(map[string]answer), calls: make(map[string]int)}
	server := httptest.NewServer(p)
	w.Cleanup(server.Close)
	p.url = server.URL
	return p
}

func (p *proxy) node() *execution.Node { return p.w.node(p.url) }

// on lies from now on to a method; nil: no more.
func (p *proxy) on(method string, a answer) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.script[method] = a
}

func (p *proxy) called(method string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[method]
}

func says(result any) answer {
	return func([]json.RawMessage, json.RawMessage) (any, string) { return result, "" }
}

func refuses(text string) answer {
	return func([]json.RawMessage, json.RawMessage) (any, string) { return nil, text }
}

func (p *proxy) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return
	}
	var q struct {
		ID     json.RawMessage   `json:"id"`
		Method string            `json:"method"`
		Params []json.RawMessage `json:"params"`
	}
	require.NoError(p.w, json.Unmarshal(body, &q))
	p.mu.Lock()
	p.calls[q.Method]++
	a := p.script[q.Method]
	p.mu.Unlock()
	out := map[string]any{"jsonrpc": "2.0", "id": q.ID}
	if a == nil {
		honest := p.forward(request, body)
		_, _ = response.Write(honest)
		return
	}
	var honest json.RawMessage
	if q.Method != "eth_sendRawTransaction" {
		var parsed struct {
			Result json.RawMessage `json:"result"`
		}
		require.NoError(p.w, json.Unmarshal(p.forward(request, body), &parsed))
		honest = parsed.Result
	}
	result, refusal := a(q.Params, honest)
	if refusal != "" {
		out["error"] = map[string]any{"code": -32000, "message": refusal}
	} else {
		out["result"] = result
	}
	_ = json.NewEncoder(response).Encode(out)
}

func (p *proxy) forward(request *http.Request, body []byte) []byte {
	onward, err := http.NewRequestWithContext(request.Context(), http.MethodPost, p.w.ExecutionURL(), bytes.NewReader(body))
	require.NoError(p.w, err)
	onward.Header.Set("Content-Type", "application/json")
	got, err := p.w.http.Do(onward)
	if err != nil {
		return []byte("{}")
	}
	defer got.Body.Close()
	all, err := io.ReadAll(got.Body)
	require.NoError(p.w, err)
	return all
}

// behindProxy is a sender whose only node is behind a proxy.
func (w *world) behindProxy() (*proxy, *txmgr.Sender) {
	p, c := w.proxy(), w.config()
	c.Nodes = []*execution.Node{p.node()}
	return p, w.sender(c)
}

// header alters fields of the headers that the endpoint gives.
func header(change func(map[string]any)) answer {
	return func(_ []json.RawMessage, honest json.RawMessage) (any, string) {
		var h map[string]any
		if json.Unmarshal(honest, &h) != nil || h == nil {
			return honest, ""
		}
		change(h)
		return h, ""
	}
}
