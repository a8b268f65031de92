package snapshot_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/test/fakes/executionnode"
)

// Whatever a node says of pending deposits, the report is the same; a wrong hint costs a second reading.
func TestTheHintIsNoMoreThanAHint(t *testing.T) {
	w := newWorld(t)
	w.seal(0, func(b *electra.BeaconState) {
		w.usual(b)
		b.PendingDeposits = append(b.PendingDeposits, w.deposit(0, common.Hash{1, 12: 0xff}, 1e9)) // a gift to the pool's validator
	})
	want := w.usualReport()
	want.CLPendingGwei += 1e9
	foreign := *w.state
	foreign.PendingDeposits = []*electra.PendingDeposit{w.deposit(3, w.credentials(1), 32e9)}
	disguised := *w.state
	disguised.PendingDeposits = nil
	for _, d := range w.state.PendingDeposits {
		other := *d
		other.WithdrawalCredentials = common.Hash{1, 12: 0xff}.Bytes()
		disguised.PendingDeposits = append(disguised.PendingDeposits, &other)
	}
	for name, c := range map[string]struct {
		hint     string
		readings int
	}{
		"whole": {pendingJSON(w.state), 1}, "empty": {`{"data":[]}`, 2}, "of other keys": {pendingJSON(&foreign), 2}, "with other credentials": {pendingJSON(&disguised), 2},
		"no JSON": {"<html>", 2}, "cut off": {pendingJSON(w.state)[:200], 2}, "missing": {"", 2},
	} {
		t.Run(name, func(t *testing.T) {
			node := newBeaconNode(t, w)
			if node.pending = c.hint; c.hint == "" {
				node.handle("/eth/v1/beacon/states/"+beacon.AtSlot(w.header.Slot).String(), http.NotFound)
			}
			got, err := w.builder(node).Compute(t.Context(), w.refSlot)
			require.NoError(t, err)
			require.Equal(t, want, got.Report)
			require.Equal(t, c.readings, node.requests(statePath))
		})
	}
}

// Nothing of a state is used unless it is the block's, and another endpoint's is.
func TestAnotherStateIsNotTakenAndTheNextEndpointIsAsked(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	other := *w.state
	other.Balances = slices.Clone(w.state.Balances)
	other.Balances[5]++
	altered, _ := encode(t, w.spec, &other)
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		want  error
	}{
		"a balance altered": {func(r http.ResponseWriter, _ *http.Request) { writeState(r, "electra", altered) }, state.ErrWrongRoot},
		"cut off":           {func(r http.ResponseWriter, _ *http.Request) { writeState(r, "electra", w.data[:len(w.data)-192]) }, state.ErrTruncated},
		"cut off in a list": {func(r http.ResponseWriter, _ *http.Request) { writeState(r, "electra", w.data[:len(w.data)/2]) }, state.ErrTruncated},
		"bytes behind": {func(r http.ResponseWriter, _ *http.Request) {
			writeState(r, "electra", append(slices.Clone(w.data), 0))
		}, state.ErrWrongSize},
		"older fork":          {func(r http.ResponseWriter, _ *http.Request) { writeState(r, "deneb", w.data) }, state.ErrWrongFork},
		"newer fork":          {func(r http.ResponseWriter, _ *http.Request) { writeState(r, "fulu", w.data) }, state.ErrWrongFork},
		"unknown fork":        {func(r http.ResponseWriter, _ *http.Request) { writeState(r, "heze", w.data) }, state.ErrUnknownFork},
		"empty":               {func(r http.ResponseWriter, _ *http.Request) { writeState(r, "electra", nil) }, state.ErrTruncated},
		"JSON in place of it": {func(r http.ResponseWriter, _ *http.Request) { writeJSON(r, `{"data":{}}`) }, beacon.ErrMalformed},
		"it does not have it": {http.NotFound, beacon.ErrMissingState},
	} {
		t.Run(name, func(t *testing.T) {
			lying := newBeaconNode(t, w)
			lying.handle(statePath, c.serve)
			_, err := w.builder(lying).Compute(t.Context(), w.refSlot)
			require.ErrorIs(t, err, c.want)
			honest := newBeaconNode(t, w)
			got, err := w.builder(lying, honest).Compute(t.Context(), w.refSlot)
			require.NoError(t, err)
			require.Equal(t, w.usualReport(), got.Report)
		})
	}
}

func TestNodesThatAreNotSureAreRefused(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	syncing := func(syncing, optimistic, offline bool) http.HandlerFunc {
		text, err := json.Marshal(map[string]any{"data": map[string]any{
			"head_slot": "1", "sync_distance": "0", "is_syncing": syncing, "is_optimistic": optimistic, "el_offline": offline,
		}})
		require.NoError(t, err)
		return func(r http.ResponseWriter, _ *http.Request) { writeJSON(r, string(text)) }
	}
	for name, c := range map[string]struct {
		spoil func(*beaconNode)
		want  error
	}{
		"syncing":            {func(n *beaconNode) { n.handle(syncingPath, syncing(true, false, false)) }, beacon.ErrSyncing},
		"optimistic":         {func(n *beaconNode) { n.handle(syncingPath, syncing(false, true, false)) }, beacon.ErrOptimistic},
		"without execution":  {func(n *beaconNode) { n.handle(syncingPath, syncing(false, false, true)) }, beacon.ErrSyncing},
		"nothing finalized":  {func(n *beaconNode) { n.finalizedEpoch = 9 }, beacon.ErrNotFinalized},
		"block not final":    {func(n *beaconNode) { n.handle(headersPath, n.headersBut(false, false)) }, beacon.ErrNotFinalized},
		"block not verified": {func(n *beaconNode) { n.handle(headersPath, n.headersBut(true, true)) }, beacon.ErrOptimistic},
	} {
		t.Run(name, func(t *testing.T) {
			node := newBeaconNode(t, w)
			c.spoil(node)
			_, err := w.builder(node).Compute(t.Context(), w.refSlot)
			require.ErrorIs(t, err, c.want)
		})
	}
}

// headersBut serves the node's headers with these flags.
func (n *beaconNode) headersBut(finalized, optimistic bool) http.HandlerFunc {
	return func(r http.ResponseWriter, q *http.Request) {
		for _, h := range n.headers {
			if strings.HasSuffix(q.URL.Path, h.HashTreeRoot().Hex()) {
				writeJSON(r, headerJSON(h, finalized, optimistic))
				return
			}
		}
		http.NotFound(r, q)
	}
}

func TestEndpointsThatDisagreeOnTheFinalizedBlockStopTheReport(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	honest, forked := newBeaconNode(t, w), newBeaconNode(t, w)
	forked.headers = slices.Clone(forked.headers)
	for i := range forked.headers {
		forked.headers[i].BodyRoot = common.Hash{0xf0}
		if i > 0 {
			forked.headers[i].ParentRoot = forked.headers[i-1].HashTreeRoot()
		}
	}
	_, err := w.builder(honest, forked).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, beacon.ErrDisagreement)
	require.ErrorContains(t, err, forked.URL)
}

func TestAManifestOfAnotherGenesisIsContradicted(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	node := newBeaconNode(t, w)
	client := w.client(node)
	w.Schedule.GenesisTime += 12
	_, err := w.builderOf(client, w.reader(w.exec)).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, snapshot.ErrContradiction, "the verified state has another genesis time")
	_, err = w.builder(node).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, beacon.ErrWrongChain, "a client of that manifest refuses the node")
}

// No honest block is so. A chain that finalized one would be none that this software understands.
func TestAStateThatIsNotItsBlocksIsContradicted(t *testing.T) {
	for name, change := range map[string]func(*electra.BeaconState){
		"of another slot":   func(b *electra.BeaconState) { b.Slot-- },
		"of another block":  func(b *electra.BeaconState) { b.LatestBlockHeader.ProposerIndex++ },
		"of a later moment": func(b *electra.BeaconState) { b.LatestBlockHeader.StateRoot[0] = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.seal(0, w.usual)
			change(w.state)
			data, root := encode(t, w.spec, w.state)
			for i := range w.headers {
				if w.headers[i].Slot == w.refSlot {
					w.headers[i].StateRoot = root
				}
				if i > 0 {
					w.headers[i].ParentRoot = w.headers[i-1].HashTreeRoot()
				}
			}
			w.data = data
			_, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
			require.ErrorIs(t, err, snapshot.ErrContradiction)
		})
	}
}

func TestALyingExecutionNodeIsPassedOver(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	lying := w.exec.Lying(func(method string, result json.RawMessage) json.RawMessage {
		if method != "eth_getProof" {
			return result
		}
		var p executionnode.Proof
		require.NoError(t, json.Unmarshal(result, &p))
		p.Balance.ToInt().SetInt64(9e18)
		text, err := json.Marshal(p)
		require.NoError(t, err)
		return text
	})
	client := w.client(newBeaconNode(t, w))
	_, err := w.builderOf(client, w.reader(lying)).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, execution.ErrProof)
	got, err := w.builderOf(client, w.reader(lying, w.exec)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport(), got.Report)
}

func TestAPrunedNodeServesWhatWasCapturedBefore(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	reader, client, want := w.reader(w.exec), w.client(newBeaconNode(t, w)), w.usualReport()
	captured, err := execution.NewCapture(reader, 8)
	require.NoError(t, err)
	require.NoError(t, captured.Add(t.Context(), w.block.Hash))

	// A block that a reorganization drops later was captured too.
	orphan := w.Chain.Snapshot()
	orphan.NextBlock(w.refSlot + 1)
	header, err := w.exec.Seal(orphan)
	require.NoError(t, err)
	require.NoError(t, captured.Add(t.Context(), header.Hash()))

	w.exec.Keep(2)
	for range 3 {
		w.Chain.NextBlock(w.Chain.Slot() + 2)
		_, err := w.exec.Seal(w.Chain)
		require.NoError(t, err)
	}
	_, err = w.builderOf(client, reader).Compute(t.Context(), w.refSlot)
	require.ErrorIs(t, err, execution.ErrPruned)
	got, err := w.builderOf(client, captured).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, want, got.Report)
}

func TestEachFrameNamesItsOwnCommittee(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	want := w.usualReport().Committee
	first, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, want, first.Report.Committee)

	w.Chain.NextBlock(w.refSlot + 1)
	remove := bindings.NewOracleCommittee().PackRemove([][32]byte{w.Members[1].ID})
	_, err = w.Must(w.Accounts.Owner, w.Contracts.OracleCommittee, nil, remove)
	require.NoError(t, err)
	w.refSlot += 320
	w.seal(0, w.usual)
	second, err := w.builder(newBeaconNode(t, w)).Compute(t.Context(), w.refSlot)
	require.NoError(t, err)
	require.Equal(t, w.usualReport().Committee, second.Report.Committee)
	require.NotEqual(t, first.Report.Committee, second.Report.Committee)
	require.Len(t, second.Committee.Members, 3)
}

func TestManyReportsAtOnceAreOneReport(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	want, g := w.usualReport(), w.builder(newBeaconNode(t, w))
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			got, err := g.Compute(t.Context(), w.refSlot)
			if err != nil || got.Report != want {
				t.Errorf("%v, %+v", err, got)
			}
		})
	}
	group.Wait()
}

func TestACancelledReportEnds(t *testing.T) {
	w := newWorld(t)
	w.seal(0, w.usual)
	for name, prefix := range map[string]string{"headers": headersPath, "spec": specPath, "state": statePath} {
		t.Run(name, func(t *testing.T) {
			node := newBeaconNode(t, w)
			ctx, cancel := context.WithCancelCause(t.Context())
			gone := errors.New("no longer wanted")
			node.handle(prefix, func(_ http.ResponseWriter, q *http.Request) {
				cancel(gone)
				<-q.Context().Done()
			})
			_, err := w.builder(node).Compute(ctx, w.refSlot)
			require.ErrorIs(t, err, gone)
		})
	}
}
