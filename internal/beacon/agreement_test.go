package beacon_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

func TestAllEndpointsMustNameTheSameFinalizedRoot(t *testing.T) {
	honest, forged := newChain(0, slots(0, 24)...), newChain(1, slots(0, 24)...)
	a, b, liar := newFakeNode(t, honest, finalizedEpoch), newFakeNode(t, honest, finalizedEpoch), newFakeNode(t, forged, finalizedEpoch)

	_, err := newClient(t, shortLinks, liar, a, b).ReferenceBlock(t.Context(), 15)
	require.ErrorIs(t, err, beacon.ErrDisagreement)
	var d *beacon.Disagreement
	require.ErrorAs(t, err, &d)
	require.Equal(t, []beacon.Claim{{Endpoint: liar.URL, Root: forged.root(20)}, {Endpoint: a.URL, Root: honest.root(20)}, {Endpoint: b.URL, Root: honest.root(20)}}, d.Claims)
	require.Equal(t, []string{liar.URL}, d.Outliers)
	require.ErrorContains(t, err, "epoch 5")
	require.ErrorContains(t, err, "against the majority: "+liar.URL)

	_, err = newClient(t, nil, liar, a).ReferenceBlock(t.Context(), 15)
	require.ErrorAs(t, err, &d)
	require.Empty(t, d.Outliers)
	require.ErrorContains(t, err, "no majority")
}

func TestEndpointThatHurriesAheadCannotBringItsOwnRoot(t *testing.T) {
	honest, forged := newChain(0, slots(0, 32)...), newChain(1, slots(0, 32)...)
	a, liar := newFakeNode(t, honest, finalizedEpoch), newFakeNode(t, forged, finalizedEpoch+1)
	_, err := newClient(t, nil, liar, a).ReferenceBlock(t.Context(), 15)
	require.ErrorIs(t, err, beacon.ErrDisagreement)
	require.ErrorContains(t, err, liar.URL+" does not have it on its finalized chain")
}

func TestEndpointsOfDifferentProgressAgreeOnTheLowerEpoch(t *testing.T) {
	c := newChain(0, slots(0, 32)...)
	behind, ahead := newFakeNode(t, c, finalizedEpoch), newFakeNode(t, c, finalizedEpoch+1)
	agreed, err := newClient(t, nil, ahead, behind).Agreement(t.Context())
	require.NoError(t, err)
	require.Equal(t, uint64(finalizedEpoch), agreed.Epoch)
	require.Equal(t, c.root(20), agreed.Root)
	require.Equal(t, []string{ahead.URL, behind.URL}, agreed.Endpoints)

	// The one behind is waited for, and named.
	_, err = newClient(t, nil, ahead, behind).ReferenceBlock(t.Context(), 21)
	require.ErrorIs(t, err, beacon.ErrNotFinalized)
	require.ErrorContains(t, err, behind.URL)
}

func TestEndpointsThatCannotBeUsedHaveNoSay(t *testing.T) {
	honest, forged := newChain(0, slots(0, 24)...), newChain(1, slots(0, 24)...)
	for name, spoil := range map[string]func(*fakeNode){
		"syncing":            func(n *fakeNode) { n.answer("/eth/v1/node/syncing", syncingJSON(true, false, false)) },
		"optimistic":         func(n *fakeNode) { n.answer("/eth/v1/node/syncing", syncingJSON(false, true, false)) },
		"execution offline":  func(n *fakeNode) { n.answer("/eth/v1/node/syncing", syncingJSON(false, false, true)) },
		"unreachable":        func(n *fakeNode) { n.Server.Close() },
		"wrong chain":        func(n *fakeNode) { n.answer("/eth/v1/beacon/genesis", genesisJSON(beacon.Network{})) },
		"malformed finality": func(n *fakeNode) { n.answer("/eth/v1/beacon/states/head/finality_checkpoints", `{}`) },
	} {
		t.Run(name, func(t *testing.T) {
			spoiled, good := newFakeNode(t, forged, finalizedEpoch), newFakeNode(t, honest, finalizedEpoch)
			spoil(spoiled)
			got, err := newClient(t, nil, spoiled, good).ReferenceBlock(t.Context(), 15)
			require.NoError(t, err)
			require.Equal(t, honest.root(15), got.Root)
			require.Equal(t, []string{good.URL}, got.Endpoints)
		})
	}
}

func TestFarBackEveryEndpointSearchesAndAllMustFindTheSame(t *testing.T) {
	honest := newChain(0, slots(0, 60)...)
	a, b := newFakeNode(t, honest, 15), newFakeNode(t, honest, 15)
	// This one agrees on the finalized root and tells another story of the slots far below.
	forged := newChain(1, slots(0, 18)...)
	liar := newFakeNode(t, honest, 15)
	for _, slot := range slots(0, 18) {
		for _, id := range []string{beacon.AtSlot(slot).String(), forged.root(slot).Hex()} {
			liar.answer("/eth/v1/beacon/headers/"+id, headerJSON(forged.bySlot[slot], forged.root(slot), headerFlags{canonical: true, finalized: true}))
		}
	}
	_, err := newClient(t, shortLinks, liar, a, b).ReferenceBlock(t.Context(), 15)
	var d *beacon.Disagreement
	require.ErrorAs(t, err, &d)
	require.Equal(t, []string{liar.URL}, d.Outliers)
	require.ErrorContains(t, err, "the first block above slot 15")
}

func TestEndpointWithoutOldBlocksHasNoSayFarBack(t *testing.T) {
	c := newChain(0, slots(0, 60)...)
	young, full := newFakeNode(t, c, 15), newFakeNode(t, c, 15)
	for _, slot := range slots(0, 40) {
		young.fail("/eth/v1/beacon/headers/"+beacon.AtSlot(slot).String(), http.StatusNotFound, "not found")
		young.fail("/eth/v1/beacon/headers/"+c.root(slot).Hex(), http.StatusNotFound, "not found")
	}
	got, err := newClient(t, shortLinks, young, full).ReferenceBlock(t.Context(), 15)
	require.NoError(t, err)
	require.Equal(t, c.root(15), got.Root)
	require.Equal(t, []string{full.URL}, got.Endpoints)
}
