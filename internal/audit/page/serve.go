package page

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
)

// Errors of this package.
var (
	ErrAddress = errors.New("impossible address of the page")
	ErrListen  = errors.New("the page cannot be served there: free the port or name another")
)

// DefaultAddress is where a page is served unless told. It is not a node's.
const DefaultAddress = "127.0.0.1:9111"

// CheckAddress wants host:port on this machine alone, unless others may see it. Errors: ErrAddress.
func CheckAddress(address string, expose bool) error {
	local, err := dashboard.IsLocal(address)
	if err != nil {
		return fmt.Errorf("%w: %q is no host:port", ErrAddress, address)
	}
	if !local && !expose {
		return fmt.Errorf("%w: %q can be reached from other machines: use 127.0.0.1, or --serve-expose if a firewall or proxy guards it", ErrAddress, address)
	}
	return nil
}

// Serve begins to serve the page and its JSON at an address. Close it. Errors: ErrListen.
func (p *Page) Serve(ctx context.Context, address string, log *slog.Logger) (*dashboard.Server, error) {
	board := dashboard.NewAudit(p, dashboard.Options{Clock: p.config.Clock, Logger: log}) // It guards itself.
	server, err := board.Listen(ctx, address, board)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrListen, err)
	}
	return server, nil
}
