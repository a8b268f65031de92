package beacon

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// ReferenceBlock is the block a report speaks of: the last one at or before RefSlot. Header is its header, which the contract's BlockProof opens. Whether EIP-4788
// knows the block is for the execution chain to tell: the payload of the block at ChildSlot can be withheld.
type ReferenceBlock struct {
	RefSlot uint64
	Root    common.Hash // hash-tree root of Header, parent root of Child
	Header
	ChildSlot uint64 // first slot above RefSlot with a canonical, finalized block
	Child     Header // the header of that block
	ChildRoot common.Hash
	Finalized Checkpoint // on which the endpoints agreed
	Linked    bool       // parent links were followed from the finalized block to Child; else Child is finalized by the nodes' word
	Endpoints []string   // redacted names of those that stand by it
}

// link is a block and its parent on either side of a reference slot: child.Slot > refSlot >= parent.Slot.
type link struct{ child, parent Block }

// ReferenceBlock finds the reference block of refSlot. As far back as MaxLinkedSlots it is found by following parent links down from the
// finalized block, one request a block. Further back every endpoint searches upwards from refSlot; a slot that a node says is empty counts as such only because the
// block found above it has its parent at or below refSlot. Errors: ErrNotFinalized (wait), ErrDisagreement, ErrSearchBound,
// ErrMissingBlock, ErrBrokenChain, or every endpoint's reason.
func (c *Client) ReferenceBlock(ctx context.Context, refSlot uint64) (ReferenceBlock, error) {
	found, err := c.referenceBlock(ctx, refSlot)
	if err != nil {
		return ReferenceBlock{}, fmt.Errorf("find the reference block of slot %d: %w", refSlot, err)
	}
	return found, nil
}

func (c *Client) referenceBlock(ctx context.Context, refSlot uint64) (ReferenceBlock, error) {
	none := ReferenceBlock{}
	agreed, err := c.Agreement(ctx)
	if err != nil {
		return none, err
	}
	start, _ := c.options.Network.startOf(agreed.Epoch)
	if start <= refSlot {
		return none, fmt.Errorf("%s has finalized epoch %d, which starts at slot %d: %w", agreed.Endpoint, agreed.Epoch, start, ErrNotFinalized)
	}
	top, err := c.finalizedFrom(ctx, c.healthyOf(agreed.voters), AtRoot(agreed.Root))
	switch {
	case err != nil:
		return none, err
	case top.Slot > start:
		return none, fmt.Errorf("the finalized block of epoch %d is of slot %d, after the epoch's start: %w", agreed.Epoch, top.Slot, ErrBrokenChain)
	case top.Slot <= refSlot:
		return none, fmt.Errorf("the finalized block is of slot %d, no block above the reference slot is final: %w", top.Slot, ErrNotFinalized)
	}
	linked := top.Slot-refSlot <= c.options.MaxLinkedSlots
	endpoints := agreed.Endpoints
	var found link
	if linked {
		found, err = c.descend(ctx, c.healthyOf(agreed.voters), top, refSlot)
	} else {
		found, endpoints, err = c.searchAll(ctx, agreed.voters, refSlot, top.Slot)
	}
	if err != nil {
		return none, err
	}
	return ReferenceBlock{
		RefSlot: refSlot, Root: found.parent.Root, Header: found.parent.Header, ChildSlot: found.child.Slot, Child: found.child.Header,
		ChildRoot: found.child.Root, Finalized: agreed.Checkpoint, Linked: linked, Endpoints: endpoints,
	}, nil
}

// healthyOf sorts some of the endpoints by their health.
func (c *Client) healthyOf(some []*endpoint.Endpoint) []*endpoint.Endpoint {
	return slices.DeleteFunc(c.pool.ByHealth(), func(e *endpoint.Endpoint) bool { return !slices.Contains(some, e) })
}

// finalizedFrom is finalizedHeaderOf asked of some of the endpoints.
func (c *Client) finalizedFrom(ctx context.Context, some []*endpoint.Endpoint, id ID) (Block, error) {
	return endpoint.AskOf(ctx, c.pool, some, headerCall(id).doing, func(ctx context.Context, e *endpoint.Endpoint) (Block, error) {
		return c.finalizedHeaderOf(ctx, e, id)
	})
}

// descend follows parent links from a block above refSlot to the first block at or below it. Slots fall with every step, so that
// there are at most child.Slot-refSlot steps.
func (c *Client) descend(ctx context.Context, some []*endpoint.Endpoint, child Block, refSlot uint64) (link, error) {
	for {
		parent, err := c.finalizedFrom(ctx, some, AtRoot(child.ParentRoot))
		switch {
		case err != nil:
			return link{}, fmt.Errorf("follow the parent of slot %d: %w", child.Slot, err)
		case parent.Slot >= child.Slot:
			return link{}, fmt.Errorf("%s: block %s of slot %d has a parent of slot %d: %w", parent.Endpoint, child.Root, child.Slot, parent.Slot, ErrBrokenChain)
		case parent.Slot <= refSlot:
			return link{child, parent}, nil
		}
		child = parent
	}
}

// searchAll lets every voter search for itself. Voters without blocks that old have no say; those that find one must find the same.
func (c *Client) searchAll(ctx context.Context, voters []*endpoint.Endpoint, refSlot, topSlot uint64) (link, []string, error) {
	found, links, failures := askEach(ctx, c, voters, fmt.Sprintf("the reference block of slot %d", refSlot),
		func(ctx context.Context, e *endpoint.Endpoint) (link, error) {
			return c.search(ctx, e, refSlot, topSlot)
		})
	if ctx.Err() != nil {
		return link{}, nil, context.Cause(ctx)
	}
	if len(found) == 0 {
		return link{}, nil, c.pool.Join("search above the reference slot", failures)
	}
	claims, names := make([]Claim, len(found)), make([]string, len(found))
	for i, e := range found {
		claims[i], names[i] = Claim{e.Name, links[i].child.Root}, e.Name
	}
	return links[len(links)-1], names, disagreement(fmt.Sprintf("the first block above slot %d", refSlot), claims)
}

// search asks one endpoint for one slot after the other above refSlot, and follows parent links down from the block it finds.
func (c *Client) search(ctx context.Context, e *endpoint.Endpoint, refSlot, topSlot uint64) (link, error) {
	only := []*endpoint.Endpoint{e}
	last := topSlot
	if topSlot-refSlot > c.options.MaxEmptySlots {
		last = refSlot + c.options.MaxEmptySlots
	}
	for slot := refSlot + 1; slot <= last; slot++ {
		child, err := c.finalizedFrom(ctx, only, AtSlot(slot))
		if errors.Is(err, ErrMissingBlock) {
			continue
		}
		if err != nil {
			return link{}, err
		}
		return c.descend(ctx, only, child, refSlot)
	}
	return link{}, fmt.Errorf("beacon node %s: slots %d to %d: %w", e.Name, refSlot+1, last, ErrSearchBound)
}
