package node

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/metrics"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// listen begins to serve source on address: /livez, /readyz, /metrics, and the dashboard with its API for all else.
func listen(ctx context.Context, address string, source status.Source, holders status.HoldersSource, log *slog.Logger) (*dashboard.Server, error) {
	page := dashboard.New(source, dashboard.Options{Logger: log, Holders: holders})
	server, err := page.Listen(ctx, address, routes(source, page))
	if err != nil {
		return nil, fmt.Errorf("listen on api %s: %w: free the port or name another with api", address, err)
	}
	return server, nil
}

func routes(source status.Source, page http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /livez", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { serveReady(w, r, source.Status()) })
	mux.Handle("GET /metrics", metrics.Handler(source))
	guarded := http.NewServeMux()
	guarded.Handle("/", page) // It guards itself.
	for _, path := range []string{"/livez", "/readyz", "/metrics"} {
		guarded.Handle(path, dashboard.Guard(mux, nil))
	}
	return guarded
}

// readiness is /readyz as JSON.
type readiness struct {
	Ready   bool            `json:"ready"`
	Reasons []status.Reason `json:"reasons"`
}

// serveReady answers 200, or 503 with the reasons, as JSON to who asks for it.
func serveReady(w http.ResponseWriter, r *http.Request, s status.Status) {
	code := http.StatusOK
	if !s.Ready {
		code = http.StatusServiceUnavailable
	}
	w.Header().Set("Cache-Control", "no-store")
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(readiness{s.Ready, append([]status.Reason{}, s.Reasons...)}) // An error is the reader's going away.
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
