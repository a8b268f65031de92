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

// stage is a running devnet that a scenario plays on.
type stage struct {
	*network.Network
	options  Options
	plot     scenario
	fleet    *fleet
	follower *follow.Follower
	script   *holders.Script
	teller   *teller
	observer *observer.Observer // nil: nobody listens
	liars    []*byzantine.Liar

	mu    sync.Mutex
	pulse chan struct{} // closed after each slot
	err   error         // why the chain stopped
}

// open builds everything and starts the members.
func open(ctx context.Context, o Options, plot scenario) (s *stage, err error) {
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the devnet's folder: %w", err)
	}
	s = &stage{options: o, plot: plot, pulse: make(chan struct{})}
	n, err := network.Build(ctx, network.Config{
		Dir: filepath.Join(o.Dir, "members"), Members: o.Members + plot.reserves, Seated: o.Members, Seed: o.Seed, SlotTime: o.SlotTime, Delay: o.Delay, Now: o.Now,
		Log: slog.New(slog.DiscardHandler), Change: plot.terms,
	})
	if err != nil {
		return nil, err
	}
	s.Network = n
	if err := s.people(ctx); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	if err := s.startMembers(); err != nil {
		return nil, errors.Join(err, s.close(ctx))
	}
	return s, nil
}

// people are who acts on the chain, and who watches it.
func (s *stage) people(ctx context.Context) (err error) {
	if s.follower, err = follow.New(s.Network); err != nil {
		return err
	}
	if _, err = s.follower.Follow(ctx); err != nil {
		return err
	}
	s.script = holders.New(s.Network, s.options.Seed)
	s.teller = newTeller(s)
	return s.script.Begin(ctx, s.follower.Books())
}

func (s *stage) startMembers() (err error) {
	if s.fleet, err = newFleet(s.Network, s.options); err != nil {
		return err
	}
	if err := errors.Join(s.startObserver(), s.startLiars()); err != nil {
		return err
	}
	s.RestartClock() // Members are told the clock when they start.
	for _, i := range s.plot.relayed {
		if err := s.fleet.relay(i); err != nil {
			return err
		}
	}
	for i := range s.options.Members {
		if s.plot.isLiar(i, s.options.Members) {
			continue
		}
		if err := s.fleet.start(i); err != nil {
			return err
		}
	}
	return nil
}

// startObserver lets somebody listen, whom the members let in.
func (s *stage) startObserver() error {
	if !s.plot.observed {
		return nil
	}
	identity, err := s.Stranger("observer")
	if err != nil {
		return err
	}
	s.fleet.watcher = p2p.PeerIDText(identity.PeerID())
	s.observer, err = observer.New(s.Network, identity)
	return err
}

// close ends members and chain.
func (s *stage) close(ctx context.Context) error {
	var err error
	if s.observer != nil {
		err = s.observer.Close()
	}
	for _, liar := range s.liars {
		err = errors.Join(err, liar.Close())
	}
	if s.fleet != nil {
		err = errors.Join(err, s.fleet.stop(ctx))
	}
	return errors.Join(err, s.Network.Close())
}

// run drives the chain until ctx ends or something breaks.
func (s *stage) run(ctx context.Context) {
	err := s.Network.Run(ctx, func(slot chain.Slot) error { return s.after(ctx, slot) })
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = errors.Join(err, errStopped)
	close(s.pulse)
	s.pulse = make(chan struct{})
}

var errStopped = errors.New("the chain stands still")

// after is what is done in every slot.
func (s *stage) after(ctx context.Context, slot chain.Slot) error {
	fresh, err := s.follower.Follow(ctx)
	if err != nil {
		return err
	}
	for _, b := range fresh {
		s.teller.tell(b)
	}
	if !slot.Missed {
		if err := s.script.Step(ctx, s.follower.Books()); err != nil {
			return err
		}
	}
	if err := s.fleet.check(); err != nil {
		return err
	}
	if err := s.listen(ctx); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.pulse)
	s.pulse = make(chan struct{})
	return nil
}

// listen has those who hear the committee know who it is.
func (s *stage) listen(ctx context.Context) error {
	refSlot, err := s.Schedule.CurrentRefSlot(s.Chain.Slot())
	if err != nil {
		refSlot = s.Schedule.RefSlot(0)
	}
	if s.observer != nil {
		if err := s.observer.Follow(ctx, refSlot); err != nil {
			return err
		}
	}
	for _, liar := range s.liars {
		if err := liar.Lie(ctx, refSlot); err != nil {
			return err
		}
	}
	return nil
}

// await waits until a condition holds, and looks after each slot; when it does not hold by the end of a slot, what was awaited did not happen.
func (s *stage) await(ctx context.Context, what string, by uint64, holds func() bool) error {
	for {
		s.mu.Lock()
		pulse, stopped := s.pulse, s.err
		s.mu.Unlock()
		switch {
		case holds():
			return nil
		case stopped != nil && ctx.Err() == nil:
			return fmt.Errorf("wait until %s: %w", what, stopped)
		case s.Chain.Slot() > by:
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
func (s *stage) awaitSlot(ctx context.Context, slot uint64) error {
	return s.await(ctx, fmt.Sprintf("slot %d is reached", slot), slot+s.Schedule.FrameSlots(), func() bool { return s.Chain.Slot() >= slot })
}
