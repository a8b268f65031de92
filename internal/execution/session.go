package execution

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Asker asks one endpoint one question of JSON-RPC and gives the raw result, which may be null. Its errors are those of one endpoint.
type Asker func(ctx context.Context, method string, params ...any) (json.RawMessage, error)

// Ask lets use ask one endpoint as often as it needs, and the next endpoint when it returns an error, in the order and with the pauses of
// every other read. So answers that belong together come from one node: two nodes may stand at different blocks. What use returns decides:
// an error that may pass (ErrUnreachable, ErrTimeout, ErrUnknownBlock) is tried again later, any other rules the endpoint out for this call.
// what names the work in errors and logs. It gives the name of the endpoint that served. Nothing is verified but the chain's id: use must
// judge the answers. Errors: an *EndpointError for each endpoint.
func (c *Client) Ask(ctx context.Context, what string, use func(ctx context.Context, ask Asker) error) (string, error) {
	return c.attempt(ctx, what, func(ctx context.Context, e *endpoint) error {
		if err := e.checkChain(ctx, c.options.ChainID); err != nil {
			return err
		}
		return use(ctx, func(ctx context.Context, method string, params ...any) (json.RawMessage, error) {
			if params == nil {
				params = []any{}
			}
			answer, err := e.call(ctx, method, params)
			var pruned *PrunedError
			if errors.As(err, &pruned) {
				pruned.Head = e.head(ctx)
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
