package audit

import (
	"context"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// Chain is what is asked of execution nodes: *watch.Reader.
type Chain interface {
	Head(ctx context.Context) (events.Block, error)
	Finalized(ctx context.Context) (events.Block, error)
	BlockByNumber(ctx context.Context, number uint64) (events.Block, error)
	BlockByHash(ctx context.Context, hash common.Hash) (events.Block, error)
	BlockAtTime(ctx context.Context, seconds, first, last uint64) (events.Block, error)
	Scan(ctx context.Context, first, last uint64, want events.Selection, each func(first, last uint64, found []events.Event) error) error
	Contents(ctx context.Context, hash common.Hash) (events.BlockContents, error)
	EventsIn(receipts []events.Receipt, want events.Selection) ([]events.Event, error)
	State(ctx context.Context, at events.Block, finalizeUpTo uint64) (events.State, error)
	Token(ctx context.Context, at events.Block) (events.Token, error)
}

// Compute computes the report of a reference slot from the auditor's own nodes: the snapshot's Builder.
type Compute func(ctx context.Context, refSlot uint64) (report.Report, error)

// Progress is told how much is done. It is called by the goroutine that audits.
type Progress func(what string, done, total uint64)

// Options of an Auditor. Manifest and Chain are needed.
type Options struct {
	Manifest *manifest.Manifest
	Chain    Chain
	Compute  Compute // nil: no beacon node, values are not computed again
	Names    Names   // of members; may be nil
	Cache    *Cache  // what earlier audits have read; nil: none
	Progress Progress
	Software string
}

// Auditor audits one network. It is for one goroutine.
type Auditor struct {
	o        Options
	schedule report.Schedule
	domain   report.Domain
}

// New makes an auditor. Errors: report.ErrImpossibleSchedule, ErrCache when the cache is another network's.
func New(o Options) (*Auditor, error) {
	schedule := report.Schedule(o.Manifest.Schedule)
	if err := schedule.Validate(); err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = func(string, uint64, uint64) {}
	}
	if o.Cache == nil {
		o.Cache = NewCache(o.Manifest)
	}
	if err := o.Cache.belongs(o.Manifest); err != nil {
		return nil, err
	}
	return &Auditor{o: o, schedule: schedule, domain: o.Manifest.Domain()}, nil
}

// Run audits the blocks first to last, inclusive, which Resolve gives. What is final goes into the cache. Errors are those of the nodes where nothing
// can be audited without an answer; what a single check lacks is in its text.
func (a *Auditor) Run(ctx context.Context, r Blocks) (Result, error) {
	found, err := a.found(ctx, r)
	if err != nil {
		return Result{}, fmt.Errorf("read the history: %w", err)
	}
	out := &auditRun{Auditor: a, blocks: r, found: found, committees: newCommitteeHistory(a.o.Manifest)}
	out.result.Head = Head{
		Type: "audit", Version: SchemaVersion, Software: a.o.Software, Network: a.o.Manifest.Name, ChainID: a.o.Manifest.ChainID,
		Oracle: a.o.Manifest.Contracts.ReportOracle, FirstBlock: r.First.Number, LastBlock: r.Last.Number,
		FirstTime: r.First.Time, LastTime: r.Last.Time, FinalBlock: r.Final.Number, Recomputes: a.o.Compute != nil,
	}
	if err := out.run(ctx); err != nil {
		return Result{}, err
	}
	if slices.ContainsFunc(out.result.Findings, Finding.doubtsEvents) {
		a.o.Cache.clear() // another node may be asked next time
	}
	return out.result, nil
}

// found are those from the deployment to the range's end: who answers follows from all of them.
func (a *Auditor) found(ctx context.Context, r Blocks) ([]events.Event, error) {
	cache, deployed := a.o.Cache, a.o.Manifest.DeploymentBlock
	if err := a.checkCache(ctx); err != nil {
		return nil, err
	}
	next := max(cache.last+1, deployed)
	var fresh []events.Event
	final := r.finalized()
	take := func(first, last uint64) error {
		if last < first {
			return nil
		}
		return a.o.Chain.Scan(ctx, first, last, events.Oracle(), func(_, done uint64, found []events.Event) error {
			a.o.Progress("reading the history", done-deployed+1, r.Last.Number-deployed+1)
			fresh = append(fresh, found...)
			return nil
		})
	}
	kept := r.Last // newest block of the range that is final
	if final.Number < r.Last.Number {
		kept = final
	}
	if next <= kept.Number { // an earlier audit may have gone further
		if err := take(next, kept.Number); err != nil {
			return nil, err
		}
		cache.extend(kept, fresh)
		fresh = nil
		next = cache.last + 1
	}
	if err := take(next, r.Last.Number); err != nil {
		return nil, err
	}
	known := slices.DeleteFunc(slices.Clone(cache.found), func(e events.Event) bool { return e.Block > r.Last.Number })
	return append(known, fresh...), nil
}

// checkCache drops what was read when its last block is not the chain's any more: the nodes of then were on another fork.
func (a *Auditor) checkCache(ctx context.Context) error {
	c := a.o.Cache
	if c.last == 0 {
		return nil
	}
	b, err := a.o.Chain.BlockByNumber(ctx, c.last)
	if err != nil {
		return err
	}
	if b.Hash != c.lastHash {
		c.clear()
	}
	return nil
}
