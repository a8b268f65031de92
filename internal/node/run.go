package node

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
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
	r.statusProvider.endpoints = newEndpoints(p, nodes, r.statusProvider.changed)
	if r.host, err = p.openHost(&messageValidator{r: r}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.host.Close()) }()
	var signer txmgr.Signer
	if r.sender, signer, err = p.openSender(nodes, r.statusProvider.changed); err != nil {
		return err
	}
	if r.chores, err = p.openChores(signer); err != nil {
		return err
	}
	api := ""
	if p.config.API != "" {
		s, err := listen(ctx, p.config.API, r.statusProvider, newHoldersSource(p), p.log)
		if err != nil {
			return err
		}
		defer func() { _ = s.Close() }() // What a reader did not get is no error of the node.
		api = s.Address()
	}
	r.logStart(api)
	return r.serve(ctx)
}

// serve runs everything until ctx ends, then stops it in order: first what brings news, then the runner.
func (r *runner) serve(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r.ctx = ctx
	f := newFollower(r.parts, func(ctx context.Context, v chainView) bool { return r.post(ctx, func() { r.applyChain(v) }) })
	var sources sync.WaitGroup
	sources.Go(func() { f.run(ctx) })
	sources.Go(func() { r.watchFinality(ctx) })
	sources.Go(func() { r.statusProvider.endpoints.run(ctx) })
	sources.Go(func() { forkWatch{r.beacon.Specs, r.schedule, r.clock, r.log}.run(ctx) })
	if r.sender != nil {
		sources.Go(func() { r.sender.Run(ctx) })
	}
	if r.chores != nil {
		sources.Go(func() { r.chores.run(ctx) })
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

// logStart logs who the node is, and hands out its status.
func (r *runner) logStart(api string) {
	r.log.Info("The node runs.", "network", r.manifest.Name, "oracle", r.manifest.Contracts.ReportOracle, "observe", r.config.Observe, "api", api,
		"addresses", r.host.Addresses())
	if r.hooks.Source != nil {
		r.hooks.Source(r.statusProvider)
	}
	if r.hooks.Started != nil {
		r.hooks.Started(api, r.host.Addresses())
	}
}

// LogLibrary has libp2p's own lines go to log. They are the whole process': a program calls it once, before Run.
func LogLibrary(log *slog.Logger) { p2p.RouteLibraryLogs(log) }

// DevnetChainID is the chain on which a node may have a clock that runs faster.
const DevnetChainID = 1337

// Hooks let the devnet and tests plant faults. Only RunWithHooks takes them, which oraclenode does not call (a test holds it); each may be nil.
type Hooks struct {
	// Tamper changes the report that the node computed: a bug, or another view of the chain.
	Tamper func(*report.Report)
	// Blocked are peers with whom nothing is exchanged now: a partition.
	Blocked func() []consensus.PeerID
	// Clock is the node's time in place of the machine's.
	Clock clock.Clock
	// ClockRate is how many times as fast as the machine's clock the node's runs, from ClockOrigin on, when both showed the same; 0 and 1: as fast.
	ClockRate   int64
	ClockOrigin time.Time
	// ClockOffset is how far the machine's clock is ahead for all of the node, also in what it sends to other members: a machine without time synchronisation.
	ClockOffset time.Duration
	// Started is given the addresses of the HTTP server (empty: none) and of the network, once both listen.
	Started func(api string, addresses []string)

	// Source is given the node's description of itself before it starts.
	Source func(status.Source)

	openRecords func() (records, error)
}
