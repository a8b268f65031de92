package p2p

import (
	"context"
	"slices"

	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// watch follows who comes and goes.
func (h *Host) watch(events event.Subscription) {
	for {
		select {
		case <-h.context.Done():
			return
		case p := <-h.cuts:
			h.disconnect(p)
		case e := <-events.Out():
			switch e := e.(type) {
			case event.EvtPeerConnectednessChanged:
				h.follow(e.Peer)
			case event.EvtPeerIdentificationCompleted:
				if e.SignedPeerRecord != nil {
					h.learnFrom(e)
				}
			}
		}
	}
}

// follow starts or ends what is done for a neighbour. It looks at the connection itself: an event may be old by now.
func (h *Host) follow(p peer.ID) {
	connected := h.libp2p.Network().Connectedness(p) == network.Connected && h.gate.isListed(p)
	h.mu.Lock()
	n, known := h.neighbours[p]
	switch {
	case connected && !known:
		ctx, stop := context.WithCancel(h.context)
		n = newNeighbour(p, stop)
		h.neighbours[p] = n
		h.group.Go(func() { h.write(ctx, n) })
		h.group.Go(func() { h.greet(ctx, p) })
	case !connected && known:
		delete(h.neighbours, p)
		n.stop()
	}
	h.mu.Unlock()
	switch {
	case connected && !known:
		if !h.standings.mayReturn(p) {
			h.blame(p, pointsFlood, whatConnection, ReasonChurn)
		}
		h.gossip.reconnected(p)
		h.log.Info("connected", "peer", p, "neighbours", len(h.connected()))
		h.config.Node.Connected(consensus.PeerID(p))
	case !connected && known:
		h.standings.left(p, "")
		h.clocks.forget(p)
		h.processes.forget(p)
		h.log.Info("disconnected", "peer", p, "neighbours", len(h.connected()))
		h.kick()
	}
}

// greet tells clocks and asks for addresses, and then clocks again from time to time.
func (h *Host) greet(ctx context.Context, p peer.ID) {
	h.hello(ctx, p)
	h.askAddresses(ctx, p)
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.clock.After(h.config.Timing.Hello):
			h.hello(ctx, p)
		}
	}
}

// connected are the neighbours, sorted.
func (h *Host) connected() []peer.ID {
	h.mu.Lock()
	defer h.mu.Unlock()
	found := make([]peer.ID, 0, len(h.neighbours))
	for p := range h.neighbours {
		found = append(found, p)
	}
	slices.Sort(found)
	return found
}

// open opens a stream to a connected peer, and does not dial.
func (h *Host) open(ctx context.Context, p peer.ID, id string) (network.Stream, error) {
	ctx, cancel := context.WithTimeout(network.WithNoDial(ctx, "neighbours only"), h.config.Timing.Stream)
	defer cancel()
	return h.libp2p.NewStream(ctx, p, protocolID(id))
}
