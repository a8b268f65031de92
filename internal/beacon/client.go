package beacon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Client asks the beacon nodes of one network. It may be used from many goroutines at once.
type Client struct {
	options   Options
	endpoints []*endpoint // in the order of the configuration
	http      *http.Client
	close     func()
}

// New makes a client; nothing is sent yet. Errors: ErrConfig.
func New(options Options) (*Client, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	c := &Client{options: options, close: func() {}}
	for i, text := range options.Endpoints {
		e, err := newEndpoint(i, text)
		if err != nil {
			return nil, err
		}
		c.endpoints = append(c.endpoints, e)
	}
	transport := options.Transport
	if transport == nil {
		own := &http.Transport{
			Proxy: http.ProxyFromEnvironment, DisableCompression: true, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 8,
			TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: 90 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		}
		transport, c.close = own, own.CloseIdleConnections
	}
	c.http = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// Close drops idle connections of the client's own transport. Calls that still run end with their contexts.
func (c *Client) Close() { c.close() }

// byHealth is the endpoints, those without recent faults first, else as configured.
func (c *Client) byHealth() []*endpoint {
	type ranked struct {
		*endpoint
		failures int
	}
	ranks := make([]ranked, len(c.endpoints))
	for i, e := range c.endpoints {
		ranks[i] = ranked{e, e.failuresInRow()}
	}
	slices.SortStableFunc(ranks, func(a, b ranked) int { return cmp.Compare(a.failures, b.failures) })
	sorted := make([]*endpoint, len(ranks))
	for i, r := range ranks {
		sorted[i] = r.endpoint
	}
	return sorted
}

// ask tries one endpoint after the other until one answers well, and then again those that may do better after a pause.
// The error holds the last reason of every endpoint.
func ask[T any](ctx context.Context, c *Client, doing string, try func(context.Context, *endpoint) (T, error)) (T, error) {
	return askOf(ctx, c, c.byHealth(), doing, try)
}

// askOf is ask for some of the endpoints.
func askOf[T any](ctx context.Context, c *Client, candidates []*endpoint, doing string, try func(context.Context, *endpoint) (T, error)) (T, error) {
	var none T
	last := make(map[*endpoint]error, len(candidates))
	all := candidates
	for attempt := 0; ; attempt++ {
		var again []*endpoint
		pause := c.options.backoff(attempt)
		for _, e := range candidates {
			value, err := askOne(ctx, c, e, try)
			if err == nil {
				return value, nil
			}
			if ctx.Err() != nil {
				return none, fmt.Errorf("%s: %w", doing, context.Cause(ctx))
			}
			last[e] = err
			c.options.Log.Debug("beacon node did not serve", "endpoint", e.name, "attempt", attempt+1, "reason", err)
			if refused := new(Error); errors.As(err, &refused) && refused.temporary {
				again = append(again, e)
				pause = max(pause, min(refused.retryAfter, c.options.MaxRetryDelay))
			}
		}
		if len(again) == 0 || attempt+1 >= c.options.Attempts {
			return none, join(doing, reasonsOf(all, last))
		}
		if err := c.wait(ctx, pause); err != nil {
			return none, fmt.Errorf("%s: %w", doing, err)
		}
		candidates = again
	}
}

// askOne asks one endpoint once, after its identity has been checked, and keeps its health.
func askOne[T any](ctx context.Context, c *Client, e *endpoint, try func(context.Context, *endpoint) (T, error)) (T, error) {
	var value T
	err := c.verify(ctx, e)
	if err == nil {
		value, err = try(ctx, e)
	}
	if ctx.Err() == nil {
		e.note(err)
	}
	return value, err
}

// reasonsOf lists the reasons in the order in which the endpoints were asked.
func reasonsOf(asked []*endpoint, last map[*endpoint]error) []error {
	reasons := make([]error, 0, len(asked))
	for _, e := range asked {
		reasons = append(reasons, last[e])
	}
	return reasons
}

// wait returns after d, or with the context's error when that ends first.
func (c *Client) wait(ctx context.Context, d time.Duration) error {
	passed := make(chan struct{})
	stop := c.options.Clock.AfterFunc(d, func() { close(passed) })
	defer stop()
	select {
	case <-passed:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
