package chain

import (
	"context"
	"fmt"
	"time"
)

// Slot is what a slot brought.
type Slot struct {
	Slot     uint64
	Missed   bool
	Executed bool  // it brought an execution block
	Block    Block // the head: of an earlier slot when this one is missed
}

// NextSlot advances the chain by one slot, as the script says. When it fails nothing has changed, and it can be called again. Errors: ErrAction, those of
// packages geth and transition, and the context's.
func (c *Chain) NextSlot(ctx context.Context) (Slot, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	slot := c.tip.slot + 1
	next, err := c.extend(ctx, c.tip, c.script.action(slot))
	if err != nil {
		return Slot{}, fmt.Errorf("slot %d: %w", slot, err)
	}
	if !next.isMissed() {
		if err := c.setHead(ctx, next.block); err != nil {
			return Slot{}, fmt.Errorf("slot %d: %w", slot, err)
		}
		c.script.waiting = c.script.waiting.without(next.block.operations)
	}
	before := c.tip
	c.tip = next
	c.history.add(next)
	c.history.announce(before, next)
	executed := !next.isMissed() && next.block.head == next.block.execution
	return Slot{Slot: slot, Missed: next.isMissed(), Executed: executed, Block: next.block.public()}, nil
}

// Run advances the chain by a slot at every tick until ctx ends, which is no error. It is the caller's to say how long a slot really takes: the chain's own
// time, Spec.SecondsPerSlot a slot, may run faster.
func (c *Chain) Run(ctx context.Context, ticks <-chan time.Time) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks:
		}
		if _, err := c.NextSlot(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}

// extend makes the slot after parent, with a block unless it is missed. The block is not the head yet.
func (c *Chain) extend(ctx context.Context, parent *record, action Action) (*record, error) {
	s, err := c.rules.Decode(parent.ssz)
	if err != nil {
		return nil, err
	}
	if err := s.ProcessSlots(parent.slot + 1); err != nil {
		return nil, err
	}
	if action == Miss {
		return newRecord(s, parent.block)
	}
	p, err := c.propose(ctx, s, parent.block, action)
	if err != nil {
		return nil, err
	}
	if err := s.ProcessBlock(p.message, c.script.absent); err != nil {
		return nil, err
	}
	next, err := newRecord(s, nil)
	if err != nil {
		return nil, err
	}
	next.block, err = newBlock(c.rules, s, next.root, p)
	return next, err
}

// setHead tells the execution node of a head and of what that head's state says is justified and finalized.
func (c *Chain) setHead(ctx context.Context, b *block) error {
	return c.node.SetHead(ctx, b.head, c.history.executionOf(b.checkpoints.justified.Root), c.history.executionOf(b.checkpoints.finalized.Root))
}
