package p2p

import (
	"errors"
	"net"
	"testing"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/discovery/mdns"
	"github.com/stretchr/testify/require"
)

// neighbourhood stands in for the local network: each service that starts in it finds the others.
type neighbourhood struct{ services []*localService }

type localService struct {
	in     *neighbourhood
	host   host.Host
	found  mdns.Notifee
	name   string
	closed bool
}

func (n *neighbourhood) service(h host.Host, name string, found mdns.Notifee) mdns.Service {
	return &localService{in: n, host: h, found: found, name: name}
}

func (s *localService) Start() error {
	for _, other := range s.in.services {
		other.found.HandlePeerFound(peer.AddrInfo{ID: s.host.ID(), Addrs: s.host.Addrs()})
		s.found.HandlePeerFound(peer.AddrInfo{ID: other.host.ID(), Addrs: other.host.Addrs()})
	}
	s.found.HandlePeerFound(peer.AddrInfo{ID: s.host.ID(), Addrs: s.host.Addrs()}) // it hears itself
	s.in.services = append(s.in.services, s)
	return nil
}

func (s *localService) Close() error {
	s.closed = true
	return nil
}

// Members that know nothing of each other but their ids find each other in the local network; a stranger there is not even dialled.
func TestMembersFindEachOtherInTheLocalNetwork(t *testing.T) {
	local := new(neighbourhood)
	inIt := func(c *Config) { c.MDNS, c.newDiscovery = true, local.service }
	first, stranger := startNode(t, 1, inIt), startNode(t, 9, inIt)
	first.admit(first.Self(), testIdentity(t, 2).PeerID())
	second := startNode(t, 2, inIt)
	second.admit(first.Self(), second.Self())
	stranger.admit(first.Self(), second.Self(), stranger.Self())
	first.awaitConnected(second)
	require.Equal(t, mdnsName, local.services[0].name)
	require.False(t, first.isNeighbour(stranger.Self()))
	known, _ := first.peerstore.addressesOf(stranger.self)
	require.Empty(t, known)
	require.NoError(t, second.Close())
	require.True(t, local.services[2].closed)
}

func TestWithoutMDNSNobodyIsTold(t *testing.T) {
	local := new(neighbourhood)
	startNode(t, 1, func(c *Config) { c.newDiscovery = local.service })
	require.Empty(t, local.services)
}

type deafService struct{ localService }

func (deafService) Start() error { return errors.New("no multicast here") }

func TestALocalNetworkThatCannotBeHeardIsSaid(t *testing.T) {
	_, err := New(Config{Identity: testIdentity(t, 1), Network: testNetwork, Handler: &testNode{}, MDNS: true,
		newDiscovery: func(host.Host, string, mdns.Notifee) mdns.Service { return &deafService{} }})
	require.ErrorContains(t, err, "find members in the local network: no multicast here")
}

// The real service, where the machine has an interface that multicasts; where it has none, the service must say so or find nobody, and end all the same.
func TestTheRealLocalDiscoveryStartsAndEnds(t *testing.T) {
	n := startNode(t, 1, func(c *Config) {
		c.MDNS, c.Listen = true, []string{"/ip4/0.0.0.0/udp/0/quic-v1", "/ip4/0.0.0.0/tcp/0"}
	})
	second := startNode(t, 2, func(c *Config) {
		c.MDNS, c.Listen = true, []string{"/ip4/0.0.0.0/udp/0/quic-v1", "/ip4/0.0.0.0/tcp/0"}
	})
	for _, node := range []*testNode{n, second} {
		node.admit(n.Self(), second.Self())
	}
	if multicasts(t) {
		n.awaitConnected(second)
	}
	require.NoError(t, n.Close())
	require.NoError(t, second.Close())
}

// multicasts reports whether another socket of this machine hears what is sent to mDNS's group.
func multicasts(t *testing.T) bool {
	t.Helper()
	interfaces, err := net.Interfaces()
	require.NoError(t, err)
	for _, i := range interfaces {
		addresses, err := i.Addrs()
		if err == nil && len(addresses) > 0 && i.Flags&net.FlagUp != 0 && i.Flags&net.FlagMulticast != 0 && i.Flags&net.FlagLoopback == 0 {
			return true
		}
	}
	return false
}

// A port is asked for where there is a router; here nobody answers, and the search ends with the host: goleak looks.
func TestPortMappingAndAutoNATEndWithTheHost(t *testing.T) {
	for _, nat := range []NAT{{PortMap: true}, {AutoNAT: true}, {PortMap: true, AutoNAT: true}} {
		n := startNode(t, 1, func(c *Config) { c.NAT = nat })
		other := startNode(t, 2, func(c *Config) { c.NAT = nat }, bootstrap(n))
		for _, node := range []*testNode{n, other} {
			node.admit(n.Self(), other.Self())
		}
		n.awaitConnected(other)
		if nat.AutoNAT {
			other.eventually("it tries whether others can be reached", func() bool { // peers tell what they offer soon after they have connected
				protocols, err := other.libp2p.Peerstore().SupportsProtocols(n.self, "/libp2p/autonat/2/dial-request")
				return err == nil && len(protocols) > 0
			})
		}
		require.NoError(t, other.Close())
		require.NoError(t, n.Close())
	}
}
