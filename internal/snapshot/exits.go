package snapshot

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// Exits is what exits must bring home for the requests that a report leaves waiting. No report says it yet, and members do not agree on it. It depends on verified
// values only, and on the network's parameters as the beacon nodes name them.
type Exits struct {
	Input   report.ExitDemandInput
	Demand  report.ExitDemandOutput
	Waiting report.WaitingQueue // when the requests are paid
}

// Exits computes what exits must bring home after a report, and when the requests that it leaves waiting are paid. It stands apart from Compute, so that nothing in it
// can stop or delay a report. Errors: ErrSpecDisagreement, those of packages beacon, beacon/state, execution and report.
func (g *Builder) Exits(ctx context.Context, r *Result) (*Exits, error) {
	g.o.Progress(ReadingExits, 0, 0)
	e, err := g.exits(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("find what exits must bring home after the report of slot %d: %w", r.Report.RefSlot, err)
	}
	return e, nil
}

func (g *Builder) exits(ctx context.Context, r *Result) (*Exits, error) {
	rules, err := exitRules(r.network.nodes, r.State.Fork, g.publicExitParameters())
	if err != nil {
		return nil, fmt.Errorf("take the network's rules of exits: %w", err)
	}
	requests, err := r.pool.ExitRequests(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := g.asked(ctx, r, requests)
	if err != nil {
		return nil, fmt.Errorf("find the validators of which withdrawals were asked: %w", err)
	}
	e := &Exits{}
	if e.Input, err = exitReadings(r.State, rules, asked).Input(r.Snapshot, r.Computed); err != nil {
		return nil, err
	}
	if e.Demand, err = report.ExitDemand(e.Input); err != nil {
		return nil, err
	}
	e.Waiting, err = report.Waiting(r.Snapshot, r.Computed, e.Input, g.schedule)
	return e, err
}

// asked finds the validators of requests. What is asked of a validator that is not the pool's, or has no balance, is left out.
func (g *Builder) asked(ctx context.Context, r *Result, requests []execution.ExitRequest) ([]report.AskedReading, error) {
	keys := make([]report.PublicKey, len(requests))
	for i, request := range requests {
		keys[i] = request.PublicKey
	}
	s, err := g.find(ctx, r.Reference, r.network.Spec, r.State, keys)
	if err != nil {
		return nil, err
	}
	var asked []report.AskedReading
	for _, r := range requests {
		if v, found := s.Asked[r.PublicKey]; found {
			asked = append(asked, report.AskedReading{Validator: exitValidator(v), AmountGwei: r.AmountGwei})
		}
	}
	return asked, nil
}

// exitReadings is what the exit demand takes of a verified state.
func exitReadings(s *state.State, rules report.ExitRules, asked []report.AskedReading) report.ExitReadings {
	r := report.ExitReadings{
		Rules: rules, Gloas: s.Fork >= state.Gloas, Queue: report.ExitQueue{EarliestEpoch: s.Churn.EarliestExitEpoch, BalanceToConsumeGwei: s.Churn.ExitBalanceToConsumeGwei},
		Registry: s.TotalValidators, SweptActiveGwei: s.PoolSweptGwei, PendingPartials: s.PartialsTotal, Asked: asked,
		Leaving: make([]report.ExitValidator, len(s.Leaving)), Partials: make([]report.PendingPartial, len(s.Partials)),
	}
	for i, v := range s.Leaving {
		r.Leaving[i] = exitValidator(v)
	}
	for i, p := range s.Partials {
		r.Partials[i] = report.PendingPartial{Index: p.Index, AmountGwei: p.AmountGwei, WithdrawableEpoch: p.WithdrawableEpoch}
	}
	r.Compounding = func(yield func(report.ExitValidator) bool) {
		for _, v := range s.Compounding {
			whole := report.ExitValidator{
				Index: v.Index, BalanceGwei: s.BalanceOf(v.Index), EffectiveBalanceGwei: v.EffectiveBalanceGwei, ActivationEpoch: uint64(v.ActivationEpoch),
				ExitEpoch: report.FarFutureEpoch, WithdrawableEpoch: report.FarFutureEpoch, Compounding: true,
			}
			if whole.BalanceGwei > 0 && !yield(whole) {
				return
			}
		}
	}
	return r
}

func exitValidator(v state.ValidatorDetail) report.ExitValidator {
	return report.ExitValidator{
		Index: v.Index, BalanceGwei: v.BalanceGwei, EffectiveBalanceGwei: v.EffectiveBalanceGwei, ActivationEpoch: v.ActivationEpoch, ExitEpoch: v.ExitEpoch,
		WithdrawableEpoch: v.WithdrawableEpoch, Slashed: v.Slashed, Compounding: v.Compounding,
	}
}
