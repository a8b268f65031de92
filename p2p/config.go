package p2p

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/p2p/discovery/mdns"
	"github.com/multiformats/go-multiaddr"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// ErrConfig is returned for a configuration with which no host can start. It is wrapped with what is wrong.
var ErrConfig = errors.New("impossible network configuration")

// Bounds of a configuration.
const (
	maxListed      = 64 // addresses to listen on, to announce, bootstrap peers, relays: each
	maxObservers   = 256
	maxAddressText = 512
)

// Clock is the host's source of time; SystemClock is the real one. libp2p itself, and the deadlines of streams, use the machine's
// clock.
type Clock interface {
	Now() time.Time
	// After delivers the time once d has passed.
	After(d time.Duration) <-chan time.Time
}

// SystemClock is the machine's clock.
type SystemClock struct{}

// Now is time.Now.
func (SystemClock) Now() time.Time { return time.Now() }

// After is time.After.
func (SystemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// ValidationResult says what becomes of a message. It follows pubsub.ValidationResult of go-libp2p-pubsub.
type ValidationResult int

// Results of a validation.
const (
	Ignore ValidationResult = iota // of no use here, and nobody's fault: it goes no further
	Accept                         // it is used here, and gossip is passed on
	Reject                         // an honest sender never sends it: it goes no further, and its author or sender gets a penalty
)

// Handler is the node above the host. It validates messages and learns of connections.
type Handler interface {
	// Receive validates a message and uses it. from is the author of gossip, or the other end of a stream. It is called from many
	// goroutines, at most a few per peer, and may wait until ctx ends.
	Receive(ctx context.Context, from consensus.PeerID, m consensus.Message) ValidationResult
	// Connected says that messages can be sent to the peer. It must return soon: the host notices no other connection meanwhile.
	Connected(p consensus.PeerID)
}

// Config sets up a host. It does not change afterwards. Addresses are multiaddrs, such as /ip4/192.0.2.7/udp/9100/quic-v1.
type Config struct {
	Identity  *Identity
	Network   common.Hash // identity of the oracle's network: peers of another one are not talked to
	Software  string      // name and version told to the others, at most consensus.MaxSoftwareBytes
	Handler   Handler
	Listen    []string // none: only dials
	Announce  []string // addresses told to others in place of those that are listened on; empty: these
	Bootstrap []string // first addresses to try, each with the peer's id at its end: /.../p2p/12D3Koo...
	Observers []string // peer ids that are let in besides the members: observers, relays

	MDNS bool // find members in the local network
	NAT  NAT

	Capacity       int           // members that gossip's queues are made for: more are served, with more drops under load; 0: 128
	MaxClockOffset time.Duration // from the members' median, above which this node's clock is reported as wrong; 0: 2 s
	Timing         Timing        // zero: DefaultTiming

	Clock  Clock                   // nil: SystemClock
	Random func(below int64) int64 // uniform in [0, below), for jitter; nil: math/rand/v2
	Log    *slog.Logger            // nil: silent

	newDiscovery func(h host.Host, name string, found mdns.Notifee) mdns.Service // nil: newMDNS
}

// NAT is what go-libp2p offers to a node behind a router. All of it is off by default, because each option makes the node work for
// others or tell them something.
type NAT struct {
	PortMap bool // ask the router for a port (UPnP, NAT-PMP)
	AutoNAT bool // ask members whether the node can be reached, and try that for them
	// Relays (circuit relay v2) are addresses with ids. They are let in as observers, and help to punch a hole for a direct connection. What the
	// committee says does not go through them.
	Relays []string
}

// Timing says how often the host repeats itself and how long it waits.
type Timing struct {
	HelloInterval     time.Duration // between two hellos with a peer
	AddressInterval   time.Duration // between two requests for addresses of members that are not connected
	RedialMin         time.Duration // after the first failure to reach a member; doubled up to RedialMax
	RedialMax         time.Duration
	StreamTimeout     time.Duration // for opening a stream, and for one frame to pass
	ValidationTimeout time.Duration // for Handler.Receive
	BanTime           time.Duration // for which a peer that misbehaved is banned
	ReconnectDelay    time.Duration // until the host reconnects to a member over whose connection gossip does not work
	ScoreInterval     time.Duration // between two reads of gossipsub's scores
	Linger            time.Duration // for which others may still see the connection of this node's previous process
}

// DefaultTiming is the timing for mainnet.
func DefaultTiming() Timing {
	return Timing{
		HelloInterval: 5 * time.Minute, AddressInterval: 30 * time.Second, RedialMin: time.Second, RedialMax: time.Minute,
		StreamTimeout: 10 * time.Second, ValidationTimeout: 5 * time.Second, BanTime: time.Minute, ReconnectDelay: 10 * time.Second, ScoreInterval: 15 * time.Second, Linger: 2 * time.Minute,
	}
}

// defaultCapacity is above any committee that is known.
const defaultCapacity = 128

// defaultMaxClockOffset is small against a slot of 12 s, and large against what NTP leaves.
const defaultMaxClockOffset = 2 * time.Second

// parsed is a configuration in libp2p's types.
type parsed struct {
	listen, announce  []multiaddr.Multiaddr
	bootstrap, relays []peer.AddrInfo
	observers         []peer.ID
}

// parse checks the configuration and fills in what is zero.
func (c Config) parse() (Config, parsed, error) {
	var p parsed
	switch {
	case c.Identity == nil:
		return c, p, fmt.Errorf("%w: no identity", ErrConfig)
	case c.Handler == nil:
		return c, p, fmt.Errorf("%w: no handler of messages", ErrConfig)
	case c.Network == common.Hash{}:
		return c, p, fmt.Errorf("%w: no network identity", ErrConfig)
	case len(c.Software) > consensus.MaxSoftwareBytes:
		return c, p, fmt.Errorf("%w: the software's name has %d bytes, at most %d are sent", ErrConfig, len(c.Software), consensus.MaxSoftwareBytes)
	case c.Capacity < 0 || c.Capacity > consensus.MaxMembers:
		return c, p, fmt.Errorf("%w: capacity for %d members, at most %d", ErrConfig, c.Capacity, consensus.MaxMembers)
	case c.MaxClockOffset < 0:
		return c, p, fmt.Errorf("%w: clock offset %v", ErrConfig, c.MaxClockOffset)
	}
	c = c.withDefaults()
	if c.Timing.shortest() < time.Millisecond {
		return c, p, fmt.Errorf("%w: an interval is too short: %+v", ErrConfig, c.Timing)
	}
	err := p.read(c)
	return c, p, err
}

func (t Timing) shortest() time.Duration {
	return min(t.HelloInterval, t.AddressInterval, t.RedialMin, t.RedialMax, t.StreamTimeout, t.ValidationTimeout, t.BanTime, t.ReconnectDelay, t.ScoreInterval, t.Linger)
}

func (p *parsed) read(c Config) error {
	var err error
	if p.listen, err = addresses("listen", c.Listen); err != nil {
		return err
	}
	if p.announce, err = addresses("announce", c.Announce); err != nil {
		return err
	}
	if p.bootstrap, err = peersAt("bootstrap", c.Bootstrap); err != nil {
		return err
	}
	if p.relays, err = peersAt("relay", c.NAT.Relays); err != nil {
		return err
	}
	if len(c.Observers) > maxObservers {
		return fmt.Errorf("%w: %d observers, at most %d", ErrConfig, len(c.Observers), maxObservers)
	}
	for _, text := range c.Observers {
		id, err := peer.Decode(text)
		if err != nil {
			return fmt.Errorf("%w: observer %q is no peer id", ErrConfig, text)
		}
		p.observers = append(p.observers, id)
	}
	for _, relay := range p.relays {
		p.observers = append(p.observers, relay.ID)
	}
	return nil
}

// addresses parses multiaddrs.
func addresses(what string, texts []string) ([]multiaddr.Multiaddr, error) {
	if len(texts) > maxListed {
		return nil, fmt.Errorf("%w: %d %s addresses, at most %d", ErrConfig, len(texts), what, maxListed)
	}
	parsed := make([]multiaddr.Multiaddr, 0, len(texts))
	for _, text := range texts {
		if len(text) > maxAddressText {
			return nil, fmt.Errorf("%w: %s address of %d bytes", ErrConfig, what, len(text))
		}
		a, err := multiaddr.NewMultiaddr(text)
		if err != nil {
			return nil, fmt.Errorf("%w: %s address %q: %w", ErrConfig, what, text, err)
		}
		parsed = append(parsed, a)
	}
	return parsed, nil
}

// peersAt parses multiaddrs that end with a peer id.
func peersAt(what string, texts []string) ([]peer.AddrInfo, error) {
	parsed, err := addresses(what, texts)
	if err != nil {
		return nil, err
	}
	found, err := peer.AddrInfosFromP2pAddrs(parsed...)
	if err != nil {
		return nil, fmt.Errorf("%w: %s address without /p2p/ and a peer id at its end: %w", ErrConfig, what, err)
	}
	return found, nil
}

// withDefaults fills in what is zero.
func (c Config) withDefaults() Config {
	if c.MaxClockOffset == 0 {
		c.MaxClockOffset = defaultMaxClockOffset
	}
	if c.Capacity == 0 {
		c.Capacity = defaultCapacity
	}
	if c.Timing == (Timing{}) {
		c.Timing = DefaultTiming()
	}
	if c.Clock == nil {
		c.Clock = SystemClock{}
	}
	if c.Random == nil {
		c.Random = rand.Int64N
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.newDiscovery == nil {
		c.newDiscovery = newMDNS
	}
	return c
}
