package devnet

import (
	"context"
	"errors"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/devnet/process"
)

// View is a running devnet for the caller of Watch. It is safe for concurrent use.
type View struct {
	*network.Network
	env *environment
}

// Watch runs a devnet in which nothing goes wrong, calls watch when its members have been started, and ends the devnet when watch returns. Frames and Scenario
// are not used. Errors: ErrOptions, those of watch, and what kept the devnet from running.
func Watch(ctx context.Context, o Options, watch func(context.Context, *View) error) error {
	o.Frames, o.Scenario = 0, DefaultScenario
	sc, err := o.validate()
	if err != nil {
		return err
	}
	sc.run = func(ctx context.Context, env *environment) error {
		return watch(ctx, &View{Network: env.Network, env: env})
	}
	return run(ctx, o, sc)
}

// Status asks a member how it stands.
func (v *View) Status(ctx context.Context, member int) (status.Status, error) {
	return v.env.fleet.status(ctx, member)
}

// Process is a member's process. Errors: process.ErrEnded.
func (v *View) Process(member int) (*process.Process, error) { return v.env.fleet.process(member) }

// AwaitSlot waits until the chain has passed a slot. Errors: ErrOutcome when it comes much later than it should.
func (v *View) AwaitSlot(ctx context.Context, slot uint64) error {
	return v.env.awaitSlot(ctx, slot)
}

// AwaitReport waits until the contract has the report of a frame, counted from 0; false when the frame ended without. Errors: ErrOutcome when a balance is not
// as calculated.
func (v *View) AwaitReport(ctx context.Context, frame uint64) (bool, error) {
	f, err := v.env.awaitRebase(ctx, frame)
	if errors.Is(err, ErrOutcome) && f.rebase == nil {
		return false, nil
	}
	return err == nil, err
}

// AwaitFrame waits until the report of a frame, counted from 0, took effect, and gives what was submitted for it until then: one transaction. Errors:
// ErrOutcome when the frame ends without a report, it took several transactions, or a balance is not as calculated.
func (v *View) AwaitFrame(ctx context.Context, frame uint64) (follow.Submission, error) {
	f, err := v.env.awaitReport(ctx, frame)
	if err != nil {
		return follow.Submission{}, err
	}
	return f.submissions[0], nil
}
