package p2p

import (
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
)

// maxMendDelays is how often, in Timing.Mend, a connection that does not help is closed at least: a member may be connected and follow no topic
// for good reasons, such as not knowing the committee yet.
const maxMendDelays = 32

// mender closes connections to members that gossipsub does not see in a topic where they belong, so that the dialer makes new ones. gossipsub tells what it
// follows once, when a stream opens: where one of two connections to a peer is closed at the wrong moment, that is lost until the next connection
// (go-libp2p-pubsub, seen with v0.16.0).
type mender struct {
	h      *Host
	absent map[peer.ID]*absence
}

type absence struct {
	since time.Time
	after time.Duration // how long to watch before the connection is closed
}

// look closes what has been wrong for long enough.
func (m *mender) look(now time.Time) {
	missing := m.h.gossip.absent()
	for p := range m.absent {
		if !m.h.gate.isListed(p) {
			delete(m.absent, p)
		}
	}
	for p, isAbsent := range missing {
		a, known := m.absent[p]
		switch {
		case !isAbsent:
			delete(m.absent, p)
		case !known:
			m.absent[p] = &absence{since: now, after: m.h.config.Timing.Mend}
		case now.Sub(a.since) >= a.after:
			a.since, a.after = now, min(2*a.after, maxMendDelays*m.h.config.Timing.Mend)
			m.h.log.Debug("connecting anew to a member that is in no topic", "peer", p)
			m.h.disconnect(p)
		}
	}
}

// absent tells of each connected member of a joined topic whether gossipsub misses it there.
func (g *gossip) absent() map[peer.ID]bool {
	g.mu.Lock()
	joined := make([]*topic, 0, len(g.topics))
	for _, t := range g.topics {
		joined = append(joined, t)
	}
	g.mu.Unlock()
	found := make(map[peer.ID]bool)
	for _, t := range joined {
		following := make(map[peer.ID]bool)
		for _, p := range g.neighbours(t.committee) {
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
