package relay

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Bounds of a relay of datagrams: what is above them is lost, as on any line.
const (
	maxDatagramBytes = 2048 // QUIC's are smaller
	maxUnderWay      = 8192
	maxSources       = 256
	socketBytes      = 1 << 20
)

// Datagrams passes UDP datagrams on a while after they came, both ways: a line between members that are far from each other. The member behind it sees
// each source as a port of the relay. It is safe for concurrent use.
type Datagrams struct {
	delay    time.Duration
	now      func() time.Time
	target   *net.UDPAddr
	socket   *net.UDPConn
	underWay chan datagram
	ended    chan struct{}
	work     sync.WaitGroup

	mu      sync.Mutex
	sources map[netip.AddrPort]*net.UDPConn // to the target, one for each source
	closed  bool
}

// datagram waits to be passed on. The delay is the same for all, so they leave in the order in which they came.
type datagram struct {
	due  time.Time
	pass func() // What cannot be sent is lost.
}

// NewDatagrams listens on a free port of loopback, for a host:port over UDP. Close ends it.
func NewDatagrams(target string, delay time.Duration, now func() time.Time) (*Datagrams, error) {
	to, err := net.ResolveUDPAddr("udp4", target)
	if err != nil {
		return nil, fmt.Errorf("relay of datagrams: %w", err)
	}
	socket, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, fmt.Errorf("relay of datagrams: %w", err)
	}
	d := &Datagrams{
		delay: delay, now: now, target: to, socket: socket, underWay: make(chan datagram, maxUnderWay), ended: make(chan struct{}),
		sources: make(map[netip.AddrPort]*net.UDPConn),
	}
	enlarge(socket)
	d.work.Go(d.listen)
	d.work.Go(d.deliver)
	return d, nil
}

// enlarge lets a burst wait in the kernel. A smaller buffer loses more, no worse.
func enlarge(c *net.UDPConn) {
	_ = c.SetReadBuffer(socketBytes)
	_ = c.SetWriteBuffer(socketBytes)
}

// Port is where it listens.
func (d *Datagrams) Port() int { return d.socket.LocalAddr().(*net.UDPAddr).Port }

// Close ends the relay. What is under way is lost.
func (d *Datagrams) Close() {
	d.mu.Lock()
	if !d.closed {
		d.closed = true
		close(d.ended)
		d.socket.Close()
		for _, c := range d.sources {
			c.Close()
		}
	}
	d.mu.Unlock()
	d.work.Wait()
}

// listen takes what is sent to the target.
func (d *Datagrams) listen() {
	buffer := make([]byte, maxDatagramBytes)
	for {
		n, from, err := d.socket.ReadFromUDPAddrPort(buffer)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // An earlier datagram found nobody.
		}
		if out := d.source(from); out != nil {
			d.send(buffer[:n], func(b []byte) { _, _ = out.Write(b) })
		}
	}
}

// source is the socket that stands for a source; nil when there are too many.
func (d *Datagrams) source(from netip.AddrPort) *net.UDPConn {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c := d.sources[from]; c != nil || d.closed || len(d.sources) >= maxSources {
		return c
	}
	c, err := net.DialUDP("udp4", nil, d.target)
	if err != nil {
		return nil
	}
	enlarge(c)
	d.sources[from] = c
	d.work.Go(func() { d.answer(c, from) })
	return c
}

// answer takes what the target sends to a source.
func (d *Datagrams) answer(c *net.UDPConn, to netip.AddrPort) {
	buffer := make([]byte, maxDatagramBytes)
	for {
		n, err := c.Read(buffer)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue // The target does not listen now.
		}
		d.send(buffer[:n], func(b []byte) { _, _ = d.socket.WriteToUDPAddrPort(b, to) })
	}
}

func (d *Datagrams) send(b []byte, pass func([]byte)) {
	kept := append([]byte(nil), b...)
	select {
	case d.underWay <- datagram{due: d.now().Add(d.delay), pass: func() { pass(kept) }}:
	default:
	}
}

// deliver passes on what is due.
func (d *Datagrams) deliver() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-d.ended:
			return
		case next := <-d.underWay:
			if wait := next.due.Sub(d.now()); wait > 0 {
				timer.Reset(wait)
				select {
				case <-d.ended:
					return
				case <-timer.C:
				}
			}
			next.pass()
		}
	}
}
