package beacon

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// Header is a beacon block header, whose HashTreeRoot is the root of its block. Source: consensus specs, phase 0, BeaconBlockHeader.
type Header = state.BlockHeader

// Block is a header with what the node says of it.
type Block struct {
	Header
	Root      common.Hash // hash-tree root of Header, computed here
	Canonical bool        // on the node's canonical chain
	Finalized bool        // by the node's word
	Endpoint  string      // redacted name of the node that answered
}

// Header reads the header of a block, /eth/v1/beacon/headers/{id}; the answer's root must be the header's own hash-tree root and
// the one asked for, and its slot the slot asked for. Errors: ErrMissingBlock (a slot without a block, too), ErrOptimistic, ErrMalformed ...
func (c *Client) Header(ctx context.Context, id ID) (Block, error) {
	return endpoint.Ask(ctx, c.pool, headerCall(id).doing, func(ctx context.Context, e *endpoint.Endpoint) (Block, error) {
		return c.headerOf(ctx, e, id)
	})
}

// finalizedHeaderOf is the header of a block that must be canonical and finalized. Errors: those of Header, ErrNotFinalized.
func (c *Client) finalizedHeaderOf(ctx context.Context, e *endpoint.Endpoint, id ID) (Block, error) {
	b, err := c.headerOf(ctx, e, id)
	switch {
	case err != nil:
		return b, err
	case !b.Canonical:
		return b, refusal(e, headerCall(id), ErrNotFinalized, fmt.Sprintf("block %s is not on the node's canonical chain", b.Root))
	case !b.Finalized:
		return b, refusal(e, headerCall(id), ErrNotFinalized, fmt.Sprintf("block %s of slot %d", b.Root, b.Slot))
	}
	return b, nil
}

func (c *Client) headerOf(ctx context.Context, e *endpoint.Endpoint, id ID) (Block, error) {
	request := headerCall(id)
	answer, err := getJSON(ctx, c, e, request, decodeHeader)
	if err != nil {
		return Block{}, err
	}
	if err := answer.matches(id); err != nil {
		return Block{}, malformed(e, request, err)
	}
	if answer.optimistic {
		return Block{}, refusal(e, request, ErrOptimistic, fmt.Sprintf("block %s of slot %d", answer.Root, answer.Slot))
	}
	answer.Endpoint = e.Name
	return answer.Block, nil
}

func headerCall(id ID) call {
	return call{doing: "read the header of block " + id.String(), path: "/eth/v1/beacon/headers/" + id.String(), missing: ErrMissingBlock}
}

// headerAnswer is a decoded answer; its header hashes to its root.
type headerAnswer struct {
	Block
	optimistic bool
}

// matches refuses the answer to another question.
func (a headerAnswer) matches(id ID) error {
	switch {
	case id.kind == idRoot && a.Root != id.root:
		return fmt.Errorf("the header has root %s", a.Root)
	case id.kind == idSlot && a.Slot != id.slot:
		return fmt.Errorf("the header is of slot %d", a.Slot)
	case id.kind == idSlot && !a.Canonical:
		return fmt.Errorf("block %s of the slot is not canonical", a.Root)
	}
	return nil
}

func decodeHeader(answer object) (a headerAnswer, err error) {
	a.optimistic, a.Finalized = answer.boolean("execution_optimistic"), answer.boolean("finalized")
	data := answer.object("data")
	a.Root, a.Canonical = data.hash("root"), data.boolean("canonical")
	message := data.object("header").object("message")
	a.Header = Header{
		Slot: message.uint("slot"), ProposerIndex: message.uint("proposer_index"), ParentRoot: message.hash("parent_root"),
		StateRoot: message.hash("state_root"), BodyRoot: message.hash("body_root"),
	}
	if err := answer.err(); err != nil {
		return a, err
	}
	if root := a.HashTreeRoot(); root != a.Root {
		return a, fmt.Errorf("the header hashes to %s, the answer says %s", root, a.Root)
	}
	return a, nil
}
