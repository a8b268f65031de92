package chain

import (
	"context"
	"errors"
	"fmt"
)

// ErrReorg: a reorganization that no fork choice would make.
var ErrReorg = errors.New("the chain cannot be reorganized so")

// Reorg replaces the blocks from slot from to the current one by those of another branch, on which the proposer of each slot does what action says: nil stands
// for a block without transactions in every slot, so that those of the old branch return to the pool. Slashings and exits of the old branch wait for
// a block again. Errors: ErrReorg when something finalized would be undone or the new branch has no block, and those of NextSlot; then nothing has changed.
func (c *Chain) Reorg(ctx context.Context, from uint64, action func(slot uint64) Action) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if action == nil {
		action = func(uint64) Action { return ProposeEmpty }
	}
	finalized := uint64(c.tip.block.checkpoints.finalized.Epoch) * c.rules.Spec().SlotsPerEpoch
	if from <= finalized || from > c.tip.slot {
		return fmt.Errorf("%w: from slot %d, the current one is %d, %d is finalized", ErrReorg, from, c.tip.slot, finalized)
	}
	fork, err := c.history.record(from - 1)
	if err != nil {
		return err
	}
	old, script := c.tip, c.script
	branch, err := c.branch(ctx, fork, action)
	if err != nil {
		c.script = script
		return errors.Join(fmt.Errorf("reorganize from slot %d: %w", from, err), c.setHead(ctx, old.block))
	}
	c.tip = branch[len(branch)-1]
	c.history.replace(branch)
	c.history.announceReorg(old, c.tip, from)
	c.history.announce(old, c.tip)
	return nil
}

// branch makes the slots from fork's next one to the current one anew.
func (c *Chain) branch(ctx context.Context, fork *record, action func(slot uint64) Action) ([]*record, error) {
	c.script.branch++
	for slot := fork.slot + 1; slot <= c.tip.slot; slot++ {
		r, err := c.history.record(slot)
		if err != nil {
			return nil, err
		}
		if !r.isMissed() {
			c.script.waiting = c.script.waiting.with(r.block.operations)
		}
	}
	// The old branch's transactions go back into the pool.
	if err := c.setHead(ctx, fork.block); err != nil {
		return nil, err
	}
	var branch []*record
	for at := fork; at.slot < c.tip.slot; at = branch[len(branch)-1] {
		next, err := c.extend(ctx, at, action(at.slot+1))
		if err != nil {
			return nil, fmt.Errorf("slot %d: %w", at.slot+1, err)
		}
		if !next.isMissed() {
			if err := c.node.SetHead(ctx, next.block.head, fork.block.known, c.history.executionOf(c.tip.block.checkpoints.finalized.Root)); err != nil {
				return nil, err
			}
			c.script.waiting = c.script.waiting.without(next.block.operations)
		}
		branch = append(branch, next)
	}
	last := branch[len(branch)-1].block
	switch {
	case last == fork.block:
		return nil, fmt.Errorf("%w: the new branch has no block", ErrReorg)
	case last.checkpoints.finalized.Epoch < c.tip.block.checkpoints.finalized.Epoch:
		return nil, fmt.Errorf("%w: the new branch has epoch %d finalized, the old one %d", ErrReorg, last.checkpoints.finalized.Epoch, c.tip.block.checkpoints.finalized.Epoch)
	}
	return branch, nil
}
