package devnet

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/test/devnet/byzantine"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// byzantineMembers lets as many members lie as the committee bears.
func byzantineMembers() scenario {
	return scenario{
		name: "byzantine",
		story: "As many members lie as the committee bears: one votes for two digests, one towards each half; others forge, flood and repeat. The honest ones " +
			"report, keep the two votes as evidence, and with it the liar's bond is slashed.",
		frames: 3,
		liars:  true,
		play:   playByzantine,
	}
}

func playByzantine(ctx context.Context, s *stage) error {
	const witness = 0
	equivocator := s.options.Members - 1
	if _, err := s.reported(ctx, 0); err != nil {
		return err
	}
	var found status.Evidence
	if err := s.await(ctx, fmt.Sprintf("member %d has evidence", witness), s.deadline(0), func() bool {
		told, err := s.fleet.status(ctx, witness)
		if err != nil || len(told.Evidence) == 0 {
			return false
		}
		found = told.Evidence[0]
		return true
	}); err != nil {
		return err
	}
	s.teller.say("Member %d holds evidence: key %.12s… signed two reports for slot %d.", witness, found.Key, found.RefSlot)
	if err := s.slash(ctx, found, s.Members[equivocator]); err != nil {
		return err
	}
	for k := uint64(1); k < 3; k++ {
		if _, err := s.reported(ctx, k); err != nil {
			return err
		}
	}
	return s.wantCommittee(ctx, 2, s.options.Members-1)
}

// slash brings the evidence that a running member tells of to the contract, as the member's operator would.
func (s *stage) slash(ctx context.Context, told status.Evidence, liar *network.Member) error {
	all, err := operator.EvidenceOfStatus([]status.Evidence{told})
	if err != nil {
		return err
	}
	e := all[0]
	if err := e.Verify(s.Manifest.Domain()); err != nil {
		return err
	}
	if e.MemberID() != liar.ID {
		return fmt.Errorf("%w: there is evidence against %s, which is not the liar", ErrOutcome, e.MemberID())
	}
	if _, err := s.Send(ctx, network.Call{From: s.Accounts.User, To: s.Manifest.Contracts.ReportOracle, Data: e.Calldata()}); err != nil {
		return err
	}
	if err := s.await(ctx, "the liar is slashed", s.Chain.Slot()+s.Schedule.FrameSlots(), func() bool { return s.membershipOf(liar.ID, "slashed") }); err != nil {
		return err
	}
	contract := bindings.NewOracleCommittee()
	left, err := network.Query(ctx, s.Network, s.Manifest.Contracts.OracleCommittee, nil, contract.PackMember(liar.ID), contract.UnpackMember)
	if err != nil {
		return err
	}
	if left.BondWei.Sign() != 0 {
		return fmt.Errorf("%w: the liar still has a bond of %s ETH", ErrOutcome, ether(left.BondWei, 4))
	}
	s.teller.say("The two votes are shown to the contract: member %d loses its bond and its seat.", liar.Index)
	return nil
}

// startLiars takes the places of those who lie: the last one votes twice, the others forge.
func (s *stage) startLiars() error {
	for i, m := range s.Members[:s.options.Members] {
		if !s.plot.isLiar(i, s.options.Members) {
			continue
		}
		manner := byzantine.Forger
		if i == s.options.Members-1 {
			manner = byzantine.Equivocator
		}
		liar, err := byzantine.New(s.Network, m, manner)
		if err != nil {
			return err
		}
		s.liars = append(s.liars, liar)
	}
	return nil
}
