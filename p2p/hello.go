package p2p

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/p2p/wire"
)

// maxHelloBytes bounds a Hello.
const maxHelloBytes = 256

// Hello is what a node says about itself. Both ends of a hello stream send one; the end that opened it measures the clock offset.
type Hello struct {
	Network  common.Hash
	Software string
	Clock    time.Time // of the sender when it sent this, to the millisecond
	Process  uint64    // drawn by the sender's process when it began; 0: not told
	// SecondNode: another process with the receiver's peer id is connected to the sender.
	SecondNode bool
}

// EncodeHello returns the hello as it goes over the wire. Errors: ErrWire.
func EncodeHello(hello Hello) ([]byte, error) {
	if len(hello.Software) > consensus.MaxSoftwareBytes || hello.Clock.UnixMilli() < 0 {
		return nil, fmt.Errorf("encode: %w: hello with a name of %d bytes at %v", ErrWire, len(hello.Software), hello.Clock)
	}
	return marshal(&wire.Hello{Network: hello.Network.Bytes(), Software: hello.Software, ClockMs: uint64(hello.Clock.UnixMilli()),
		Process: hello.Process, SecondNode: hello.SecondNode})
}

// DecodeHello decodes what EncodeHello returns, and nothing else. Errors: ErrWire.
func DecodeHello(b []byte) (Hello, error) {
	if len(b) > maxHelloBytes {
		return Hello{}, fmt.Errorf("decode hello: %w: %d bytes", ErrWire, len(b))
	}
	w := new(wire.Hello)
	if err := unmarshal(b, w); err != nil {
		return Hello{}, fmt.Errorf("decode hello: %w", err)
	}
	id, err := hashFromWire("network", w.GetNetwork())
	switch {
	case err != nil:
		return Hello{}, fmt.Errorf("decode hello: %w", err)
	case len(w.GetSoftware()) > consensus.MaxSoftwareBytes:
		return Hello{}, fmt.Errorf("decode hello: %w: name of %d bytes", ErrWire, len(w.GetSoftware()))
	case w.GetClockMs() > maxClockMs:
		return Hello{}, fmt.Errorf("decode hello: %w: clock at %d ms", ErrWire, w.GetClockMs())
	}
	return Hello{Network: id, Software: w.GetSoftware(), Clock: time.UnixMilli(int64(w.GetClockMs())), Process: w.GetProcess(), SecondNode: w.GetSecondNode()}, nil
}

// maxClockMs is in the year 5138: differences of clocks below it fit into a time.Duration.
const maxClockMs = 100_000_000_000_000

// greet exchanges hellos with a peer.
func (h *Host) greet(ctx context.Context, p peer.ID) {
	if err := h.exchangeHello(ctx, p); err != nil && ctx.Err() == nil {
		h.drops.add(whatHello, ReasonSendFailed)
		h.log.Debug("exchanging hellos", "peer", p, "error", err)
	}
}

func (h *Host) exchangeHello(ctx context.Context, p peer.ID) error {
	s, err := h.open(ctx, p, helloProtocol)
	if err != nil {
		return err
	}
	defer s.Reset()
	defer context.AfterFunc(ctx, func() { _ = s.Reset() })()
	// The stream is negotiated with the first write: one frame there and back, and then the one that is measured.
	r := bufio.NewReaderSize(s, maxHelloBytes)
	for range 2 {
		sent := h.clock.Now()
		if err := h.sendHello(s); err != nil {
			return err
		}
		theirs, err := h.readHello(s, r)
		if err != nil {
			return err
		}
		h.storeHello(p, theirs, sent, h.clock.Now())
	}
	return nil
}

// serveHello answers each hello with its own.
func (h *Host) serveHello(s network.Stream) {
	defer s.Reset()
	p := s.Conn().RemotePeer()
	if !h.scores.allowSmallStream(p) {
		h.penalize(p, penaltyFlood, whatHello, ReasonRate)
		return
	}
	r := bufio.NewReaderSize(s, maxHelloBytes)
	for range 2 {
		theirs, err := h.readHello(s, r)
		if err != nil {
			return
		}
		if !h.sameNetwork(p, theirs) || h.sendHello(s) != nil {
			return
		}
	}
	finish(s, r, h.config.Timing.StreamTimeout)
}

func (h *Host) sendHello(s network.Stream) error {
	hello := Hello{Network: h.config.Network, Software: h.config.Software, Clock: h.clock.Now(), Process: h.process}
	hello.SecondNode = h.processes.hasSeveral(s.Conn().RemotePeer(), h.openConnections(s.Conn().RemotePeer()))
	b, err := EncodeHello(hello)
	if err != nil {
		return err
	}
	if err := s.SetWriteDeadline(wireDeadline(h.config.Timing.StreamTimeout)); err != nil {
		return err
	}
	_, err = s.Write(appendFrame(b))
	return err
}

func (h *Host) readHello(s network.Stream, r *bufio.Reader) (Hello, error) {
	if err := s.SetReadDeadline(wireDeadline(h.config.Timing.StreamTimeout)); err != nil {
		return Hello{}, err
	}
	b, release, err := readFrame(s, r, maxHelloBytes, h.config.Timing.StreamTimeout)
	if err != nil {
		return Hello{}, err
	}
	defer release()
	hello, err := DecodeHello(b)
	if err != nil {
		h.penalize(s.Conn().RemotePeer(), penaltyMalformed, whatHello, ReasonMalformed)
		return hello, err
	}
	h.processes.note(s.Conn().RemotePeer(), s.Conn().ID(), hello.Process)
	return hello, nil
}

// storeHello notes an answer: the other clock was read about half way between sending and receiving.
func (h *Host) storeHello(p peer.ID, theirs Hello, sent, received time.Time) {
	if !h.sameNetwork(p, theirs) {
		return
	}
	if !h.isConnected(p) {
		return
	}
	trip := received.Sub(sent)
	h.hellos.put(p, Peer{Software: theirs.Software, ClockOffset: theirs.Clock.Sub(sent.Add(trip / 2)), RoundTrip: trip,
		SecondNode: theirs.SecondNode && received.Sub(h.started) >= h.config.Timing.Linger})
}

// sameNetwork bans a peer of another network for a while: its operator has to repair that.
func (h *Host) sameNetwork(p peer.ID, theirs Hello) bool {
	if theirs.Network == h.config.Network {
		return true
	}
	h.drops.add(whatConnection, ReasonOtherNetwork)
	h.log.Warn("a peer belongs to another network", "peer", p, "network", theirs.Network, "own", h.config.Network)
	h.gater.ban(p, h.clock.Now().Add(h.config.Timing.BanTime))
	select {
	case h.bans <- p:
	default:
	}
	return false
}

// Peer is what is known of a connected peer.
type Peer struct {
	ID          consensus.PeerID
	Member      bool          // false: an observer
	Address     string        // remote multiaddr of one connection
	Software    string        // name and version that it sent; empty until the first hello
	ClockOffset time.Duration // its clock minus this node's
	RoundTrip   time.Duration // of the last hello; 0 before the first
	Score       float64       // gossipsub's score; below 0 after faults
	SecondNode  bool          // it says that another process with this node's identity is connected to it
}

// helloTable holds what the last hello of each peer said.
type helloTable struct {
	isMember func(peer.ID) bool
	mu       sync.Mutex
	of       map[peer.ID]Peer
}

func newHelloTable(isMember func(peer.ID) bool) *helloTable {
	return &helloTable{isMember: isMember, of: make(map[peer.ID]Peer)}
}

func (c *helloTable) put(p peer.ID, n Peer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.of[p] = n
}

func (c *helloTable) forget(p peer.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.of, p)
}

func (c *helloTable) get(p peer.ID) Peer {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.of[p]
}

// countSecondNode counts the members that say so.
func (c *helloTable) countSecondNode() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	count := 0
	for p, n := range c.of {
		if n.SecondNode && c.isMember(p) {
			count++
		}
	}
	return count
}

// clockOffset is the median of the members' clocks less this node's, which counts as one of them: as long as more than half of these are right, so is the
// median, whatever the others say.
func (c *helloTable) clockOffset() (median time.Duration, members int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	offsets := []time.Duration{0}
	for p, n := range c.of {
		if c.isMember(p) {
			offsets = append(offsets, n.ClockOffset)
		}
	}
	slices.Sort(offsets)
	middle := len(offsets) / 2
	if len(offsets)%2 == 1 {
		return offsets[middle], len(offsets) - 1
	}
	return (offsets[middle-1] + offsets[middle]) / 2, len(offsets) - 1
}

// processes notes which process speaks over each connection of a peer: two at once are two nodes with one identity. They cannot hear of each other
// themselves, since gossip is never sent back to its author.
type processes struct {
	mu sync.Mutex
	of map[peer.ID]map[string]uint64 // by connection; both bounded by the connections that stand
}

func newProcesses() *processes { return &processes{of: make(map[peer.ID]map[string]uint64)} }

func (p *processes) note(id peer.ID, connection string, process uint64) {
	if process == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.of[id] == nil {
		p.of[id] = make(map[string]uint64)
	}
	p.of[id][connection] = process
}

// hasSeveral reports whether more than one process speaks for the peer, over the connections that stand. It forgets the others.
func (p *processes) hasSeveral(id peer.ID, open map[string]bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := make(map[uint64]bool)
	for connection, process := range p.of[id] {
		if !open[connection] {
			delete(p.of[id], connection)
			continue
		}
		found[process] = true
	}
	return len(found) > 1
}

func (p *processes) forget(id peer.ID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.of, id)
}

// openConnections are the connections with a peer that stand.
func (h *Host) openConnections(p peer.ID) map[string]bool {
	open := make(map[string]bool)
	for _, c := range h.libp2p.Network().ConnsToPeer(p) {
		open[c.ID()] = true
	}
	return open
}
