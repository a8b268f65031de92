package beacon

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

// Client asks the beacon nodes of one network. It may be used from many goroutines at once.
type Client struct {
	options Options
	pool    *endpoint.Pool
	http    *http.Client
	close   func()
}

// New makes a client; nothing is sent yet. Errors: ErrConfig.
func New(options Options) (*Client, error) {
	options, err := options.withDefaults()
	if err != nil {
		return nil, err
	}
	c := &Client{options: options, close: func() {}}
	c.pool = &endpoint.Pool{
		Kind: "beacon node", Attempts: options.Attempts, Delay: options.RetryDelay, MaxDelay: options.MaxRetryDelay, Random: options.Random,
		Sleep: c.wait, Log: options.Log, Check: c.checkNetwork, Classify: classify,
	}
	for i, text := range options.Endpoints {
		e, err := endpoint.New(text)
		if err != nil {
			return nil, fmt.Errorf("endpoint %d: %w: %w", i+1, err, ErrConfig)
		}
		c.pool.Endpoints = append(c.pool.Endpoints, e)
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
