package events

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

const (
	// maxNewBlocks is how many new blocks are read one by one, by hash; what is older comes as a range.
	maxNewBlocks = 128
	// maxKept bounds the blocks that are remembered while nothing becomes final: more than half a day on mainnet.
	maxKept = 4096
)

// Step is what one look at the chain brought.
type Step struct {
	Head      Block
	Finalized Block   // zero: nothing is final yet
	Reorg     *Reorg  // nil: nothing was undone
	Events    []Event // of the blocks that are new, in order; after a reorg those of the new branch
	CaughtUp  bool    // false: older blocks are still being read, call again
}

// Reorg: blocks that an earlier step told of are no longer the chain's. All their events are void.
type Reorg struct {
	From uint64        // number of the first block that was undone
	Gone []common.Hash // the blocks that were undone, lowest first, as far as they are remembered
}

// Follower looks at the chain again and again. It is for one goroutine.
type Follower struct {
	reader *Reader
	want   Selection
	next   uint64  // first block to read when nothing is known yet
	known  []Block // newest blocks of the chain, each the parent of the next
	final  Block
}

// NewFollower makes a follower that tells of events from block first on. With first 0 it begins at the head of the first look.
func NewFollower(r *Reader, first uint64, want Selection) *Follower {
	return &Follower{reader: r, want: want, next: first}
}

// Poll looks once. When it fails nothing has changed. Errors: ErrFinalizedChanged, and those of the endpoints.
func (f *Follower) Poll(ctx context.Context) (Step, error) {
	var step Step
	var known []Block
	_, err := f.reader.client.Ask(ctx, "follow the chain", func(ctx context.Context, ask execution.Asker) (err error) {
		step, known, err = f.look(ctx, ask)
		return err
	})
	if err != nil {
		return Step{}, err
	}
	f.known = known
	if !step.Finalized.IsZero() && step.Finalized.Number >= f.final.Number {
		f.final = step.Finalized
	}
	step.Finalized = f.final
	f.forget()
	return step, nil
}

// look asks one endpoint, and gives the blocks that are known after it.
func (f *Follower) look(ctx context.Context, ask execution.Asker) (Step, []Block, error) {
	head, err := headerByNumber(ctx, ask, "latest")
	if err != nil {
		return Step{}, nil, err
	}
	final, err := headerByNumber(ctx, ask, "finalized")
	if err != nil && !errors.Is(err, execution.ErrUnknownBlock) {
		return Step{}, nil, err
	}
	if final.Number > head.Number {
		final = Block{} // No block can be final that is not there: the endpoint is confused, or lies.
	}
	step := Step{Head: head, Finalized: final, CaughtUp: true}
	if len(f.known) > 0 && slices.ContainsFunc(f.known, func(b Block) bool { return b.Hash == head.Hash }) {
		step.Head = f.known[len(f.known)-1] // nothing new; or this endpoint is behind another that was asked before
		return step, f.known, nil
	}
	if behind := f.behind(head, final); behind > 0 {
		return f.catchUp(ctx, ask, step, behind)
	}
	return f.readNewBlocks(ctx, ask, step)
}

// behind is the number of the last block to read as a range, 0 for none.
func (f *Follower) behind(head, final Block) uint64 {
	next := f.next
	if n := len(f.known); n > 0 {
		next = f.known[n-1].Number + 1
	}
	if next == 0 || head.Number < next+maxNewBlocks {
		return 0
	}
	last := head.Number - maxNewBlocks
	if !final.IsZero() && final.Number >= next {
		last = max(min(last, final.Number), next) // what is final cannot be undone while it is read
	}
	return min(last, next+MaxChunkBlocks-1)
}

// catchUp reads a range up to block last.
func (f *Follower) catchUp(ctx context.Context, ask execution.Asker, step Step, last uint64) (Step, []Block, error) {
	first := f.next
	if n := len(f.known); n > 0 {
		tip := f.known[n-1]
		still, err := headerByNumber(ctx, ask, hexutil.EncodeUint64(tip.Number))
		if err != nil {
			return Step{}, nil, err
		}
		if still.Hash != tip.Hash {
			return f.stepBack(ctx, ask, step)
		}
		first = tip.Number + 1
	}
	end, err := headerByNumber(ctx, ask, hexutil.EncodeUint64(last))
	if err != nil {
		return Step{}, nil, err
	}
	step.Events, err = f.reader.rangeEvents(ctx, ask, first, last, f.want)
	if err != nil {
		return Step{}, nil, err
	}
	step.Head, step.CaughtUp = end, false
	return step, []Block{end}, nil
}

// rangeEvents halves the range of one endpoint as Scan does of all.
func (r *Reader) rangeEvents(ctx context.Context, ask execution.Asker, first, last uint64, want Selection) ([]Event, error) {
	found, err := r.logsOf(ctx, ask, first, last, want)
	if err == nil {
		return found, nil
	}
	if ctx.Err() != nil || first == last || !mayShrink(err) {
		return nil, err
	}
	middle := first + (last-first)/2
	lower, err := r.rangeEvents(ctx, ask, first, middle, want)
	if err != nil {
		return nil, err
	}
	upper, err := r.rangeEvents(ctx, ask, middle+1, last, want)
	return append(lower, upper...), err
}

// stepBack finds the newest known block that is still the chain's, when the head is too far to walk back from.
func (f *Follower) stepBack(ctx context.Context, ask execution.Asker, step Step) (Step, []Block, error) {
	for i := len(f.known) - 1; i >= 0; i-- {
		b, err := headerByNumber(ctx, ask, hexutil.EncodeUint64(f.known[i].Number))
		if err != nil {
			return Step{}, nil, err
		}
		if b.Hash == f.known[i].Hash {
			step.Reorg = &Reorg{From: b.Number + 1, Gone: hashes(f.known[i+1:])}
			step.Head, step.CaughtUp = b, false
			return step, f.known[:i+1], nil
		}
	}
	return Step{}, nil, f.noAncestor(step.Head)
}

// readNewBlocks reads the blocks from the head back to one that is known, then their events.
func (f *Follower) readNewBlocks(ctx context.Context, ask execution.Asker, step Step) (Step, []Block, error) {
	fresh := []Block{step.Head} // newest first
	at := -1                    // place of the common ancestor in known
	for at < 0 {
		oldest := fresh[len(fresh)-1]
		at = slices.IndexFunc(f.known, func(b Block) bool { return b.Hash == oldest.ParentHash })
		if at >= 0 || len(f.known) == 0 && (f.next == 0 || oldest.Number <= f.next) {
			break
		}
		if len(f.known) > 0 && oldest.Number <= f.known[0].Number || len(fresh) > maxNewBlocks+maxKept {
			return Step{}, nil, f.noAncestor(step.Head)
		}
		parent, err := headerByHash(ctx, ask, oldest.ParentHash)
		if err != nil {
			return Step{}, nil, err
		}
		fresh = append(fresh, parent)
	}
	slices.Reverse(fresh)
	if at >= 0 && at < len(f.known)-1 {
		step.Reorg = &Reorg{From: f.known[at].Number + 1, Gone: hashes(f.known[at+1:])}
	}
	for _, b := range fresh {
		found, err := f.reader.blockEvents(ctx, ask, b, f.want)
		if err != nil {
			return Step{}, nil, fmt.Errorf("events of block %d: %w", b.Number, err)
		}
		step.Events = append(step.Events, found...)
	}
	return step, append(slices.Clone(f.known[:at+1]), fresh...), nil
}

// noAncestor: nothing that is remembered is on this endpoint's chain.
func (f *Follower) noAncestor(head Block) error {
	return fmt.Errorf("%w: block %d (%s) does not descend from block %d (%s)", ErrFinalizedChanged, head.Number, head.Hash, f.known[0].Number, f.known[0].Hash)
}

// forget drops blocks that are final, but for the newest of them.
func (f *Follower) forget() {
	final := 0
	for i, b := range f.known {
		if b.Number <= f.final.Number && !f.final.IsZero() {
			final = i
		}
	}
	f.known = f.known[max(final, len(f.known)-maxKept):]
}
