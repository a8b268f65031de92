package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

// tolerated is the most failing tests without a fault: more than these say that the faults' code itself is what fails.
const tolerated = 3

// search runs the tests on each fault of a sample.
type search struct {
	seed     uint64
	digest   string
	sources  map[string]string
	faults   []*mutant
	projects []project
	results  *results
	say      io.Writer
	clean    baseline
}

// measure runs all tests without a fault: quickly, to know how long that takes, and in full.
func (s *search) measure(ctx context.Context) error {
	if known, ok := s.results.find(s.seed, s.digest, s.cleanName()); ok && known.Clean != nil && known.Clean.FullCPU > 0 {
		s.clean = *known.Clean
		return nil
	}
	fmt.Fprintln(s.say, "Running all tests without a fault.")
	quick, err := s.projects[0].test(ctx, testRun{quick: true})
	if err != nil {
		return err
	}
	full, err := s.projects[0].test(ctx, testRun{})
	if err != nil {
		return err
	}
	s.clean = baseline{
		Quick: quick.took.Seconds(), Full: full.took.Seconds(), QuickCPU: quick.cpu.Seconds(), FullCPU: full.cpu.Seconds(), Failing: full.failing,
	}
	for _, test := range quick.failing {
		if !slices.Contains(s.clean.Failing, test) {
			s.clean.Failing = append(s.clean.Failing, test)
		}
	}
	if len(s.clean.Failing) > tolerated {
		return fmt.Errorf("%d tests fail without a fault, make them pass (make test-contracts) first: %v", len(s.clean.Failing), s.clean.Failing)
	}
	return s.results.add(result{Seed: s.seed, Sources: s.digest, Fault: s.cleanName(), Clean: &s.clean})
}

// cleanName is under what the run without a fault is kept: other faults are other code.
func (s *search) cleanName() string { return fmt.Sprintf("none of %d", len(s.faults)) }

// expected is how long so many faults take: a kill half of a quick run; one in ten lives and takes a whole quick and a full one.
func (s *search) expected(faults int) time.Duration {
	each := 0.9*s.clean.Quick/2 + 0.1*(s.clean.Quick+s.clean.Full)
	return time.Duration(float64(faults) * each / float64(len(s.projects)) * float64(time.Second)).Round(time.Minute)
}

// run tries every fault that no earlier run has tried.
func (s *search) run(ctx context.Context) error {
	var left []int
	for i, f := range s.faults {
		if _, known := s.results.find(s.seed, s.digest, f.identity()); !known {
			left = append(left, i)
		}
	}
	hours := s.expected(len(left)).Hours()
	fmt.Fprintf(s.say, "%d faults, %d of them known from an earlier run. A quick run takes %.0f s, a full one %.0f s: expect %.1f hours.\n",
		len(s.faults), len(s.faults)-len(left), s.clean.Quick, s.clean.Full, hours)
	if len(s.clean.Failing) > 0 {
		fmt.Fprintf(s.say, "Left out, since they fail without a fault; make them pass for a run that counts: %v\n", s.clean.Failing)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	go func() {
		defer close(next)
		for _, i := range left {
			select {
			case next <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	progress := &progress{say: s.say, total: len(left), start: time.Now()}
	var workers sync.WaitGroup
	for _, p := range s.projects {
		workers.Go(func() {
			for i := range next {
				one, err := s.try(ctx, p, i)
				if err == nil {
					err = s.results.add(one)
				}
				if err != nil {
					cancel(err)
					return
				}
				progress.done(s.faults[i], one)
			}
		})
	}
	workers.Wait()
	return context.Cause(ctx)
}

// try runs the tests with one fault on until one of them notices.
func (s *search) try(ctx context.Context, p project, index int) (result, error) {
	f := s.faults[index]
	one := result{Seed: s.seed, Sources: s.digest, Fault: f.identity()}
	quick, full := testRun{quick: true, limit: limit(s.clean.QuickCPU)}, testRun{limit: limit(s.clean.FullCPU)}
	var asks []testRun
	for _, files := range stages(s.sources, f.File, s.results.killer(f.identity())) {
		stage := quick
		stage.files = files
		asks = append(asks, stage)
	}
	for _, a := range append(asks, full) {
		a.fault, a.except, a.failFast = index+1, s.clean.Failing, true
		said, err := p.test(ctx, a)
		if err != nil {
			return one, fmt.Errorf("%s:%d: %w", f.File, f.Line, err)
		}
		one.Seconds += said.took.Seconds()
		if len(said.failing) > 0 {
			one.Killed, one.Killer = true, said.failing[0]
			break
		}
	}
	return one, nil
}

// limit is how much of the processor's time tests may take that take so many seconds of it without a fault.
func limit(seconds float64) time.Duration {
	return time.Duration((5*seconds + 30) * float64(time.Second))
}

// progress tells how far the search is.
type progress struct {
	mutex        sync.Mutex
	say          io.Writer
	count, total int
	start        time.Time
}

func (p *progress) done(f *mutant, one result) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.count++
	what := "LIVED "
	if one.Killed {
		what = "killed"
	}
	left := time.Since(p.start) / time.Duration(p.count) * time.Duration(p.total-p.count)
	fmt.Fprintf(p.say, "%d/%d %s %3.0f s, %v left: %s:%d %s -> %s %s\n", p.count, p.total, what, one.Seconds,
		left.Round(time.Minute), f.File, f.Line, f.Original, f.Mutated, one.Killer)
}
