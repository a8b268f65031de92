package p2p

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/libp2p/go-libp2p"
	"github.com/libp2p/go-libp2p/core/connmgr"
	"github.com/libp2p/go-libp2p/core/event"
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

	"github.com/tidemark-oracle/tidemark/consensus"
)

// Errors of sending. What could not be sent is also counted, see Host.Drops.
var (
	// ErrNotJoined: gossip of a committee whose topic the host is not in.
	ErrNotJoined = errors.New("not in the committee's topic")
	// ErrNotConnected: there is no connection to the peer.
	ErrNotConnected = errors.New("not connected")
	// ErrQueueFull: the peer reads too slowly.
	ErrQueueFull = errors.New("the peer's queue is full")
)

// Host is a node's libp2p host with the committee's protocols. It is safe for concurrent use.
type Host struct {
	config    Config
	log       *slog.Logger
	clock     Clock
	self      peer.ID
	libp2p    host.Host
	resources network.ResourceManager
	gater     *gater
	drops     *dropCounter
	scores    *peerScores
	gossip    *gossip
	peerstore *peerstore
	hellos    *helloTable
	processes *processes
	process   uint64 // tells this process from another one with the same identity
	started   time.Time

	bootstrap []peer.AddrInfo
	dial      chan struct{} // kicks the dialer
	bans      chan peer.ID  // to be disconnected

	mu      sync.Mutex
	peers   map[peer.ID]*peerQueue
	reading map[peer.ID]network.Stream // the sync stream that each peer opened

	stop    context.CancelFunc
	context context.Context // ends with Close
	group   sync.WaitGroup
	closers []func() error
}

// New starts a host that listens. Only observers may connect until SetMembers is called. Errors: ErrConfig, and those of libp2p for
// addresses that cannot be listened on.
func New(config Config) (*Host, error) {
	config, p, err := config.parse()
	if err != nil {
		return nil, fmt.Errorf("start network: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	h := &Host{
		config: config, log: config.Log, clock: config.Clock, self: peer.ID(config.Identity.PeerID()), drops: newDropCounter(),
		bootstrap: p.bootstrap, dial: make(chan struct{}, 1), bans: make(chan peer.ID, 64),
		peers: make(map[peer.ID]*peerQueue), reading: make(map[peer.ID]network.Stream),
		context: ctx, stop: stop,
	}
	h.gater = newGater(h.clock, h.drops, p.observers)
	h.scores = newPeerScores(h.clock)
	h.peerstore = newPeerstore(h.gater.isListed)
	h.hellos = newHelloTable(h.gater.isMember)
	h.processes = newProcesses()
	h.process, h.started = 1+uint64(config.Random(math.MaxInt64)), h.clock.Now()
	if err := h.start(p); err != nil {
		return nil, errors.Join(fmt.Errorf("start network: %w", err), h.Close())
	}
	return h, nil
}

func (h *Host) start(p parsed) error {
	var err error
	if h.resources, err = newResourceManager(len(p.observers)); err != nil {
		return err
	}
	options, err := h.options(p)
	if err == nil {
		h.libp2p, err = libp2p.New(options...)
	}
	if err != nil {
		return errors.Join(err, h.resources.Close())
	}
	h.closers = append(h.closers, h.libp2p.Close)
	events, err := h.libp2p.EventBus().Subscribe([]any{new(event.EvtPeerConnectednessChanged), new(event.EvtPeerIdentificationCompleted)})
	if err != nil {
		return err
	}
	h.closers = append(h.closers, events.Close)
	if h.gossip, err = newGossip(h.context, h, h.libp2p, h.config.Capacity); err != nil {
		return err
	}
	h.libp2p.SetStreamHandler(syncProtocol, h.serveSync)
	h.libp2p.SetStreamHandler(helloProtocol, h.serveHello)
	h.libp2p.SetStreamHandler(addressProtocol, h.serveAddresses)
	if err := h.listen(p.listen); err != nil {
		return err
	}
	if err := h.startMDNS(); err != nil {
		return err
	}
	h.group.Go(func() { h.watchConnections(events) })
	h.group.Go(h.dialAll)
	return nil
}

// Close leaves the network and waits until all goroutines of the host have ended.
func (h *Host) Close() error {
	// With the lock, so that no stream begins afterwards.
	h.mu.Lock()
	h.stop()
	h.mu.Unlock()
	var err error
	for i := len(h.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, h.closers[i]())
	}
	h.closers = nil
	h.group.Wait()
	if err != nil {
		return fmt.Errorf("close network: %w", err)
	}
	return nil
}

// Self is this node's peer id.
func (h *Host) Self() consensus.PeerID { return consensus.PeerID(h.self) }

// Addresses are the multiaddrs at which others can reach this node, with its peer id at their end.
func (h *Host) Addresses() []string {
	found, err := peer.AddrInfoToP2pAddrs(&peer.AddrInfo{ID: h.self, Addrs: h.libp2p.Addrs()})
	if err != nil {
		return nil
	}
	texts := make([]string, len(found))
	for i, a := range found {
		texts[i] = a.String()
	}
	return texts
}

// SetMembers says who the members are now. Peers that are neither members nor observers are disconnected, and memory limits follow. It returns those who can
// never connect, because their peer id on chain is none of this software.
func (h *Host) SetMembers(members []consensus.PeerID) (unusable []consensus.PeerID, err error) {
	if len(members) > consensus.MaxMembers {
		return nil, fmt.Errorf("set members: %w: %d members, at most %d", ErrConfig, len(members), consensus.MaxMembers)
	}
	usable := make([]peer.ID, 0, len(members))
	for _, m := range members {
		if checkPeerID(m) != nil {
			unusable = append(unusable, m)
			continue
		}
		usable = append(usable, peer.ID(m))
	}
	h.gater.setMembers(usable)
	n, all := h.gater.size()
	h.scores.resize(n, h.gater.isListed)
	h.peerstore.prune()
	if err := resizeResources(h.resources, all); err != nil {
		return unusable, fmt.Errorf("set members: %w", err)
	}
	for _, p := range h.libp2p.Network().Peers() {
		if !h.gater.isListed(p) {
			h.log.Info("disconnecting a peer that is no longer a member", "peer", p)
			h.disconnect(p)
		}
	}
	h.wakeDialer()
	return unusable, nil
}

// Join joins the topic of a committee; joining it again does nothing. Errors: ErrTopics, consensus.ErrCommittee.
func (h *Host) Join(committee consensus.Committee) error {
	if err := committee.Validate(); err != nil {
		return fmt.Errorf("join: %w", err)
	}
	return h.gossip.join(committee)
}

// Leave leaves the topic of a committee.
func (h *Host) Leave(digest common.Hash) error { return h.gossip.leave(digest) }

// Drops returns how much was not used since the start, by kind and reason.
func (h *Host) Drops() []DropCount { return h.drops.list() }

// penalize counts a drop and adds a penalty to a peer, which is banned when it has too many.
func (h *Host) penalize(p peer.ID, penalty float64, what string, reason Reason) {
	h.drops.add(what, reason)
	if !h.gater.isListed(p) || !h.scores.penalize(p, penalty) {
		return
	}
	h.gater.ban(p, h.clock.Now().Add(h.config.Timing.BanTime))
	h.log.Warn("banning a peer that misbehaves", "peer", p, "reason", string(reason), "for", h.config.Timing.BanTime)
	select {
	case h.bans <- p:
	default: // It is refused already; its connection goes with the next fault.
	}
}

func (h *Host) disconnect(p peer.ID) {
	if err := h.libp2p.Network().ClosePeer(p); err != nil {
		h.log.Debug("closing a connection", "peer", p, "error", err)
	}
}

// options of libp2p: QUIC, and TCP with TLS or noise, and nothing else that listens or speaks by itself.
func (h *Host) options(p parsed) ([]libp2p.Option, error) {
	options := []libp2p.Option{
		libp2p.Identity(h.config.Identity.key),
		libp2p.Transport(libp2pquic.NewTransport), libp2p.Transport(tcp.NewTCPTransport, tcp.DisableReuseport()),
		libp2p.Security(libp2ptls.ID, libp2ptls.New), libp2p.Security(noise.ID, noise.New),
		libp2p.DefaultMuxers,
		libp2p.ConnectionGater(h.gater), libp2p.ResourceManager(h.resources),
		// The gater decides who stays connected: members are never too many.
		libp2p.ConnectionManager(connmgr.NullConnMgr{}),
		libp2p.UserAgent(h.config.Software), libp2p.ProtocolVersion("tidemark/1"),
		libp2p.WithDialTimeout(3 * h.config.Timing.StreamTimeout), libp2p.SwarmOpts(swarm.WithDialRanker(rankAddresses)),
		libp2p.Ping(false), libp2p.DisableMetrics(),
		libp2p.NoListenAddrs, // listen does, which says what failed
	}
	if len(p.announce) > 0 {
		options = append(options, libp2p.AddrsFactory(func([]multiaddr.Multiaddr) []multiaddr.Multiaddr { return p.announce }))
	}
	return append(options, natOptions(h.config.NAT, p)...), nil
}

// Delays of dialling one peer. libp2p's own are shorter: over a slow line several attempts succeed then, and all but one connection are closed again, which
// gossipsub does not always survive (see reconnector).
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
	service := h.config.newDiscovery(h.libp2p, mdnsName, localPeers{h})
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
	if found.ID == l.h.self || !l.h.gater.isListed(found.ID) {
		return
	}
	l.h.peerstore.addHint(found)
	l.h.wakeDialer()
}
