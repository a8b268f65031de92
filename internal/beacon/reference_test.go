package beacon_test

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

// shortLinks lets a client search for blocks that are four epochs below the finalized one.
func shortLinks(o *beacon.Options) { o.MaxLinkedSlots = 16 }

// The finalized epoch 5 starts at slot 20.
const finalizedEpoch = 5

func TestReferenceBlockNextToTheFinalizedBlock(t *testing.T) {
	for _, test := range []struct {
		name              string
		missed            []uint64
		refSlot           uint64
		wantSlot, wantKid uint64
	}{
		{"every slot has a block", nil, 15, 15, 16},
		{"the reference slot is empty", []uint64{15}, 15, 14, 16},
		{"the slot above is empty", []uint64{16}, 15, 15, 17},
		{"both sides are empty", []uint64{13, 14, 15, 16, 17}, 15, 12, 18},
		{"only genesis is below", []uint64{1, 2, 3, 4, 5, 6}, 4, 0, 7},
		{"the child is the finalized block", nil, 19, 19, 20},
		{"the finalized block is before its epoch's start", []uint64{19, 20}, 17, 17, 18},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := newChain(0, slots(0, 24, test.missed...)...)
			node := newFakeNode(t, c, finalizedEpoch)
			got, err := newClient(t, nil, node).ReferenceBlock(t.Context(), test.refSlot)
			require.NoError(t, err)
			require.Equal(t, beacon.ReferenceBlock{
				RefSlot: test.refSlot, Root: c.root(test.wantSlot), Header: c.bySlot[test.wantSlot],
				ChildSlot: test.wantKid, Child: c.bySlot[test.wantKid], ChildRoot: c.root(test.wantKid),
				Finalized: beacon.Checkpoint{Epoch: finalizedEpoch, Root: got.Finalized.Root, Endpoint: node.URL},
				Linked:    true, Endpoints: []string{node.URL},
			}, got)
			require.Equal(t, got.Child.ParentRoot, got.Header.HashTreeRoot())
		})
	}
}

func TestReferenceBlockFarBelowTheFinalizedBlock(t *testing.T) {
	c := newChain(0, slots(0, 60, 14, 15, 16, 17)...)
	node := newFakeNode(t, c, 15)
	got, err := newClient(t, shortLinks, node).ReferenceBlock(t.Context(), 15)
	require.NoError(t, err)
	require.False(t, got.Linked)
	require.Equal(t, uint64(13), got.Slot)
	require.Equal(t, uint64(18), got.ChildSlot)
	require.Equal(t, c.root(13), got.Root)
}

// A node with the right finalized block cannot slip in a chain of its own below it, as far back as a report can be submitted: parent links lead
// there from the finalized block.
func TestForgedBlocksBelowTheRightFinalizedBlockAreNotTaken(t *testing.T) {
	c, forged := newChain(0, slots(0, 8100)...), newChain(1, slots(0, 300)...)
	node := newFakeNode(t, c, 2000)
	for _, slot := range []uint64{15, 16} {
		h := forged.bySlot[slot]
		body := headerJSON(h, h.HashTreeRoot(), headerFlags{canonical: true, finalized: true})
		node.answer("/eth/v1/beacon/headers/"+strconv.FormatUint(slot, 10), body)
		node.answer("/eth/v1/beacon/headers/"+h.HashTreeRoot().Hex(), body)
	}
	got, err := newClient(t, nil, node).ReferenceBlock(t.Context(), 15)
	require.NoError(t, err)
	require.Equal(t, c.root(15), got.Root)
	require.True(t, got.Linked)
}

func TestSlotWithABlockThatTheNodeHidesIsNotCalledMissed(t *testing.T) {
	c := newChain(0, slots(0, 60)...)
	node := newFakeNode(t, c, 15)
	node.hidden[16], node.hidden[17] = true, true // 404 by slot, still there by root
	got, err := newClient(t, shortLinks, node).ReferenceBlock(t.Context(), 15)
	require.NoError(t, err)
	require.Equal(t, uint64(16), got.ChildSlot)
	require.Equal(t, uint64(15), got.Slot)
}

func TestReferenceBlockWaitsForFinality(t *testing.T) {
	for name, test := range map[string]struct {
		missed  []uint64
		refSlot uint64
	}{
		"the finalized epoch starts at the reference slot":           {nil, 20},
		"the reference slot is to come":                              {nil, 1<<64 - 1},
		"no block between the reference slot and the epoch's start":  {[]uint64{18, 19, 20}, 17},
		"only a block after the finalized epoch's start is above it": {[]uint64{20}, 19},
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, newChain(0, slots(0, 24, test.missed...)...), finalizedEpoch)
			_, err := newClient(t, nil, node).ReferenceBlock(t.Context(), test.refSlot)
			require.ErrorIs(t, err, beacon.ErrNotFinalized)
		})
	}
}

func TestReferenceBlockSearchIsBounded(t *testing.T) {
	node := newFakeNode(t, newChain(0, append(slots(0, 15), slots(90, 100)...)...), 25)
	_, err := newClient(t, shortLinks, node).ReferenceBlock(t.Context(), 15)
	require.ErrorIs(t, err, beacon.ErrSearchBound)
	require.ErrorContains(t, err, "slots 16 to 79")

	wide := newClient(t, func(o *beacon.Options) { o.MaxEmptySlots, o.MaxLinkedSlots = 100, 16 }, node)
	got, err := wide.ReferenceBlock(t.Context(), 15)
	require.NoError(t, err)
	require.Equal(t, uint64(90), got.ChildSlot)
}

func TestBlockThatIsNotFinalizedByTheNodesWordIsRefused(t *testing.T) {
	c := newChain(0, slots(0, 24)...)
	for name, flags := range map[string]headerFlags{
		"not finalized": {canonical: true}, "not canonical": {finalized: true},
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, c, finalizedEpoch)
			node.answer("/eth/v1/beacon/headers/"+c.root(17).Hex(), headerJSON(c.bySlot[17], c.root(17), flags))
			_, err := newClient(t, nil, node).ReferenceBlock(t.Context(), 15)
			require.ErrorIs(t, err, beacon.ErrNotFinalized)
			require.ErrorContains(t, err, node.URL)
		})
	}
}

func TestHeadersThatAreNoChainAreRefused(t *testing.T) {
	c := newChain(0, slots(0, 16)...)
	// A block whose parent is of a later slot, finalized at epoch 5.
	later := beacon.Header{Slot: 18, ParentRoot: c.root(16)}
	earlier := beacon.Header{Slot: 17, ParentRoot: later.HashTreeRoot()}
	for _, h := range []beacon.Header{later, earlier} {
		c.bySlot[h.Slot], c.byRoot[h.HashTreeRoot()] = h, h
	}
	node := newFakeNode(t, c, finalizedEpoch)
	for _, h := range []beacon.Header{later, earlier} {
		node.answer("/eth/v1/beacon/headers/"+h.HashTreeRoot().Hex(), headerJSON(h, h.HashTreeRoot(), headerFlags{canonical: true, finalized: true}))
	}
	node.finalizedRoot = earlier.HashTreeRoot()
	_, err := newClient(t, nil, node).ReferenceBlock(t.Context(), 15)
	require.ErrorIs(t, err, beacon.ErrBrokenChain)

	beyond := beacon.Header{Slot: 21, ParentRoot: c.root(16)}
	c.byRoot[beyond.HashTreeRoot()] = beyond
	node.finalizedRoot = beyond.HashTreeRoot()
	_, err = newClient(t, nil, node).ReferenceBlock(t.Context(), 15)
	require.ErrorIs(t, err, beacon.ErrBrokenChain)
}

func TestReferenceBlockTakesWhatOneNodeLacksFromAnother(t *testing.T) {
	c := newChain(0, slots(0, 24)...)
	first, second := newFakeNode(t, c, finalizedEpoch), newFakeNode(t, c, finalizedEpoch)
	first.fail("/eth/v1/beacon/headers/"+c.root(17).Hex(), http.StatusNotFound, "Block not found")
	got, err := newClient(t, nil, first, second).ReferenceBlock(t.Context(), 15)
	require.NoError(t, err)
	require.Equal(t, c.root(15), got.Root)
	require.Equal(t, []string{first.URL, second.URL}, got.Endpoints)

	_, err = newClient(t, nil, first).ReferenceBlock(t.Context(), 15)
	require.ErrorIs(t, err, beacon.ErrMissingBlock)
}
