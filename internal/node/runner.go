package node

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// mailboxSize is how much work may wait for the runner before the senders wait too.
const mailboxSize = 256

// runner owns the core. All of it but mail, host and statusProvider belongs to the goroutine of run; other goroutines give it work through post and ask.
type runner struct {
	*parts
	mail           chan func()
	ended          chan struct{} // closed when run has returned
	host           *p2p.Host
	sender         *txmgr.Sender // nil: this node submits nothing
	chores         *chores       // nil: this node leaves them to others
	statusProvider *statusProvider
	work           sync.WaitGroup // goroutines that run started

	ctx      context.Context // of serve
	core     *consensus.Core // nil while the journal cannot be opened
	disk     records
	reopenAt consensus.Instant // when the journal is tried again
	tickAt   consensus.Instant // when the core wants to be called
	fatal    error
	timer    timer

	frame     frame
	finalized uint64 // epoch, by the beacon nodes' word; valid when finalitySeen
	finalSeen bool
	chainNow  chainView
	joined    []consensus.Committee // newest first
	logged    loggedProgress
	metrics   nodeMetrics
	exits     *exitsView // nil before the first computation

	watch    clockWatch
	jumpedBy time.Duration // how far the clock was set last
	jumpedAt time.Time
}

// timer is one that is made anew only when its end has changed.
type timer struct {
	at      consensus.Instant
	channel <-chan time.Time
}

func newRunner(p *parts, disk records) (*runner, error) {
	r := &runner{
		parts: p, mail: make(chan func(), mailboxSize), ended: make(chan struct{}), disk: disk, metrics: newNodeMetrics(),
	}
	r.statusProvider = newStatusProvider(r)
	return r, r.makeCore()
}

// makeCore makes a core from what the disk holds.
func (r *runner) makeCore() error {
	kept, err := r.disk.Records()
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	config, err := r.coreConfig()
	if err != nil {
		return err
	}
	core, err := consensus.New(config, kept)
	if err != nil {
		return fmt.Errorf("begin with what the journal holds: %w", err)
	}
	r.core = core
	return nil
}

// post gives the runner work without waiting for it; false when ctx or the runner ended first.
func (r *runner) post(ctx context.Context, work func()) bool {
	select {
	case r.mail <- work:
		return true
	case <-ctx.Done():
	case <-r.ended:
	}
	return false
}

// ask has the runner do work and waits until it is done; false when ctx or the runner ended first.
func (r *runner) ask(ctx context.Context, work func()) bool {
	done := make(chan struct{})
	if !r.post(ctx, func() { work(); close(done) }) {
		return false
	}
	select {
	case <-done:
		return true
	case <-ctx.Done():
	case <-r.ended:
	}
	return false
}

// run works until ctx ends. It returns an error only when no further work is safe.
func (r *runner) run(ctx context.Context) error {
	defer close(r.ended)
	for ctx.Err() == nil && r.fatal == nil {
		r.due()
		r.statusProvider.changed()
		select {
		case <-ctx.Done():
		case work := <-r.mail:
			work()
		case <-r.wake():
			r.timer = timer{}
		}
	}
	return r.fatal
}

// due does all that the clock calls for.
func (r *runner) due() {
	r.watchClock()
	now := r.instant()
	if r.core == nil && now >= r.reopenAt {
		r.reopen()
	}
	r.openFrame()
	if r.core != nil && r.tickAt != 0 && now >= r.tickAt {
		r.tickAt = 0
		r.step(consensus.Tick{})
	}
	r.compute()
	r.logWaiting()
}

// wake fires when the clock calls for something again.
func (r *runner) wake() <-chan time.Time {
	at := min(r.nextFrame(), r.instant().After(r.slot())) // not later: the clock may be set meanwhile
	for _, other := range []consensus.Instant{r.tickAt, r.frame.retryAt, r.reopenAt} {
		if other != 0 && other < at {
			at = other
		}
	}
	if r.timer.channel == nil || r.timer.at != at {
		wait := max(time.Duration(at-r.instant())*time.Millisecond, 0)
		r.timer = timer{at: at, channel: r.clock.After(wait)}
	}
	return r.timer.channel
}

// step gives the core an event and executes what it asks for. It returns what was not used of the event.
func (r *runner) step(event consensus.Event) []consensus.DroppedInput {
	if r.core == nil {
		return nil
	}
	ready := r.core.Step(r.instant(), event)
	r.execute(ready)
	return ready.Dropped
}

// execute keeps the order that consensus/doc.go demands: records are durable before anything else of a Ready is done.
func (r *runner) execute(ready consensus.Ready) {
	if len(ready.Persist) > 0 {
		if err := r.disk.Append(ready.Persist...); err != nil {
			r.recordReady(ready)
			r.persistFailed(err)
			return
		}
	}
	r.recordReady(ready)
	r.logProgress()
	r.tickAt = ready.Next
	for _, out := range ready.Send {
		r.send(out)
	}
	if ready.Submit != nil {
		r.submit(*ready.Submit)
	}
	for _, request := range ready.Sign {
		r.sign(request)
	}
}

// sign signs what was made durable a moment ago.
func (r *runner) sign(request consensus.SignRequest) {
	if r.secret == nil {
		return
	}
	signature := r.secret.Sign(request.Message)
	r.metrics.counters.VotesSigned++
	r.step(consensus.Signed{Round: request.Round, Digest: request.Digest, Signature: consensus.Signature(signature.Bytes())})
}

// persistFailed reports to the core that its records are not durable. When nobody knows what is on the disk, the journal is opened again and the core made anew.
func (r *runner) persistFailed(err error) {
	r.metrics.counters.JournalErrors++
	r.log.Error("A record could not be written to the journal. Nothing was signed or sent.", "reason", err)
	ready := r.core.Step(r.instant(), consensus.PersistFailed{Why: err.Error()})
	switch {
	case errors.Is(err, journal.ErrCorrupt):
		r.recordReady(ready)
		r.fatal = fmt.Errorf("the journal failed: %w", err)
	case errors.Is(err, journal.ErrFailed), errors.Is(err, journal.ErrClosed):
		r.recordReady(ready)
		r.core = nil
		r.reopen()
	default:
		r.execute(ready)
	}
}

// reopen closes the journal, opens it again, and makes a core that knows what the old one knew.
func (r *runner) reopen() {
	err := r.disk.Close()
	if err == nil {
		err = r.journalStands()
	}
	if err == nil {
		r.disk, err = r.openJournal()
	}
	if r.disk == nil {
		r.disk = closedRecords{}
	}
	if err == nil {
		err = r.makeCore()
	}
	if err != nil {
		r.core, r.tickAt = nil, 0
		r.reopenAt = r.instant().After(r.timing().RetryInterval)
		r.log.Error("The journal cannot be opened. The node does nothing in the committee until it can.", "reason", err)
		return
	}
	r.reopenAt = 0
	r.log.Warn("The journal was opened again, and the round is taken up where it was left.")
	r.restoreFrame()
}

// closedRecords stand in for a journal that could not be opened.
type closedRecords struct{}

func (closedRecords) Append(...consensus.Record) error     { return journal.ErrClosed }
func (closedRecords) Records() ([]consensus.Record, error) { return nil, journal.ErrClosed }
func (closedRecords) Close() error                         { return nil }

// send hands a message to the network. What cannot be sent is counted there; the core repeats what matters.
func (r *runner) send(out consensus.Outgoing) {
	if out.To != "" && r.blocked(out.To) {
		return
	}
	if err := r.host.Send(r.ctx, out); err != nil {
		r.log.Debug("A message was not sent.", "to", p2p.PeerIDText(out.To), "reason", err)
	}
}

// blocked reports whether a hook cuts the peer off.
func (p *parts) blocked(peer consensus.PeerID) bool {
	if p.hooks.Blocked == nil {
		return false
	}
	for _, other := range p.hooks.Blocked() {
		if other == peer {
			return true
		}
	}
	return false
}
