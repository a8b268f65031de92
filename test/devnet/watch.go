package devnet

import (
	"context"
	"errors"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/devnet/process"
)

// Show is a devnet in which nothing goes wrong, for who watches it.
type Show struct {
	Terms func(*network.Terms) // alters the rules; may be nil
	// Watch is called when the members have been started. When it returns, the devnet ends.
	Watch func(context.Context, *View) error
}

// View is a running devnet as its watcher sees it. It is safe for concurrent use.
type View struct {
	*network.Network
	stage *stage
}

// Play runs a devnet for its watcher; Frames and Scenario are not used. Errors: ErrOptions, what the watcher says, and what kept the devnet from running.
func Play(ctx context.Context, o Options, show Show) error {
	o.Frames, o.Scenario = 0, DefaultScenario
	plot, err := o.validate()
	if err != nil {
		return err
	}
	plot.terms = show.Terms
	plot.play = func(ctx context.Context, s *stage) error { return show.Watch(ctx, &View{Network: s.Network, stage: s}) }
	return run(ctx, o, plot)
}

// Status asks a member how it stands.
func (v *View) Status(ctx context.Context, member int) (status.Status, error) {
	return v.stage.fleet.status(ctx, member)
}

// Process is a member's process. Errors: process.ErrEnded.
func (v *View) Process(member int) (*process.Process, error) { return v.stage.fleet.process(member) }

// AwaitSlot waits until the chain has passed a slot. Errors: ErrOutcome when it comes much later than it should.
func (v *View) AwaitSlot(ctx context.Context, slot uint64) error {
	return v.stage.awaitSlot(ctx, slot)
}

// AwaitReport waits until the contract has the report of a frame, counted from 0; false when the frame ended without. Errors: ErrOutcome when a balance is not
// as calculated.
func (v *View) AwaitReport(ctx context.Context, frame uint64) (bool, error) {
	f, err := v.stage.tookEffect(ctx, frame)
	if errors.Is(err, ErrOutcome) && f.rebase == nil {
		return false, nil
	}
	return err == nil, err
}

// AwaitFrame waits until the report of a frame, counted from 0, took effect, and gives what was submitted for it until then: one transaction. Errors:
// ErrOutcome when the frame ends without a report, it took several transactions, or a balance is not as calculated.
func (v *View) AwaitFrame(ctx context.Context, frame uint64) (follow.Submission, error) {
	f, err := v.stage.reported(ctx, frame)
	if err != nil {
		return follow.Submission{}, err
	}
	return f.submissions[0], nil
}
