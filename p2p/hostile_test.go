package p2p

import (
	"bytes"
	"context"
	"encoding/binary"
	"sync"
	"testing"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pubsubpb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// rawGossip publishes bytes as the node's own gossip, whatever they are.
func (n *testNode) rawGossip(c consensus.Committee, b []byte) {
	n.t.Helper()
	require.NoError(n.t, n.gossip.publish(n.t.Context(), c.Digest, b))
}

// rawStream opens a stream of a protocol and writes to it until that fails or all is written.
func (n *testNode) rawStream(to *testNode, protocol string, frames ...[]byte) network.Stream {
	n.t.Helper()
	s, err := n.open(n.t.Context(), peer.ID(to.Self()), protocol)
	require.NoError(n.t, err)
	n.t.Cleanup(func() { _ = s.Reset() })
	for _, f := range frames {
		if _, err := s.Write(f); err != nil {
			break
		}
	}
	return s
}

// Garbage goes no further than its author's peers, who hold it against the author and against the way it came.
func TestGarbledGossipIsRejectedAndScored(t *testing.T) {
	nodes, c := startCommittee(t, 4)
	hostile, rest := nodes[0], nodes[1:]
	otherCommittee := testRound(c, 1)
	otherCommittee.Committee[0] ^= 1
	wrongTopic, err := Encode(testVote(otherCommittee, 0))
	require.NoError(t, err)
	hostile.rawGossip(c, []byte("garbage"))
	hostile.rawGossip(c, wrongTopic)
	for _, n := range rest {
		n.eventually("garbage is not counted", func() bool {
			return n.count(whatGossip, ReasonMalformed) == 1 && n.count(whatGossip, ReasonWrongTopic) == 1
		})
		n.eventually("the score is good", func() bool { return n.gossip.score(peer.ID(hostile.Self())) < scoreGraylist })
		for _, other := range rest {
			require.GreaterOrEqual(t, n.gossip.score(peer.ID(other.Self())), 0.0, "nobody passed it on")
		}
		n.nothing()
	}
	// Whatever it says now is not looked at, and the rest goes on.
	require.NoError(t, hostile.Send(t.Context(), consensus.Outgoing{Message: testVote(testRound(c, 1), 0)}))
	require.NoError(t, rest[0].Send(t.Context(), consensus.Outgoing{Message: testVote(testRound(c, 1), 1)}))
	require.Equal(t, rest[0].Self(), rest[1].next().from)
	require.Equal(t, rest[0].Self(), rest[2].next().from)
}

func TestOnlyGossipIsTakenFromATopic(t *testing.T) {
	c := testCommittee("a")
	for _, m := range []consensus.Message{&consensus.Status{Round: testRound(c, 1)}, &consensus.RoundRequest{Round: testRound(c, 1)}, &consensus.RoundAnswer{Round: testRound(c, 1)}} {
		b, err := Encode(m)
		require.NoError(t, err)
		_, reason := decodeGossip(&topic{committee: c.Digest}, gossipOf(c, "a", 1, b))
		require.Equal(t, ReasonWrongTopic, reason)
	}
	numberless := gossipOf(c, "a", 1, nil)
	numberless.Seqno = nil
	_, reason := decodeGossip(&topic{committee: c.Digest}, numberless)
	require.Equal(t, ReasonMalformed, reason)
}

func TestGossipAboveTheBoundIsRefusedUnread(t *testing.T) {
	nodes, c := startCommittee(t, 2)
	nodes[0].rawGossip(c, make([]byte, MaxGossipBytes+1))
	nodes[1].eventually("not counted", func() bool { return nodes[1].count(whatGossip, ReasonOversized) == 1 })
	require.Positive(t, nodes[1].scores.penalty(peer.ID(nodes[0].Self())))
	nodes[1].nothing()
}

// What the node rejects is held against the author alone: a forwarder cannot know what others hold.
func TestAMessageThatTheNodeRejectsIsHeldAgainstItsAuthor(t *testing.T) {
	nodes, c := startCommittee(t, 3)
	judge, author, forwarder := nodes[0], peer.ID(nodes[1].Self()), peer.ID(nodes[2].Self())
	judge.validateWith(func(received) ValidationResult { return Reject })
	b, err := Encode(testVote(testRound(c, 1), 1))
	require.NoError(t, err)
	result := judge.validates(forwarder, gossipOf(c, author, 1, b))
	require.Equal(t, pubsub.ValidationIgnore, result)
	require.InDelta(t, penaltyRejected, judge.scores.penalty(author), 1)
	require.Zero(t, judge.scores.penalty(forwarder))
	result = judge.validates(author, gossipOf(c, author, 2, b))
	require.Equal(t, pubsub.ValidationReject, result)
	require.EqualValues(t, 2, judge.count(whatGossip, ReasonRejected))
}

func TestIgnoredGossipBlamesNobodyAndGoesNoFurther(t *testing.T) {
	nodes, c := startCommittee(t, 2)
	nodes[1].validateWith(func(received) ValidationResult { return Ignore })
	require.NoError(t, nodes[0].Send(t.Context(), consensus.Outgoing{Message: testVote(testRound(c, 1), 0)}))
	nodes[1].next()
	nodes[1].eventually("not counted", func() bool { return nodes[1].count(whatGossip, ReasonIgnored) == 1 })
	require.Zero(t, nodes[1].scores.penalty(peer.ID(nodes[0].Self())))
}

func gossipOf(c consensus.Committee, author peer.ID, number uint64, data []byte) *pubsub.Message {
	topic := topicName(c.Digest)
	return &pubsub.Message{Message: &pubsubpb.Message{From: []byte(author), Seqno: binary.BigEndian.AppendUint64(nil, number), Data: data, Topic: &topic}}
}

// validates does what gossipsub does with a message whose signature is good.
func (n *testNode) validates(forwarder peer.ID, m *pubsub.Message) pubsub.ValidationResult {
	n.t.Helper()
	if screened := n.gossip.prefilter(n.t.Context(), forwarder, m); screened != pubsub.ValidationAccept {
		return screened
	}
	t, ok := n.gossip.joined(m.GetTopic())
	require.True(n.t, ok)
	return n.gossip.validate(n.t.Context(), t, forwarder, m)
}

// gossipsub's own cache forgets after two minutes. What is sent again later is not judged again, and costs who sends it.
func TestReplayedGossipIsIgnoredAndScored(t *testing.T) {
	nodes, c := startCommittee(t, 3)
	n, author, forwarder := nodes[0], peer.ID(nodes[1].Self()), peer.ID(nodes[2].Self())
	b, err := Encode(testVote(testRound(c, 1), 1))
	require.NoError(t, err)
	validate := func(number uint64) pubsub.ValidationResult {
		return n.validates(forwarder, gossipOf(c, author, number, b))
	}
	require.Equal(t, pubsub.ValidationAccept, validate(10))
	n.next()
	_, burst := uselessRate(3)
	for range burst {
		require.Equal(t, pubsub.ValidationIgnore, validate(10))
	}
	require.Zero(t, n.scores.penalty(forwarder), "so much an honest one may pass on")
	for n.scores.penalty(forwarder) < 30 {
		require.Equal(t, pubsub.ValidationIgnore, validate(10))
	}
	n.nothing()
	require.GreaterOrEqual(t, n.count(whatGossip, ReasonReplayed), uint64(burst+30))
	require.Zero(t, n.scores.penalty(author))
}

func TestStrangersGossipIsRejected(t *testing.T) {
	nodes, c := startCommittee(t, 2)
	b, err := Encode(testVote(testRound(c, 1), 0))
	require.NoError(t, err)
	stranger := peer.ID(testIdentity(t, 77).PeerID())
	n := nodes[0]
	require.Equal(t, pubsub.ValidationReject, n.validates(peer.ID(nodes[1].Self()), gossipOf(c, stranger, 1, b)))
	require.EqualValues(t, 1, n.count(whatGossip, ReasonNotAuthor))
	n.nothing()
}

func TestGarbledFramesCutAPeerOff(t *testing.T) {
	nodes, _ := startCommittee(t, 3)
	hostile, victim := nodes[0], nodes[1]
	oversized := binary.AppendUvarint(nil, uint64(victim.maxSyncBytes()+1))
	// One at a time: a fault ends the stream.
	for i, frame := range [][]byte{appendFrame([]byte("garbage")), oversized, appendFrame([]byte{1}), {0}} {
		hostile.rawStream(victim, syncProtocol, frame)
		victim.eventually("not counted", func() bool {
			return victim.count(whatSync, ReasonMalformed)+victim.count(whatSync, ReasonOversized) == uint64(i)+1
		})
	}
	victim.eventually("still connected", func() bool { return !victim.isNeighbour(hostile.Self()) })
	require.Equal(t, ReasonBanned, victim.gater.refusal(peer.ID(hostile.Self())))
	require.EqualValues(t, 2, victim.count(whatSync, ReasonOversized))
	victim.nothing()
	victim.awaitConnected(nodes[2])
}

// A peer sends without end, to a node that judges nothing of it. The node's memory stays within its limit, and others are heard.
func TestAFloodNeitherGrowsMemoryNorBlocksOthers(t *testing.T) {
	nodes, c := startCommittee(t, 3)
	hostile, victim, honest := nodes[0], nodes[1], nodes[2]
	judging, released := make(chan struct{}, 1<<16), make(chan struct{})
	release := sync.OnceFunc(func() { close(released) })
	t.Cleanup(release) // before the nodes close: they wait for judgements
	victim.validateWith(func(r received) ValidationResult {
		if r.from == hostile.Self() {
			judging <- struct{}{}
			<-released
		}
		return Accept
	})
	status, err := Encode(&consensus.Status{Round: testRound(c, 1)})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s, err := hostile.open(ctx, peer.ID(victim.Self()), syncProtocol)
		if err != nil {
			return
		}
		defer context.AfterFunc(ctx, func() { _ = s.Reset() })()
		flood := bytes.Repeat(appendFrame(status), 1000)
		for ctx.Err() == nil {
			if _, err := s.Write(flood); err != nil {
				return
			}
		}
	}()
	<-judging // The first is being judged, and what comes behind it waits in the stream.
	for i := range 50 {
		require.NoError(t, hostile.Send(t.Context(), consensus.Outgoing{Message: testVote(testRound(c, 1), uint16(i))}))
	}
	for i := range authorBurst {
		require.NoError(t, honest.Send(t.Context(), consensus.Outgoing{Message: testVote(testRound(c, 2), uint16(i))}))
		require.Equal(t, honest.Self(), victim.next().from, "said once, and heard")
	}
	victim.eventually("an author may say ever more", func() bool { return victim.count(whatGossip, ReasonAuthorRate) > 0 })
	victim.eventually("one author may wait for ever more judgements", func() bool { return victim.count(whatGossip, ReasonBusy) > 0 })
	require.Zero(t, victim.count(whatGossip, ReasonOverloaded))
	used, limit := victim.Memory()
	require.LessOrEqual(t, used, limit)
	require.Less(t, used, int64(3*memoryOfPeer), "what two peers may hold at most, and some")
	// Judged again, the rest of the flood is above the rate, and the peer is banned.
	release()
	victim.eventually("the flood goes on", func() bool { return !victim.isNeighbour(hostile.Self()) })
	require.Positive(t, victim.count(whatSync, ReasonRate))
	stop()
	<-done
}

// A peer cannot hold more streams than its share, however many it opens.
func TestStreamsOfOnePeerAreBounded(t *testing.T) {
	nodes, _ := startCommittee(t, 2)
	hostile, victim := nodes[0], nodes[1]
	for range 200 {
		s, err := hostile.libp2p.Network().NewStream(t.Context(), peer.ID(victim.Self()))
		if err != nil {
			break
		}
		t.Cleanup(func() { _ = s.Reset() })
	}
	for _, conn := range victim.libp2p.Network().ConnsToPeer(peer.ID(hostile.Self())) {
		require.LessOrEqual(t, conn.Stat().NumStreams, streamsOfPeer)
	}
	used, limit := victim.Memory()
	require.Less(t, used, limit)
	// The node is there for others.
	other := startNode(t, 9, bootstrap(victim))
	for _, n := range []*testNode{victim, other} {
		n.admit(hostile.Self(), victim.Self(), other.Self())
	}
	victim.awaitConnected(other)
}

func TestAnAddressSignedByAnotherIsRefused(t *testing.T) {
	nodes, _ := startCommittee(t, 2)
	n, from := nodes[0], peer.ID(nodes[1].Self())
	honest := signedAddresses(t, testIdentity(t, 1).key, "/ip4/192.0.2.1/tcp/1", 1)
	tampered := bytes.Clone(honest)
	tampered[len(tampered)-1] ^= 1
	answer, err := EncodeAddressAnswer([][]byte{tampered})
	require.NoError(t, err)
	require.ErrorIs(t, n.storeAddresses(from, answer, 5), ErrWire)
	require.EqualValues(t, 1, n.count(whatAddresses, ReasonMalformed))
	require.Positive(t, n.scores.penalty(from))
}

// A peer's RPCs cost what is in them, before gossipsub looks at any of it.
func TestRPCsAboveTheRateAreDroppedWhole(t *testing.T) {
	nodes, _ := startCommittee(t, 2)
	n, from := nodes[0], peer.ID(nodes[1].Self())
	_, burst := gossipRate(2)
	many := func(count int) *pubsub.RPC {
		rpc := new(pubsub.RPC)
		for range count {
			rpc.Publish = append(rpc.Publish, &pubsubpb.Message{})
		}
		return rpc
	}
	require.NoError(t, n.gossip.inspect(from, many(burst/2)))
	require.ErrorIs(t, n.gossip.inspect(from, many(burst)), errInspected)
	require.EqualValues(t, 1, n.count(whatGossip, ReasonRate))
	ids := make([]string, 16*burst)
	control := new(pubsub.RPC)
	control.Control = &pubsubpb.ControlMessage{Ihave: []*pubsubpb.ControlIHave{{MessageIDs: ids}}}
	require.ErrorIs(t, n.gossip.inspect(from, control), errInspected, "announcements count as well")
	partial := new(pubsub.RPC)
	partial.Partial = new(pubsubpb.PartialMessagesExtension)
	require.ErrorIs(t, n.gossip.inspect(from, partial), errInspected, "an extension that nobody uses")
}

func TestSubscriptionsToInventedTopicsAreNotKept(t *testing.T) {
	nodes, _ := startCommittee(t, 2)
	n, from := nodes[0], peer.ID(nodes[1].Self())
	var all []*pubsubpb.RPC_SubOpts
	for i := range 50 {
		name, subscribe := topicName([32]byte{byte(i >> 8), byte(i)}), true
		all = append(all, &pubsubpb.RPC_SubOpts{Topicid: &name, Subscribe: &subscribe})
	}
	kept, err := subscriptions{n.Host}.FilterIncomingSubscriptions(from, all)
	require.NoError(t, err)
	require.Len(t, kept, maxTopicsOfPeer-1, "it is in one already")
	require.EqualValues(t, 50-(maxTopicsOfPeer-1), n.count(whatGossip, ReasonTopics))
	require.InDelta(t, 50-(maxTopicsOfPeer-1), n.scores.penalty(from), 1, "nobody does that by mistake")
}
