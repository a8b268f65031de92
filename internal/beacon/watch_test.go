package beacon_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
)

const eventsPath = "/eth/v1/events"

// eventText is a finalized_checkpoint event.
func eventText(epoch uint64, root common.Hash, optimistic bool) string {
	return fmt.Sprintf("event: finalized_checkpoint\ndata: {\"block\":\"%s\",\"state\":\"%s\",\"epoch\":\"%d\",\"execution_optimistic\":%v}\n\n", root, root, epoch, optimistic)
}

// eventSource serves an event stream: each text that is sent to it goes out at once; closing it ends the stream.
type eventSource chan string

func (s eventSource) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("topics") != "finalized_checkpoint" {
		writeError(w, 400, "no topic")
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.(http.Flusher).Flush()
	for {
		select {
		case text, ok := <-s:
			if !ok {
				return
			}
			fmt.Fprint(w, text)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

// watch follows nodes until the test ends; pauses and polls are fired by hand.
func watch(t *testing.T, nodes ...*fakeNode) (<-chan beacon.Checkpoint, *fakeClock) {
	clock := newFakeClock(func(d time.Duration) bool { return false })
	client := newClient(t, func(o *beacon.Options) {
		o.Clock, o.Attempts = clock, 1
		o.RetryDelay, o.PollInterval, o.StreamPollInterval = retryPause, time.Hour, streamPoll
	}, nodes...)
	ctx, cancel := context.WithCancel(t.Context())
	out := client.WatchFinalized(ctx)
	t.Cleanup(func() {
		cancel()
		for range out {
			// Until it is closed: a watcher that does not end hangs here.
		}
	})
	return out, clock
}

// Durations that no other timer has. Half of the retry delay is the pause without jitter.
const (
	retryPause = 2 * 1234 * time.Millisecond
	streamPoll = 4321 * time.Second
)

func TestEventsAreDeliveredOnceEachAndInOrder(t *testing.T) {
	node := newFakeNode(t, newChain(0, slots(0, 40)...), 3)
	source := make(eventSource)
	node.handle(eventsPath, source.ServeHTTP)
	out, _ := watch(t, node)
	require.Equal(t, beacon.Checkpoint{Epoch: 3, Root: node.chain.root(12), Endpoint: node.URL}, receive(t, out))
	for _, epoch := range []uint64{3, 2, 4, 4, 3, 5} {
		source <- ": keep alive\n\n" + eventText(epoch, common.Hash{byte(epoch)}, false)
	}
	source <- eventText(6, common.Hash{6}, true) // Not verified yet.
	source <- "event: head\ndata: {}\n\n" + eventText(7, common.Hash{7}, false)
	for _, epoch := range []uint64{4, 5, 7} {
		require.Equal(t, beacon.Checkpoint{Epoch: epoch, Root: common.Hash{byte(epoch)}, Endpoint: node.URL}, receive(t, out))
	}
}

func TestPollingServesNodesWithoutEvents(t *testing.T) {
	node := newFakeNode(t, newChain(0, slots(0, 40)...), 3)
	out, clock := watch(t, node)
	require.Equal(t, uint64(3), receive(t, out).Epoch)
	node.setFinalized(4)
	clock.fire(retryPause / 2)
	require.Equal(t, uint64(4), receive(t, out).Epoch)
	node.setFinalized(6)
	clock.fire(retryPause) // The second pause is twice as long.
	require.Equal(t, uint64(6), receive(t, out).Epoch)
}

func TestStreamIsOpenedAgainAfterItBroke(t *testing.T) {
	for name, end := range map[string]string{
		"ended": "", "no JSON": "event: finalized_checkpoint\ndata: nonsense\n\n", "cannot be": eventText(1<<63, common.Hash{1}, false),
		"endless line": strings.Repeat("x", 17<<10), "endless event": strings.Repeat("data: x\n", 10_000),
	} {
		t.Run(name, func(t *testing.T) {
			node := newFakeNode(t, newChain(0, slots(0, 40)...), 3)
			first, second := make(eventSource), make(eventSource)
			sources := []eventSource{first, second}
			node.handle(eventsPath, func(w http.ResponseWriter, r *http.Request) {
				source := sources[0]
				sources = sources[1:]
				source.ServeHTTP(w, r)
			})
			out, clock := watch(t, node)
			require.Equal(t, uint64(3), receive(t, out).Epoch)
			first <- eventText(4, common.Hash{4}, false)
			require.Equal(t, uint64(4), receive(t, out).Epoch)
			first <- end
			close(first)
			node.setFinalized(5) // While nobody listens.
			clock.fire(retryPause / 2)
			require.Equal(t, uint64(5), receive(t, out).Epoch)
			second <- eventText(6, common.Hash{6}, false)
			require.Equal(t, uint64(6), receive(t, out).Epoch)
		})
	}
}

func TestSilentStreamIsFoundOutByPolling(t *testing.T) {
	c := newChain(0, slots(0, 40)...)
	node := newFakeNode(t, c, 3)
	silent, lively := make(eventSource), make(eventSource)
	sources := []eventSource{silent, lively}
	node.handle(eventsPath, func(w http.ResponseWriter, r *http.Request) {
		source := sources[0]
		sources = sources[1:]
		source.ServeHTTP(w, r)
	})
	out, clock := watch(t, node)
	require.Equal(t, uint64(3), receive(t, out).Epoch)
	clock.fire(streamPoll) // Nothing new: the stream stays.
	clock.await(streamPoll)
	node.setFinalized(4)
	clock.fire(streamPoll)
	require.Equal(t, uint64(4), receive(t, out).Epoch)
	clock.fire(retryPause / 2)
	lively <- eventText(5, common.Hash{5}, false)
	require.Equal(t, uint64(5), receive(t, out).Epoch)
}

func TestWhatIsFinalizedWhileTheStreamOpensIsDelivered(t *testing.T) {
	node := newFakeNode(t, newChain(0, slots(0, 40)...), 3)
	node.handle(eventsPath, func(w http.ResponseWriter, r *http.Request) {
		node.setFinalized(4)
		make(eventSource).ServeHTTP(w, r)
	})
	out, _ := watch(t, node)
	require.Equal(t, uint64(3), receive(t, out).Epoch)
	require.Equal(t, uint64(4), receive(t, out).Epoch)
}

func TestWatcherPassesOverSyncingNodes(t *testing.T) {
	c := newChain(0, slots(0, 40)...)
	syncing, good := newFakeNode(t, c, 2), newFakeNode(t, c, 3)
	syncing.answer(syncingPath, syncingJSON(true, false, false))
	source := make(eventSource)
	good.handle(eventsPath, source.ServeHTTP)
	out, _ := watch(t, syncing, good)
	require.Equal(t, uint64(3), receive(t, out).Epoch)
	source <- eventText(4, common.Hash{4}, false)
	require.Equal(t, uint64(4), receive(t, out).Epoch)
	require.Zero(t, syncing.requests(eventsPath))
	require.Zero(t, syncing.requests(finalityPath))
}

func TestNothingIsDeliveredBeforeTheFirstFinalizedEpoch(t *testing.T) {
	node := newFakeNode(t, newChain(0, slots(0, 40)...), 0)
	source := make(eventSource)
	node.handle(eventsPath, source.ServeHTTP)
	out, _ := watch(t, node)
	source <- eventText(0, common.Hash{}, false) + eventText(2, common.Hash{2}, false)
	require.Equal(t, uint64(2), receive(t, out).Epoch)
}

func TestWatcherEndsWhileTheReceiverIsSlow(t *testing.T) {
	node := newFakeNode(t, newChain(0, slots(0, 40)...), 3)
	client := newClient(t, nil, node)
	ctx, cancel := context.WithCancel(t.Context())
	out := client.WatchFinalized(ctx)
	cancel() // Nobody has received anything.
	for range out {
	}
}
