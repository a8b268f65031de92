package p2p

import (
	"context"
	"encoding/binary"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// validate judges a message before it spreads. Its signature is good, so that the author is known; the forwarder is the neighbour that it came from.
//
// A forwarder is blamed for what every honest node can see at once: who may speak here, and what is a message. What depends on what a node holds
// (a vote that does not verify, seen by those who checked it) is held against the author alone, who signed it.
func (g *gossip) validate(ctx context.Context, t *topic, forwarder peer.ID, m *pubsub.Message) pubsub.ValidationResult {
	if forwarder == g.h.self {
		return pubsub.ValidationAccept
	}
	by := m.GetFrom()
	a, ok := t.authors[by]
	if !ok {
		g.h.drops.add(whatGossip, ReasonStranger)
		return pubsub.ValidationReject
	}
	message, reason := decodeGossip(t, m)
	if reason != "" {
		g.h.blame(by, pointsMalformed, whatGossip, reason)
		return pubsub.ValidationReject
	}
	if !a.replay.fresh(binary.BigEndian.Uint64(m.GetSeqno())) {
		g.h.blame(forwarder, pointsReplay, whatGossip, ReasonReplayed)
		return pubsub.ValidationIgnore
	}
	select {
	case a.waiting <- struct{}{}:
		defer func() { <-a.waiting }()
	default:
		g.h.drops.add(whatGossip, ReasonBusy)
		return pubsub.ValidationIgnore
	}
	switch g.h.config.Node.Receive(ctx, consensus.PeerID(by), message) {
	case Accept:
		return pubsub.ValidationAccept
	case Reject:
		g.h.blame(by, pointsRejected, whatGossip, ReasonRejected)
		if by == forwarder {
			return pubsub.ValidationReject
		}
	default:
		g.h.drops.add(whatGossip, ReasonIgnored)
	}
	return pubsub.ValidationIgnore
}

// decodeGossip takes what belongs to the topic.
func decodeGossip(t *topic, m *pubsub.Message) (consensus.Message, Reason) {
	if len(m.GetSeqno()) != 8 {
		return nil, ReasonMalformed
	}
	if len(m.GetData()) > MaxGossipBytes {
		return nil, ReasonOversized
	}
	message, err := Decode(m.GetData(), 0)
	if err != nil {
		return nil, ReasonMalformed
	}
	if !isGossip(message) || message.InRound().Committee != t.committee {
		return nil, ReasonWrongTopic
	}
	return message, ""
}

// isGossip tells which messages go to all.
func isGossip(m consensus.Message) bool {
	switch m.(type) {
	case *consensus.Observation, *consensus.Vote, *consensus.Certificate:
		return true
	}
	return false
}
