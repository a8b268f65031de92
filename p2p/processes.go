package p2p

import (
	"sync"

	"github.com/libp2p/go-libp2p/core/peer"
)

// processes notes which process speaks over each connection of a peer: two at once are two nodes with one identity. They cannot hear of each other
// themselves, since gossip is never sent back to its author.
type processes struct {
	mu sync.Mutex
	of map[peer.ID]map[string]uint64 // by connection; both bounded by the connections that stand
}

func newProcesses() *processes { return &processes{of: make(map[peer.ID]map[string]uint64)} }

func (p *processes) note(id peer.ID, connection string, process uint64) {
	if process == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of[id] == nil {
		p.of[id] = make(map[string]uint64)
	}
	p.of[id][connection] = process
}

// several tells whether more than one process speaks for the peer, over the connections that stand. It forgets the others.
func (p *processes) several(id peer.ID, standing map[string]bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := make(map[uint64]bool)
	for connection, process := range p.of[id] {
		if !standing[connection] {
			delete(p.of[id], connection)
			continue
		}
		found[process] = true
	}
	return len(found) > 1
}

func (p *processes) forget(id peer.ID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.of, id)
}

// openConnections are the connections with a peer that stand.
func (h *Host) openConnections(p peer.ID) map[string]bool {
	standing := make(map[string]bool)
	for _, c := range h.libp2p.Network().ConnsToPeer(p) {
		standing[c.ID()] = true
	}
	return standing
}
