package p2p

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// A frame on a stream is its length as a varint, at most as many bytes as the reader allows, and the bytes.

// appendFrame is b as a frame.
func appendFrame(b []byte) []byte {
	frame := binary.AppendUvarint(make([]byte, 0, len(b)+binary.MaxVarintLen32), uint64(len(b)))
	return append(frame, b...)
}

// readLength reads a frame's length. Errors: ErrWire for one above limit, io.EOF when the stream ended before it.
func readLength(r io.ByteReader, limit int) (int, error) {
	length, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, err
	}
	if length == 0 || length > uint64(limit) {
		return 0, fmt.Errorf("%w: frame of %d bytes, 1 to %d are possible", ErrWire, length, limit)
	}
	return int(length), nil
}

// readFrame reads one frame from a stream that the reader of, whose memory the resource manager counts until release is called.
func readFrame(s network.Stream, r *bufio.Reader, limit int, within time.Duration) (frame []byte, release func(), err error) {
	length, err := readLength(r, limit)
	if err != nil {
		return nil, nil, err
	}
	if err := s.Scope().ReserveMemory(length, network.ReservationPriorityAlways); err != nil {
		return nil, nil, fmt.Errorf("read frame: %w", err)
	}
	release = func() { s.Scope().ReleaseMemory(length) }
	// A sender that stops in the middle of a frame does not hold its memory for long. Between frames a stream may be quiet.
	err = s.SetReadDeadline(wireDeadline(within))
	frame = make([]byte, length)
	if err == nil {
		_, err = io.ReadFull(r, frame)
	}
	if err == nil {
		err = s.SetReadDeadline(time.Time{})
	}
	if err != nil {
		release()
		return nil, nil, fmt.Errorf("read frame: %w", err)
	}
	return frame, release, nil
}

// wireDeadline is on the machine's clock, as streams are, whatever clock the host was given.
func wireDeadline(within time.Duration) time.Time { return time.Now().Add(within) }

// finish waits until the other side has read all and resets the stream, but not for long.
func finish(s network.Stream, r *bufio.Reader, within time.Duration) {
	if s.CloseWrite() != nil || s.SetReadDeadline(wireDeadline(within)) != nil {
		return
	}
	_, _ = r.ReadByte()
}

// Protocols of streams.
const (
	syncProtocol    = "/tidemark/sync/1"
	helloProtocol   = "/tidemark/hello/1"
	addressProtocol = "/tidemark/addresses/1"
)

func protocolID(id string) protocol.ID { return protocol.ID(id) }

// serveSync reads what a peer sends: one stream per peer, a new one replaces the old one. It reads nothing while the handler
// validates a message, so a peer that sends too fast has to wait.
func (h *Host) serveSync(s network.Stream) {
	p := s.Conn().RemotePeer()
	if !h.startReading(p, s) {
		_ = s.Reset()
		return
	}
	defer h.group.Done()
	defer h.stopReading(p, s)
	// A reader that waits for the next frame ends with the host.
	defer context.AfterFunc(h.context, func() { _ = s.Reset() })()
	r := bufio.NewReaderSize(s, 4<<10)
	for h.gater.allows(p) {
		if err := h.readSync(s, r, p); err != nil {
			if !errors.Is(err, io.EOF) && h.context.Err() == nil {
				h.log.Debug("reading from a peer", "peer", p, "error", err)
			}
			return
		}
	}
}

// startReading makes s the one stream that p is read from. It says false after Close.
func (h *Host) startReading(p peer.ID, s network.Stream) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.context.Err() != nil {
		return false
	}
	if old, ok := h.reading[p]; ok {
		_ = old.Reset()
	}
	h.reading[p] = s
	h.group.Add(1)
	return true
}

func (h *Host) stopReading(p peer.ID, s network.Stream) {
	_ = s.Reset()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.reading[p] == s {
		delete(h.reading, p)
	}
}

// readSync takes one frame.
func (h *Host) readSync(s network.Stream, r *bufio.Reader, p peer.ID) error {
	frame, release, err := readFrame(s, r, h.maxSyncBytes(), h.config.Timing.StreamTimeout)
	if err != nil {
		if errors.Is(err, ErrWire) {
			h.penalize(p, penaltyMalformed, whatSync, ReasonOversized)
		}
		return err
	}
	defer release()
	if !h.scores.allowSync(p) {
		h.penalize(p, penaltyFlood, whatSync, ReasonRate)
		return nil
	}
	message, err := Decode(frame, h.roundSize())
	if err != nil {
		h.penalize(p, penaltyMalformed, whatSync, ReasonMalformed)
		return err
	}
	ctx, cancel := context.WithTimeout(h.context, h.config.Timing.ValidationTimeout)
	defer cancel()
	switch h.config.Handler.Receive(ctx, consensus.PeerID(p), message) {
	case Reject:
		h.penalize(p, penaltyRejected, whatSync, ReasonRejected)
	case Ignore:
		h.drops.add(whatSync, ReasonIgnored)
	case Accept:
	}
	return nil
}

// maxQueuedFrames bounds what waits for one peer. In bytes it is twice the largest message.
const maxQueuedFrames = 32

// peerQueue is a connected peer, and what is to be sent to it over the sync stream.
type peerQueue struct {
	peer peer.ID
	stop context.CancelFunc
	wake chan struct{}

	mu     sync.Mutex
	frames [][]byte
	bytes  int
}

func newPeerQueue(p peer.ID, stop context.CancelFunc) *peerQueue {
	return &peerQueue{peer: p, stop: stop, wake: make(chan struct{}, 1)}
}

// push queues a frame, unless too much waits already.
func (n *peerQueue) push(frame []byte, maxBytes int) bool {
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
func (n *peerQueue) pop() []byte {
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
// goes to each peer's stream. Errors: ErrWire, ErrNotJoined, ErrNotConnected, ErrQueueFull.
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
	n, ok := h.peers[p]
	h.mu.Unlock()
	if !ok {
		h.drops.add(whatSync, ReasonNotConnected)
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
	n, _ := h.gater.size()
	return min(consensus.MaxMembers, max(minRoundSize, 2*n))
}

// minRoundSize lets a node that does not know the members yet read what it is sent.
const minRoundSize = 64

// write sends what is queued, over one stream as long as that works.
func (h *Host) write(ctx context.Context, n *peerQueue) {
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
			h.log.Debug("sending to a peer", "peer", n.peer, "error", err)
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
		if err = stream.SetWriteDeadline(wireDeadline(h.config.Timing.StreamTimeout)); err == nil {
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
