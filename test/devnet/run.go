package devnet

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
)

// Run runs a devnet to its end and prints what happens. With Frames, or a scenario that ends, the error says whether all went as promised: ErrOutcome when
// not. Errors: ErrOptions, ErrOutcome, and what kept the devnet from running.
func Run(ctx context.Context, o Options) error {
	sc, err := o.validate()
	if err != nil {
		return err
	}
	return run(ctx, o, sc)
}

func run(ctx context.Context, o Options, sc scenario) (err error) {
	if o.Frames == 0 {
		o.Frames = sc.defaultFrames
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
	env, err := open(ctx, o, sc)
	if err != nil {
		return err
	}
	return env.runScenario(ctx)
}

// runScenario drives chain and scenario, and ends both.
func (env *environment) runScenario(ctx context.Context) error {
	env.printer.printHeader()
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	var chain sync.WaitGroup
	chain.Go(func() { env.driveChain(running) })
	outcome := env.scenario.run(running, env)
	cancel()
	chain.Wait()
	if errors.Is(outcome, context.Canceled) && ctx.Err() != nil {
		outcome = env.interrupted()
	}
	// The members end in order even when the caller's context is over.
	ended := env.close(context.WithoutCancel(ctx))
	if outcome == nil && env.scenario.verify != nil {
		outcome = env.scenario.verify(env)
	}
	env.printer.printSummary(outcome)
	return errors.Join(outcome, ended)
}

// interrupted judges the frames that ended before the one who watches had seen enough.
func (env *environment) interrupted() error {
	if env.options.Frames > 0 || env.scenario.frames > 0 {
		return context.Canceled
	}
	return env.checkFrames(env.currentFrame())
}

// checkFrames checks that one transaction reported each of the first count frames, and that every balance is as calculated.
func (env *environment) checkFrames(count uint64) error {
	var errs []error
	for k := range count {
		for _, fault := range env.frame(k).violations() {
			errs = append(errs, fmt.Errorf("%w: %s", ErrOutcome, fault))
		}
	}
	return errors.Join(errs...)
}
