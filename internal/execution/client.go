package execution

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Bounds of Options, and what is taken for zero.
const (
	DefaultRequestTimeout   = 10 * time.Second
	DefaultMaxResponseBytes = 4 << 20 // 128 storage proofs in a deep trie are below 2 MiB
	DefaultRounds           = 3
	DefaultBackoff          = 500 * time.Millisecond

	maxEndpoints = 32
	maxRounds    = 20
)

// Options of a Client. Endpoints, ChainID and HTTP are needed; zero means the default for the others.
type Options struct {
	Endpoints        []string                                         // http or https URLs, in order of preference
	ChainID          uint64                                           // the manifest's
	HTTP             HTTP                                             // the network
	RequestTimeout   time.Duration                                    // of one request to one endpoint
	MaxResponseBytes int64                                            // of one answer
	Rounds           int                                              // how often every endpoint is asked
	Backoff          time.Duration                                    // between rounds; doubles each time, and between half and all of it is waited
	Sleep            func(ctx context.Context, d time.Duration) error // nil: the machine's clock
	Random           func(n int64) int64                              // uniform in [0, n); nil: math/rand/v2
	Log              *slog.Logger                                     // endpoints that failed while another served; nil for none
}

func (o *Options) complete() error {
	switch {
	case len(o.Endpoints) == 0 || len(o.Endpoints) > maxEndpoints:
		return fmt.Errorf("%w: %d endpoints are not between 1 and %d", ErrConfig, len(o.Endpoints), maxEndpoints)
	case o.ChainID == 0:
		return fmt.Errorf("%w: no chain id", ErrConfig)
	case o.HTTP == nil:
		return fmt.Errorf("%w: the network is missing", ErrConfig)
	case o.RequestTimeout < 0 || o.MaxResponseBytes < 0 || o.Rounds < 0 || o.Rounds > maxRounds || o.Backoff < 0:
		return fmt.Errorf("%w: a bound is negative, or more than %d rounds", ErrConfig, maxRounds)
	}
	o.RequestTimeout = orDefault(o.RequestTimeout, DefaultRequestTimeout)
	o.MaxResponseBytes = orDefault(o.MaxResponseBytes, DefaultMaxResponseBytes)
	o.Rounds = orDefault(o.Rounds, DefaultRounds)
	o.Backoff = orDefault(o.Backoff, DefaultBackoff)
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Random == nil {
		o.Random = rand.Int64N
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return nil
}

// sleep waits for d, or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func orDefault[T comparable](v, standard T) T {
	var zero T
	if v == zero {
		return standard
	}
	return v
}

// Client asks endpoints until one gives an answer that verifies. It is safe for concurrent use.
type Client struct {
	options   Options
	endpoints []*endpoint

	mu        sync.Mutex
	preferred int // who served last is asked first
}

// NewClient makes a client; nothing is asked yet. Errors: ErrConfig.
func NewClient(o Options) (*Client, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	c := &Client{options: o}
	for _, text := range o.Endpoints {
		e, err := newEndpoint(text, o)
		if err != nil {
			return nil, err
		}
		c.endpoints = append(c.endpoints, e)
	}
	return c, nil
}

// Endpoints names the endpoints as errors do.
func (c *Client) Endpoints() []string {
	names := make([]string, len(c.endpoints))
	for i, e := range c.endpoints {
		names[i] = e.name
	}
	return names
}

// question is one call, with what makes an answer to it acceptable.
type question struct {
	method string
	params []any
	block  BlockRef // that it is about; zero for none
	accept func(json.RawMessage) error
}

// ask gives the name of the endpoint whose answer was accepted.
func (c *Client) ask(ctx context.Context, q question) (string, error) {
	return c.attempt(ctx, q.method, func(ctx context.Context, e *endpoint) error { return c.try(ctx, e, q) })
}

// attempt lets endpoints try until one succeeds, and gives its name. The error holds an *EndpointError for each endpoint, the last one of each.
func (c *Client) attempt(ctx context.Context, what string, try func(context.Context, *endpoint) error) (string, error) {
	failed := make(map[*endpoint]error)
	for round := range c.options.Rounds {
		if round > 0 {
			if err := c.pause(ctx, round); err != nil {
				return "", err
			}
		}
		for _, e := range c.order() {
			if err := failed[e]; err != nil && !mayPass(err) {
				continue
			}
			err := try(ctx, e)
			if err == nil {
				c.served(e, what, failed)
				return e.name, nil
			}
			if ctx.Err() != nil {
				return "", fmt.Errorf("%s: %w", what, ctx.Err())
			}
			failed[e] = &EndpointError{Endpoint: e.name, Method: what, Err: err}
		}
		if !anyMayPass(failed) {
			break
		}
	}
	var all failures
	for _, e := range c.endpoints {
		all = append(all, failed[e])
	}
	return "", all
}

// pause waits before a round: between half and all of the backoff, so that many nodes do not ask at the same moment.
func (c *Client) pause(ctx context.Context, round int) error {
	d := c.options.Backoff << (round - 1)
	if d <= 0 || d > time.Minute {
		d = time.Minute
	}
	return c.options.Sleep(ctx, d-time.Duration(c.options.Random(int64(d/2)+1)))
}

// mayPass tells whether asking the same endpoint again can help.
func mayPass(err error) bool {
	return errors.Is(err, ErrUnreachable) || errors.Is(err, ErrTimeout) || errors.Is(err, ErrUnknownBlock)
}

func anyMayPass(failed map[*endpoint]error) bool {
	for _, err := range failed {
		if mayPass(err) {
			return true
		}
	}
	return false
}

// order is the endpoints, beginning with who served last.
func (c *Client) order() []*endpoint {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append(append([]*endpoint(nil), c.endpoints[c.preferred:]...), c.endpoints[:c.preferred]...)
}

func (c *Client) served(e *endpoint, what string, failed map[*endpoint]error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, other := range c.endpoints {
		if other == e {
			c.preferred = i
		}
		if err := failed[other]; err != nil {
			c.options.Log.Warn("another endpoint had to serve", "served", e.name, "method", what, "reason", err)
		}
	}
}

// try asks one endpoint, after a look at its chain.
func (c *Client) try(ctx context.Context, e *endpoint, q question) error {
	if err := e.checkChain(ctx, c.options.ChainID); err != nil {
		return err
	}
	answer, err := e.call(ctx, q.method, q.params)
	var pruned *PrunedError
	if errors.As(err, &pruned) {
		pruned.Block, pruned.Number, pruned.Head = q.block.Hash, q.block.Number, e.head(ctx)
	}
	if err != nil {
		return err
	}
	return q.accept(answer)
}

// checkChain asks for the chain id until it was right once.
func (e *endpoint) checkChain(ctx context.Context, want uint64) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.onChain {
		return nil
	}
	answer, err := e.call(ctx, "eth_chainId", []any{})
	if err != nil {
		return fmt.Errorf("read the chain id: %w", err)
	}
	var id hexutil.Uint64
	if err := json.Unmarshal(answer, &id); err != nil {
		return fmt.Errorf("%w: eth_chainId is not a quantity", ErrMalformed)
	}
	if uint64(id) != want {
		return fmt.Errorf("%w: it is on chain %d, the manifest is of chain %d", ErrWrongChain, uint64(id), want)
	}
	e.onChain = true
	return nil
}

// head is the node's newest block, 0 when it does not say: for error texts only.
func (e *endpoint) head(ctx context.Context) uint64 {
	answer, err := e.call(ctx, "eth_blockNumber", []any{})
	var number hexutil.Uint64
	if err != nil || json.Unmarshal(answer, &number) != nil {
		return 0
	}
	return uint64(number)
}

// BlockRef is a block of the execution chain with the root of its state. The root comes from a verified beacon state, or from Client.Block.
type BlockRef struct {
	Hash      common.Hash
	StateRoot common.Hash
	Number    uint64
}

// atHash is the block as JSON-RPC takes it (EIP-1898).
func (b BlockRef) atHash() map[string]common.Hash {
	return map[string]common.Hash{"blockHash": b.Hash}
}
