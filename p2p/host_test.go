package p2p

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/client"
	relayv2 "github.com/libp2p/go-libp2p/p2p/protocol/circuitv2/relay"
	"github.com/multiformats/go-multiaddr"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

func TestAMessageReachesAllOfSevenMembers(t *testing.T) {
	nodes, c := startCommittee(t, 7)
	round := testRound(c, 100)
	sent := []consensus.Message{testObservation(round, 3), testVote(round, 3), testCertificate(round, 7)}
	for _, m := range sent {
		require.NoError(t, nodes[3].Send(t.Context(), consensus.Outgoing{Message: m}))
	}
	for i, n := range nodes {
		if i == 3 {
			continue
		}
		var got []consensus.Message
		for range sent {
			r := n.next()
			require.Equal(t, nodes[3].Self(), r.from, "the author, whoever passed it on")
			got = append(got, r.message)
		}
		require.ElementsMatch(t, sent, got)
		n.nothing()
	}
	nodes[3].nothing()
}

// Each member was told one address, of the first: they are connected to each other by what members sign of themselves.
func TestMembersFindEachOtherByOneBootstrapAddress(t *testing.T) {
	nodes, _ := startCommittee(t, 5)
	for _, n := range nodes {
		for _, other := range nodes {
			if other != n {
				n.awaitConnected(other)
			}
		}
		health := n.Health()
		require.Equal(t, 5, health.Connected)
		require.Empty(t, health.Reasons)
	}
}

// By TCP alone, with its two handshakes, members talk as well: where UDP is blocked.
func TestMembersTalkWithoutUDP(t *testing.T) {
	nodes, c := startCommittee(t, 2, func(config *Config) { config.Listen = []string{"/ip4/127.0.0.1/tcp/0"} })
	vote := testVote(testRound(c, 1), 0)
	require.NoError(t, nodes[0].Send(t.Context(), consensus.Outgoing{Message: vote}))
	require.Equal(t, received{nodes[0].Self(), vote}, nodes[1].next())
	require.Contains(t, nodes[0].Peers()[0].Address, "/tcp/")
}

func TestStrangersAreRefusedAndObserversAreLetIn(t *testing.T) {
	observed := PeerIDText(testIdentity(t, 50).PeerID())
	member := startNode(t, 1, func(c *Config) { c.Observers = []string{observed} })
	member.admit(member.Self())

	stranger := startNode(t, 40, bootstrap(member))
	stranger.admit(member.Self())
	member.eventually("the stranger was not refused", func() bool { return member.count(whatConnection, ReasonNotMember) > 0 })
	require.Empty(t, member.Peers())

	observer := startNode(t, 50, bootstrap(member))
	observer.admit(member.Self())
	member.awaitConnected(observer)
	require.False(t, member.Peers()[0].Member)
	require.Equal(t, 1, member.Health().Observers)
	require.False(t, member.isNeighbour(stranger.Self()))
}

func TestAnEjectedMemberIsCutAndStaysOut(t *testing.T) {
	nodes, c := startCommittee(t, 4)
	ejected, rest := nodes[3], nodes[:3]
	for _, n := range rest {
		n.admit(ids(rest)...)
	}
	for _, n := range rest {
		n.eventually("the ejected member is connected", func() bool { return !n.isNeighbour(ejected.Self()) })
		n.awaitTopic(c, 2)
	}
	// It tries again, and is refused.
	before := nodes[0].count(whatConnection, ReasonNotMember)
	nodes[0].eventually("it does not try again", func() bool { return nodes[0].count(whatConnection, ReasonNotMember) > before })
	require.ErrorIs(t, nodes[0].Send(t.Context(), consensus.Outgoing{To: ejected.Self(), Message: &consensus.RoundRequest{Round: testRound(c, 1)}}), ErrNotConnected)
	vote := testVote(testRound(c, 1), 0)
	require.NoError(t, nodes[0].Send(t.Context(), consensus.Outgoing{Message: vote}))
	require.Equal(t, vote, nodes[1].next().message)
	require.Equal(t, vote, nodes[2].next().message)
	ejected.nothing()
}

func TestAStatusGoesToEachNeighbourAndARequestToOne(t *testing.T) {
	nodes, c := startCommittee(t, 3)
	for _, n := range nodes[1:] {
		nodes[0].awaitConnected(n)
	}
	status := &consensus.Status{Round: testRound(c, 5), Attempt: 1, Votes: consensus.Bitmap{1}}
	require.NoError(t, nodes[0].Send(t.Context(), consensus.Outgoing{Message: status}))
	require.Equal(t, received{nodes[0].Self(), status}, nodes[1].next())
	require.Equal(t, received{nodes[0].Self(), status}, nodes[2].next())
	request := &consensus.RoundRequest{Round: testRound(c, 5)}
	require.NoError(t, nodes[1].Send(t.Context(), consensus.Outgoing{To: nodes[2].Self(), Message: request}))
	require.Equal(t, received{nodes[1].Self(), request}, nodes[2].next())
	nodes[0].nothing()
}

// The node was away when the others voted. It asks one of them, and holds what they hold, without a word of gossip.
func TestANodeThatWasCutOffCatchesUpBySync(t *testing.T) {
	nodes, c := startCommittee(t, 3)
	round := testRound(c, 7)
	certificate := testCertificate(round, 4)
	for i := range nodes[:2] {
		require.NoError(t, nodes[i].Send(t.Context(), consensus.Outgoing{Message: testVote(round, uint16(i))}))
	}
	nodes[2].next()
	nodes[2].next()

	late := startNode(t, 9, bootstrap(nodes[0]))
	members := append(ids(nodes), late.Self())
	for _, n := range append(nodes, late) {
		n.admit(members...)
	}
	late.awaitConnected(nodes...)
	require.NoError(t, late.Send(t.Context(), consensus.Outgoing{To: nodes[2].Self(), Message: &consensus.RoundRequest{Round: round}}))
	asked := nodes[2].next()
	require.Equal(t, received{late.Self(), &consensus.RoundRequest{Round: round}}, asked)
	answer := &consensus.RoundAnswer{Round: round, Open: true, Votes: []consensus.Vote{*testVote(round, 0), *testVote(round, 1)}, Certificate: certificate}
	require.NoError(t, nodes[2].Send(t.Context(), consensus.Outgoing{To: asked.from, Message: answer}))
	require.Equal(t, received{nodes[2].Self(), answer}, late.next())
}

type skewedClock struct {
	SystemClock
	by time.Duration
}

func (c skewedClock) Now() time.Time { return time.Now().Add(c.by) }

func TestHelloFindsASkewedClock(t *testing.T) {
	nodes := []*testNode{startNode(t, 1)}
	for i := range uint64(3) {
		nodes = append(nodes, startNode(t, i+2, bootstrap(nodes[0])))
	}
	skewed := startNode(t, 9, bootstrap(nodes[0]), func(c *Config) { c.Clock = skewedClock{by: -time.Hour} })
	all := append(nodes, skewed)
	for _, n := range all {
		n.admit(ids(all)...)
	}
	for _, n := range all {
		n.eventually("clocks were not told", func() bool { return n.Health().ClockPeers == 4 })
	}
	// Loaded machines answer late: half an hour is beyond doubt.
	health := skewed.Health()
	require.Greater(t, health.ClockOffset, time.Hour/2)
	require.Len(t, health.Reasons, 1)
	require.Equal(t, ClockSkewed, health.Reasons[0].Code)
	require.Contains(t, health.Reasons[0].Text, "check the time synchronisation")
	for _, n := range nodes {
		require.Less(t, n.Health().ClockOffset.Abs(), time.Hour/2, "one wrong clock does not move the median")
	}
	for _, n := range nodes[0].Peers() {
		require.Equal(t, "tidemark/test", n.Software)
		require.Positive(t, n.RoundTrip)
	}
}

func TestAPeerOfAnotherNetworkIsCutOff(t *testing.T) {
	here := startNode(t, 1)
	there := startNode(t, 2, bootstrap(here), func(c *Config) { c.Network[0] ^= 1 })
	here.admit(here.Self(), there.Self())
	there.admit(here.Self(), there.Self())
	here.eventually("not noticed", func() bool {
		return here.count(whatConnection, ReasonOtherNetwork)+there.count(whatConnection, ReasonOtherNetwork) > 0
	})
	here.eventually("still connected", func() bool { return !here.isNeighbour(there.Self()) && !there.isNeighbour(here.Self()) })
}

// A node comes back with its file, at another address: the others know it, and take its gossip.
func TestARestartedNodeIsTheSamePeer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "identity")
	require.NoError(t, CreateIdentityFile(path, testIdentity(t, 7)))
	fromFile := func(c *Config) {
		identity, err := ReadIdentityFile(path)
		require.NoError(t, err)
		c.Identity = identity
	}
	stays := startNode(t, 1)
	first := startNode(t, 0, bootstrap(stays), fromFile)
	c := testCommittee(stays.Self(), first.Self())
	for _, n := range []*testNode{stays, first} {
		n.admit(ids([]*testNode{stays, first})...)
		require.NoError(t, n.Join(c))
	}
	stays.awaitTopic(c, 1)
	first.awaitTopic(c, 1)
	require.NoError(t, first.Send(t.Context(), consensus.Outgoing{Message: testVote(testRound(c, 1), 1)}))
	stays.next()
	require.NoError(t, first.Close())
	stays.eventually("still connected", func() bool { return !stays.isNeighbour(first.Self()) })

	second := startNode(t, 0, bootstrap(stays), fromFile)
	require.Equal(t, first.Self(), second.Self())
	second.admit(stays.Self(), second.Self())
	require.NoError(t, second.Join(c))
	stays.awaitTopic(c, 1)
	second.awaitTopic(c, 1)
	vote := testVote(testRound(c, 2), 1)
	require.NoError(t, second.Send(t.Context(), consensus.Outgoing{Message: vote}))
	require.Equal(t, received{second.Self(), vote}, stays.next())
}

// A connection over which a member's topics did not come through is made anew.
func TestAConnectionWithoutTopicsIsMadeAnew(t *testing.T) {
	nodes, c := startCommittee(t, 2)
	before := nodes[0].libp2p.Network().ConnsToPeer(peer.ID(nodes[1].Self()))[0].ID()
	require.NoError(t, nodes[1].Leave(c.Digest))
	nodes[0].eventually("the old connection is used", func() bool {
		conns := nodes[0].libp2p.Network().ConnsToPeer(peer.ID(nodes[1].Self()))
		return len(conns) > 0 && conns[0].ID() != before
	})
	require.NoError(t, nodes[1].Join(c))
	nodes[0].awaitTopic(c, 1)
}

func TestATopicThatWasLeftIsNotSentTo(t *testing.T) {
	n := startNode(t, 1)
	c := testCommittee(n.Self())
	vote := consensus.Outgoing{Message: testVote(testRound(c, 1), 0)}
	require.ErrorIs(t, n.Send(t.Context(), vote), ErrNotJoined)
	require.NoError(t, n.Join(c))
	require.NoError(t, n.Join(c), "twice is fine")
	require.NoError(t, n.Send(t.Context(), vote))
	require.NoError(t, n.Leave(c.Digest))
	require.NoError(t, n.Leave(c.Digest), "twice is fine")
	require.ErrorIs(t, n.Send(t.Context(), vote), ErrNotJoined)
	require.EqualValues(t, 2, n.count(whatGossip, ReasonNotJoined))
	for i := range maxTopics {
		other := c
		other.Digest[0] = byte(i)
		require.NoError(t, n.Join(other))
	}
	c.Digest[0] = 0xff
	require.ErrorIs(t, n.Join(c), ErrTopics)
}

func TestQUICIsTriedBeforeTCP(t *testing.T) {
	parse := func(text string) multiaddr.Multiaddr {
		a, err := multiaddr.NewMultiaddr(text)
		require.NoError(t, err)
		return a
	}
	tcp, first, second := parse("/ip4/192.0.2.1/tcp/1"), parse("/ip4/192.0.2.1/udp/1/quic-v1"), parse("/ip4/192.0.2.2/udp/1/quic-v1")
	ranked := rankAddresses([]multiaddr.Multiaddr{tcp, first, second})
	require.Equal(t, []multiaddr.Multiaddr{first, second, tcp}, []multiaddr.Multiaddr{ranked[0].Addr, ranked[1].Addr, ranked[2].Addr})
	require.Zero(t, ranked[0].Delay)
	require.Greater(t, ranked[2].Delay, ranked[1].Delay)
	require.Zero(t, rankAddresses([]multiaddr.Multiaddr{tcp})[0].Delay, "alone it does not wait")
}

// What is off by default fits together. A relay is let in as an observer, and a connection through it is no peer's: it is there to punch holes.
func TestARelayConnectsMembersAndCarriesNoMessages(t *testing.T) {
	relay := startNode(t, 60, func(c *Config) { c.NAT.AutoNAT = true })
	service, err := relayv2.New(relay.libp2p)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, service.Close()) })
	viaRelay := func(c *Config) {
		c.Listen, c.NAT = nil, NAT{AutoNAT: true, Relays: relay.Addresses()}
	}
	hidden, other := startNode(t, 61, viaRelay), startNode(t, 62, viaRelay)
	members := []consensus.PeerID{hidden.Self(), other.Self()}
	relay.admit(members...)
	for _, n := range []*testNode{hidden, other} {
		n.admit(members...)
		require.NoError(t, n.libp2p.Connect(t.Context(), relay.libp2p.Peerstore().PeerInfo(relay.self)))
	}
	_, err = client.Reserve(t.Context(), hidden.libp2p, relay.libp2p.Peerstore().PeerInfo(relay.self))
	require.NoError(t, err)
	way, err := multiaddr.NewMultiaddr(relay.Addresses()[0] + "/p2p-circuit")
	require.NoError(t, err)
	require.NoError(t, other.libp2p.Connect(t.Context(), peer.AddrInfo{ID: hidden.self, Addrs: []multiaddr.Multiaddr{way}}))
	require.Equal(t, network.Limited, other.libp2p.Network().Connectedness(hidden.self))
	require.False(t, other.isNeighbour(hidden.Self()))
	require.Contains(t, other.unconnected(), hidden.Self(), "a direct connection is still wanted")
}
