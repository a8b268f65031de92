package p2p

import (
	"encoding/binary"
	"testing"

	pubsub "github.com/libp2p/go-libp2p-pubsub"
	pubsubpb "github.com/libp2p/go-libp2p-pubsub/pb"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// gossiper speaks gossipsub's protocol as a member does that keeps to none of its rules.
type gossiper struct {
	*testNode
	number uint64 // of its messages
	to     map[consensus.PeerID]network.Stream
}

func newGossiper(n *testNode) *gossiper {
	return &gossiper{testNode: n, number: 1 << 60, to: make(map[consensus.PeerID]network.Stream)}
}

// signed is gossip of the node's own, with the next number.
func (g *gossiper) signed(m consensus.Message) *pubsubpb.Message {
	g.t.Helper()
	g.number++
	message, err := signGossip(g.config.Identity, m, g.number)
	require.NoError(g.t, err)
	return message
}

// signGossip is what gossipsub makes of a message of the identity.
func signGossip(identity *Identity, m consensus.Message, number uint64) (*pubsubpb.Message, error) {
	data, err := Encode(m)
	if err != nil {
		return nil, err
	}
	topic := topicName(m.InRound().Committee)
	message := &pubsubpb.Message{From: []byte(identity.PeerID()), Data: data, Seqno: binary.BigEndian.AppendUint64(nil, number), Topic: &topic}
	plain, err := proto.Marshal(message)
	if err != nil {
		return nil, err
	}
	message.Signature, err = identity.key.Sign(append([]byte(pubsub.SignPrefix), plain...))
	return message, err
}

// send sends messages to one peer, each in an RPC of its own. It reports whether the peer still takes them.
func (g *gossiper) send(to *testNode, messages ...*pubsubpb.Message) bool {
	g.t.Helper()
	s, ok := g.to[to.Self()]
	if !ok {
		var err error
		if s, err = g.open(g.t.Context(), peer.ID(to.Self()), string(pubsub.GossipSubID_v12)); err != nil {
			return false
		}
		g.t.Cleanup(func() { _ = s.Reset() })
		g.to[to.Self()] = s
	}
	for _, m := range messages {
		rpc, err := proto.Marshal(&pubsubpb.RPC{Publish: []*pubsubpb.Message{m}})
		require.NoError(g.t, err)
		if _, err := s.Write(appendFrame(rpc)); err != nil {
			delete(g.to, to.Self())
			return false
		}
	}
	return true
}

// requireUnharmed requires that nodes are peers, hold nothing against each other, and hear each other's votes.
func requireUnharmed(t *testing.T, c consensus.Committee, nodes []*testNode, refSlot uint64) {
	t.Helper()
	for i, n := range nodes {
		for _, other := range nodes {
			if n == other {
				continue
			}
			require.Zero(t, n.scores.penalty(peer.ID(other.Self())), "drops: %v", n.Drops())
			require.True(t, n.isNeighbour(other.Self()), "drops: %v", n.Drops())
		}
		vote := testVote(testRound(c, refSlot), uint16(i))
		require.NoError(t, n.Send(t.Context(), consensus.Outgoing{Message: vote}))
		for _, other := range nodes {
			if n != other {
				other.awaitMessage(n, vote)
			}
		}
	}
}

// awaitMessage reads what came until the message is there.
func (n *testNode) awaitMessage(from *testNode, m consensus.Message) {
	n.t.Helper()
	for {
		if r := n.next(); r.from == from.Self() && assert.ObjectsAreEqual(m, r.message) {
			return
		}
	}
}

// A member tells each peer something else, as fast as a peer may speak. Each observation is newer than the one before, so the node accepts it and
// it is passed on: honest peers must not be held to account for that, nor drown each other.
func TestOneAuthorsFloodIsNotPassedOnAsOthersFault(t *testing.T) {
	nodes, c := startCommittee(t, 4)
	hostile, honest := newGossiper(nodes[0]), nodes[1:]
	for range 400 {
		for _, to := range honest {
			o := testObservation(testRound(c, 1), 0)
			o.Attempt = hostile.number
			hostile.send(to, hostile.signed(o))
		}
	}
	for _, n := range honest {
		n.eventually("the flood goes on", func() bool { return !n.isNeighbour(hostile.Self()) })
	}
	requireUnharmed(t, c, honest, 2)
}

// Each time it comes, the node greets it, asks and tells it what it holds.
func TestAPeerThatComesAndGoesWithoutEndIsCutOff(t *testing.T) {
	hostile, victim := startNode(t, 1), startNode(t, 2)
	for _, n := range []*testNode{hostile, victim} {
		n.admit(hostile.Self(), victim.Self())
	}
	way := peer.AddrInfo{ID: victim.self, Addrs: victim.libp2p.Addrs()}
	victim.eventually("it may go on", func() bool {
		hostile.disconnect(victim.self)
		_ = hostile.connect(way.ID, way.Addrs) // refused, in the end
		return !victim.gater.allows(hostile.self)
	})
	require.Positive(t, victim.count(whatConnection, ReasonReconnectRate))
}
