package p2p

import (
	"fmt"
	"net/netip"

	rcmgr "github.com/libp2p/go-libp2p/p2p/host/resource-manager"
	libp2prate "github.com/libp2p/go-libp2p/x/rate"
	"golang.org/x/time/rate"

	"github.com/libp2p/go-libp2p/core/network"
)

// What one peer may hold here. A connection carries gossip (one stream each way), sync (the same), and now and then a hello, addresses and
// identify; members that dial each other at the same moment have two connections for a while.
const (
	connsOfPeer   = 4
	streamsOfPeer = 48
	memoryOfPeer  = 8 << 20

	// For all together: what does not grow with the committee. Strangers get no further than the handshake, which happens in here.
	handshakes      = 64
	memoryFixed     = 64 << 20
	memoryHandshake = 32 << 20
	filesFixed      = 64

	streamsOfProtocol = 8 // of one protocol with one peer, each way
	maxTopicsOfPeer   = 8
)

// What one peer may send, in a second and at once. Of a sync stream an honest peer sends a status every 30 s, a request and an answer
// every 15 s at most.
const (
	syncRate         rate.Limit = 2
	syncBurst                   = 32
	smallStreamRate  rate.Limit = 0.5
	smallStreamBurst            = 16
	reconnectRate    rate.Limit = 0.1 // new connections after the last one was lost
	reconnectBurst              = 32
)

// What one author may say in gossip in a second and at once, to a peer and through others. It says an observation and a vote every 15 s, a certificate a round,
// and all of it at the same moment when it starts. The two are counted apart, so that nobody can use up what the author itself may tell a peer.
const (
	authoredRate rate.Limit = 2
	relayedRate  rate.Limit = 1
	authorBurst             = 16
)

// gossipRate is how many RPCs and messages a peer may send in a second and at once: all that n authors may say, each message in an RPC of its own,
// with a heartbeat and more; at once also what waited in its queue while the line was broken. So nobody comes to be above it by passing on what others say.
func gossipRate(n int) (perSecond rate.Limit, burst int) {
	return 64 + 2*(authoredRate+relayedRate)*rate.Limit(n), 2*outboundRPCs(defaultCapacity) + 2*2*authorBurst*n
}

// uselessRate is how many messages of no use a peer may pass on in a second and at once without a penalty. It may have been started a moment ago, and
// take an author's old messages for new ones until it has heard the newest; or an author tells each of its peers something else.
func uselessRate(n int) (perSecond rate.Limit, burst int) {
	return (authoredRate + relayedRate) * rate.Limit(n), 64 + 2*authorBurst*n
}

// outboundRPCs is how many RPCs of gossip wait for one peer.
func outboundRPCs(capacity int) int { return 64 + 2*capacity }

// MaxMemoryBytes is the bound on what connections and streams buffer with n peers admitted, whatever they send: what go-libp2p asks the resource manager
// for, and the first window of each QUIC connection, for which it does not ask.
func MaxMemoryBytes(n int) int64 {
	return countedMemoryBytes(n) + int64(handshakes+n*connsOfPeer)*firstWindowBytes
}

// firstWindowBytes is quic-go's InitialConnectionReceiveWindow; for more of it go-libp2p asks.
const firstWindowBytes = 768 << 10

func countedMemoryBytes(n int) int64 { return memoryFixed + int64(n)*memoryOfPeer }

// systemLimit is for all connections together, with n peers admitted.
func systemLimit(n int) rcmgr.BaseLimit {
	return rcmgr.BaseLimit{
		Conns: handshakes + n*connsOfPeer, ConnsInbound: handshakes + n*connsOfPeer, ConnsOutbound: handshakes + n*connsOfPeer,
		Streams: handshakes + n*streamsOfPeer, StreamsInbound: handshakes + n*streamsOfPeer, StreamsOutbound: handshakes + n*streamsOfPeer,
		FD: filesFixed + n*connsOfPeer, Memory: countedMemoryBytes(n),
	}
}

// transientLimit is for what is not yet known to belong to a peer or a protocol.
func transientLimit(n int) rcmgr.BaseLimit {
	return rcmgr.BaseLimit{
		Conns: handshakes + 2*n, ConnsInbound: handshakes + 2*n, ConnsOutbound: handshakes + 2*n,
		Streams: handshakes + 4*n, StreamsInbound: handshakes + 4*n, StreamsOutbound: handshakes + 4*n,
		FD: handshakes + 2*n, Memory: memoryHandshake,
	}
}

func peerLimit() rcmgr.ResourceLimits {
	return rcmgr.ResourceLimits{
		Conns: connsOfPeer, ConnsInbound: connsOfPeer, ConnsOutbound: connsOfPeer,
		Streams: streamsOfPeer, StreamsInbound: streamsOfPeer / 2, StreamsOutbound: streamsOfPeer / 2,
		FD: connsOfPeer, Memory: memoryOfPeer,
	}
}

// newResourceManager bounds everything for n admitted peers; resizeResources follows when n changes. Peers are counted by their own limits, so
// limits by service and by protocol for all peers together are left open.
func newResourceManager(n int) (network.ResourceManager, error) {
	partial := rcmgr.PartialLimitConfig{
		System:              limitsOf(systemLimit(n)),
		Transient:           limitsOf(transientLimit(n)),
		PeerDefault:         peerLimit(),
		ProtocolPeerDefault: rcmgr.ResourceLimits{Streams: 2 * streamsOfProtocol, StreamsInbound: streamsOfProtocol, StreamsOutbound: streamsOfProtocol, Memory: memoryOfPeer},
		Conn:                rcmgr.ResourceLimits{Conns: 1, ConnsInbound: 1, ConnsOutbound: 1, FD: 1, Memory: memoryOfPeer},
		Stream:              rcmgr.ResourceLimits{Streams: 1, StreamsInbound: 1, StreamsOutbound: 1, Memory: memoryOfPeer},
	}
	manager, err := rcmgr.NewResourceManager(rcmgr.NewFixedLimiter(partial.Build(rcmgr.InfiniteLimits)),
		rcmgr.WithMetricsDisabled(), rcmgr.WithLimitPerSubnet(subnetLimits()), rcmgr.WithConnRateLimiters(connRate()))
	if err != nil {
		return nil, fmt.Errorf("limit resources: %w", err)
	}
	return manager, nil
}

func limitsOf(l rcmgr.BaseLimit) rcmgr.ResourceLimits {
	return rcmgr.ResourceLimits{
		Streams: rcmgr.LimitVal(l.Streams), StreamsInbound: rcmgr.LimitVal(l.StreamsInbound), StreamsOutbound: rcmgr.LimitVal(l.StreamsOutbound),
		Conns: rcmgr.LimitVal(l.Conns), ConnsInbound: rcmgr.LimitVal(l.ConnsInbound), ConnsOutbound: rcmgr.LimitVal(l.ConnsOutbound),
		FD: rcmgr.LimitVal(l.FD), Memory: rcmgr.LimitVal64(l.Memory),
	}
}

// resizeResources sets the limits for all peers together to those of n peers.
func resizeResources(manager network.ResourceManager, n int) error {
	set := func(limit rcmgr.BaseLimit) func(network.ResourceScope) error {
		return func(scope network.ResourceScope) error {
			limiter, ok := scope.(rcmgr.ResourceScopeLimiter)
			if !ok {
				return fmt.Errorf("limit resources: %T cannot be limited", scope)
			}
			limiter.SetLimit(&limit)
			return nil
		}
	}
	if err := manager.ViewSystem(set(systemLimit(n))); err != nil {
		return err
	}
	return manager.ViewTransient(set(transientLimit(n)))
}

// subnetLimits bound the connections of one address: strangers cannot take all handshakes from one machine, and members behind one address
// are still let in. Loopback is not limited.
func subnetLimits() (ip4, ip6 []rcmgr.ConnLimitPerSubnet) {
	return []rcmgr.ConnLimitPerSubnet{{PrefixLength: 32, ConnCount: 32}},
		[]rcmgr.ConnLimitPerSubnet{{PrefixLength: 56, ConnCount: 32}, {PrefixLength: 48, ConnCount: 128}}
}

// connRate bounds how often one address connects.
func connRate() *libp2prate.Limiter {
	return &libp2prate.Limiter{
		GlobalLimit: libp2prate.Limit{},
		NetworkPrefixLimits: []libp2prate.PrefixLimit{
			{Prefix: netip.MustParsePrefix("127.0.0.0/8"), Limit: libp2prate.Limit{}}, {Prefix: netip.MustParsePrefix("::1/128"), Limit: libp2prate.Limit{}},
		},
		SubnetRateLimiter: libp2prate.SubnetLimiter{
			IPv4SubnetLimits: []libp2prate.SubnetLimit{{PrefixLength: 32, Limit: libp2prate.Limit{RPS: 2, Burst: 64}}},
			IPv6SubnetLimits: []libp2prate.SubnetLimit{{PrefixLength: 56, Limit: libp2prate.Limit{RPS: 2, Burst: 64}}},
		},
	}
}

// memoryUsed is what connections and streams buffer now.
func (h *Host) memoryUsed() int64 {
	var used int64
	// The view returns what the function does: nothing can fail.
	_ = h.resources.ViewSystem(func(scope network.ResourceScope) error {
		used = scope.Stat().Memory
		return nil
	})
	return used
}
