package beacon

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

var eventsCall = call{
	doing: "read events", path: "/eth/v1/events", query: "topics=finalized_checkpoint", accept: mediaEvents,
}

// WatchFinalized delivers finalized checkpoints, each epoch at most once and in order, until ctx ends; then the channel is closed.
// They come from one node's event stream, and from polling while no stream is open, when a new one has been opened, and now and then
// beside an open one. Epochs that are finalized while nobody listens are skipped. A checkpoint is one node's word: it says when to
// look, ReferenceBlock decides, and may still answer ErrNotFinalized: Prysm sends the event before its head state tells of it, so
// ask again a slot later. The channel is not buffered: a slow receiver delays, and loses nothing that was read.
func (c *Client) WatchFinalized(ctx context.Context) <-chan Checkpoint {
	w := &watcher{client: c, out: make(chan Checkpoint)}
	go w.run(ctx)
	return w.out
}

// watcher is one WatchFinalized.
type watcher struct {
	client *Client
	out    chan Checkpoint
	last   Checkpoint // delivered; epoch 0 is never delivered: it is not finalized but given
}

func (w *watcher) run(ctx context.Context) {
	defer close(w.out)
	for failures := 0; ctx.Err() == nil; failures++ {
		w.poll(ctx)
		opened, err := w.follow(ctx)
		if ctx.Err() != nil {
			return
		}
		if opened {
			failures = 0
		}
		w.client.options.Log.Warn("no event stream of finalized checkpoints, polling", "reason", err)
		// The error is the context's, which the loop looks at.
		_ = w.client.wait(ctx, min(w.client.pool.Backoff(failures), w.client.options.PollInterval))
	}
}

// poll asks for the finalized checkpoint once and delivers it if it is new; it reports whether it was.
func (w *watcher) poll(ctx context.Context) bool {
	checkpoint, err := w.client.Finality(ctx)
	if err != nil {
		if ctx.Err() == nil {
			w.client.options.Log.Warn("no finalized checkpoint", "reason", err)
		}
		return false
	}
	return w.deliver(ctx, checkpoint)
}

// deliver sends what is newer than all before.
func (w *watcher) deliver(ctx context.Context, checkpoint Checkpoint) bool {
	if checkpoint.Epoch <= w.last.Epoch {
		if checkpoint.Epoch == w.last.Epoch && checkpoint.Epoch > 0 && checkpoint.Root != w.last.Root {
			w.client.options.Log.Error("beacon nodes disagree on a finalized checkpoint", "epoch", checkpoint.Epoch,
				"first", w.last.Root, "firstEndpoint", w.last.Endpoint, "second", checkpoint.Root, "secondEndpoint", checkpoint.Endpoint)
		}
		return false
	}
	select {
	case w.out <- checkpoint:
		w.last = checkpoint
		return true
	case <-ctx.Done():
		return false
	}
}

// follow opens an event stream and delivers from it until it ends, or until a poll beside it finds what it has not told.
func (w *watcher) follow(ctx context.Context) (opened bool, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := endpoint.Ask(ctx, w.client.pool, eventsCall.doing, w.client.openEvents)
	if err != nil {
		return false, err
	}
	w.client.options.Log.Info("event stream of finalized checkpoints is open", "endpoint", stream.endpoint.Name)
	checkpoints, ended := make(chan Checkpoint), make(chan error, 1)
	go func() { ended <- stream.read(ctx, checkpoints) }()
	defer func() {
		cancel()
		stream.body.Close()
		<-ended
	}()
	// What was finalized between the last poll and the stream's opening.
	w.poll(ctx)
	for {
		overdue := make(chan struct{})
		stop := w.client.options.Clock.AfterFunc(w.client.options.StreamPollInterval, func() { close(overdue) })
		select {
		case checkpoint := <-checkpoints:
			w.deliver(ctx, checkpoint)
		case <-overdue:
			if w.poll(ctx) {
				err = fmt.Errorf("beacon node %s: its event stream missed epoch %d: %w", stream.endpoint.Name, w.last.Epoch, ErrUnreachable)
			}
		case err = <-ended:
			ended <- err
		case <-ctx.Done():
			err = context.Cause(ctx)
		}
		stop()
		if err != nil {
			if ctx.Err() == nil {
				w.client.pool.Note(stream.endpoint, err)
			}
			return true, err
		}
	}
}

// events is an open event stream.
type events struct {
	client   *Client
	endpoint *endpoint.Endpoint
	body     io.ReadCloser
}

// openEvents subscribes at an endpoint that follows the chain: a syncing one would be silent.
func (c *Client) openEvents(ctx context.Context, e *endpoint.Endpoint) (*events, error) {
	if _, err := c.ready(ctx, e); err != nil {
		return nil, err
	}
	// Only the opening is bounded in time: the stream lives as long as ctx.
	ctx, cancel := context.WithCancelCause(ctx)
	stop := c.options.Clock.AfterFunc(c.options.RequestTimeout, func() { cancel(errTimeout) })
	response, err := c.open(ctx, e, eventsCall)
	stop()
	if err != nil {
		cancel(context.Canceled)
		return nil, err
	}
	return &events{client: c, endpoint: e, body: &cancelBody{response.Body, cancel}}, nil
}

// cancelBody releases the request's context with its body.
type cancelBody struct {
	io.ReadCloser
	cancel context.CancelCauseFunc
}

// Close ends the request.
func (b *cancelBody) Close() error {
	b.cancel(context.Canceled)
	return b.ReadCloser.Close()
}

// read sends checkpoints until the stream or ctx ends; its error is never nil.
func (s *events) read(ctx context.Context, checkpoints chan<- Checkpoint) error {
	reader := newEventReader(s.body)
	for {
		next, err := reader.next()
		if errors.Is(err, errEventTooLong) {
			return malformed(s.endpoint, eventsCall, err)
		}
		if err != nil {
			return broken(ctx, s.endpoint, eventsCall, err)
		}
		if next.name != "finalized_checkpoint" {
			continue
		}
		checkpoint, optimistic, err := decodeEvent(next.data, s.client.options.Network)
		if err != nil {
			return malformed(s.endpoint, eventsCall, err)
		}
		if optimistic {
			// Polling delivers it when it has been verified.
			s.client.options.Log.Info("finalized checkpoint is still optimistic", "endpoint", s.endpoint.Name, "epoch", checkpoint.Epoch)
			continue
		}
		checkpoint.Endpoint = s.endpoint.Name
		select {
		case checkpoints <- checkpoint:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// decodeEvent reads the data of a finalized_checkpoint event.
func decodeEvent(data string, network Network) (checkpoint Checkpoint, optimistic bool, err error) {
	o, err := parseObject("event", []byte(data))
	if err != nil {
		return checkpoint, false, err
	}
	checkpoint.Epoch, checkpoint.Root, optimistic = o.uint("epoch"), o.hash("block"), o.boolean("execution_optimistic")
	if err := o.err(); err != nil {
		return checkpoint, false, err
	}
	return checkpoint, optimistic, checkpoint.check(network)
}
