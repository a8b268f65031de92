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
		story: "The pool loses more than the contract takes unseen: the report is held and the token unchanged. The next frame's report replaces it, " +
			"a guardian accepts that one, and the loss is borne.",
		frames: 4,
		terms: func(t *network.Terms) {
			t.Spec.MinSlashingPenaltyQuotientElectra = 32 // one ether at once
			t.Deploy.Limits.LossWindowPcm = 200
		},
		play: playQuarantine,
	}
}

func playQuarantine(ctx context.Context, s *stage) error {
	before, err := s.reported(ctx, 0)
	if err != nil {
		return err
	}
	ours, err := s.poolValidators()
	if err != nil {
		return err
	}
	if err := s.Chain.Slash(ours[:4]...); err != nil {
		return fmt.Errorf("slash validators: %w", err)
	}
	s.teller.say("Four validators lose an ether each: more than 0.2 %% of the stake.")
	if _, err := s.held(ctx, 1); err != nil {
		return err
	}
	s.teller.say("The report is held. Nobody judges it.")
	f, err := s.held(ctx, 2)
	if err != nil {
		return err
	}
	if _, err := s.Send(ctx, network.Call{
		From: s.Accounts.Guardian, To: s.Manifest.Contracts.ReportOracle,
		Data: bindings.NewReportOracle().PackAcceptQuarantined(f.submissions[0].Report),
	}); err != nil {
		return err
	}
	s.teller.say("The next report is held in its place, and the guardian accepts it.")
	judged, err := s.tookEffect(ctx, 2)
	if err != nil {
		return err
	}
	if judged.rebase.WeiPerToken.Cmp(before.rebase.WeiPerToken) >= 0 {
		return fmt.Errorf("%w: the loss did not reach the holders", ErrOutcome)
	}
	_, err = s.reported(ctx, 3)
	return err
}

// held waits for the k-th frame's report to be held by the contract, brought by one transaction.
func (s *stage) held(ctx context.Context, k uint64) (f frame, err error) {
	err = s.await(ctx, fmt.Sprintf("frame %d is held", k+1), s.deadline(k), func() bool {
		f = s.frame(k)
		return f.quarantined()
	})
	if err == nil && (f.rebase != nil || len(f.submissions) != 1) {
		err = fmt.Errorf("%w: frame %d took effect, or took %d transactions", ErrOutcome, k+1, len(f.submissions))
	}
	return f, err
}

// membershipOf tells whether something happened to a member.
func (s *stage) membershipOf(id [32]byte, what string) bool {
	for _, b := range s.follower.Blocks() {
		for _, e := range b.Events {
			if m, ok := e.(follow.Membership); ok && m.Member == id && m.What == what {
				return true
			}
		}
	}
	return false
}
