package p2p

import (
	"context"
	"encoding/binary"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// A message is screened and then judged before it spreads. Its signature is good, so that the author is known; the forwarder is the neighbour that it came from.
//
// A forwarder is blamed for what every honest node can see at once: who may speak here, and what is a message. What depends on what a node holds
// (a vote that does not verify, seen by those who checked it) is held against the author alone, who signed it. Nobody is blamed for how much an author says
// but the author, over its own connection: whoever passes it on cannot know what others pass on.

// screen takes out what need not be judged, at once. What is left it hands to judge, in ValidatorData.
func (g *gossip) screen(_ context.Context, forwarder peer.ID, m *pubsub.Message) pubsub.ValidationResult {
	if forwarder == g.h.self {
		return pubsub.ValidationAccept
	}
	t, ok := g.joined(m.GetTopic())
	if !ok {
		g.h.drops.add(whatGossip, ReasonNotJoined)
		return pubsub.ValidationIgnore
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
	// The number is noted first: once the author's newest message was here, its old ones cannot use up what it may say.
	if !a.replay.fresh(binary.BigEndian.Uint64(m.GetSeqno())) {
		return g.useless(forwarder, ReasonReplayed)
	}
	if by != forwarder && !g.h.standings.mayAuthor(by) { // What comes from the author itself is counted by inspect.
		return g.useless(forwarder, ReasonTalkative)
	}
	m.ValidatorData = message
	return pubsub.ValidationAccept
}

// useless drops a message that the forwarder need not have passed on, which honest ones do now and then.
func (g *gossip) useless(forwarder peer.ID, reason Reason) pubsub.ValidationResult {
	points := 0.0
	if !g.h.standings.mayWaste(forwarder) {
		points = pointsWaste
	}
	g.h.blame(forwarder, points, whatGossip, reason)
	return pubsub.ValidationIgnore
}

// judge lets the node judge what was screened.
func (g *gossip) judge(ctx context.Context, t *topic, forwarder peer.ID, m *pubsub.Message) pubsub.ValidationResult {
	if forwarder == g.h.self {
		return pubsub.ValidationAccept
	}
	message, ok := m.ValidatorData.(consensus.Message)
	if !ok {
		return pubsub.ValidationIgnore
	}
	by := m.GetFrom()
	a, ok := t.authors[by]
	if !ok {
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
