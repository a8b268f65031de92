package node

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// deskWait bounds how long a reader waits for the runner.
const deskWait = 5 * time.Second

// desk tells readers about the node. It is a status.Source.
type desk struct {
	r         *runner
	endpoints *endpoints
	started   time.Time

	asking sync.Mutex // held by the one reader that has the runner describe itself

	mu     sync.Mutex
	made   uint64        // descriptions so far
	signal chan struct{} // closed at the next change; nil: nobody waits
	last   status.Status
}

func newDesk(r *runner) *desk { return &desk{r: r, started: r.clock.Now()} }

// Status has the runner describe itself; when it does not answer in time or has ended, the last description stands. Readers that come while others wait
// share a description that began after they came: however many read, the runner is asked once at a time, and gets on with its work.
func (d *desk) Status() status.Status {
	came := d.descriptions()
	d.asking.Lock()
	defer d.asking.Unlock()
	if d.descriptions() > came+1 {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.last
	}
	ctx, cancel := context.WithTimeout(context.Background(), deskWait)
	defer cancel()
	described := make(chan status.Status, 1)
	if d.r.ask(ctx, func() { described <- d.r.describe(d.endpoints.now()) }) {
		s := <-described
		s.StartedAt = d.started
		d.mu.Lock()
		defer d.mu.Unlock()
		d.last = s
		d.made++
		return s
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.made++
	s := d.last
	s.Ready, s.Reasons = false, []status.Reason{{Code: string(Starting), Text: "the node is stopping, or too busy to answer"}}
	d.last = s
	return s
}

func (d *desk) descriptions() uint64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.made
}

// Changed is closed when the next description may differ.
func (d *desk) Changed() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.signal == nil {
		d.signal = make(chan struct{})
	}
	return d.signal
}

// changed wakes those who wait.
func (d *desk) changed() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.signal != nil {
		close(d.signal)
		d.signal = nil
	}
}

// copyCounters gives readers their own.
func copyCounters(c status.Counters) status.Counters {
	c.Rounds, c.Submissions, c.Alarms = maps.Clone(c.Rounds), maps.Clone(c.Submissions), maps.Clone(c.Alarms)
	dropped := make(map[string]map[string]uint64, len(c.Dropped))
	for what, reasons := range c.Dropped {
		dropped[what] = maps.Clone(reasons)
	}
	c.Dropped = dropped
	c.LatencyMs.Counts = slices.Clone(c.LatencyMs.Counts)
	return c
}
