package execution

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

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
	maxBackoff   = time.Minute
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
	o.RequestTimeout = cmp.Or(o.RequestTimeout, DefaultRequestTimeout)
	o.MaxResponseBytes = cmp.Or(o.MaxResponseBytes, DefaultMaxResponseBytes)
	o.Rounds = cmp.Or(o.Rounds, DefaultRounds)
	o.Backoff = cmp.Or(o.Backoff, DefaultBackoff)
	if o.Sleep == nil {
		o.Sleep = endpoint.Sleep
	}
	if o.Random == nil {
		o.Random = rand.Int64N
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return nil
}

// Client asks endpoints until one gives an answer that verifies. It is safe for concurrent use.
type Client struct {
	options Options
	rpc     rpc
	pool    *endpoint.Pool
}

// NewClient makes a client; nothing is asked yet. Errors: ErrConfig.
func NewClient(o Options) (*Client, error) {
	if err := o.complete(); err != nil {
		return nil, err
	}
	c := &Client{options: o, rpc: rpc{o.HTTP, o.RequestTimeout, o.MaxResponseBytes}}
	c.pool = &endpoint.Pool{
		Kind: "execution node", Attempts: o.Rounds, Delay: o.Backoff, MaxDelay: maxBackoff, Random: o.Random, Sleep: o.Sleep, Log: o.Log,
		Check: c.rpc.chainIs(o.ChainID), Classify: classify,
		Wrap: func(e *endpoint.Endpoint, doing string, err error) error {
			return &EndpointError{Endpoint: e.Name, Method: doing, Err: err}
		},
	}
	for _, text := range o.Endpoints {
		e, err := endpoint.New(text)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrConfig, err)
		}
		c.pool.Endpoints = append(c.pool.Endpoints, e)
	}
	return c, nil
}

// Endpoints names the endpoints as errors do.
func (c *Client) Endpoints() []string {
	names := make([]string, len(c.pool.Endpoints))
	for i, e := range c.pool.Endpoints {
		names[i] = e.Name
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
	return c.attempt(ctx, q.method, func(ctx context.Context, e *endpoint.Endpoint) error { return c.try(ctx, e, q) })
}

// attempt lets endpoints try until one succeeds, and gives its name. The error holds an *EndpointError for each endpoint, the last one of each.
func (c *Client) attempt(ctx context.Context, what string, try func(context.Context, *endpoint.Endpoint) error) (string, error) {
	return endpoint.Ask(ctx, c.pool, what, func(ctx context.Context, e *endpoint.Endpoint) (string, error) { return e.Name, try(ctx, e) })
}

// try asks one endpoint.
func (c *Client) try(ctx context.Context, e *endpoint.Endpoint, q question) error {
	answer, err := c.rpc.call(ctx, e, q.method, q.params)
	var pruned *PrunedError
	if errors.As(err, &pruned) {
		pruned.Block, pruned.Number, pruned.Head = q.block.Hash, q.block.Number, c.rpc.head(ctx, e)
	}
	if err != nil {
		return err
	}
	return q.accept(answer)
}

// chainIs checks that an endpoint is on a chain.
func (c rpc) chainIs(want uint64) func(context.Context, *endpoint.Endpoint) error {
	return func(ctx context.Context, e *endpoint.Endpoint) error {
		answer, err := c.call(ctx, e, "eth_chainId", []any{})
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
		return nil
	}
}

// head is the node's newest block, 0 when it does not say: for error texts only.
func (c rpc) head(ctx context.Context, e *endpoint.Endpoint) uint64 {
	answer, err := c.call(ctx, e, "eth_blockNumber", []any{})
	var number hexutil.Uint64
	if err != nil || json.Unmarshal(answer, &number) != nil {
		return 0
	}
	return uint64(number)
}

// Asker asks one endpoint one question of JSON-RPC and gives the raw result, which may be null. Its errors are those of one endpoint.
type Asker func(ctx context.Context, method string, params ...any) (json.RawMessage, error)

// Ask lets use ask one endpoint as often as it needs, and the next endpoint when it returns an error, in the order and with the pauses of
// every other read. So answers that belong together come from one node: two nodes may stand at different blocks. What use returns decides:
// an error that may pass (ErrUnreachable, ErrTimeout, ErrUnknownBlock) is tried again later, any other rules the endpoint out for this call.
// what names the work in errors and logs. It gives the name of the endpoint that served. Nothing is verified but the chain's id: use must
// judge the answers. Errors: an *EndpointError for each endpoint.
func (c *Client) Ask(ctx context.Context, what string, use func(ctx context.Context, ask Asker) error) (string, error) {
	return c.attempt(ctx, what, func(ctx context.Context, e *endpoint.Endpoint) error {
		return use(ctx, func(ctx context.Context, method string, params ...any) (json.RawMessage, error) {
			if params == nil {
				params = []any{}
			}
			answer, err := c.rpc.call(ctx, e, method, params)
			var pruned *PrunedError
			if errors.As(err, &pruned) {
				pruned.Head = c.rpc.head(ctx, e)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", method, err)
			}
			return answer, nil
		})
	})
}

// ChainID is the chain that every endpoint must be on.
func (c *Client) ChainID() uint64 { return c.options.ChainID }

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

// View calls a view of a contract after a block and unpacks the answer. It is one endpoint's word. Errors: ErrMalformed, those of ask.
func View[T any](ctx context.Context, ask Asker, at common.Hash, contract common.Address, call []byte, unpack func([]byte) (T, error)) (T, error) {
	return viewAt(ctx, ask, map[string]common.Hash{"blockHash": at}, contract, call, unpack)
}

// viewAt is View after a block as eth_call takes it: its hash, or a tag.
func viewAt[T any](ctx context.Context, ask Asker, at any, contract common.Address, call []byte, unpack func([]byte) (T, error)) (T, error) {
	var none T
	answer, err := ask(ctx, "eth_call", map[string]any{"to": contract, "data": hexutil.Bytes(call)}, at)
	if err != nil {
		return none, err
	}
	var data hexutil.Bytes
	if err := json.Unmarshal(answer, &data); err != nil {
		return none, fmt.Errorf("%w: eth_call: the answer is not hexadecimal", ErrMalformed)
	}
	value, err := unpack(data)
	if err != nil {
		return none, fmt.Errorf("%w: eth_call: %w", ErrMalformed, err)
	}
	return value, nil
}
