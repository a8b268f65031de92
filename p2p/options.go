package p2p

import (
	"fmt"
	"time"

	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/discovery/mdns"
	"github.com/libp2p/go-libp2p/p2p/net/swarm"
	"github.com/libp2p/go-libp2p/p2p/security/noise"
	libp2ptls "github.com/libp2p/go-libp2p/p2p/security/tls"
	libp2pquic "github.com/libp2p/go-libp2p/p2p/transport/quic"
	"github.com/libp2p/go-libp2p/p2p/transport/tcp"
	"github.com/multiformats/go-multiaddr"
)

// options of libp2p: QUIC, and TCP with TLS or noise, and nothing else that listens or speaks by itself.
func (h *Host) options(p parsed) ([]libp2p.Option, error) {
	options := []libp2p.Option{
		libp2p.Identity(h.config.Identity.key),
		libp2p.Transport(libp2pquic.NewTransport), libp2p.Transport(tcp.NewTCPTransport, tcp.DisableReuseport()),
		libp2p.Security(libp2ptls.ID, libp2ptls.New), libp2p.Security(noise.ID, noise.New),
		libp2p.DefaultMuxers,
		libp2p.ConnectionGater(h.gate), libp2p.ResourceManager(h.resources),
		// The gate decides who stays connected: members are never too many.
		libp2p.ConnectionManager(connmgr.NullConnMgr{}),
		libp2p.UserAgent(h.config.Software), libp2p.ProtocolVersion("tidemark/1"),
		libp2p.WithDialTimeout(3 * h.config.Timing.Stream), libp2p.SwarmOpts(swarm.WithDialRanker(rankAddresses)),
		libp2p.Ping(false), libp2p.DisableMetrics(),
		libp2p.NoListenAddrs, // listen does, which says what failed
	}
	if len(p.announce) > 0 {
		options = append(options, libp2p.AddrsFactory(func([]multiaddr.Multiaddr) []multiaddr.Multiaddr { return p.announce }))
	}
	return append(options, natOptions(h.config.NAT, p)...), nil
}

// Delays of dialling one peer. libp2p's own are shorter: over a slow line several attempts succeed then, and all but one connection are closed again, which
// gossipsub does not always survive (see mender).
const (
	dialStagger = 250 * time.Millisecond // between two addresses
	dialTCP     = time.Second            // after the last QUIC address
)

// rankAddresses tries QUIC first, then the rest, one after the other.
func rankAddresses(all []multiaddr.Multiaddr) []network.AddrDelay {
	ranked := make([]network.AddrDelay, 0, len(all))
	var delay time.Duration
	for _, wantQUIC := range []bool{true, false} {
		for _, a := range all {
			_, err := a.ValueForProtocol(multiaddr.P_QUIC_V1)
			if (err == nil) != wantQUIC {
				continue
			}
			ranked = append(ranked, network.AddrDelay{Addr: a, Delay: delay})
			delay += dialStagger
		}
		if len(ranked) > 0 {
			delay += dialTCP
		}
	}
	return ranked
}

// listen takes all addresses, or says which one is not free: libp2p would be content with one of them.
func (h *Host) listen(all []multiaddr.Multiaddr) error {
	for _, a := range all {
		if err := h.libp2p.Network().Listen(a); err != nil {
			return fmt.Errorf("listen on %s: %w: stop what uses it, or choose another port", a, err)
		}
	}
	return nil
}

func natOptions(n NAT, p parsed) []libp2p.Option {
	var options []libp2p.Option
	if n.PortMap {
		options = append(options, libp2p.NATPortMap())
	}
	if n.AutoNAT {
		options = append(options, libp2p.EnableAutoNATv2(), libp2p.EnableNATService())
	}
	if len(p.relays) == 0 {
		return append(options, libp2p.DisableRelay())
	}
	return append(options, libp2p.EnableRelay(), libp2p.EnableAutoRelayWithStaticRelays(p.relays), libp2p.EnableHolePunching())
}

// mdnsName is what nodes are called in the local network.
const mdnsName = "_tidemark._udp"

func newMDNS(h host.Host, name string, found mdns.Notifee) mdns.Service {
	return mdns.NewMdnsService(h, name, found)
}

// startMDNS looks for members in the local network, and tells everybody there that this node exists.
func (h *Host) startMDNS() error {
	if !h.config.MDNS {
		return nil
	}
	service := h.config.localDiscovery(h.libp2p, mdnsName, localPeers{h})
	if err := service.Start(); err != nil {
		return fmt.Errorf("find members in the local network: %w", err)
	}
	h.closers = append(h.closers, service.Close)
	return nil
}

// localPeers takes what mDNS finds. Anybody in the local network can claim to be at an address: the handshake shows who is.
type localPeers struct{ h *Host }

// HandlePeerFound: see mdns.Notifee.
func (l localPeers) HandlePeerFound(found peer.AddrInfo) {
	if found.ID == l.h.self || !l.h.gate.isListed(found.ID) {
		return
	}
	l.h.book.addHint(found)
	l.h.kick()
}
