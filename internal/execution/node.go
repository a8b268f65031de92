package execution

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

// Node is one endpoint, for who has to know which node said what: sending asks all of them. Nothing that it answers is verified. It is safe
// for concurrent use.
type Node struct {
	rpc      rpc
	endpoint *endpoint.Endpoint
}

// NodeOptions of a Node. HTTP is needed; zero means the default for the others.
type NodeOptions struct {
	HTTP             HTTP          // the network
	RequestTimeout   time.Duration // of one request
	MaxResponseBytes int64         // of one answer
}

// NewNode makes a node from its http or https URL; nothing is asked yet. Errors: ErrConfig, which does not show the URL.
func NewNode(url string, o NodeOptions) (*Node, error) {
	if o.HTTP == nil || o.RequestTimeout < 0 || o.MaxResponseBytes < 0 {
		return nil, fmt.Errorf("%w: no network, or a negative bound", ErrConfig)
	}
	e, err := endpoint.New(url)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return &Node{rpc{o.HTTP, cmp.Or(o.RequestTimeout, DefaultRequestTimeout), cmp.Or(o.MaxResponseBytes, DefaultMaxResponseBytes)}, e}, nil
}

// Name is scheme and host: the rest of a URL may be secret.
func (n *Node) Name() string { return n.endpoint.Name }

// CheckChain asks for the chain's id until it was right once. Errors: *EndpointError with ErrWrongChain or those of Call.
func (n *Node) CheckChain(ctx context.Context, chainID uint64) error {
	if err := n.endpoint.Check(ctx, n.rpc.chainIs(chainID)); err != nil {
		return &EndpointError{Endpoint: n.endpoint.Name, Method: "eth_chainId", Err: err}
	}
	return nil
}

// Call sends one request and gives the raw result, which may be null. Errors: *EndpointError with one of ErrTimeout, ErrUnreachable,
// ErrTooLarge, ErrMalformed, ErrUnknownBlock, ErrPruned, or *RefusedError, which is an ErrRefused.
func (n *Node) Call(ctx context.Context, method string, params ...any) (json.RawMessage, error) {
	if params == nil {
		params = []any{}
	}
	answer, err := n.rpc.call(ctx, n.endpoint, method, params)
	if err != nil {
		return nil, &EndpointError{Endpoint: n.endpoint.Name, Method: method, Err: err}
	}
	return answer, nil
}

// RefusedError is ErrRefused with what the node says.
type RefusedError struct {
	Code   int64
	Reason string // the node's own words, shortened
	data   json.RawMessage
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("%v; code %d, %q", ErrRefused, e.Code, e.Reason)
}

// Is makes every RefusedError an ErrRefused.
func (e *RefusedError) Is(target error) bool { return target == ErrRefused }

// ErrorData is the data of a reverted call as 0x and hexadecimal digits, or nil when there is none: what abi.RevertName reads. Nethermind puts a word
// before it.
func (e *RefusedError) ErrorData() any {
	var text string
	if json.Unmarshal(e.data, &text) != nil {
		return nil
	}
	_, digits, found := strings.Cut(text, "0x")
	if !found {
		return nil
	}
	return "0x" + digits
}
