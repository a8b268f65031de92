package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/status"
)

// Bounds of the HTTP server.
const (
	headerTimeout  = 5 * time.Second
	requestTimeout = 10 * time.Second
	answerTimeout  = 30 * time.Second
	idleTimeout    = time.Minute
	maxHeaderBytes = 16 << 10
	goodbye        = 3 * time.Second // for requests that run when the node stops
)

// server is the node's HTTP server.
type server struct {
	http     *http.Server
	listener net.Listener
	served   chan struct{}
}

// listen begins to serve source on address.
func listen(ctx context.Context, address string, source status.Source) (*server, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on api %s: %w: free the port or name another with api", address, err)
	}
	s := &server{
		http: &http.Server{
			Handler: routes(source), ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout,
			MaxHeaderBytes: maxHeaderBytes,
		},
		listener: listener, served: make(chan struct{}),
	}
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // It always ends with an error: that of close.
	}()
	return s, nil
}

func (s *server) address() string { return s.listener.Addr().String() }

// close lets running requests end for a moment.
func (s *server) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), goodbye)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = s.http.Close()
	}
	<-s.served
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func routes(source status.Source) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { serveReady(w, r, source.Status()) })
	mux.HandleFunc("GET /api/v1/status", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, source.Status()) })
	return guard(mux)
}

// serveReady answers 200, or 503 with the reasons, as JSON to who asks for it.
func serveReady(w http.ResponseWriter, r *http.Request, s status.Status) {
	code := http.StatusOK
	if !s.Ready {
		code = http.StatusServiceUnavailable
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		writeJSON(w, code, struct {
			Ready   bool            `json:"ready"`
			Reasons []status.Reason `json:"reasons"`
		}{s.Ready, append([]status.Reason{}, s.Reasons...)})
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	if s.Ready {
		fmt.Fprintln(w, "ready")
	}
	for _, reason := range s.Reasons {
		fmt.Fprintf(w, "%s: %s\n", reason.Code, reason.Text)
	}
}

func writeJSON(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(value) // An error is the reader's going away.
}

// guard refuses names that a foreign web page could have pointed at this machine (DNS rebinding): only addresses and localhost are asked for by name.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if net.ParseIP(strings.Trim(host, "[]")) == nil && host != "localhost" {
			http.Error(w, "ask for this node by its address or as localhost", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}
