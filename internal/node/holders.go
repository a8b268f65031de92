package node

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// holdersTimeout bounds how long a reader waits for the execution node.
const holdersTimeout = 10 * time.Second

// errHolders: the contracts could not be read for the page of holders.
var errHolders = errors.New("the contracts could not be read: see under Beacon and execution nodes on the first page which node fails, then ask again")

// holdersSource reads what holders can do when somebody asks, once a block at most: nobody occupies the node's work or its execution node by asking often. It is
// a status.HoldersSource.
type holdersSource struct {
	*parts

	reading  chan struct{} // holds one while somebody reads, who owns what follows
	last     *status.Holders
	failures failureLog
}

func newHoldersSource(p *parts) *holdersSource {
	return &holdersSource{parts: p, reading: make(chan struct{}, 1), failures: failureLog{
		log: p.log, clock: p.clock, begins: "What holders can do could not be read for their page.", ends: "What holders can do is read again.",
	}}
}

// Holders is as of the newest block. Readers who come while another reads wait for it and then share what it found. Errors: errHolders.
func (s *holdersSource) Holders(ctx context.Context) (status.Holders, error) {
	ctx, cancel := context.WithTimeout(ctx, holdersTimeout)
	defer cancel()
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-ctx.Done():
		return status.Holders{}, fmt.Errorf("%w (%w)", errHolders, ctx.Err())
	}
	h, err := s.read(ctx)
	if !errors.Is(ctx.Err(), context.Canceled) { // A reader that went away says nothing of the node.
		s.failures.record(err)
	}
	if err != nil {
		return status.Holders{}, errHolders // Addresses of nodes and their words stay in the log.
	}
	return h, nil
}

func (s *holdersSource) read(ctx context.Context) (status.Holders, error) {
	head, err := s.chain.Head(ctx)
	if err != nil {
		return status.Holders{}, err
	}
	if s.last != nil && s.last.Block.Hash == head.Hash {
		return *s.last, nil
	}
	h, err := s.chain.Holders(ctx, head)
	if err != nil {
		return status.Holders{}, err
	}
	described := describeHolders(h, s.manifest)
	s.last = &described
	return described, nil
}
