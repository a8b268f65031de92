package page

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/tidemark-oracle/tidemark/dashboard"
)

// Errors of this package.
var (
	ErrAddress = errors.New("impossible address of the page")
	ErrListen  = errors.New("the page cannot be served there: free the port or name another")
)

// DefaultAddress is where a page is served unless told. It is not a node's.
const DefaultAddress = "127.0.0.1:9111"

// goodbye is for requests that run at the end.
const goodbye = 3 * time.Second

// CheckAddress wants host:port on this machine alone, unless others may see it. Errors: ErrAddress.
func CheckAddress(address string, expose bool) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%w: %q is no host:port", ErrAddress, address)
	}
	ip := net.ParseIP(host)
	if loopback := host == "localhost" || ip != nil && ip.IsLoopback(); !loopback && !expose {
		return fmt.Errorf("%w: %q can be reached from other machines: use 127.0.0.1, or --serve-expose if a firewall or proxy guards it", ErrAddress, address)
	}
	return nil
}

// Server serves a page.
type Server struct {
	http     *http.Server
	listener net.Listener
	served   chan struct{}
}

// Serve begins to serve the page and its JSON at an address. Close it. Errors: ErrListen.
func (p *Page) Serve(ctx context.Context, address string, log *slog.Logger) (*Server, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrListen, err)
	}
	board := dashboard.New(p, dashboard.Options{Logger: log}) // It guards itself.
	s := &Server{http: dashboard.NewServer(board), listener: listener, served: make(chan struct{})}
	s.http.RegisterOnShutdown(board.Close)
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // It always ends with an error: that of Close.
	}()
	return s, nil
}

// URL is where the page is.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() + "/" }

// Close lets running requests end for a moment.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = errors.Join(err, s.http.Close())
	}
	<-s.served
	return err
}
