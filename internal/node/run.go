package node

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/tidemark-oracle/tidemark/p2p"
)

// Run runs a node until ctx ends, and returns nil then. It returns an error when the node cannot start, each of which says what to do, or when its journal is
// damaged. Beacon and execution nodes that are down are no reason for either.
func Run(ctx context.Context, c Config) error { return RunWithHooks(ctx, c, Hooks{}) }

// RunWithHooks is Run with faults, for the devnet and tests.
func RunWithHooks(ctx context.Context, c Config, h Hooks) (err error) {
	p, err := open(c, h)
	if err != nil {
		return err
	}
	defer p.close()
	disk, err := p.openJournal()
	if err != nil {
		return err
	}
	r, err := newRunner(p, disk)
	if err != nil {
		return errors.Join(err, disk.Close())
	}
	defer func() { err = errors.Join(err, r.disk.Close()) }()
	nodes, err := p.openNodes()
	if err != nil {
		return err
	}
	r.desk.endpoints = newEndpoints(p, nodes, r.desk.changed)
	if r.host, err = p.openHost(&judge{r: r}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.host.Close()) }()
	if r.sender, err = p.openSender(nodes, r.desk.changed); err != nil {
		return err
	}
	api := ""
	if p.config.API != "" {
		s, err := listen(ctx, p.config.API, r.desk, p.log)
		if err != nil {
			return err
		}
		defer func() { _ = s.Close() }() // What a reader did not get is no error of the node.
		api = s.Address()
	}
	r.greet(api)
	return r.serve(ctx)
}

// serve runs everything until ctx ends, then stops it in order: first what brings news, then the runner.
func (r *runner) serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r.ctx = ctx
	f := newFollower(r.parts, func(ctx context.Context, v chainView) bool { return r.post(ctx, func() { r.takeChain(v) }) })
	var sources sync.WaitGroup
	sources.Go(func() { f.run(ctx) })
	sources.Go(func() { r.watchFinality(ctx) })
	sources.Go(func() { r.desk.endpoints.run(ctx) })
	if r.sender != nil {
		sources.Go(func() { r.sender.Run(ctx) })
	}
	err := r.run(ctx)
	stop()
	sources.Wait()
	r.work.Wait()
	if err == nil {
		r.log.Info("The node has stopped.")
	}
	return err
}

// greet tells who the node is.
func (r *runner) greet(api string) {
	r.log.Info("The node runs.", "network", r.manifest.Name, "oracle", r.manifest.Contracts.ReportOracle, "observe", r.config.Observe, "api", api,
		"addresses", r.host.Addresses())
	if r.hooks.Source != nil {
		r.hooks.Source(r.desk)
	}
	if r.hooks.Started != nil {
		r.hooks.Started(api, r.host.Addresses())
	}
}

// LogLibrary has libp2p's own lines go to log. They are the whole process': a program calls it once, before Run.
func LogLibrary(log *slog.Logger) { p2p.RouteLibraryLogs(log) }
