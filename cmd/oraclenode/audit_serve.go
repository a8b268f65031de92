package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/audit/page"
	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
)

// auditPage is the page of --serve; nil: nobody asked for one.
type auditPage struct {
	chain    page.Chain
	manifest *manifest.Manifest
	log      *slog.Logger
	software string
	out      io.Writer // gets the address of the page

	page   *page.Page
	server *dashboard.Server
}

func (f *auditFlags) checkServe() error {
	if f.serve == "" {
		if f.serveExpose {
			return cli.Usagef("--serve-expose goes with --serve")
		}
		return nil
	}
	if err := page.CheckAddress(f.serve, f.serveExpose); err != nil {
		return cli.Usagef("--serve: %w", err)
	}
	return nil
}

// openPage serves the page from the beginning: a port that is taken is known before anything is read.
func (f *auditFlags) openPage(ctx context.Context, env environment, p auditPage) (*auditPage, error) {
	if f.serve == "" {
		return nil, nil
	}
	p.page = page.New(page.Config{
		Manifest: p.manifest, Beacon: hosts(f.beacon), Execution: hosts(f.execution), Software: p.software, Clock: env.clock,
	})
	server, err := p.page.Serve(ctx, f.serve, p.log)
	if err != nil {
		return nil, fmt.Errorf("--serve: %w", err)
	}
	p.server = server
	if _, err := fmt.Fprintf(p.out, "The audit is shown at %s until it is interrupted.\n", server.URL()); err != nil {
		p.log.Error("the address of the page could not be printed", "url", server.URL(), "reason", err)
	}
	return &p, nil
}

// hosts are the nodes by host and port: a path may be a secret.
func hosts(urls *cli.URLList) (names []string) {
	for _, u := range urls.Items {
		names = append(names, u.Host)
	}
	return names
}

func (p *auditPage) look(ctx context.Context, r audit.Result) {
	if p == nil {
		return
	}
	if err := p.page.Look(ctx, p.chain, r); err != nil && ctx.Err() == nil {
		p.log.Error("the page has no values of the token", "reason", err)
	}
}

func (p *auditPage) fail(err error) {
	if p != nil {
		p.page.Fail(err)
	}
}

// wait waits for whoever looks at the page to end it.
func (p *auditPage) wait(ctx context.Context) {
	if p != nil {
		<-ctx.Done()
	}
}

func (p *auditPage) close() error {
	if p == nil {
		return nil
	}
	return p.server.Close()
}
