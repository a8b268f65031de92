package dashboard

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// goodbye is for requests that run at the end.
const goodbye = 3 * time.Second

// NewServer returns a server with the bounds that a page for few visitors needs: in time, and in the size of a request's head. Streams set
// their own times.
func NewServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
}

// Server serves a dashboard, alone or among other handlers.
type Server struct {
	http     *http.Server
	listener net.Listener
	served   chan struct{}
}

// Listen begins to serve handler at an address, host:port; d is the dashboard that it leads to, or is. Close it.
// Errors: those of package net.
func (d *Dashboard) Listen(ctx context.Context, address string, handler http.Handler) (*Server, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	s := &Server{http: NewServer(handler), listener: listener, served: make(chan struct{})}
	s.http.RegisterOnShutdown(d.Close)
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // It always ends with an error: that of Close.
	}()
	return s, nil
}

// IsLocal tells whether only this machine reaches an address, host:port. Errors: those of package net, when it is none.
func IsLocal(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, err
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback(), nil
}

// Address is host:port where the server listens.
func (s *Server) Address() string { return s.listener.Addr().String() }

// URL is where the page is.
func (s *Server) URL() string { return "http://" + s.Address() + "/" }

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
