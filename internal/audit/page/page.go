package page

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// Config is whose page it is. Manifest and Clock are needed.
type Config struct {
	Manifest  *manifest.Manifest
	Beacon    []string // hosts of the auditor's own nodes, never URLs: they are shown
	Execution []string
	Software  string
	Clock     clock.Clock
}

// Page describes the newest look of an audit; it is a status.AuditSource. It is safe for concurrent use.
type Page struct {
	config  Config
	started time.Time

	mu      sync.Mutex
	looked  time.Time // when the newest result came; zero: never
	result  audit.Result
	token   *events.Token
	failure error
	changed chan struct{}
}

// New makes a page that says that the first look is not over.
func New(c Config) *Page {
	return &Page{config: c, started: c.Clock.Now(), changed: make(chan struct{})}
}

// Chain is what is asked for the token's values: audit.Chain.
type Chain interface {
	BlockByNumber(ctx context.Context, number uint64) (events.Block, error)
	Token(ctx context.Context, at events.Block) (events.Token, error)
}

// Look shows what a look has brought, with the token's values at its last block. The error says why they could not be read; all else is shown.
func (p *Page) Look(ctx context.Context, chain Chain, r audit.Result) error {
	last, err := chain.BlockByNumber(ctx, r.Head.LastBlock)
	if err == nil {
		var token events.Token
		if token, err = chain.Token(ctx, last); err == nil {
			p.Show(r, &token)
			return nil
		}
	}
	p.Show(r, nil)
	return fmt.Errorf("read the token for the page: %w", err)
}

// Show shows what a look has brought, and the token's values; nil: they are not known. The result is not to be changed afterwards.
func (p *Page) Show(r audit.Result, token *events.Token) {
	p.set(func() { p.result, p.token, p.looked, p.failure = r, token, p.config.Clock.Now(), nil })
}

// Fail says that a look failed. What an earlier one has brought stays.
func (p *Page) Fail(err error) {
	p.set(func() { p.failure = err })
}

func (p *Page) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	close(p.changed)
	p.changed = make(chan struct{})
}

// Changed is closed by the next look.
func (p *Page) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

// Audit describes the newest look.
func (p *Page) Audit() status.Audit {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, m := p.config.Clock.Now(), p.config.Manifest
	s := status.Audit{Overview: status.Overview{
		Version: status.Version, Software: p.config.Software, Time: now, StartedAt: p.started,
		Network: status.Network{
			Name: m.Name, ChainID: m.ChainID, Oracle: m.Contracts.ReportOracle, GenesisTime: m.Schedule.GenesisTime,
			SecondsPerSlot: m.Schedule.SecondsPerSlot, SlotsPerEpoch: m.Schedule.SlotsPerEpoch, EpochsPerFrame: m.Schedule.EpochsPerFrame,
		},
		Ready: p.failure == nil, Frame: p.frame(now), Endpoints: p.endpoints(),
	}}
	if p.failure != nil {
		s.Reasons = []status.Reason{{Code: "look-failed", Text: p.failure.Error()}}
	}
	if p.looked.IsZero() {
		return s
	}
	p.describe(&s)
	return s
}

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
