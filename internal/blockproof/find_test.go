package blockproof_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/blockproof"
)

// chain is a beacon chain, lowest block first: one header a slot from refSlot on. The payload of the block at executed was executed, and none before.
type chain struct {
	headers  []state.BlockHeader
	executed int
	asked    int
	alter    func(*state.BlockHeader) // of every header that is given
	failed   error
}

const refSlot = 100

var errUnreachable = errors.New("unreachable")

func newChain(blocks int) *chain {
	c := &chain{executed: blocks - 1}
	parent := common.Hash{1}
	for i := range blocks {
		h := state.BlockHeader{Slot: refSlot + uint64(i), ProposerIndex: uint64(i), ParentRoot: parent, StateRoot: common.Hash{2}, BodyRoot: common.Hash{3}}
		c.headers, parent = append(c.headers, h), h.HashTreeRoot()
	}
	return c
}

func (c *chain) ExecutedAbove(context.Context, uint64) (blockproof.Executed, error) {
	h := c.headers[c.executed]
	return blockproof.Executed{Slot: h.Slot, ParentRoot: h.ParentRoot}, c.failed
}

func (c *chain) Header(_ context.Context, root common.Hash) (state.BlockHeader, error) {
	c.asked++
	for _, h := range c.headers {
		if h.HashTreeRoot() == root {
			if c.alter != nil {
				c.alter(&h)
			}
			return h, nil
		}
	}
	return state.BlockHeader{}, errUnreachable
}

func (c *chain) BlockRoots(context.Context, state.BlockHeader) (*state.BlockRoots, error) {
	return nil, errUnreachable
}

func (c *chain) find() (blockproof.Proof, error) {
	h := c.headers[0]
	return blockproof.Find(context.Background(), c, blockproof.Reference{RefSlot: refSlot, Root: h.HashTreeRoot(), Header: h}, layouts)
}

var layouts = blockproof.Layouts{GloasSlot: math.MaxUint64, SlotsPerHistoricalRoot: 8192}

// The reader of headers is asked for those that are needed, lowest last; whoever has no withheld payload above him asks for none.
func TestHeadersAreReadDownFromTheFirstExecutedPayload(t *testing.T) {
	for links := range blockproof.MaxLinks + 1 {
		c := newChain(links + 2)
		p, err := c.find()
		require.NoError(t, err)
		require.Equal(t, c.headers[1:links+1], append([]state.BlockHeader{}, p.Above...))
		require.Equal(t, links, c.asked)
		require.Empty(t, p.Branch)
		require.Equal(t, c.headers[links+1].Slot, p.ChildSlot)
		newest, err := p.Newest(refSlot, c.headers[0].HashTreeRoot(), layouts)
		require.NoError(t, err)
		require.Equal(t, c.headers[links+1].ParentRoot, newest)
	}
}

// A proof that stands is not read again: one with a branch would take a whole state each time.
func TestAProofIsMadeAgainOnceItsPayloadIsAnother(t *testing.T) {
	c := newChain(5)
	reference := blockproof.Reference{RefSlot: refSlot, Root: c.headers[0].HashTreeRoot(), Header: c.headers[0]}
	renew := func(before *blockproof.Proof) *blockproof.Proof {
		p, err := blockproof.Renew(t.Context(), c, reference, layouts, before)
		require.NoError(t, err)
		return p
	}
	first := renew(nil)
	asked := c.asked
	require.Same(t, first, renew(first))
	require.Equal(t, asked, c.asked)

	c.executed = 2 // a reorganisation brought an earlier payload
	second := renew(first)
	require.NotSame(t, first, second)
	require.Equal(t, c.headers[2].Slot, second.ChildSlot)
	require.Same(t, second, renew(second))
	c.failed = blockproof.ErrNotYet // and another took it away
	_, err := blockproof.Renew(t.Context(), c, reference, layouts, second)
	require.ErrorIs(t, err, blockproof.ErrNotYet)
}

func TestBeyondFourHeadersTheStateOfTheNewestIsRead(t *testing.T) {
	for _, blocks := range []int{blockproof.MaxLinks + 3, 300} {
		c := newChain(blocks)
		_, err := c.find()
		require.ErrorIs(t, err, errUnreachable)
		require.Equal(t, blockproof.MaxLinks+1, c.asked, "no header more than shows that there are too many")
	}
}

func TestWhatASourceSaysIsVerified(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*chain)
		want   error
	}{
		"nothing executed":         {func(c *chain) { c.failed = blockproof.ErrNotYet }, blockproof.ErrNotYet},
		"no node":                  {func(c *chain) { c.failed = errUnreachable }, errUnreachable},
		"another header":           {func(c *chain) { c.alter = func(h *state.BlockHeader) { h.BodyRoot[0]++ } }, blockproof.ErrOtherChain},
		"a parent of its own":      {func(c *chain) { c.alter = func(h *state.BlockHeader) { h.ParentRoot[0]++ } }, blockproof.ErrOtherChain},
		"payload below":            {func(c *chain) { c.executed = 0 }, errUnreachable},
		"reference is not on it":   {func(c *chain) { c.headers[0].ProposerIndex++ }, errUnreachable},
		"payload of the reference": {func(c *chain) { c.headers[1].Slot = refSlot; c.executed = 1 }, blockproof.ErrOtherChain},
	} {
		t.Run(name, func(t *testing.T) {
			chain := newChain(4)
			c.change(chain)
			_, err := chain.find()
			require.ErrorIs(t, err, c.want)
		})
	}
}

// A header of a state's slot or before proves nothing, nor does one that has forgotten the slot. Indices: 69 and 352 over 13 levels of 8192.
func TestBranchesReachNoFurtherThanTheStatesMemory(t *testing.T) {
	h := newChain(1).headers[0]
	for _, c := range []struct {
		slot  uint64
		gloas uint64
		depth int
		ok    bool // the length of the branch is judged
	}{
		{refSlot, 0, 0, false}, {refSlot + 1, 0, 21, true}, {refSlot + 8192, 0, 21, true}, {refSlot + 8193, 0, 0, false}, {refSlot + 1, math.MaxUint64, 19, true},
		{refSlot + 9, refSlot + 9, 21, true}, {refSlot + 8, refSlot + 9, 19, true}, {math.MaxUint64, 0, 0, false},
	} {
		p := blockproof.Proof{ChildSlot: math.MaxUint64, Header: h, Above: []state.BlockHeader{{Slot: c.slot}}, Branch: make([]common.Hash, 1)}
		_, err := p.Newest(refSlot, h.HashTreeRoot(), blockproof.Layouts{GloasSlot: c.gloas, SlotsPerHistoricalRoot: 8192})
		require.ErrorIs(t, err, blockproof.ErrBranch)
		if c.ok {
			require.ErrorContains(t, err, "are needed")
			p.Branch = make([]common.Hash, c.depth)
			_, err = p.Newest(refSlot, h.HashTreeRoot(), blockproof.Layouts{GloasSlot: c.gloas, SlotsPerHistoricalRoot: 8192})
			require.ErrorContains(t, err, "the branch leads to")
		} else {
			require.ErrorContains(t, err, "from slot")
		}
	}
	p := blockproof.Proof{ChildSlot: math.MaxUint64, Header: h, Above: []state.BlockHeader{{Slot: refSlot + 1}}, Branch: make([]common.Hash, 1)}
	_, err := p.Newest(refSlot, h.HashTreeRoot(), blockproof.Layouts{})
	require.ErrorIs(t, err, blockproof.ErrBranch, "a network that names no length")
}
