package p2p

import (
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/control"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/multiformats/go-multiaddr"
)

var _ connmgr.ConnectionGater = (*gate)(nil)

// gate lets in members and observers, unless they are cut off. Who a connection comes from is known after its handshake; until then the
// resource manager bounds it.
type gate struct {
	clock Clock
	drops *drops

	mu        sync.RWMutex
	members   map[peer.ID]struct{}
	observers map[peer.ID]struct{}
	cutUntil  map[peer.ID]time.Time
}

func newGate(clock Clock, drops *drops, observers []peer.ID) *gate {
	g := &gate{
		clock: clock, drops: drops, members: make(map[peer.ID]struct{}),
		observers: make(map[peer.ID]struct{}, len(observers)), cutUntil: make(map[peer.ID]time.Time),
	}
	for _, p := range observers {
		g.observers[p] = struct{}{}
	}
	return g
}

// setMembers replaces the members. Those who are cut off stay so.
func (g *gate) setMembers(members []peer.ID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.members = make(map[peer.ID]struct{}, len(members))
	for _, p := range members {
		g.members[p] = struct{}{}
	}
	for p := range g.cutUntil {
		if !g.listed(p) {
			delete(g.cutUntil, p)
		}
	}
}

// listed is called with the lock held.
func (g *gate) listed(p peer.ID) bool {
	_, isMember := g.members[p]
	_, isObserver := g.observers[p]
	return isMember || isObserver
}

// refuses is the reason not to talk to a peer, empty for none.
func (g *gate) refuses(p peer.ID) Reason {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if !g.listed(p) {
		return ReasonNotMember
	}
	if until, ok := g.cutUntil[p]; ok && g.clock.Now().Before(until) {
		return ReasonCut
	}
	return ""
}

func (g *gate) admits(p peer.ID) bool { return g.refuses(p) == "" }

func (g *gate) isListed(p peer.ID) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.listed(p)
}

func (g *gate) isMember(p peer.ID) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	_, ok := g.members[p]
	return ok
}

// cut refuses a listed peer for a while.
func (g *gate) cut(p peer.ID, until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.listed(p) {
		g.cutUntil[p] = until
	}
}

// all are the members and observers.
func (g *gate) all() []peer.ID {
	g.mu.RLock()
	defer g.mu.RUnlock()
	found := make([]peer.ID, 0, len(g.members)+len(g.observers))
	for p := range g.members {
		found = append(found, p)
	}
	for p := range g.observers {
		if _, both := g.members[p]; !both {
			found = append(found, p)
		}
	}
	return found
}

func (g *gate) size() (members, all int) {
	g.mu.RLock()
	members = len(g.members)
	g.mu.RUnlock()
	return members, len(g.all())
}

// InterceptPeerDial: see connmgr.ConnectionGater.
func (g *gate) InterceptPeerDial(p peer.ID) bool { return g.admits(p) }

// InterceptAddrDial: see connmgr.ConnectionGater.
func (g *gate) InterceptAddrDial(p peer.ID, _ multiaddr.Multiaddr) bool { return g.admits(p) }

// InterceptAccept: see connmgr.ConnectionGater. Nobody is known by address.
func (g *gate) InterceptAccept(network.ConnMultiaddrs) bool { return true }

// InterceptSecured: see connmgr.ConnectionGater. The handshake has shown who the peer is.
func (g *gate) InterceptSecured(_ network.Direction, p peer.ID, _ network.ConnMultiaddrs) bool {
	reason := g.refuses(p)
	if reason != "" {
		g.drops.add(whatConnection, reason)
	}
	return reason == ""
}

// InterceptUpgraded: see connmgr.ConnectionGater. The list may have changed since InterceptSecured.
func (g *gate) InterceptUpgraded(c network.Conn) (bool, control.DisconnectReason) {
	return g.admits(c.RemotePeer()), 0
}
