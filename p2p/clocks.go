package p2p

import (
	"slices"
	"sync"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Neighbour is what is known of a connected peer.
type Neighbour struct {
	Peer        consensus.PeerID
	Member      bool          // or an observer
	Address     string        // of one connection
	Software    string        // as it says; empty until the first hello
	ClockOffset time.Duration // its clock less the own
	RoundTrip   time.Duration // of the last hello; 0 before it
	Score       float64       // that gossipsub keeps; faults are below 0
	SecondNode  bool          // it says that another process with the own identity is connected to it
}

// clocks holds what the last hello of each neighbour said.
type clocks struct {
	isMember func(peer.ID) bool
	mu       sync.Mutex
	of       map[peer.ID]Neighbour
}

func newClocks(isMember func(peer.ID) bool) *clocks {
	return &clocks{isMember: isMember, of: make(map[peer.ID]Neighbour)}
}

func (c *clocks) note(p peer.ID, n Neighbour) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of[p] = n
}

func (c *clocks) forget(p peer.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.of, p)
}

func (c *clocks) get(p peer.ID) Neighbour {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.of[p]
}

// secondNode counts the members that say so.
func (c *clocks) secondNode() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	count := 0
	for p, n := range c.of {
		if n.SecondNode && c.isMember(p) {
			count++
		}
	}
	return count
}

// offset is the median of the members' clocks less the own, which counts as one of them: as long as more than half of these are right, so is the
// median, whatever the others say.
func (c *clocks) offset() (median time.Duration, members int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	offsets := []time.Duration{0}
	for p, n := range c.of {
		if c.isMember(p) {
			offsets = append(offsets, n.ClockOffset)
		}
	}
	slices.Sort(offsets)
	middle := len(offsets) / 2
	if len(offsets)%2 == 1 {
		return offsets[middle], len(offsets) - 1
	}
	return (offsets[middle-1] + offsets[middle]) / 2, len(offsets) - 1
}
