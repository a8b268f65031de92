package execution

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

// HTTP sends requests; *http.Client is one.
type HTTP interface {
	Do(*http.Request) (*http.Response, error)
}

// rpc sends JSON-RPC requests over HTTP.
type rpc struct {
	http     HTTP
	timeout  time.Duration // of one request
	maxBytes int64         // of one answer
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
func (c rpc) call(ctx context.Context, e *endpoint.Endpoint, method string, params []any) (json.RawMessage, error) {
	body, err := json.Marshal(rpcRequest{Version: "2.0", ID: requestID, Method: method, Params: params})
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	status, answer, err := c.post(limited, e, body)
	switch {
	case err == nil:
		return parseResponse(status, answer)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fmt.Errorf("%w (%s)", ErrTimeout, c.timeout)
	}
	return nil, err
}

func (c rpc) post(ctx context.Context, e *endpoint.Endpoint, body []byte) (status int, answer []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL("", ""), bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("%w: the request cannot be made", ErrConfig)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return 0, nil, fmt.Errorf("%w: %w", ErrUnreachable, endpoint.WithoutURL(err))
	}
	defer response.Body.Close()
	answer, err = endpoint.ReadAll(response.Body, c.maxBytes)
	switch {
	case errors.Is(err, ErrTooLarge):
		return 0, nil, err
	case err != nil:
		return 0, nil, fmt.Errorf("%w: the answer breaks off: %w", ErrUnreachable, endpoint.WithoutURL(err))
	}
	return response.StatusCode, answer, nil
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
