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

var _ connmgr.ConnectionGater = (*gater)(nil)

// gater lets in members and observers, unless they are banned. Who a connection comes from is known after its handshake; until then the
// resource manager bounds it.
type gater struct {
	clock Clock
	drops *dropCounter

	mu          sync.RWMutex
	members     map[peer.ID]struct{}
	observers   map[peer.ID]struct{}
	bannedUntil map[peer.ID]time.Time
}

func newGater(clock Clock, drops *dropCounter, observers []peer.ID) *gater {
	g := &gater{
		clock: clock, drops: drops, members: make(map[peer.ID]struct{}),
		observers: make(map[peer.ID]struct{}, len(observers)), bannedUntil: make(map[peer.ID]time.Time),
	}
	for _, p := range observers {
		g.observers[p] = struct{}{}
	}
	return g
}

// setMembers replaces the members. Bans stay.
func (g *gater) setMembers(members []peer.ID) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.members = make(map[peer.ID]struct{}, len(members))
	for _, p := range members {
		g.members[p] = struct{}{}
	}
	for p := range g.bannedUntil {
		if !g.listed(p) {
			delete(g.bannedUntil, p)
		}
	}
}

// listed is called with the lock held.
func (g *gater) listed(p peer.ID) bool {
	_, isMember := g.members[p]
	_, isObserver := g.observers[p]
	return isMember || isObserver
}

// refusal is the reason not to talk to a peer, empty for none.
func (g *gater) refusal(p peer.ID) Reason {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if !g.listed(p) {
		return ReasonNotMember
	}
	if until, ok := g.bannedUntil[p]; ok && g.clock.Now().Before(until) {
		return ReasonBanned
	}
	return ""
}

func (g *gater) allows(p peer.ID) bool { return g.refusal(p) == "" }

func (g *gater) isListed(p peer.ID) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.listed(p)
}

func (g *gater) isMember(p peer.ID) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	_, ok := g.members[p]
	return ok
}

// ban refuses a listed peer for a while.
func (g *gater) ban(p peer.ID, until time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.listed(p) {
		g.bannedUntil[p] = until
	}
}

// listedPeers are the members and observers.
func (g *gater) listedPeers() []peer.ID {
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

func (g *gater) size() (members, all int) {
	g.mu.RLock()
	members = len(g.members)
	g.mu.RUnlock()
	return members, len(g.listedPeers())
}

// InterceptPeerDial: see connmgr.ConnectionGater.
func (g *gater) InterceptPeerDial(p peer.ID) bool { return g.allows(p) }

// InterceptAddrDial: see connmgr.ConnectionGater.
func (g *gater) InterceptAddrDial(p peer.ID, _ multiaddr.Multiaddr) bool { return g.allows(p) }

// InterceptAccept: see connmgr.ConnectionGater. Nobody is known by address.
func (g *gater) InterceptAccept(network.ConnMultiaddrs) bool { return true }

// InterceptSecured: see connmgr.ConnectionGater. The handshake has shown who the peer is.
func (g *gater) InterceptSecured(_ network.Direction, p peer.ID, _ network.ConnMultiaddrs) bool {
	reason := g.refusal(p)
	if reason != "" {
		g.drops.add(whatConnection, reason)
	}
	return reason == ""
}

// InterceptUpgraded: see connmgr.ConnectionGater. The list may have changed since InterceptSecured.
func (g *gater) InterceptUpgraded(c network.Conn) (bool, control.DisconnectReason) {
	return g.allows(c.RemotePeer()), 0
}
