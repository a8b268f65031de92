package p2p

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pubsubpb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

// errInspected tells gossipsub to drop an RPC. Why is counted.
var errInspected = errors.New("refused")

// inspect looks at each RPC of a neighbour before gossipsub does anything with it: it costs what is in it, and a neighbour may spend so much.
func (g *gossip) inspect(from peer.ID, rpc *pubsub.RPC) error {
	refuse := func(points float64, reason Reason) error {
		g.h.blame(from, points, whatGossip, reason)
		return fmt.Errorf("%w: %s", errInspected, reason)
	}
	if rpc.Partial != nil || rpc.TestExtension != nil {
		return refuse(pointsFlood, ReasonMalformed)
	}
	own := 0
	for _, m := range rpc.GetPublish() {
		if len(m.GetData()) > MaxGossipBytes {
			return refuse(pointsMalformed, ReasonOversized)
		}
		if peer.ID(m.GetFrom()) == from {
			own++
		}
	}
	if !g.h.standings.mayGossip(from, rpcCost(rpc)) {
		return refuse(pointsFlood, ReasonRate)
	}
	if own > 0 && !g.h.standings.mayTell(from, own) { // before their signatures are verified
		return refuse(pointsFlood, ReasonTalkative)
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

// subscriptions bounds the topics that are kept for a neighbour. Topics of committees that this node does not know yet are kept too: others may
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
			s.h.standings.left(from, name)
		case !s.h.standings.mayFollow(from, name):
			s.h.blame(from, pointsFlood, whatGossip, ReasonTopics)
			continue
		}
		kept = append(kept, option)
	}
	return kept, nil
}

// isTopic tells whether a committee's topic can be called so.
func isTopic(name string) bool {
	digest, ok := strings.CutPrefix(name, topicPrefix)
	if !ok || len(digest) != 64 || strings.ToLower(digest) != digest {
		return false
	}
	_, err := hex.DecodeString(digest)
	return err == nil
}

// dropTracer counts what gossipsub itself drops. What the validator drops it has counted already.
type dropTracer struct{ drops *drops }

func (t dropTracer) RejectMessage(_ *pubsub.Message, reason string) {
	switch reason {
	case pubsub.RejectValidationFailed, pubsub.RejectValidationIgnored, pubsub.RejectSelfOrigin:
	case pubsub.RejectMissingSignature, pubsub.RejectInvalidSignature, pubsub.RejectUnexpectedAuthInfo, pubsub.RejectUnexpectedSignature:
		t.drops.add(whatGossip, ReasonSignature)
	default:
		t.drops.add(whatGossip, ReasonThrottled)
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
