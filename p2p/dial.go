package p2p

import (
	"context"
	"slices"
	"time"

	"github.com/libp2p/go-libp2p/core/event"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
	"github.com/multiformats/go-multiaddr"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// watchConnections follows who comes and goes.
func (h *Host) watchConnections(events event.Subscription) {
	for {
		select {
		case <-h.context.Done():
			return
		case p := <-h.bans:
			h.disconnect(p)
		case e := <-events.Out():
			switch e := e.(type) {
			case event.EvtPeerConnectednessChanged:
				h.updatePeer(e.Peer)
			case event.EvtPeerIdentificationCompleted:
				if e.SignedPeerRecord != nil {
					h.storeIdentified(e)
				}
			}
		}
	}
}

// updatePeer starts or ends what is done for a peer. It looks at the connection itself: an event may be old by now.
func (h *Host) updatePeer(p peer.ID) {
	connected := h.libp2p.Network().Connectedness(p) == network.Connected && h.gater.isListed(p)
	h.mu.Lock()
	n, known := h.peers[p]
	switch {
	case connected && !known:
		ctx, stop := context.WithCancel(h.context)
		n = newPeerQueue(p, stop)
		h.peers[p] = n
		h.group.Go(func() { h.write(ctx, n) })
		h.group.Go(func() { h.exchangeHellos(ctx, p) })
	case !connected && known:
		delete(h.peers, p)
		n.stop()
	}
	h.mu.Unlock()
	switch {
	case connected && !known:
		if !h.scores.allowReconnect(p) {
			h.penalize(p, penaltyFlood, whatConnection, ReasonReconnectRate)
		}
		h.gossip.reconnected(p)
		h.log.Info("connected", "peer", p, "peers", len(h.connected()))
		h.config.Handler.Connected(consensus.PeerID(p))
	case !connected && known:
		h.scores.leftTopic(p, "")
		h.hellos.forget(p)
		h.processes.forget(p)
		h.log.Info("disconnected", "peer", p, "peers", len(h.connected()))
		h.wakeDialer()
	}
}

// exchangeHellos tells clocks and asks for addresses, and then clocks again from time to time.
func (h *Host) exchangeHellos(ctx context.Context, p peer.ID) {
	h.greet(ctx, p)
	h.requestAddresses(ctx, p)
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.clock.After(h.config.Timing.HelloInterval):
			h.greet(ctx, p)
		}
	}
}

// connected are the peers, sorted.
func (h *Host) connected() []peer.ID {
	h.mu.Lock()
	defer h.mu.Unlock()
	found := make([]peer.ID, 0, len(h.peers))
	for p := range h.peers {
		found = append(found, p)
	}
	slices.Sort(found)
	return found
}

// open opens a stream to a connected peer, and does not dial.
func (h *Host) open(ctx context.Context, p peer.ID, id string) (network.Stream, error) {
	ctx, cancel := context.WithTimeout(network.WithNoDial(ctx, "peers only"), h.config.Timing.StreamTimeout)
	defer cancel()
	return h.libp2p.NewStream(ctx, p, protocolID(id))
}

// Bounds of what the dialer does at once.
const (
	dialsAtOnce       = 8
	addressPeersAsked = 3 // peers, each time
)

// dialer keeps connections to all members and observers whose addresses are known. Committees are small, and the core asks members for what it
// lacks: each should be a peer.
type dialer struct {
	h           *Host
	states      map[peer.ID]*dialState
	running     int
	results     chan dialOutcome
	askedAt     time.Time
	reconnector reconnector
}

type dialState struct {
	running bool
	up      bool          // was connected when last looked at
	failed  time.Duration // how long it waited after the last failure
	next    time.Time
}

type dialOutcome struct {
	peer peer.ID
	err  error
}

// wakeDialer lets the dialer look again.
func (h *Host) wakeDialer() {
	select {
	case h.dial <- struct{}{}:
	default:
	}
}

// unconnected are the listed peers that are not connected.
func (h *Host) unconnected() []consensus.PeerID {
	var found []consensus.PeerID
	for _, p := range h.gater.listedPeers() {
		if p != h.self && !h.isConnected(p) {
			found = append(found, consensus.PeerID(p))
		}
	}
	return found
}

func (h *Host) isConnected(p peer.ID) bool {
	// A connection through a relay is limited, and not one.
	return h.libp2p.Network().Connectedness(p) == network.Connected
}

// dialAll runs until Close.
func (h *Host) dialAll() {
	for _, info := range h.bootstrap {
		if info.ID != h.self {
			h.peerstore.addHint(info)
		}
	}
	d := &dialer{h: h, states: make(map[peer.ID]*dialState), results: make(chan dialOutcome, dialsAtOnce), askedAt: h.clock.Now(),
		reconnector: reconnector{h: h, absent: make(map[peer.ID]*absence)}}
	for {
		wait := d.dialDue()
		select {
		case <-h.context.Done():
			return
		case <-h.dial:
		case r := <-d.results:
			d.finished(r)
		case <-h.clock.After(wait):
		}
	}
}

// dialDue starts what is due, and tells when to look again.
func (d *dialer) dialDue() time.Duration {
	now := d.h.clock.Now()
	d.forgetUnlisted()
	if now.Sub(d.askedAt) >= d.h.config.Timing.AddressInterval {
		d.askedAt = now
		d.requestAddresses()
	}
	d.reconnector.check(now)
	d.noteConnected()
	wait := min(d.h.config.Timing.AddressInterval, d.h.config.Timing.ReconnectDelay)
	for _, p := range d.h.unconnected() {
		wait = min(wait, d.dialIfDue(peer.ID(p), now))
	}
	return max(wait, time.Millisecond)
}

// dialIfDue dials one peer if it is due, and tells in how long it will be.
func (d *dialer) dialIfDue(p peer.ID, now time.Time) time.Duration {
	never := d.h.config.Timing.AddressInterval
	if !d.h.gater.allows(p) || d.running >= dialsAtOnce {
		return never
	}
	s, ok := d.states[p]
	if !ok {
		s = &dialState{next: now.Add(d.h.headStart(p))}
		d.states[p] = s
	}
	if s.running {
		return never
	}
	known, fresh := d.h.peerstore.addressesOf(p)
	if len(known) == 0 {
		return never
	}
	if s.up {
		// The connection was lost a moment ago, perhaps on purpose: a new one in the same moment is taken for the old one.
		s.up, s.next, fresh = false, now.Add(d.h.config.Timing.RedialMin+d.h.headStart(p)), false
	}
	if fresh {
		s.next = now.Add(d.h.headStart(p))
	}
	if now.Before(s.next) {
		return s.next.Sub(now)
	}
	s.running = true
	d.running++
	d.h.group.Go(func() { d.results <- dialOutcome{p, d.h.connect(p, known)} })
	return never
}

func (d *dialer) finished(r dialOutcome) {
	d.running--
	s := d.states[r.peer]
	if s == nil {
		return
	}
	t := d.h.config.Timing
	s.running = false
	if r.err == nil {
		s.failed = 0
		return
	}
	s.failed = min(max(2*s.failed, t.RedialMin), t.RedialMax)
	// Up to half of it more, so that nodes do not dial each other at the same moments.
	s.next = d.h.clock.Now().Add(s.failed + time.Duration(d.h.config.Random(int64(s.failed)/2+1)))
	d.h.log.Debug("a member cannot be reached", "peer", r.peer, "error", r.err, "again in", s.next.Sub(d.h.clock.Now()))
}

// noteConnected remembers who is connected, whoever dialled.
func (d *dialer) noteConnected() {
	for _, p := range d.h.connected() {
		if s, ok := d.states[p]; ok {
			s.up = true
		} else {
			d.states[p] = &dialState{up: true}
		}
	}
}

// headStart is how long to leave the first dial to the other side: two that dial each other in the same moment get two connections. The one with the
// lower id goes first.
func (h *Host) headStart(p peer.ID) time.Duration {
	if h.self < p {
		return 0
	}
	return 2 * h.config.Timing.RedialMin
}

func (d *dialer) forgetUnlisted() {
	for p, s := range d.states {
		if !s.running && !d.h.gater.isListed(p) {
			delete(d.states, p)
		}
	}
}

// requestAddresses asks a few peers for addresses, if any are missing.
func (d *dialer) requestAddresses() {
	if len(d.h.unconnected()) == 0 {
		return
	}
	peers := d.h.connected()
	for range min(addressPeersAsked, len(peers)) {
		i := d.h.config.Random(int64(len(peers)))
		p := peers[i]
		peers = append(peers[:i], peers[i+1:]...)
		d.h.group.Go(func() { d.h.requestAddresses(d.h.context, p) })
	}
}

// connect dials a peer, whatever libp2p thinks of waiting: the dialer waits itself.
func (h *Host) connect(p peer.ID, known []multiaddr.Multiaddr) error {
	ctx, cancel := context.WithTimeout(h.context, 3*h.config.Timing.StreamTimeout)
	defer cancel()
	if s, ok := h.libp2p.Network().(*swarm.Swarm); ok {
		s.Backoff().Clear(p)
	}
	return h.libp2p.Connect(ctx, peer.AddrInfo{ID: p, Addrs: known})
}

// maxReconnectDelays is how often, in Timing.ReconnectDelay, a connection that does not help is closed at least: a member may be connected and follow no topic
// for good reasons, such as not knowing the committee yet.
const maxReconnectDelays = 32

// reconnector closes connections to members that gossipsub does not see in a topic where they belong, so that the dialer makes new ones. gossipsub tells what it
// follows once, when a stream opens: where one of two connections to a peer is closed at the wrong moment, that is lost until the next connection
// (go-libp2p-pubsub, seen with v0.16.0).
type reconnector struct {
	h      *Host
	absent map[peer.ID]*absence
}

type absence struct {
	since time.Time
	after time.Duration // how long to watch before the connection is closed
}

// check closes what has been wrong for long enough.
func (m *reconnector) check(now time.Time) {
	missing := m.h.gossip.absentFromTopic()
	for p := range m.absent {
		if !m.h.gater.isListed(p) {
			delete(m.absent, p)
		}
	}
	for p, isAbsent := range missing {
		a, known := m.absent[p]
		switch {
		case !isAbsent:
			delete(m.absent, p)
		case !known:
			m.absent[p] = &absence{since: now, after: m.h.config.Timing.ReconnectDelay}
		case now.Sub(a.since) >= a.after:
			a.since, a.after = now, min(2*a.after, maxReconnectDelays*m.h.config.Timing.ReconnectDelay)
			m.h.log.Debug("connecting anew to a member that is in no topic", "peer", p)
			m.h.disconnect(p)
		}
	}
}

// absentFromTopic tells of each connected member of a joined topic whether gossipsub misses it there.
func (g *gossip) absentFromTopic() map[peer.ID]bool {
	g.mu.Lock()
	joined := make([]*topic, 0, len(g.topics))
	for _, t := range g.topics {
		joined = append(joined, t)
	}
	g.mu.Unlock()
	found := make(map[peer.ID]bool)
	for _, t := range joined {
		following := make(map[peer.ID]bool)
		for _, p := range g.topicPeers(t.committee) {
			following[p] = true
		}
		for _, p := range g.h.connected() {
			if _, belongs := t.authors[p]; belongs {
				found[p] = found[p] || !following[p]
			}
		}
	}
	return found
}
