package beacon

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// Checkpoint is a finalized checkpoint: Root is the last block at or before the first slot of Epoch.
type Checkpoint struct {
	Epoch    uint64
	Root     common.Hash
	Endpoint string // redacted name of the node that reported it
}

// Finality is the finalized checkpoint, /eth/v1/beacon/states/head/finality_checkpoints, of the first node that is not syncing: one
// node's word, enough to know when to look. Agreement asks all. Errors: ErrSyncing, ErrOptimistic, ErrMalformed ...
func (c *Client) Finality(ctx context.Context) (Checkpoint, error) {
	return endpoint.Ask(ctx, c.pool, finalityCall.doing, c.vote)
}

// vote is the finalized checkpoint of an endpoint that is neither syncing nor optimistic.
func (c *Client) vote(ctx context.Context, e *endpoint.Endpoint) (Checkpoint, error) {
	if _, err := c.ready(ctx, e); err != nil {
		return Checkpoint{}, err
	}
	return c.finalityOf(ctx, e)
}

var finalityCall = call{
	doing: "read the finalized checkpoint", path: "/eth/v1/beacon/states/head/finality_checkpoints", missing: ErrMissingState,
}

func (c *Client) finalityOf(ctx context.Context, e *endpoint.Endpoint) (Checkpoint, error) {
	answer, err := getJSON(ctx, c, e, finalityCall, func(answer object) (finalityAnswer, error) {
		return decodeFinality(answer, c.options.Network)
	})
	if err != nil {
		return Checkpoint{}, err
	}
	if answer.optimistic {
		return Checkpoint{}, refusal(e, finalityCall, ErrOptimistic, "its head is optimistic")
	}
	answer.Endpoint = e.Name
	return answer.Checkpoint, nil
}

type finalityAnswer struct {
	Checkpoint
	optimistic bool
}

func decodeFinality(answer object, network Network) (a finalityAnswer, err error) {
	a.optimistic = answer.boolean("execution_optimistic")
	finalized := answer.object("data").object("finalized")
	a.Epoch, a.Root = finalized.uint("epoch"), finalized.hash("root")
	if err := answer.err(); err != nil {
		return a, err
	}
	return a, a.check(network)
}

// check refuses checkpoints that cannot be.
func (c Checkpoint) check(network Network) error {
	if _, ok := network.startOf(c.Epoch); !ok {
		return fmt.Errorf("epoch %d is beyond the last slot", c.Epoch)
	}
	if c.Epoch > 0 && c.Root == (common.Hash{}) {
		return fmt.Errorf("epoch %d is finalized with a zero root", c.Epoch)
	}
	return nil
}
