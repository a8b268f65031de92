package preflight

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/multiformats/go-multiaddr"
)

const (
	peers        = "peers"
	dialTime     = 5 * time.Second
	maxBootstrap = 64
)

// socket is a multiaddr as package net speaks of it.
type socket struct{ network, host, port string }

func (s socket) address() string { return net.JoinHostPort(s.host, s.port) }

// parseSocket reads an address such as /ip4/192.0.2.7/udp/9100/quic-v1/p2p/12D3Koo...
func parseSocket(text string) (socket, error) {
	address, err := multiaddr.NewMultiaddr(text)
	if err != nil {
		return socket{}, err
	}
	var s socket
	for _, c := range address {
		switch name := c.Protocol().Name; name {
		case "ip4", "ip6", "dns", "dns4", "dns6":
			s.host = c.Value()
		case "tcp", "udp":
			s.network, s.port = name, c.Value()
		}
	}
	if s.host == "" || s.port == "" {
		return socket{}, fmt.Errorf("%q names no host and port: write it as /ip4/192.0.2.7/udp/9100/quic-v1", text)
	}
	return s, nil
}

// checkListen sees whether the node's own addresses are free.
func (r *run) checkListen(ctx context.Context) {
	for _, text := range r.Listen {
		s, err := parseSocket(text)
		if err != nil {
			r.fail(peers, text, err.Error(), "correct --listen")
			continue
		}
		switch err := bindable(ctx, s); {
		case errors.Is(err, syscall.EADDRINUSE):
			r.warn(peers, text, "in use", "fine if it is this node that runs already; else choose another port")
		case err != nil:
			r.fail(peers, text, err.Error(), "listen on an address of this machine")
		default:
			r.pass(peers, text, "free; whether others reach it from outside is seen when the node runs")
		}
	}
}

func bindable(ctx context.Context, s socket) error {
	var config net.ListenConfig
	if s.network == "udp" {
		c, err := config.ListenPacket(ctx, s.network, s.address())
		if err != nil {
			return err
		}
		return c.Close()
	}
	l, err := config.Listen(ctx, s.network, s.address())
	if err != nil {
		return err
	}
	return l.Close()
}

// checkBootstrap dials the first addresses that the node would try. Only TCP can be tried without being a member.
func (r *run) checkBootstrap(ctx context.Context) {
	if len(r.Bootstrap) == 0 {
		r.warn(peers, "bootstrap", "no address of any member is known", "get one from the network's manifest or from another member, and give it with --bootstrap; a first member needs none")
		return
	}
	reached := 0
	for _, text := range r.Bootstrap[:min(len(r.Bootstrap), maxBootstrap)] {
		if r.tryBootstrap(ctx, text) {
			reached++
		}
	}
	if reached == 0 {
		r.warn(peers, "bootstrap", "none of the addresses was reached", "let TCP and UDP out of this machine, and ask the others whether they run")
	}
}

func (r *run) tryBootstrap(ctx context.Context, text string) bool {
	s, err := parseSocket(text)
	if err != nil {
		r.fail(peers, text, err.Error(), "correct --bootstrap or the manifest's bootstrapPeers")
		return false
	}
	if !strings.Contains(text, "/p2p/") {
		r.fail(peers, text, "names no peer id", "write the address with /p2p/ and the member's id at its end")
		return false
	}
	if s.network == "udp" {
		r.skip(peers, text, "QUIC is tried when the node runs")
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	c, err := r.Dial(ctx, "tcp", s.address())
	if err != nil {
		r.warn(peers, text, err.Error(), "the member may be down, or a firewall between you")
		return false
	}
	_ = c.Close() // nothing was sent
	r.pass(peers, text, "reached")
	return true
}
