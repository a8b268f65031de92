package execution

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// HTTP sends requests; *http.Client is one.
type HTTP interface {
	Do(*http.Request) (*http.Response, error)
}

// endpoint is one node's JSON-RPC over HTTP.
type endpoint struct {
	name     string // scheme and host only
	url      string
	http     HTTP
	timeout  time.Duration
	maxBytes int64

	mu      sync.Mutex
	onChain bool // its chain id was checked
}

// redacted is an endpoint's name in errors and logs. User, path and query are left out: providers put secrets there.
func redacted(u *url.URL) string {
	name := u.Scheme + "://" + u.Host
	if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		name += "/…"
	}
	return name
}

func newEndpoint(text string, o Options) (*endpoint, error) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		// Neither the text nor the parser's error is shown: both may hold a secret.
		return nil, fmt.Errorf("%w: an endpoint is not of the form http://host:port or https://host/path", ErrConfig)
	}
	return &endpoint{name: redacted(u), url: text, http: o.HTTP, timeout: o.RequestTimeout, maxBytes: o.MaxResponseBytes}, nil
}

type rpcRequest struct {
	Version string `json:"jsonrpc"`
	ID      uint64 `json:"id"`
	Method  string `json:"method"`
	Params  []any  `json:"params"`
}

type rpcResponse struct {
	ID     *uint64         `json:"id"`
	Result json.RawMessage `json:"result"`
	Error  *rpcError       `json:"error"`
}

type rpcError struct {
	Code    int64           `json:"code"`
	Message string          `json:"message"`
	Data    json.RawMessage `json:"data"`
}

// requestID is every request's: each has a connection of its own until it is answered.
const requestID = 1

// call sends one request and gives the raw result, which may be null. Errors: one of ErrTimeout, ErrUnreachable, ErrRefused, ErrTooLarge,
// ErrMalformed, ErrUnknownBlock, *PrunedError without block and head.
func (e *endpoint) call(ctx context.Context, method string, params []any) (json.RawMessage, error) {
	body, err := json.Marshal(rpcRequest{Version: "2.0", ID: requestID, Method: method, Params: params})
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, e.timeout)
	defer cancel()
	status, answer, err := e.post(limited, body)
	switch {
	case err == nil:
		return parseResponse(status, answer)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fmt.Errorf("%w (%s)", ErrTimeout, e.timeout)
	}
	return nil, err
}

func (e *endpoint) post(ctx context.Context, body []byte) (status int, answer []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("%w: the request cannot be made", ErrConfig)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	response, err := e.http.Do(request)
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", ErrUnreachable, withoutURL(err))
	}
	defer response.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(response.Body, e.maxBytes+1))
	switch {
	case err != nil:
		return 0, nil, fmt.Errorf("%w: the answer breaks off: %w", ErrUnreachable, withoutURL(err))
	case int64(len(answer)) > e.maxBytes:
		return 0, nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, e.maxBytes)
	}
	return response.StatusCode, answer, nil
}

// withoutURL drops the URL that net/http puts into its errors.
func withoutURL(err error) error {
	var withURL *url.Error
	if errors.As(err, &withURL) {
		return withURL.Err
	}
	return err
}

// parseResponse judges a whole answer. Nodes may put an error object into an answer of any HTTP status.
func parseResponse(status int, answer []byte) (json.RawMessage, error) {
	var r rpcResponse
	if err := json.Unmarshal(answer, &r); err != nil || (r.Error == nil && status != http.StatusOK) {
		return nil, statusError(status)
	}
	if r.Error != nil {
		return nil, nodeError(r.Error)
	}
	switch {
	case r.ID == nil || *r.ID != requestID:
		return nil, fmt.Errorf("%w: the answer belongs to another request", ErrMalformed)
	case len(r.Result) == 0:
		return nil, fmt.Errorf("%w: neither result nor error", ErrMalformed)
	}
	return r.Result, nil
}

func statusError(status int) error {
	switch {
	case status == http.StatusOK:
		return fmt.Errorf("%w: the answer is not a JSON-RPC object", ErrMalformed)
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return fmt.Errorf("%w: HTTP status %d: check the credentials in the endpoint's URL", ErrRefused, status)
	case status == http.StatusTooManyRequests || status >= 500:
		return fmt.Errorf("%w: HTTP status %d", ErrUnreachable, status)
	}
	return fmt.Errorf("%w: HTTP status %d", ErrRefused, status)
}

// nodeError sorts what a node says. Nethermind puts the cause into data.
func nodeError(e *rpcError) error {
	text := e.Message
	if len(e.Data) > 0 {
		text += " " + string(e.Data)
	}
	switch {
	case saysPruned(text):
		return &PrunedError{NodeReason: shortened(text)}
	case saysUnknownBlock(text):
		return fmt.Errorf("%w; the node says %q", ErrUnknownBlock, shortened(text))
	}
	return &RefusedError{Code: e.Code, Reason: shortened(text), data: e.Data}
}
