package execution

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/report"
)

// MaxCapturedRequests bounds how many waiting withdrawal requests are kept for one block: the oldest ones, which are finalized first. Younger ones
// are still read on demand while some endpoint has the state.
const MaxCapturedRequests = report.MaxRequestsPerReport

// maxCapturedBlocks bounds a Capture: two mainnet epochs, twice.
const maxCapturedBlocks = 128

// Capture keeps what was proven at blocks as they were seen, because full nodes drop a block's state about when it is finalized. It holds raw
// verified values by block hash, of the newest blocks only. It is safe for concurrent use.
type Capture struct {
	reader *Reader
	limit  int

	mu    sync.Mutex
	order []common.Hash // oldest first
	pools map[common.Hash]*Pool
}

// NewCapture makes an empty capture of at most limit blocks (1 to 128). Errors: ErrConfig.
func NewCapture(r *Reader, limit int) (*Capture, error) {
	if limit < 1 || limit > maxCapturedBlocks {
		return nil, fmt.Errorf("%w: a capture of %d blocks, which must be 1 to %d", ErrConfig, limit, maxCapturedBlocks)
	}
	return &Capture{reader: r, limit: limit, pools: make(map[common.Hash]*Pool)}, nil
}

// Add reads a block that was just seen and keeps it: values, both key sets of the committee, the oldest waiting requests and the newest one, unproven keys, and what
// the pool has asked for by EIP-7002. The state root is that of a header that hashes to hash. A block that is kept already is not read again. When something cannot be read nothing is kept; try again.
func (c *Capture) Add(ctx context.Context, hash common.Hash) error {
	if c.kept(hash) != nil {
		return nil
	}
	block, err := c.reader.Block(ctx, hash)
	if err != nil {
		return fmt.Errorf("capture block %s: %w", hash, err)
	}
	pool, err := c.reader.Pool(ctx, block)
	if err == nil {
		err = pool.readAhead(ctx)
	}
	if err != nil {
		return fmt.Errorf("capture block %d: %w", block.Number, err)
	}
	c.keep(pool)
	return nil
}

// readAhead reads what a report may ask for later.
func (p *Pool) readAhead(ctx context.Context) error {
	active, staged := p.sets()
	for _, ref := range []setRef{active, staged} {
		if ref.count == 0 {
			continue
		}
		if _, err := p.keySet(ctx, ref); err != nil {
			return err
		}
	}
	first, last := p.Queue.LastFinalizedID, p.Queue.LastRequestID
	if last-first > MaxCapturedRequests {
		last = first + MaxCapturedRequests
	}
	if err := p.readRequests(ctx, first, last); err != nil {
		return err
	}
	if err := p.readRequests(ctx, p.Queue.LastRequestID, p.Queue.LastRequestID); err != nil { // its sums tell what waits
		return err
	}
	if _, err := p.UnprovenKeys(ctx); err != nil {
		return err
	}
	if _, err := p.ExitRequests(ctx); err != nil && !errors.Is(err, ErrExitRequests) { // no report depends on it
		return err
	}
	return nil
}

func (c *Capture) kept(hash common.Hash) *Pool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pools[hash]
}

func (c *Capture) keep(p *Pool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pools[p.Block.Hash] != nil {
		return
	}
	if len(c.order) == c.limit {
		delete(c.pools, c.order[0])
		c.order = c.order[1:]
	}
	c.order = append(c.order, p.Block.Hash)
	c.pools[p.Block.Hash] = p
}

// Block is the block of a hash: as it was captured, or read now. Errors: those of Reader.Block.
func (c *Capture) Block(ctx context.Context, hash common.Hash) (BlockRef, error) {
	if p := c.kept(hash); p != nil {
		return p.Block, nil
	}
	return c.reader.Block(ctx, hash)
}

// Pool gives what was captured at block, or reads it now. The state root that the caller has from the verified beacon state must be the captured
// one. Errors: ErrHeader when it is not, and those of Reader.Pool.
func (c *Capture) Pool(ctx context.Context, block BlockRef) (*Pool, error) {
	p := c.kept(block.Hash)
	if p == nil {
		return c.reader.Pool(ctx, block)
	}
	if p.Block != block {
		return nil, fmt.Errorf("%w: block %s was captured with number %d and state root %s, the beacon state says %d and %s",
			ErrHeader, block.Hash, p.Block.Number, p.Block.StateRoot, block.Number, block.StateRoot)
	}
	return p, nil
}
