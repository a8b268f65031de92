package p2p

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pubsubpb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// errInspected tells gossipsub to drop an RPC. Why is counted.
var errInspected = errors.New("refused")

// inspect checks each RPC of a peer before gossipsub uses it: its size, and its cost against the peer's rate limit.
func (g *gossip) inspect(from peer.ID, rpc *pubsub.RPC) error {
	refuse := func(penalty float64, reason Reason) error {
		g.h.penalize(from, penalty, whatGossip, reason)
		return fmt.Errorf("%w: %s", errInspected, reason)
	}
	if rpc.Partial != nil || rpc.TestExtension != nil {
		return refuse(penaltyFlood, ReasonMalformed)
	}
	own := 0
	for _, m := range rpc.GetPublish() {
		if len(m.GetData()) > MaxGossipBytes {
			return refuse(penaltyMalformed, ReasonOversized)
		}
		if peer.ID(m.GetFrom()) == from {
			own++
		}
	}
	if !g.h.scores.allowGossip(from, rpcCost(rpc)) {
		return refuse(penaltyFlood, ReasonRate)
	}
	if own > 0 && !g.h.scores.allowAuthored(from, own) { // before their signatures are verified
		return refuse(penaltyFlood, ReasonAuthorRate)
	}
	return nil
}

// rpcCost counts messages, and sixteen of everything that is small.
func rpcCost(rpc *pubsub.RPC) int {
	small := len(rpc.GetSubscriptions())
	c := rpc.GetControl()
	small += len(c.GetGraft()) + len(c.GetPrune())
	for _, have := range c.GetIhave() {
		small += 1 + len(have.GetMessageIDs())
	}
	for _, want := range c.GetIwant() {
		small += 1 + len(want.GetMessageIDs())
	}
	for _, not := range c.GetIdontwant() {
		small += 1 + len(not.GetMessageIDs())
	}
	for _, prune := range c.GetPrune() {
		small += len(prune.GetPeers())
	}
	return 1 + len(rpc.GetPublish()) + small/16
}

// subscriptions bounds the topics that are kept for a peer. Topics of committees that this node does not know yet are kept too: others may
// hear of a change earlier.
type subscriptions struct{ h *Host }

// CanSubscribe: see pubsub.SubscriptionFilter.
func (subscriptions) CanSubscribe(topic string) bool { return isTopic(topic) }

// FilterIncomingSubscriptions: see pubsub.SubscriptionFilter.
func (s subscriptions) FilterIncomingSubscriptions(from peer.ID, all []*pubsubpb.RPC_SubOpts) ([]*pubsubpb.RPC_SubOpts, error) {
	kept := all[:0:0]
	for _, option := range all {
		name := option.GetTopicid()
		switch {
		case !isTopic(name):
			s.h.drops.add(whatGossip, ReasonTopics)
			continue
		case !option.GetSubscribe():
			s.h.scores.leftTopic(from, name)
		case !s.h.scores.allowTopic(from, name):
			s.h.penalize(from, penaltyFlood, whatGossip, ReasonTopics)
			continue
		}
		kept = append(kept, option)
	}
	return kept, nil
}

// isTopic reports whether a committee's topic can be called so.
func isTopic(name string) bool {
	digest, ok := strings.CutPrefix(name, topicPrefix)
	if !ok || len(digest) != 64 || strings.ToLower(digest) != digest {
		return false
	}
	_, err := hex.DecodeString(digest)
	return err == nil
}

// dropTracer counts what gossipsub itself drops. What the validator drops it has counted already.
type dropTracer struct{ drops *dropCounter }

func (t dropTracer) RejectMessage(_ *pubsub.Message, reason string) {
	switch reason {
	case pubsub.RejectValidationFailed, pubsub.RejectValidationIgnored, pubsub.RejectSelfOrigin:
	case pubsub.RejectMissingSignature, pubsub.RejectInvalidSignature, pubsub.RejectUnexpectedAuthInfo, pubsub.RejectUnexpectedSignature:
		t.drops.add(whatGossip, ReasonSignature)
	default:
		t.drops.add(whatGossip, ReasonOverloaded)
	}
}

func (t dropTracer) DuplicateMessage(*pubsub.Message)       { t.drops.add(whatGossip, ReasonDuplicate) }
func (t dropTracer) DropRPC(*pubsub.RPC, peer.ID)           { t.drops.add(whatGossip, ReasonQueueFull) }
func (dropTracer) UndeliverableMessage(*pubsub.Message)     {}
func (dropTracer) OnNewOutboundStream(peer.ID, protocol.ID) {}
func (dropTracer) OnClosedOutboundStream(peer.ID)           {}
func (dropTracer) Join(string)                              {}
func (dropTracer) Leave(string)                             {}
func (dropTracer) Graft(peer.ID, string)                    {}
func (dropTracer) Prune(peer.ID, string)                    {}
func (dropTracer) ValidateMessage(*pubsub.Message)          {}
func (dropTracer) DeliverMessage(*pubsub.Message)           {}
func (dropTracer) ThrottlePeer(peer.ID)                     {}
func (dropTracer) RecvRPC(*pubsub.RPC)                      {}
func (dropTracer) SendRPC(*pubsub.RPC, peer.ID)             {}

func (dropTracer) SendRPCCompleted(*pubsub.RPC, peer.ID, time.Duration) {}

// A message passes prefilter and then validate before it spreads. Its signature is valid, so the author is known; the forwarder is
// the peer that it came from.
//
// A forwarder gets a penalty for what every honest node can see at once: who may speak here, and what is a message. What depends on
// what a node holds, such as a vote that does not verify, costs the author alone, who signed it. How much an author says costs only
// the author, over its own connection: a forwarder cannot know what others pass on.

// prefilter drops, without waiting, what the handler need not see. It passes the decoded message on to validate in ValidatorData.
func (g *gossip) prefilter(_ context.Context, forwarder peer.ID, m *pubsub.Message) pubsub.ValidationResult {
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
		g.h.drops.add(whatGossip, ReasonNotAuthor)
		return pubsub.ValidationReject
	}
	message, reason := decodeGossip(t, m)
	if reason != "" {
		g.h.penalize(by, penaltyMalformed, whatGossip, reason)
		return pubsub.ValidationReject
	}
	// The number is noted first: once the author's newest message was here, its old ones cannot use up what it may say.
	if !a.replay.fresh(binary.BigEndian.Uint64(m.GetSeqno())) {
		return g.ignoreUseless(forwarder, ReasonReplayed)
	}
	if by != forwarder && !g.h.scores.allowRelayed(by) { // What comes from the author itself is counted by inspect.
		return g.ignoreUseless(forwarder, ReasonAuthorRate)
	}
	m.ValidatorData = message
	return pubsub.ValidationAccept
}

// ignoreUseless drops a message that the forwarder need not have passed on; honest peers do so now and then.
func (g *gossip) ignoreUseless(forwarder peer.ID, reason Reason) pubsub.ValidationResult {
	penalty := 0.0
	if !g.h.scores.allowUseless(forwarder) {
		penalty = penaltyUseless
	}
	g.h.penalize(forwarder, penalty, whatGossip, reason)
	return pubsub.ValidationIgnore
}

// validate passes what prefilter accepted to the handler.
func (g *gossip) validate(ctx context.Context, t *topic, forwarder peer.ID, m *pubsub.Message) pubsub.ValidationResult {
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
	switch g.h.config.Handler.Receive(ctx, consensus.PeerID(by), message) {
	case Accept:
		return pubsub.ValidationAccept
	case Reject:
		g.h.penalize(by, penaltyRejected, whatGossip, ReasonRejected)
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
