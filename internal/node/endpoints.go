package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// endpointTimeout bounds one look at a node.
const endpointTimeout = 10 * time.Second

// endpointView is what is known of the nodes that this one asks.
type endpointView struct {
	checked         bool // at least once
	beaconUsable    bool // at least one
	beaconWhy       string
	executionUsable bool
	executionWhy    string
	headSlot        uint64
	list            []status.Endpoint
}

// endpoints asks again and again whether the nodes can be used.
type endpoints struct {
	*parts
	nodes             []*execution.Node
	changed           func()
	beaconFailures    failureLog
	executionFailures failureLog

	mu   sync.Mutex
	view endpointView
}

// openNodes makes a client of each execution node.
func (p *parts) openNodes() ([]*execution.Node, error) {
	nodes := make([]*execution.Node, 0, len(p.config.Execution))
	for _, url := range p.config.Execution {
		node, err := execution.NewNode(url, execution.NodeOptions{HTTP: &http.Client{Transport: p.transport}, RequestTimeout: endpointTimeout})
		if err != nil {
			return nil, fmt.Errorf("%w execution: %w", ErrConfig, err)
		}
		nodes = append(nodes, node)
	}
	return nodes, nil
}

func newEndpoints(p *parts, nodes []*execution.Node, changed func()) *endpoints {
	return &endpoints{
		parts: p, nodes: nodes, changed: changed,
		beaconFailures: failureLog{log: p.log, clock: p.clock, ends: "A beacon node can be used again.",
			begins: "No beacon node can be used. The node goes on, and computes nothing meanwhile."},
		executionFailures: failureLog{log: p.log, clock: p.clock, ends: "An execution node can be used again.",
			begins: "No execution node can be used. The node goes on, and learns nothing of the contracts meanwhile."},
	}
}

func (e *endpoints) current() endpointView {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.view
}

// run looks once a slot until ctx ends.
func (e *endpoints) run(ctx context.Context) {
	for ctx.Err() == nil {
		v := endpointView{checked: true}
		e.checkBeacons(ctx, &v)
		e.checkExecution(ctx, &v)
		if ctx.Err() != nil {
			return
		}
		e.set(v)
		select {
		case <-ctx.Done():
		case <-e.clock.After(e.slot()):
		}
	}
}

func (e *endpoints) checkBeacons(ctx context.Context, v *endpointView) {
	ctx, cancel := context.WithTimeout(ctx, endpointTimeout)
	defer cancel()
	var whys []string
	started := time.Now()
	for _, s := range e.beacon.Statuses(ctx) {
		one := status.Endpoint{
			Kind: "beacon", Name: hostOf(s.Endpoint), Usable: s.Err == nil, Why: shortReason(s.Err), Height: s.Syncing.HeadSlot, Checked: e.clock.Now(),
		}
		if s.Err == nil {
			v.beaconUsable, v.headSlot = true, max(v.headSlot, s.Syncing.HeadSlot)
			one.LatencyMs = time.Since(started).Milliseconds()
		} else {
			whys = append(whys, one.Why)
		}
		v.list = append(v.list, one)
	}
	v.beaconWhy = strings.Join(whys, "; ")
}

// checkExecution asks all at once for the head.
func (e *endpoints) checkExecution(ctx context.Context, v *endpointView) {
	looked := make([]status.Endpoint, len(e.nodes))
	var all sync.WaitGroup
	for i, node := range e.nodes {
		all.Go(func() { looked[i] = e.checkExecutionNode(ctx, node) })
	}
	all.Wait()
	var whys []string
	for _, one := range looked {
		v.executionUsable = v.executionUsable || one.Usable
		if !one.Usable {
			whys = append(whys, one.Why)
		}
	}
	v.executionWhy = strings.Join(whys, "; ")
	v.list = append(v.list, looked...)
}

func (e *endpoints) checkExecutionNode(ctx context.Context, node *execution.Node) status.Endpoint {
	started := time.Now()
	height, err := headOf(ctx, node, e.manifest.ChainID)
	one := status.Endpoint{Kind: "execution", Name: hostOf(node.Name()), Usable: err == nil, Why: shortReason(err), Height: height, Checked: e.clock.Now()}
	if err == nil {
		one.LatencyMs = time.Since(started).Milliseconds()
	}
	return one
}

// headOf is the number of the node's newest block.
func headOf(ctx context.Context, node *execution.Node, chainID uint64) (uint64, error) {
	if err := node.CheckChain(ctx, chainID); err != nil {
		return 0, err
	}
	answer, err := node.Call(ctx, "eth_blockNumber")
	if err != nil {
		return 0, err
	}
	digits, found := strings.CutPrefix(strings.Trim(string(answer), `"`), "0x")
	number, err := strconv.ParseUint(digits, 16, 64)
	if err != nil || !found {
		return 0, fmt.Errorf("%s: eth_blockNumber: %w", node.Name(), execution.ErrMalformed)
	}
	return number, nil
}

func (e *endpoints) set(v endpointView) {
	e.mu.Lock()
	e.view = v
	e.mu.Unlock()
	e.beaconFailures.record(unlessUsable(v.beaconUsable, v.beaconWhy))
	e.executionFailures.record(unlessUsable(v.executionUsable, v.executionWhy))
	e.changed()
}

func unlessUsable(usable bool, why string) error {
	if usable {
		return nil
	}
	return errors.New(why)
}

// hostOf is host and port of a redacted URL.
func hostOf(name string) string {
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		return u.Host
	}
	return name
}

// failureLogInterval is how often a failure that goes on is logged again.
const failureLogInterval = 10 * time.Minute

// failureLog logs something that fails again and again: when that begins, now and then while it lasts, and when it ends.
type failureLog struct {
	log    *slog.Logger
	clock  clock.Clock
	begins string // sentences
	ends   string

	since, loggedAt time.Time
}

// record takes the result of one try; nil: it worked.
func (f *failureLog) record(err error) {
	now := f.clock.Now()
	switch {
	case err == nil && !f.since.IsZero():
		f.log.Info(f.ends, "after", now.Sub(f.since).Round(time.Second))
		f.since, f.loggedAt = time.Time{}, time.Time{}
	case err == nil:
	case f.since.IsZero():
		f.since, f.loggedAt = now, now
		f.log.Warn(f.begins, "reason", shortReason(err))
	case now.Sub(f.loggedAt) >= failureLogInterval:
		f.loggedAt = now
		f.log.Warn(f.begins, "for", now.Sub(f.since).Round(time.Second), "reason", shortReason(err))
	}
}
