package devnet

import (
	"context"
	"fmt"
	"strconv"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/fault"
)

// wrongReport plants the same bug in every member: they agree, the contract cannot know better, and only who computes the report again can.
func wrongReport() scenario {
	return scenario{
		name: "wrong-report",
		summary: "Every member's program has the same bug, within the contract's bounds: all sign, the contract accepts, and balances are not as calculated. " +
			"An audit that computes the report again finds the value.",
		frames: 1,
		run:    runWrongReport,
	}
}

func runWrongReport(ctx context.Context, env *environment) error {
	const extraGwei = 100_000
	for i := range env.options.Members {
		if err := env.fleet.sendFault(i, fault.PlantDifference(extraGwei)); err != nil {
			return err
		}
	}
	env.printer.printStep("Every member computes %d gwei too many.", extraGwei)
	f := env.frame(0)
	if err := env.await(ctx, "the wrong report takes effect", env.deadline(0), func() bool {
		f = env.frame(0)
		return f.rebase != nil
	}); err != nil {
		return err
	}
	taken, _ := f.accepted()
	switch {
	case len(taken.Signers) < report.Quorum(env.options.Members):
		return fmt.Errorf("%w: the wrong report took effect with %d signatures", ErrOutcome, len(taken.Signers))
	case len(f.mismatches()) == 0:
		return fmt.Errorf("%w: %d gwei too many changed no balance", ErrOutcome, extraGwei)
	}
	env.printer.printStep("%d of %d signed it, and the contract accepted it.", len(taken.Signers), env.options.Members)

	blind, err := env.audit(ctx, audit.Endpoints{Manifest: env.Manifest, Execution: []string{env.Chain.ExecutionURL()}})
	if err != nil {
		return err
	}
	if len(blind.Findings) != 0 {
		return fmt.Errorf("%w: without a beacon node the audit finds %q: the report is wrong in more than the planted value", ErrOutcome, blind.Findings[0].Text)
	}
	env.printer.printStep("An audit with an execution node alone finds nothing: signatures, digest, proof and arithmetic are right.")
	whole, err := env.audit(ctx, audit.Endpoints{Manifest: env.Manifest, Execution: []string{env.Chain.ExecutionURL()}, Beacon: []string{env.Chain.BeaconURL()}})
	if err != nil {
		return err
	}
	return env.checkWrongValue(whole, f.refSlot, extraGwei)
}

// audit judges the whole history of the devnet, as oraclenode audit does.
func (env *environment) audit(ctx context.Context, e audit.Endpoints) (audit.Result, error) {
	nodes, compute, closeNodes, err := audit.Open(e)
	if err != nil {
		return audit.Result{}, fmt.Errorf("audit the devnet: %w", err)
	}
	defer closeNodes()
	auditor, err := audit.New(audit.Options{Manifest: env.Manifest, Chain: nodes, Compute: compute, Software: "devnet"})
	if err != nil {
		return audit.Result{}, fmt.Errorf("audit the devnet: %w", err)
	}
	head, err := audit.ParsePoint("head")
	if err != nil {
		return audit.Result{}, fmt.Errorf("audit the devnet: %w", err)
	}
	blocks, err := auditor.Resolve(ctx, audit.Point{}, head)
	if err != nil {
		return audit.Result{}, fmt.Errorf("audit the devnet: %w", err)
	}
	result, err := auditor.Run(ctx, blocks)
	if err != nil {
		return audit.Result{}, fmt.Errorf("audit the devnet: %w", err)
	}
	return result, nil
}

// checkWrongValue checks that the audit found the planted value, and nothing else.
func (env *environment) checkWrongValue(r audit.Result, refSlot, extraGwei uint64) error {
	if len(r.Findings) != 1 || r.Findings[0].Kind != audit.WrongValues || r.Findings[0].RefSlot == nil || *r.Findings[0].RefSlot != refSlot {
		return fmt.Errorf("%w: of one wrong report the audit says %d findings: %v", ErrOutcome, len(r.Findings), r.Findings)
	}
	for _, one := range r.Reports {
		for _, d := range one.Divergence {
			reported, errReported := strconv.ParseUint(d.Reported, 10, 64)
			computed, errComputed := strconv.ParseUint(d.Computed, 10, 64)
			if d.Field == "clValidatorsGwei" && errReported == nil && errComputed == nil && reported == computed+extraGwei {
				env.printer.printStep("With a beacon node it finds %s: %s is %s, and the auditor's own nodes give %s.", r.Findings[0].Kind, d.Field, d.Reported, d.Computed)
				return nil
			}
		}
	}
	return fmt.Errorf("%w: the audit does not name clValidatorsGwei: %s", ErrOutcome, r.Findings[0].Text)
}
