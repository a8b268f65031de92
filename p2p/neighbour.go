package p2p

import (
	"context"
	"fmt"
	"sync"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// maxQueuedFrames bounds what waits for one neighbour. In bytes it is twice the largest message.
const maxQueuedFrames = 32

// neighbour is a connected peer, and what is to be sent to it over the sync stream.
type neighbour struct {
	peer peer.ID
	stop context.CancelFunc
	wake chan struct{}

	mu     sync.Mutex
	frames [][]byte
	bytes  int
}

func newNeighbour(p peer.ID, stop context.CancelFunc) *neighbour {
	return &neighbour{peer: p, stop: stop, wake: make(chan struct{}, 1)}
}

// push queues a frame, unless too much waits already.
func (n *neighbour) push(frame []byte, maxBytes int) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.frames) >= maxQueuedFrames || n.bytes+len(frame) > maxBytes {
		return false
	}
	n.frames = append(n.frames, frame)
	n.bytes += len(frame)
	select {
	case n.wake <- struct{}{}:
	default:
	}
	return true
}

// pop is nil when nothing waits.
func (n *neighbour) pop() []byte {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.frames) == 0 {
		return nil
	}
	frame := n.frames[0]
	n.frames[0] = nil
	n.frames = n.frames[1:]
	n.bytes -= len(frame)
	return frame
}

// Send hands a message to the network, and does not wait for anybody: to all in the committee's topic, or to one peer's stream; a Status to all
// goes to each neighbour's stream. Errors: ErrWire, ErrNotJoined, ErrNotConnected, ErrQueueFull.
func (h *Host) Send(ctx context.Context, out consensus.Outgoing) error {
	b, err := Encode(out.Message)
	if err != nil {
		return fmt.Errorf("send: %w", err)
	}
	switch {
	case out.To != "":
		return h.sendTo(peer.ID(out.To), appendFrame(b))
	case isGossip(out.Message):
		return h.gossip.publish(ctx, out.Message.InRound().Committee, b)
	}
	frame := appendFrame(b)
	for _, p := range h.connected() {
		// Who does not get it is counted, and gets the next one.
		_ = h.sendTo(p, frame)
	}
	return nil
}

func (h *Host) sendTo(p peer.ID, frame []byte) error {
	h.mu.Lock()
	n, ok := h.neighbours[p]
	h.mu.Unlock()
	if !ok {
		h.drops.add(whatSync, ReasonUnreachable)
		return fmt.Errorf("send to %s: %w", p, ErrNotConnected)
	}
	if !n.push(frame, 2*h.maxSyncBytes()) {
		h.drops.add(whatSync, ReasonQueueFull)
		return fmt.Errorf("send to %s: %w", p, ErrQueueFull)
	}
	return nil
}

// maxSyncBytes is for the committee as it is now; the one before may have been larger by some.
func (h *Host) maxSyncBytes() int { return MaxSyncBytes(h.roundSize()) }

// roundSize is how many members a round may have: of the committee now, or of the one before it.
func (h *Host) roundSize() int {
	n, _ := h.gate.size()
	return min(consensus.MaxMembers, max(minRoundSize, 2*n))
}

// minRoundSize lets a node that does not know the members yet read what it is sent.
const minRoundSize = 64

// write sends what is queued, over one stream as long as that works.
func (h *Host) write(ctx context.Context, n *neighbour) {
	var stream network.Stream
	defer func() {
		if stream != nil {
			_ = stream.Reset()
		}
	}()
	for {
		frame := n.pop()
		if frame == nil {
			select {
			case <-ctx.Done():
				return
			case <-n.wake:
			}
			continue
		}
		var err error
		if stream, err = h.writeFrame(ctx, stream, n.peer, frame); err != nil && ctx.Err() == nil {
			h.drops.add(whatSync, ReasonSendFailed)
			h.log.Debug("sending to a neighbour", "peer", n.peer, "error", err)
		}
	}
}

// writeFrame opens the stream if there is none, and gives up the one that fails. An old stream may have been closed by the other side: then a new one
// is tried once.
func (h *Host) writeFrame(ctx context.Context, stream network.Stream, p peer.ID, frame []byte) (network.Stream, error) {
	for {
		fresh := stream == nil
		var err error
		if fresh {
			if stream, err = h.open(ctx, p, syncProtocol); err != nil {
				return nil, err
			}
		}
		if err = stream.SetWriteDeadline(wireDeadline(h.config.Timing.Stream)); err == nil {
			_, err = stream.Write(frame)
		}
		if err == nil {
			return stream, nil
		}
		_ = stream.Reset()
		stream = nil
		if fresh || ctx.Err() != nil {
			return nil, err
		}
	}
}
