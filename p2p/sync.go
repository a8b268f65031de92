package p2p

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Protocols of streams.
const (
	syncProtocol    = "/tidemark/sync/1"
	helloProtocol   = "/tidemark/hello/1"
	addressProtocol = "/tidemark/addresses/1"
)

func protocolID(id string) protocol.ID { return protocol.ID(id) }

// serveSync reads what a neighbour sends: one stream for each neighbour, a new one in place of the old. While the node judges a message no more is
// read, so that a neighbour who sends too fast waits itself.
func (h *Host) serveSync(s network.Stream) {
	p := s.Conn().RemotePeer()
	if !h.begin(p, s) {
		_ = s.Reset()
		return
	}
	defer h.group.Done()
	defer h.end(p, s)
	// A reader that waits for the next frame ends with the host.
	defer context.AfterFunc(h.context, func() { _ = s.Reset() })()
	r := bufio.NewReaderSize(s, 4<<10)
	for h.gate.admits(p) {
		if err := h.readSync(s, r, p); err != nil {
			if !errors.Is(err, io.EOF) && h.context.Err() == nil {
				h.log.Debug("reading from a neighbour", "peer", p, "error", err)
			}
			return
		}
	}
}

// begin makes s the one stream that p is read from. It says false after Close.
func (h *Host) begin(p peer.ID, s network.Stream) bool {
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

func (h *Host) end(p peer.ID, s network.Stream) {
	_ = s.Reset()
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.reading[p] == s {
		delete(h.reading, p)
	}
}

// readSync takes one frame.
func (h *Host) readSync(s network.Stream, r *bufio.Reader, p peer.ID) error {
	frame, release, err := readFrame(s, r, h.maxSyncBytes(), h.config.Timing.Stream)
	if err != nil {
		if errors.Is(err, ErrWire) {
			h.blame(p, pointsMalformed, whatSync, ReasonOversized)
		}
		return err
	}
	defer release()
	if !h.standings.maySync(p) {
		h.blame(p, pointsFlood, whatSync, ReasonRate)
		return nil
	}
	message, err := Decode(frame, h.roundSize())
	if err != nil {
		h.blame(p, pointsMalformed, whatSync, ReasonMalformed)
		return err
	}
	ctx, cancel := context.WithTimeout(h.context, h.config.Timing.Judge)
	defer cancel()
	switch h.config.Node.Receive(ctx, consensus.PeerID(p), message) {
	case Reject:
		h.blame(p, pointsRejected, whatSync, ReasonRejected)
	case Ignore:
		h.drops.add(whatSync, ReasonIgnored)
	case Accept:
	}
	return nil
}
