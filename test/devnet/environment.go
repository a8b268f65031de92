package devnet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/test/devnet/byzantine"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/holders"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/devnet/observer"
)

// environment is a running devnet, with all that a scenario uses.
type environment struct {
	*network.Network
	options   Options
	scenario  scenario
	fleet     *fleet
	follower  *follow.Follower
	script    *holders.Script
	printer   *printer
	observer  *observer.Observer // nil: nobody listens
	byzantine []*byzantine.Node

	mu         sync.Mutex
	slotPassed chan struct{} // closed after each slot
	err        error         // why the chain stopped
}

// open builds the devnet and starts its members.
func open(ctx context.Context, o Options, sc scenario) (env *environment, err error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the devnet's folder: %w", err)
	}
	env = &environment{options: o, scenario: sc, slotPassed: make(chan struct{})}
	fork, _ := o.fork()
	n, err := network.Build(ctx, network.Config{
		Dir: filepath.Join(o.Dir, "members"), Members: o.Members + sc.reserves, Seated: o.Members, Seed: o.Seed, SlotTime: o.SlotTime, Delay: o.Delay, Now: o.Now,
		Fork: fork, GloasAt: o.GloasAt,
		Log: slog.New(slog.DiscardHandler), Change: sc.terms,
	})
	if err != nil {
		return nil, err
	}
	env.Network = n
	if err := env.startHolders(ctx); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	if err := env.startMembers(); err != nil {
		return nil, errors.Join(err, env.close(ctx))
	}
	return env, nil
}

// startHolders are who acts on the chain, and who watches it.
func (env *environment) startHolders(ctx context.Context) (err error) {
	if env.follower, err = follow.New(env.Network); err != nil {
		return err
	}
	if _, err = env.follower.Follow(ctx); err != nil {
		return err
	}
	env.script = holders.New(env.Network, env.options.Seed)
	env.printer = newPrinter(env)
	return env.script.Begin(ctx, env.follower.Books())
}

func (env *environment) startMembers() (err error) {
	if env.fleet, err = newFleet(env.Network, env.options); err == nil {
		env.fleet.noKeepers = env.scenario.noKeepers
	} else {
		return err
	}
	if err := errors.Join(env.startObserver(), env.startByzantine()); err != nil {
		return err
	}
	env.RestartClock() // Members get the clock as flags when they start.
	for _, i := range env.scenario.relayed {
		if err := env.fleet.relay(i); err != nil {
			return err
		}
	}
	for i := range env.options.Members {
		if env.scenario.isByzantine(i, env.options.Members) {
			continue
		}
		if err := env.fleet.start(i); err != nil {
			return err
		}
	}
	return nil
}

// startObserver lets somebody listen, whom the members let in.
func (env *environment) startObserver() error {
	if !env.scenario.observed {
		return nil
	}
	identity, err := env.Stranger("observer")
	if err != nil {
		return err
	}
	env.fleet.observerPeer = p2p.PeerIDText(identity.PeerID())
	env.observer, err = observer.New(env.Network, identity)
	return err
}

// close ends members and chain.
func (env *environment) close(ctx context.Context) error {
	var err error
	if env.observer != nil {
		err = env.observer.Close()
	}
	for _, node := range env.byzantine {
		err = errors.Join(err, node.Close())
	}
	if env.fleet != nil {
		err = errors.Join(err, env.fleet.stop(ctx))
	}
	return errors.Join(err, env.Network.Close())
}

// driveChain drives the chain until ctx ends or something breaks.
func (env *environment) driveChain(ctx context.Context) {
	err := env.Network.Run(ctx, func(slot chain.Slot) error { return env.onSlot(ctx, slot) })
	env.mu.Lock()
	defer env.mu.Unlock()
	env.err = errors.Join(err, errStopped)
	close(env.slotPassed)
	env.slotPassed = make(chan struct{})
}

var errStopped = errors.New("the chain stands still")

// onSlot is what is done in every slot.
func (env *environment) onSlot(ctx context.Context, slot chain.Slot) error {
	fresh, err := env.follower.Follow(ctx)
	if err != nil {
		return err
	}
	for _, b := range fresh {
		env.printer.printBlock(b)
	}
	if slot.Executed {
		if err := env.script.Step(ctx, env.follower.Books()); err != nil {
			return err
		}
	}
	if err := env.fleet.check(); err != nil {
		return err
	}
	if err := env.followRound(ctx); err != nil {
		return err
	}
	env.mu.Lock()
	defer env.mu.Unlock()
	close(env.slotPassed)
	env.slotPassed = make(chan struct{})
	return nil
}

// followRound has those who hear the committee know who it is.
func (env *environment) followRound(ctx context.Context) error {
	refSlot, err := env.Schedule.CurrentRefSlot(env.Chain.Slot())
	if err != nil {
		return err
	}
	refSlot = max(refSlot, env.RefSlot(0)) // Frames of the set-up are over.
	if env.observer != nil {
		if err := env.observer.Follow(ctx, refSlot); err != nil {
			return err
		}
	}
	for _, node := range env.byzantine {
		if err := node.Speak(ctx, refSlot); err != nil {
			return err
		}
	}
	return nil
}

// await waits until a condition holds, and looks after each slot; when it does not hold by the end of a slot, what was awaited did not happen.
func (env *environment) await(ctx context.Context, what string, by uint64, holds func() bool) error {
	for {
		env.mu.Lock()
		pulse, stopped := env.slotPassed, env.err
		env.mu.Unlock()
		switch {
		case holds():
			return nil
		case stopped != nil && ctx.Err() == nil:
			return fmt.Errorf("wait until %s: %w", what, stopped)
		case env.Chain.Slot() > by:
			return fmt.Errorf("%w: by slot %d it was to be seen that %s", ErrOutcome, by, what)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-pulse:
		}
	}
}

// awaitSlot waits for a slot to have passed.
func (env *environment) awaitSlot(ctx context.Context, slot uint64) error {
	return env.await(ctx, fmt.Sprintf("slot %d is reached", slot), slot+env.Schedule.FrameSlots(), func() bool { return env.Chain.Slot() >= slot })
}
