package p2p

import "sync"

// replayWindow is how many messages of an author may arrive out of order. An author sends about two every 15 s.
const replayWindow = 64

// replayGuard remembers which sequence numbers of one author's gossip were seen. gossipsub's own cache forgets after two minutes. Authors count by
// one from the nanosecond of their start, so that a restart goes on above.
type replayGuard struct {
	mu      sync.Mutex
	started bool
	highest uint64
	seen    uint64 // bit i: highest-i was seen
}

// fresh tells whether the number has not come before, and notes it.
func (g *replayGuard) fresh(number uint64) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case !g.started:
		g.started, g.highest, g.seen = true, number, 1
		return true
	case number > g.highest:
		if ahead := number - g.highest; ahead < replayWindow {
			g.seen = g.seen<<ahead | 1
		} else {
			g.seen = 1
		}
		g.highest = number
		return true
	}
	behind := g.highest - number
	if behind >= replayWindow || g.seen&(1<<behind) != 0 {
		return false
	}
	g.seen |= 1 << behind
	return true
}

// forget lets the author begin anew: it reconnected, perhaps after a restart with a clock that was set back.
func (g *replayGuard) forget() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.started = false
}
