package node

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// describeTimeout bounds how long a reader waits for the runner.
const describeTimeout = 5 * time.Second

// statusProvider gives readers the node's status. It is a status.Source.
type statusProvider struct {
	r         *runner
	endpoints *endpoints
	started   time.Time

	asking sync.Mutex // held by the one reader that has the runner describe itself

	mu     sync.Mutex
	count  uint64        // descriptions so far
	signal chan struct{} // closed at the next change; nil: nobody waits
	last   status.Status
}

func newStatusProvider(r *runner) *statusProvider {
	return &statusProvider{r: r, started: r.clock.Now()}
}

// Status has the runner describe itself; when it does not answer in time or has ended, the last description stands. Readers that come while others wait
// share a description that began after they came: however many read, the runner is asked once at a time, and gets on with its work.
func (p *statusProvider) Status() status.Status {
	came := p.descriptions()
	p.asking.Lock()
	defer p.asking.Unlock()
	if p.descriptions() > came+1 {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.last
	}
	ctx, cancel := context.WithTimeout(context.Background(), describeTimeout)
	defer cancel()
	described := make(chan status.Status, 1)
	if p.r.ask(ctx, func() { described <- p.r.describe(p.endpoints.current()) }) {
		s := <-described
		s.StartedAt = p.started
		p.mu.Lock()
		defer p.mu.Unlock()
		p.last = s
		p.count++
		return s
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count++
	s := p.last
	s.Ready, s.Reasons = false, []status.Reason{{Code: string(Starting), Text: "the node is stopping, or too busy to answer"}}
	p.last = s
	return s
}

func (p *statusProvider) descriptions() uint64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count
}

// Changed is closed when the next description may differ.
func (p *statusProvider) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.signal == nil {
		p.signal = make(chan struct{})
	}
	return p.signal
}

// changed wakes those who wait.
func (p *statusProvider) changed() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.signal != nil {
		close(p.signal)
		p.signal = nil
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
