package node

import (
	"context"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// How many of a peer's questions are answered: a member that starts, or is on probation, asks some times for two rounds.
const (
	maxQuestions  = 30
	questionsEach = time.Minute
	maxAskers     = 2 * consensus.MaxMembers
)

// judge is the network's way to the runner.
type judge struct {
	r *runner

	mu     sync.Mutex
	asked  map[consensus.PeerID]int // since the window began
	window time.Time
}

// Receive has the core use the message and says what the network is to do with it.
func (j *judge) Receive(ctx context.Context, from consensus.PeerID, m consensus.Message) p2p.ValidationResult {
	if j.r.blocked(from) {
		return p2p.Ignore
	}
	if _, isQuestion := m.(*consensus.RoundRequest); isQuestion && !j.mayAsk(from) {
		return p2p.Ignore
	}
	verdict := p2p.Ignore
	answered := make(chan p2p.ValidationResult, 1)
	if j.r.ask(ctx, func() { answered <- j.r.receive(from, m) }) {
		verdict = <-answered
	}
	return verdict
}

// Connected tells the core, which greets the peer. When the runner is too busy the next regular status does the same.
func (j *judge) Connected(peer consensus.PeerID) {
	select {
	case j.r.mail <- func() { j.r.step(consensus.PeerConnected{Peer: peer}) }:
	default:
	}
}

// mayAsk bounds the questions of each peer.
func (j *judge) mayAsk(from consensus.PeerID) bool {
	now := j.r.clock.Now()
	j.mu.Lock()
	defer j.mu.Unlock()
	if now.Sub(j.window) >= questionsEach || now.Before(j.window) {
		j.window, j.asked = now, make(map[consensus.PeerID]int)
	}
	if j.asked[from] >= maxQuestions || len(j.asked) >= maxAskers && j.asked[from] == 0 {
		return false
	}
	j.asked[from]++
	return true
}

// receive steps the message.
func (r *runner) receive(from consensus.PeerID, m consensus.Message) p2p.ValidationResult {
	if r.core == nil {
		return p2p.Ignore
	}
	verdict := verdictOf(from, r.step(consensus.Received{From: from, Message: m}))
	if verdict == p2p.Accept {
		r.book.saw(from, r.clock.Now())
	}
	return verdict
}

// verdictOf follows from what the core did not use. What is held already spreads all the same: the author repeats it for those who missed it.
func verdictOf(from consensus.PeerID, drops []consensus.DroppedInput) p2p.ValidationResult {
	verdict := p2p.Accept
	for _, drop := range drops {
		switch {
		case drop.From != from || drop.Reason == consensus.ReasonDuplicate:
		case drop.Reason.IsFault():
			return p2p.Reject
		default:
			verdict = p2p.Ignore
		}
	}
	return verdict
}
