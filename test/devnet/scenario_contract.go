package devnet

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// quarantine lets the pool lose more than a report may say without a guardian's word.
func quarantine() scenario {
	return scenario{
		name: "quarantine",
		summary: "The pool loses more than the contract takes unseen: the report is held and the token unchanged. The next frame's report replaces it, " +
			"a guardian accepts that one, and the loss is borne.",
		frames: 4,
		terms: func(t *network.Terms) {
			t.Spec.MinSlashingPenaltyQuotientElectra = 32 // one ether at once
			t.Deploy.Limits.LossWindowPcm = 200
		},
		run: runQuarantine,
	}
}

func runQuarantine(ctx context.Context, env *environment) error {
	before, _, err := env.slashPoolValidators(ctx, 4)
	if err != nil {
		return err
	}
	env.printer.printStep("Four validators lose an ether each: more than 0.2 %% of the stake.")
	if _, err := env.awaitQuarantine(ctx, 1); err != nil {
		return err
	}
	env.printer.printStep("The report is held. No guardian decides.")
	f, err := env.awaitQuarantine(ctx, 2)
	if err != nil {
		return err
	}
	if _, err := env.Send(ctx, network.Call{
		From: env.Accounts.Guardian, To: env.Manifest.Contracts.ReportOracle,
		Data: bindings.NewReportOracle().PackAcceptQuarantined(f.submissions[0].Report),
	}); err != nil {
		return err
	}
	env.printer.printStep("The next report is held in its place, and the guardian accepts it.")
	judged, err := env.awaitRebase(ctx, 2)
	if err != nil {
		return err
	}
	if judged.rebase.WeiPerToken.Cmp(before.rebase.WeiPerToken) >= 0 {
		return fmt.Errorf("%w: the loss did not reach the holders", ErrOutcome)
	}
	_, err = env.awaitReport(ctx, 3)
	return err
}

// awaitQuarantine waits for the k-th frame's report to be held by the contract, brought by one transaction.
func (env *environment) awaitQuarantine(ctx context.Context, k uint64) (f frame, err error) {
	err = env.await(ctx, fmt.Sprintf("frame %d is held", k+1), env.deadline(k), func() bool {
		f = env.frame(k)
		return f.quarantined()
	})
	if err == nil && (f.rebase != nil || len(f.submissions) != 1) {
		err = fmt.Errorf("%w: frame %d took effect, or took %d transactions", ErrOutcome, k+1, len(f.submissions))
	}
	return f, err
}

// hasMembershipEvent reports whether a member was registered, admitted, removed, ejected or slashed, as what says.
func (env *environment) hasMembershipEvent(id [32]byte, what string) bool {
	for _, b := range env.follower.Blocks() {
		for _, e := range b.Events {
			if m, ok := e.(follow.Membership); ok && m.Member == id && m.What == what {
				return true
			}
		}
	}
	return false
}
