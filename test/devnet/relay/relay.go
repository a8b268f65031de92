// Package relay stands between a member and one of its nodes, so that the node can be taken away from that member alone; and between members, so that what
// they say to each other takes as long as between places that are far apart.
//
//	member ──► Relay ──► beacon or execution node        Down: connections are cut, new ones refused
//	member ◄──► Datagrams ◄──► member                    each datagram is passed on a fixed time after it came, both ways
package relay

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
)

// Relay passes TCP connections on while it is up. It is safe for concurrent use.
type Relay struct {
	address, target string
	work            sync.WaitGroup

	mu       sync.Mutex
	listener net.Listener // nil: down
	open     map[net.Conn]struct{}
}

// New listens on a free port of loopback, for a URL such as http://127.0.0.1:5052. Close ends it.
func New(target string) (*Relay, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, fmt.Errorf("relay to a node: %w", err)
	}
	r := &Relay{address: "127.0.0.1:0", target: u.Host, open: make(map[net.Conn]struct{})}
	if err := r.Up(); err != nil {
		return nil, err
	}
	r.address = r.listener.Addr().String()
	return r, nil
}

// URL is what the member asks.
func (r *Relay) URL() string { return "http://" + r.address }

// Up takes connections.
func (r *Relay) Up() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listener != nil {
		return nil
	}
	listener, err := net.Listen("tcp4", r.address)
	if err != nil {
		return fmt.Errorf("relay: %w", err)
	}
	r.listener = listener
	r.work.Go(func() { r.accept(listener) })
	return nil
}

// Down cuts all connections and refuses new ones.
func (r *Relay) Down() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listener != nil {
		r.listener.Close()
		r.listener = nil
	}
	for c := range r.open {
		c.Close()
	}
	clear(r.open)
}

// Close is Down for ever.
func (r *Relay) Close() {
	r.Down()
	r.work.Wait()
}

func (r *Relay) accept(listener net.Listener) {
	for {
		c, err := listener.Accept()
		if err != nil {
			return
		}
		r.work.Go(func() { r.pass(c) })
	}
}

// pass carries bytes both ways until either side ends.
func (r *Relay) pass(from net.Conn) {
	to, err := net.Dial("tcp4", r.target)
	if err != nil {
		from.Close()
		return
	}
	if !r.keep(from, to) {
		return
	}
	var back sync.WaitGroup
	back.Go(func() {
		io.Copy(from, to) // An error is the end of the connection, as its end is.
		from.Close()
	})
	io.Copy(to, from)
	to.Close()
	back.Wait()
	r.drop(from, to)
}

// keep remembers connections, so that Down finds them; false when it is down already.
func (r *Relay) keep(conns ...net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range conns {
		if r.listener == nil {
			c.Close()
			continue
		}
		r.open[c] = struct{}{}
	}
	return r.listener != nil
}

func (r *Relay) drop(conns ...net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range conns {
		delete(r.open, c)
	}
}
