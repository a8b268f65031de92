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
		story: "Every member's program has the same bug, within the contract's bounds: all sign, the contract accepts, and balances are not as calculated. " +
			"An audit that computes the report again finds the value.",
		frames: 1,
		play:   playWrongReport,
	}
}

func playWrongReport(ctx context.Context, s *stage) error {
	const extraGwei = 100_000
	for i := range s.options.Members {
		if err := s.fleet.tell(i, fault.PlantDifference(extraGwei)); err != nil {
			return err
		}
	}
	s.teller.say("Every member computes %d gwei too many.", extraGwei)
	f := s.frame(0)
	if err := s.await(ctx, "the wrong report takes effect", s.deadline(0), func() bool {
		f = s.frame(0)
		return f.rebase != nil
	}); err != nil {
		return err
	}
	taken, _ := f.accepted()
	switch {
	case len(taken.Signers) < report.Quorum(s.options.Members):
		return fmt.Errorf("%w: the wrong report took effect with %d signatures", ErrOutcome, len(taken.Signers))
	case len(f.mismatches()) == 0:
		return fmt.Errorf("%w: %d gwei too many changed no balance", ErrOutcome, extraGwei)
	}
	s.teller.say("%d of %d signed it, and the contract accepted it.", len(taken.Signers), s.options.Members)

	blind, err := s.audit(ctx, audit.Endpoints{Manifest: s.Manifest, Execution: []string{s.Chain.ExecutionURL()}})
	if err != nil {
		return err
	}
	if len(blind.Findings) != 0 {
		return fmt.Errorf("%w: without a beacon node the audit finds %q: the report is wrong in more than the planted value", ErrOutcome, blind.Findings[0].Text)
	}
	s.teller.say("An audit with an execution node alone finds nothing: signatures, digest, proof and arithmetic are right.")
	whole, err := s.audit(ctx, audit.Endpoints{Manifest: s.Manifest, Execution: []string{s.Chain.ExecutionURL()}, Beacon: []string{s.Chain.BeaconURL()}})
	if err != nil {
		return err
	}
	return s.wantWrongValue(whole, f.refSlot, extraGwei)
}

// audit judges the whole history of the devnet, as oraclenode audit does.
func (s *stage) audit(ctx context.Context, e audit.Endpoints) (audit.Result, error) {
	nodes, compute, closeNodes, err := audit.Open(e)
	if err != nil {
		return audit.Result{}, fmt.Errorf("audit the devnet: %w", err)
	}
	defer closeNodes()
	auditor, err := audit.New(audit.Options{Manifest: s.Manifest, Chain: nodes, Compute: compute, Software: "devnet"})
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

// wantWrongValue wants the planted value found, and nothing else.
func (s *stage) wantWrongValue(r audit.Result, refSlot, extraGwei uint64) error {
	if len(r.Findings) != 1 || r.Findings[0].Kind != audit.WrongValues || r.Findings[0].RefSlot == nil || *r.Findings[0].RefSlot != refSlot {
		return fmt.Errorf("%w: of one wrong report the audit says %d findings: %v", ErrOutcome, len(r.Findings), r.Findings)
	}
	for _, one := range r.Reports {
		for _, d := range one.Divergence {
			reported, errReported := strconv.ParseUint(d.Reported, 10, 64)
			computed, errComputed := strconv.ParseUint(d.Computed, 10, 64)
			if d.Field == "clValidatorsGwei" && errReported == nil && errComputed == nil && reported == computed+extraGwei {
				s.teller.say("With a beacon node it finds %s: %s is %s, and the auditor's own nodes give %s.", r.Findings[0].Kind, d.Field, d.Reported, d.Computed)
				return nil
			}
		}
	}
	return fmt.Errorf("%w: the audit does not name clValidatorsGwei: %s", ErrOutcome, r.Findings[0].Text)
}
