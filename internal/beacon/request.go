package beacon

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

// Bounds of what a node may send.
const (
	maxSmallBytes   = 64 << 10
	maxSpecBytes    = 1 << 20
	maxMessageBytes = 4 << 10 // of an error
)

// errTimeout is the cause of contexts that the client itself ends.
var errTimeout = errors.New("no answer in time")

// call is one request of the Beacon API.
type call struct {
	doing    string // "read genesis"
	path     string
	query    string
	accept   string // media type that the answer must have
	missing  error  // what HTTP 404 means; nil: ErrUnsupported
	maxBytes int64  // of the body after decompression; 0: maxSmallBytes
}

const (
	mediaJSON   = "application/json"
	mediaSSZ    = "application/octet-stream"
	mediaEvents = "text/event-stream"
)

// getJSON asks for a JSON object and hands it to decode, all within RequestTimeout.
func getJSON[T any](ctx context.Context, c *Client, e *endpoint.Endpoint, request call, decode func(object) (T, error)) (T, error) {
	var none T
	body, err := c.getBytes(ctx, e, request)
	if err != nil {
		return none, err
	}
	answer, err := parseObject("", body)
	if err != nil {
		return none, malformed(e, request, err)
	}
	value, err := decode(answer)
	if err != nil {
		return none, malformed(e, request, err)
	}
	return value, nil
}

// getBytes reads a whole, bounded body.
func (c *Client) getBytes(ctx context.Context, e *endpoint.Endpoint, request call) ([]byte, error) {
	ctx, cancel := c.withTimeout(ctx, c.options.RequestTimeout)
	defer cancel()
	if request.accept == "" {
		request.accept = mediaJSON
	}
	if request.maxBytes == 0 {
		request.maxBytes = maxSmallBytes
	}
	response, err := c.open(ctx, e, request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := endpoint.ReadAll(response.Body, request.maxBytes)
	switch {
	case errors.Is(err, endpoint.ErrTooLarge):
		return nil, malformed(e, request, err)
	case err != nil:
		return nil, broken(ctx, e, request, err)
	}
	return body, nil
}

// open sends the request and returns a response of status 200, of the right media type, with its body decompressed but not bounded.
func (c *Client) open(ctx context.Context, e *endpoint.Endpoint, request call) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, e.URL(request.path, request.query), nil)
	if err != nil {
		return nil, fmt.Errorf("beacon node %s: %s: build the request: %w", e.Name, request.doing, ErrConfig)
	}
	r.Header.Set("Accept", request.accept)
	r.Header.Set("Accept-Encoding", "identity, gzip;q=0.5")
	r.Header.Set("User-Agent", "tidemark")
	response, err := c.http.Do(r)
	if err != nil {
		return nil, broken(ctx, e, request, err)
	}
	if response.StatusCode != http.StatusOK {
		defer response.Body.Close()
		return nil, refused(e, request, response)
	}
	if err := decompress(response); err != nil {
		response.Body.Close()
		return nil, malformed(e, request, err)
	}
	if media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type")); err != nil || media != request.accept {
		response.Body.Close()
		return nil, malformed(e, request, fmt.Errorf("media type %.60q where %s is due", response.Header.Get("Content-Type"), request.accept))
	}
	return response, nil
}

// withTimeout ends the context with errTimeout after d on the client's clock.
func (c *Client) withTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := c.options.Clock.AfterFunc(d, func() { cancel(errTimeout) })
	return ctx, func() {
		stop()
		cancel(context.Canceled)
	}
}

// broken is the reason when the network failed.
func broken(ctx context.Context, e *endpoint.Endpoint, request call, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, new(flate.CorruptInputError)) {
		return malformed(e, request, err)
	}
	err = endpoint.WithoutURL(err)
	return &Error{Endpoint: e.Name, Doing: request.doing, Reason: ErrUnreachable, Detail: e.Printable(err.Error()), Cause: err, temporary: true}
}

// malformed is the reason when the answer is not what it must be.
func malformed(e *endpoint.Endpoint, request call, err error) error {
	return refusal(e, request, ErrMalformed, err.Error())
}

// refusal is an Error that more tries do not cure.
func refusal(e *endpoint.Endpoint, request call, reason error, detail string) error {
	return &Error{Endpoint: e.Name, Doing: request.doing, Reason: reason, Detail: e.Printable(detail)}
}

// refused is the reason for a status other than 200, with the node's own message.
func refused(e *endpoint.Endpoint, request call, response *http.Response) error {
	refusal := &Error{Endpoint: e.Name, Doing: request.doing, Status: response.StatusCode, Detail: messageOf(e, response)}
	switch status := response.StatusCode; {
	case status == http.StatusNotFound && request.missing != nil:
		refusal.Reason = request.missing
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusNotAcceptable,
		status == http.StatusUnsupportedMediaType, status == http.StatusNotImplemented:
		refusal.Reason = ErrUnsupported
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		refusal.Reason = ErrUnauthorized
	case status == http.StatusTooManyRequests:
		refusal.Reason, refusal.temporary, refusal.retryAfter = ErrRateLimited, true, endpoint.RetryAfter(response.Header)
	case status == http.StatusServiceUnavailable:
		// Beacon API: "Beacon node is currently syncing and not serving request on that endpoint".
		refusal.Reason, refusal.temporary, refusal.retryAfter = ErrSyncing, true, endpoint.RetryAfter(response.Header)
	case status >= 500:
		refusal.Reason, refusal.temporary = ErrServer, true
	case status >= 400:
		refusal.Reason = ErrRejected
	case status >= 300:
		refusal.Reason = ErrRedirected
	default:
		refusal.Reason = ErrMalformed
	}
	return refusal
}

// messageOf is the message in the body of an error, empty when there is none.
func messageOf(e *endpoint.Endpoint, response *http.Response) string {
	if err := decompress(response); err != nil {
		return ""
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxMessageBytes))
	if err != nil {
		return ""
	}
	answer, err := parseObject("", body)
	if err != nil {
		return ""
	}
	return e.Printable(answer.text("message"))
}

// decompress makes the body plain.
func decompress(response *http.Response) error {
	switch encoding := strings.ToLower(response.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
		return nil
	case "gzip":
		response.Body = &gzipBody{compressed: response.Body}
		return nil
	default:
		return fmt.Errorf("content encoding %.40q was not asked for", encoding)
	}
}

// gzipBody decompresses while it is read: opening it reads nothing yet.
type gzipBody struct {
	compressed io.ReadCloser
	plain      *gzip.Reader
}

func (g *gzipBody) Read(p []byte) (int, error) {
	if g.plain == nil {
		plain, err := gzip.NewReader(g.compressed)
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // An empty body is no gzip stream.
		}
		if err != nil {
			return 0, fmt.Errorf("gzip: %w", err)
		}
		g.plain = plain
	}
	n, err := g.plain.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fmt.Errorf("gzip: %w", err)
	}
	return n, err
}

func (g *gzipBody) Close() error { return g.compressed.Close() }
