package endpoint

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Classes of errors that both kinds of nodes give. A client may add to each what only it knows.
var (
	// ErrUnreachable: no connection, a broken one, or no answer in time.
	ErrUnreachable = errors.New("not reachable: check the address, that the node runs and listens there, and the network between")
	// ErrTooLarge: the answer is larger than any honest one.
	ErrTooLarge = errors.New("the answer is larger than any honest one: distrust the endpoint")
)

// ReadAll reads a whole body of at most so many bytes. Errors: ErrTooLarge, those of the body.
func ReadAll(body io.Reader, maxBytes int64) ([]byte, error) {
	whole, err := io.ReadAll(io.LimitReader(body, maxBytes+1))
	if err == nil && int64(len(whole)) > maxBytes {
		return nil, fmt.Errorf("more than %d bytes: %w", maxBytes, ErrTooLarge)
	}
	return whole, err
}

// WithoutURL drops the URL that net/http puts into its errors, with its secrets.
func WithoutURL(err error) error {
	if wrapped := new(url.Error); errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}

// RetryAfter is how long the node asks to be left alone; 0 when it does not say so in seconds.
func RetryAfter(header http.Header) time.Duration {
	seconds, err := strconv.ParseUint(header.Get("Retry-After"), 10, 16)
	if err != nil {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

// Transport sends every request to the endpoint, whatever URL it is for, and bounds each answer. What is above it needs to know the endpoint's
// name only, so no error of it can hold a secret.
func (e *Endpoint) Transport(next http.RoundTripper, maxBytes int64) http.RoundTripper {
	return &transport{e.base, next, maxBytes}
}

type transport struct {
	full     *url.URL
	next     http.RoundTripper
	maxBytes int64
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	target := *t.full
	if user := target.User; user != nil {
		password, _ := user.Password()
		r.SetBasicAuth(user.Username(), password)
		target.User = nil
	}
	r.URL = &target
	response, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	response.Body = &bounded{response.Body, t.maxBytes}
	return response, nil
}

// bounded ends with an error where io.LimitReader would pretend that the answer is over.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, ErrTooLarge
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
