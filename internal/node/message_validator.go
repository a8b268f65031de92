package node

import (
	"context"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// How many of a peer's round requests are answered: a member that starts, or is recovering, sends some for two rounds.
const (
	maxRequests   = 30
	requestWindow = time.Minute
	maxRequesters = 2 * consensus.MaxMembers
)

// messageValidator passes the network's messages to the core and says what the network does with each.
type messageValidator struct {
	r *runner

	mu     sync.Mutex
	asked  map[consensus.PeerID]int // since the window began
	window time.Time
}

// Receive gives the message to the core. The answer says whether the network passes it on, drops it, or penalizes the sender.
func (v *messageValidator) Receive(ctx context.Context, from consensus.PeerID, m consensus.Message) p2p.ValidationResult {
	if v.r.blocked(from) {
		return p2p.Ignore
	}
	if _, isRequest := m.(*consensus.RoundRequest); isRequest && !v.mayAsk(from) {
		return p2p.Ignore
	}
	validation := p2p.Ignore
	validated := make(chan p2p.ValidationResult, 1)
	if v.r.ask(ctx, func() { validated <- v.r.receive(from, m) }) {
		validation = <-validated
	}
	return validation
}

// Connected reports the peer to the core, which sends it a status. When the runner is too busy the next regular status does the same.
func (v *messageValidator) Connected(peer consensus.PeerID) {
	select {
	case v.r.mail <- func() { v.r.step(consensus.PeerConnected{Peer: peer}) }:
	default:
	}
}

// mayAsk bounds the round requests of each peer.
func (v *messageValidator) mayAsk(from consensus.PeerID) bool {
	now := v.r.clock.Now()
	v.mu.Lock()
	defer v.mu.Unlock()
	if now.Sub(v.window) >= requestWindow || now.Before(v.window) {
		v.window, v.asked = now, make(map[consensus.PeerID]int)
	}
	if v.asked[from] >= maxRequests || len(v.asked) >= maxRequesters && v.asked[from] == 0 {
		return false
	}
	v.asked[from]++
	return true
}

// receive steps the message.
func (r *runner) receive(from consensus.PeerID, m consensus.Message) p2p.ValidationResult {
	if r.core == nil {
		return p2p.Ignore
	}
	validation := validationOf(from, r.step(consensus.Received{From: from, Message: m}))
	if validation == p2p.Accept {
		r.metrics.saw(from, r.clock.Now())
	}
	return validation
}

// validationOf follows from what the core did not use. What is held already spreads all the same: the author repeats it for those who missed it.
func validationOf(from consensus.PeerID, drops []consensus.DroppedInput) p2p.ValidationResult {
	validation := p2p.Accept
	for _, drop := range drops {
		switch {
		case drop.From != from || drop.Reason == consensus.ReasonDuplicate:
		case drop.Reason.IsFault():
			return p2p.Reject
		default:
			validation = p2p.Ignore
		}
	}
	return validation
}
