package beacon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

// stream is a long body that is read piece by piece: bounded in size and in time, each piece and as a whole.
type stream struct {
	client   *Client
	endpoint *endpoint.Endpoint
	request  call
	response *http.Response
	ctx      context.Context // of the request: reading has no context of its own
	cancel   context.CancelCauseFunc
	stop     func() bool // the timer of the whole

	patience time.Duration // for the next piece
	left     uint64        // of the size bound
	failure  error         // what ended the stream other than its end
}

// openStream sends the request; the body must be closed. whole bounds the time until then: a node that sends a byte now and then would hold up a
// report for ever.
func (c *Client) openStream(ctx context.Context, e *endpoint.Endpoint, request call, maxBytes uint64, whole time.Duration) (*stream, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := c.options.Clock.AfterFunc(c.options.StateTimeout, func() { cancel(errTimeout) })
	response, err := c.open(ctx, e, request)
	stop()
	if err != nil {
		cancel(context.Canceled)
		return nil, err
	}
	return &stream{
		client: c, endpoint: e, request: request, response: response, ctx: ctx, cancel: cancel,
		stop:     c.options.Clock.AfterFunc(whole, func() { cancel(errTimeout) }),
		patience: c.options.StateTimeout, left: maxBytes,
	}, nil
}

// Read is io.Reader. Errors other than io.EOF are *Error.
func (s *stream) Read(p []byte) (int, error) {
	if s.failure != nil {
		return 0, s.failure
	}
	stop := s.client.options.Clock.AfterFunc(s.patience, func() { s.cancel(errTimeout) })
	n, err := s.response.Body.Read(p)
	stop()
	s.patience = s.client.options.StateStallTimeout
	switch {
	case uint64(n) > s.left:
		s.failure = malformed(s.endpoint, s.request, fmt.Errorf("the answer is longer than the bound"))
		return 0, s.failure
	case err != nil && !errors.Is(err, io.EOF):
		s.failure = broken(s.ctx, s.endpoint, s.request, err)
		return n, s.failure
	}
	s.left -= uint64(n)
	return n, err
}

// Close ends the request, also one that is half read.
func (s *stream) Close() error {
	s.stop()
	s.cancel(context.Canceled)
	return s.response.Body.Close()
}
