package devnet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
)

// Run runs a devnet to its end and tells what happens. With Frames, or a scenario that ends, the error says whether all went as promised: ErrOutcome when
// not. Errors: ErrOptions, ErrOutcome, and what kept the devnet from running.
func Run(ctx context.Context, o Options) error {
	plot, err := o.validate()
	if err != nil {
		return err
	}
	return run(ctx, o, plot)
}

func run(ctx context.Context, o Options, plot scenario) (err error) {
	if o.Frames == 0 {
		o.Frames = plot.usual
	}
	if o.Dir == "" {
		if o.Dir, err = os.MkdirTemp("", "tidemark-devnet-"); err != nil {
			return fmt.Errorf("make the devnet's folder: %w", err)
		}
		defer func() {
			if err == nil { // What went wrong can be looked into.
				err = os.RemoveAll(o.Dir)
			} else {
				err = fmt.Errorf("%w; logs and journals are kept in %s", err, o.Dir)
			}
		}()
	}
	s, err := open(ctx, o, plot)
	if err != nil {
		return err
	}
	return s.play(ctx)
}

// play drives chain and scenario, and ends both.
func (s *stage) play(ctx context.Context) error {
	s.teller.begin()
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	var chain sync.WaitGroup
	chain.Go(func() { s.run(running) })
	outcome := s.plot.play(running, s)
	cancel()
	chain.Wait()
	if errors.Is(outcome, context.Canceled) && ctx.Err() != nil {
		outcome = s.interrupted()
	}
	// The members end in order even when the caller's context is over.
	ended := s.close(context.WithoutCancel(ctx))
	if outcome == nil && s.plot.after != nil {
		outcome = s.plot.after(s)
	}
	s.teller.end(outcome)
	return errors.Join(outcome, ended)
}

// interrupted judges the frames that ended before the one who watches had seen enough.
func (s *stage) interrupted() error {
	if s.options.Frames > 0 || s.plot.frames > 0 {
		return context.Canceled
	}
	return s.judge(s.current())
}

// judge wants each of the first count frames reported by one transaction, and every balance as calculated.
func (s *stage) judge(count uint64) error {
	var errs []error
	for k := range count {
		for _, fault := range s.frame(k).faults() {
			errs = append(errs, fmt.Errorf("%w: %s", ErrOutcome, fault))
		}
	}
	return errors.Join(errs...)
}
