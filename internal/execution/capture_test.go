package execution_test

import (
	"context"
	"encoding/json"
	"math/big"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/test/fakes/executionnode"
)

// advance makes blocks until the node has dropped what is older.
func (w *world) advance(blocks int) {
	w.t.Helper()
	for range blocks {
		w.Chain.NextBlock(w.Chain.Slot() + 1)
		w.seal()
	}
}

func newCapture(t *testing.T, r *execution.Reader, limit int) *execution.Capture {
	t.Helper()
	c, err := execution.NewCapture(r, limit)
	require.NoError(t, err)
	return c
}

func TestADroppedStateNamesEndpointAgeAndRemedy(t *testing.T) {
	w := busy(t)
	block := w.seal()
	w.node.Keep(3)
	w.advance(3)
	pruning := serve(t, w.node)
	_, err := w.reader(pruning).Pool(context.Background(), block)
	require.ErrorIs(t, err, execution.ErrPruned)
	for _, text := range []string{pruning, "eth_getProof", "3 blocks behind the node's head", "archive node", "earlier", "another endpoint", "missing trie node"} {
		require.ErrorContains(t, err, text)
	}
	var pruned *execution.PrunedError
	require.ErrorAs(t, err, &pruned)
	require.Equal(t, block.Hash, pruned.Block)
	require.Equal(t, block.Number, pruned.Number)
	require.Equal(t, block.Number+3, pruned.Head)
}

func TestAnArchiveServesWhatAFullNodeHasDropped(t *testing.T) {
	w := busy(t)
	archive := executionnode.New(w.ChainID)
	header, err := archive.Seal(w.Chain)
	require.NoError(t, err)
	block := w.seal()
	require.Equal(t, block.Hash, header.Hash())
	w.node.Keep(1)
	w.advance(1)
	_, err = w.reader(serve(t, w.node), serve(t, archive)).Pool(context.Background(), block)
	require.NoError(t, err)
}

func TestACapturedBlockNeedsNoNodeAnyMore(t *testing.T) {
	w := busy(t)
	block, refSlot := w.seal(), w.refSlotOfChange()
	r := w.reader(serve(t, w.node))
	want, err := readAll(r, block, refSlot)
	require.NoError(t, err)

	c := newCapture(t, r, 4)
	ctx := context.Background()
	require.NoError(t, c.Add(ctx, block.Hash))
	require.True(t, c.Captured(block.Hash))
	w.node.Keep(1)
	w.advance(1)
	asked := w.node.Calls("eth_getProof")
	got, err := c.Pool(ctx, block)
	require.NoError(t, err)
	require.Equal(t, want.Values, got.Values)
	for id := got.Queue.LastFinalizedID; id <= got.Queue.LastRequestID; id++ {
		_, err = got.Request(ctx, id)
		require.NoError(t, err, "request %d", id)
	}
	for _, slot := range []uint64{refSlot, 0} {
		fresh, freshErr := want.Committee(ctx, slot)
		kept, keptErr := got.Committee(ctx, slot)
		require.Equal(t, fresh, kept)
		require.Equal(t, freshErr, keptErr)
	}
	require.NoError(t, c.Add(ctx, block.Hash), "it is there already")
	require.Equal(t, asked, w.node.Calls("eth_getProof"))

	_, err = got.Request(ctx, 0)
	require.ErrorIs(t, err, execution.ErrPruned, "finalized requests are not captured")
}

func TestABlockThatWasNotCapturedIsReadNow(t *testing.T) {
	w := busy(t)
	block := w.seal()
	c := newCapture(t, w.reader(serve(t, w.node)), 1)
	got, err := c.Pool(context.Background(), block)
	require.NoError(t, err)
	require.Equal(t, w.viewed(block), got.Values)
	require.False(t, c.Captured(block.Hash))
}

func TestACaptureForgetsTheOldestBlock(t *testing.T) {
	w := newWorld(t)
	c := newCapture(t, w.reader(serve(t, w.node)), 2)
	var blocks []execution.BlockRef
	for range 3 {
		w.advance(1)
		blocks = append(blocks, w.seal())
		require.NoError(t, c.Add(context.Background(), blocks[len(blocks)-1].Hash))
	}
	require.False(t, c.Captured(blocks[0].Hash))
	require.True(t, c.Captured(blocks[1].Hash))
	require.True(t, c.Captured(blocks[2].Hash))
}

func TestABeaconStateThatContradictsTheHeaderIsRefused(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	c := newCapture(t, w.reader(serve(t, w.node)), 1)
	require.NoError(t, c.Add(context.Background(), block.Hash))
	for _, spoil := range []func(*execution.BlockRef){
		func(b *execution.BlockRef) { b.StateRoot = common.Hash{1} },
		func(b *execution.BlockRef) { b.Number++ },
	} {
		other := block
		spoil(&other)
		_, err := c.Pool(context.Background(), other)
		require.ErrorIs(t, err, execution.ErrHeader)
	}
}

func TestAFailedCaptureKeepsNothingAndCanBeRepeated(t *testing.T) {
	w := busy(t)
	block := w.seal()
	var mu sync.Mutex
	lying := true
	sometimes := func(method string, result json.RawMessage) json.RawMessage {
		mu.Lock()
		defer mu.Unlock()
		if lying && method == "eth_getCode" {
			return json.RawMessage(`"0x"`)
		}
		return result
	}
	c := newCapture(t, w.reader(serve(t, w.node.Lying(sometimes))), 1)
	require.ErrorIs(t, c.Add(context.Background(), block.Hash), execution.ErrProof)
	require.False(t, c.Captured(block.Hash))
	mu.Lock()
	lying = false
	mu.Unlock()
	require.NoError(t, c.Add(context.Background(), block.Hash))
}

func TestALongQueueIsCapturedFromItsOldestEndInSeveralProofs(t *testing.T) {
	w := newWorld(t)
	amounts := make([]*big.Int, 100)
	for i := range amounts {
		amounts[i] = big.NewInt(1e9)
	}
	w.stake(100)
	queue := bindings.NewWithdrawalQueue()
	for range execution.MaxCapturedRequests/len(amounts) + 1 {
		_, err := w.Must(w.Accounts.User, w.Contracts.WithdrawalQueue, nil, queue.PackRequest(amounts, w.Accounts.User.Address))
		require.NoError(t, err)
	}
	block := w.seal()
	c := newCapture(t, w.reader(serve(t, w.node)), 1)
	ctx := context.Background()
	require.NoError(t, c.Add(ctx, block.Hash))
	w.node.Keep(1)
	w.advance(1)
	p, err := c.Pool(ctx, block)
	require.NoError(t, err)
	require.Greater(t, p.Queue.LastRequestID, uint64(execution.MaxCapturedRequests))
	for id := range uint64(execution.MaxCapturedRequests + 1) {
		r, err := p.Request(ctx, id)
		require.NoError(t, err)
		require.Equal(t, id*1e9, r.CumulativeWei.Uint64())
	}
	_, err = p.Request(ctx, execution.MaxCapturedRequests+1)
	require.ErrorIs(t, err, execution.ErrPruned)
}

func TestACaptureMayBeUsedByMany(t *testing.T) {
	w := busy(t)
	block := w.seal()
	c := newCapture(t, w.reader(serve(t, w.node)), 2)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if err := c.Add(context.Background(), block.Hash); err != nil {
				t.Error(err)
			}
			p, err := c.Pool(context.Background(), block)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := p.Request(context.Background(), 1); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestACaptureNeedsALimit(t *testing.T) {
	w := newWorld(t)
	for _, limit := range []int{0, -1, 1000} {
		_, err := execution.NewCapture(w.reader("http://127.0.0.1:1"), limit)
		require.ErrorIs(t, err, execution.ErrConfig)
	}
}
