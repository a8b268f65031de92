package endpoint

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// Class is what an error says of the endpoint that gave it.
type Class struct {
	Temporary  bool          // the same endpoint may do better when asked again
	RetryAfter time.Duration // what it asks for; 0 for nothing
	Fault      bool          // it speaks against the endpoint, not of what it was asked for: others are asked first the next time
	Away       bool          // another node may answer there when it comes back
}

// Pool is endpoints of which any may serve.
type Pool struct {
	Kind      string      // what errors and logs call one: "beacon node"
	Endpoints []*Endpoint // in order of preference

	Attempts int                                              // tries of each endpoint for one call
	Delay    time.Duration                                    // before the second try; doubled for each further one, half of it random
	MaxDelay time.Duration                                    // also bounds what Retry-After can ask for
	Random   func(below int64) int64                          // uniform in [0, below)
	Sleep    func(context.Context, time.Duration) error       // ends with the context's error when that ends first
	Log      *slog.Logger                                     // endpoints that failed
	Check    func(context.Context, *Endpoint) error           // that an endpoint is of the right network; see Endpoint.Check
	Classify func(error) Class                                // of an error of Check or of a try
	Wrap     func(e *Endpoint, doing string, err error) error // names the endpoint in an error; nil: it does already
}

// ByHealth is the endpoints, those without recent faults first, else as configured.
func (p *Pool) ByHealth() []*Endpoint {
	failures := make(map[*Endpoint]int, len(p.Endpoints))
	for _, e := range p.Endpoints {
		failures[e] = e.failuresInRow()
	}
	sorted := slices.Clone(p.Endpoints)
	slices.SortStableFunc(sorted, func(a, b *Endpoint) int { return cmp.Compare(failures[a], failures[b]) })
	return sorted
}

// Ask tries one endpoint after the other until one answers well, and then again those that may do better after a pause. The error holds the last
// reason of every endpoint.
func Ask[T any](ctx context.Context, p *Pool, doing string, try func(context.Context, *Endpoint) (T, error)) (T, error) {
	return AskOf(ctx, p, p.ByHealth(), doing, try)
}

// AskOf is Ask for some of the endpoints.
func AskOf[T any](ctx context.Context, p *Pool, candidates []*Endpoint, doing string, try func(context.Context, *Endpoint) (T, error)) (T, error) {
	var none T
	last, all := make(map[*Endpoint]error, len(candidates)), candidates
	for attempt := 0; ; attempt++ {
		var again []*Endpoint
		pause := p.Backoff(attempt)
		for _, e := range candidates {
			value, err := AskOne(ctx, p, e, try)
			if err == nil {
				p.logFailed(e, doing, all, last)
				return value, nil
			}
			if ctx.Err() != nil {
				return none, fmt.Errorf("%s: %w", doing, context.Cause(ctx))
			}
			class := p.Classify(err)
			if p.Wrap != nil {
				err = p.Wrap(e, doing, err)
			}
			last[e] = err
			p.Log.Debug(p.Kind+" did not serve", "endpoint", e.Name, "attempt", attempt+1, "reason", err)
			if class.Temporary {
				again, pause = append(again, e), max(pause, min(class.RetryAfter, p.MaxDelay))
			}
		}
		if len(again) == 0 || attempt+1 >= p.Attempts {
			reasons := make([]error, len(all))
			for i, e := range all {
				reasons[i] = last[e]
			}
			return none, p.Join(doing, reasons)
		}
		if err := p.Sleep(ctx, pause); err != nil {
			return none, fmt.Errorf("%s: %w", doing, err)
		}
		candidates = again
	}
}

// AskOne asks one endpoint once, after it has been checked, and keeps its health.
func AskOne[T any](ctx context.Context, p *Pool, e *Endpoint, try func(context.Context, *Endpoint) (T, error)) (T, error) {
	var value T
	err := e.Check(ctx, p.Check)
	if err == nil {
		value, err = try(ctx, e)
	}
	if ctx.Err() == nil {
		p.Note(e, err)
	}
	return value, err
}

// Note keeps the health of an endpoint after a call that ended with err.
func (p *Pool) Note(e *Endpoint, err error) {
	if err == nil {
		e.note(true, Class{})
		return
	}
	e.note(false, p.Classify(err))
}

// logFailed tells of endpoints that failed before another one served.
func (p *Pool) logFailed(served *Endpoint, doing string, all []*Endpoint, last map[*Endpoint]error) {
	for _, e := range all {
		if err := last[e]; err != nil && p.Classify(err).Fault {
			p.Log.Warn("another "+p.Kind+" had to serve", "served", served.Name, "doing", doing, "reason", err)
		}
	}
}

// Backoff is the pause before try number attempt+2: between half of the doubled delay and all of it.
func (p *Pool) Backoff(attempt int) time.Duration {
	full := p.Delay
	for range attempt {
		if full >= p.MaxDelay {
			break
		}
		full *= 2
	}
	full = min(full, p.MaxDelay)
	half := full / 2
	return half + time.Duration(p.Random(int64(full-half)+1))
}

// Sleep waits by the machine's clock.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// allFailed is what every endpoint answered.
type allFailed struct {
	what    string
	reasons []error
}

func (a *allFailed) Error() string {
	parts := make([]string, len(a.reasons))
	for i, reason := range a.reasons {
		parts[i] = reason.Error()
	}
	return a.what + ": " + strings.Join(parts, "; ")
}

func (a *allFailed) Unwrap() []error { return a.reasons }

// Join makes one error of the reasons of several endpoints.
func (p *Pool) Join(doing string, reasons []error) error {
	if len(reasons) == 1 {
		return reasons[0]
	}
	return &allFailed{fmt.Sprintf("%s: all %d %ss failed", doing, len(reasons), p.Kind), reasons}
}

// IsAny tells whether err is one of some errors.
func IsAny(err error, targets ...error) bool {
	return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
}
