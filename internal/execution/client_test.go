package execution_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// failing answers the first n requests with HTTP status 503, then like next.
func failing(n int64, next http.Handler) http.Handler {
	var asked atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= n {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func TestPassingFailuresAreRetriedAfterJitteredAndGrowingPauses(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	var paused waits
	o := options(w.ChainID, serve(t, failing(3, w.node)))
	o.Rounds, o.Backoff, o.Sleep = 4, 800*time.Millisecond, paused.sleep
	o.Random = func(int64) int64 { return 0 } // the most jitter: half of the pause
	_, err := w.readerWith(o).Pool(context.Background(), block)
	require.NoError(t, err)
	require.Equal(t, waits{400 * time.Millisecond, 800 * time.Millisecond, 1600 * time.Millisecond}, paused)
}

func TestWhatCannotPassIsNotRetried(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	var paused waits
	o := options(w.ChainID+1, serve(t, w.node))
	o.Rounds, o.Sleep = 5, paused.sleep
	c, err := execution.NewClient(o)
	require.NoError(t, err)
	_, err = c.Block(context.Background(), block.Hash)
	require.ErrorIs(t, err, execution.ErrWrongChain)
	require.Empty(t, paused)
	require.Equal(t, 1, w.node.Calls("eth_chainId"))
	require.Zero(t, w.node.Calls("eth_getBlockByHash"), "a node of another chain is asked nothing else")
}

func TestTheChainIsAskedForOnce(t *testing.T) {
	w := newWorld(t)
	_, err := w.reader(serve(t, w.node)).Pool(context.Background(), w.seal())
	require.NoError(t, err)
	require.Equal(t, 1, w.node.Calls("eth_chainId"))
}

func TestTheEndpointThatServedIsAskedFirstTheNextTime(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	var asked atomic.Int64
	dead := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.WriteHeader(http.StatusBadGateway)
	}))
	good := serve(t, w.node)
	p, err := w.reader(dead, good).Pool(context.Background(), block)
	require.NoError(t, err)
	require.Equal(t, int64(1), asked.Load())
	for _, s := range p.Sources() {
		require.Equal(t, good, s.Endpoint, s.What)
	}
}

func TestSecretsOfAnEndpointAreNowhereInErrorsAndLogs(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	good := serve(t, w.node)
	gone := "http://user:hunter2@127.0.0.1:1/v3/5ec7e7?key=5ec7e7"
	refusing := strings.Replace(serve(t, raw(404, "no")), "http://", "http://user:hunter2@", 1) + "/v3/5ec7e7?key=5ec7e7"
	var log strings.Builder
	o := options(w.ChainID, gone, refusing)
	_, err := w.readerWith(o).Pool(context.Background(), block)
	require.ErrorIs(t, err, execution.ErrUnreachable)
	require.ErrorIs(t, err, execution.ErrRefused)
	o = options(w.ChainID, gone, refusing, good)
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	_, okErr := w.readerWith(o).Pool(context.Background(), block)
	require.NoError(t, okErr)
	require.Contains(t, log.String(), "http://127.0.0.1:1/…")
	_, badErr := execution.NewClient(options(w.ChainID, "ws://user:hunter2@host/5ec7e7"))
	require.ErrorIs(t, badErr, execution.ErrConfig)
	for _, text := range []string{err.Error(), log.String(), badErr.Error()} {
		require.NotContains(t, text, "hunter2")
		require.NotContains(t, text, "5ec7e7")
	}
	require.ErrorContains(t, err, "eth_getProof")
	found := endpointErrors(t, err)
	require.Len(t, found, 2)
	require.ErrorIs(t, found["http://127.0.0.1:1/…?…"], execution.ErrUnreachable)
}

func TestACancelledReadStopsAtOnce(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	ctx, cancel := context.WithCancel(context.Background())
	o := options(w.ChainID, serve(t, raw(503, "")))
	o.Sleep = func(ctx context.Context, _ time.Duration) error {
		cancel()
		return ctx.Err()
	}
	_, err := w.readerWith(o).Pool(ctx, block)
	require.ErrorIs(t, err, context.Canceled)
	_, err = w.reader(serve(t, w.node)).Pool(ctx, block)
	require.ErrorIs(t, err, context.Canceled)
}

func TestImpossibleOptionsAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*execution.Options){
		"no endpoint":      func(o *execution.Options) { o.Endpoints = nil },
		"many endpoints":   func(o *execution.Options) { o.Endpoints = make([]string, 33) },
		"no chain":         func(o *execution.Options) { o.ChainID = 0 },
		"no network":       func(o *execution.Options) { o.HTTP = nil },
		"negative timeout": func(o *execution.Options) { o.RequestTimeout = -1 },
		"endless rounds":   func(o *execution.Options) { o.Rounds = 1000 },
		"not a URL":        func(o *execution.Options) { o.Endpoints = []string{"http://%zz"} },
		"no host":          func(o *execution.Options) { o.Endpoints = []string{"http:///path"} },
	} {
		t.Run(name, func(t *testing.T) {
			o := options(1, "http://127.0.0.1:1")
			spoil(&o)
			_, err := execution.NewClient(o)
			require.ErrorIs(t, err, execution.ErrConfig)
		})
	}
}

func TestAHeaderMustHashToItsBlock(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	w.Chain.NextBlock(3)
	other := w.seal()
	client := func(url ...string) *execution.Client {
		c, err := execution.NewClient(options(w.ChainID, url...))
		require.NoError(t, err)
		return c
	}
	ctx := context.Background()
	honest := serve(t, w.node)
	got, err := client(honest).Block(ctx, block.Hash)
	require.NoError(t, err)
	require.Equal(t, block, got)

	swapped := serve(t, w.node.Lying(onText("eth_getBlockByHash", block.StateRoot.Hex(), other.StateRoot.Hex())))
	_, err = client(swapped).Block(ctx, block.Hash)
	require.ErrorIs(t, err, execution.ErrHeader)
	got, err = client(swapped, honest).Block(ctx, block.Hash)
	require.NoError(t, err)
	require.Equal(t, block, got)

	_, err = client(serve(t, w.node.Lying(onText("eth_getBlockByHash", `"stateRoot"`, `"x"`)))).Block(ctx, block.Hash)
	require.ErrorIs(t, err, execution.ErrMalformed)
	_, err = client(honest).Block(ctx, block.StateRoot)
	require.ErrorIs(t, err, execution.ErrUnknownBlock)
	require.False(t, errors.Is(err, execution.ErrPruned))
}

func TestWithoutAClockOfItsOwnAClientWaitsByTheMachines(t *testing.T) {
	o := options(1, "http://127.0.0.1:1")
	o.Sleep, o.Random, o.Rounds, o.Backoff = nil, nil, 2, time.Nanosecond
	client, err := execution.NewClient(o)
	require.NoError(t, err)
	_, err = client.Block(t.Context(), [32]byte{1})
	require.ErrorIs(t, err, execution.ErrUnreachable)
}
