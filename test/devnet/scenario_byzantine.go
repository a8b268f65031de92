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

// byzantineMembers makes as many members byzantine as the committee tolerates.
func byzantineMembers() scenario {
	return scenario{
		name: "byzantine",
		summary: "As many members lie as the committee bears: one votes for two digests, one towards each half; others forge, flood and repeat. The honest ones " +
			"report, keep the two votes as evidence, and with it the equivocator's bond is slashed.",
		frames:    3,
		byzantine: true,
		run:       runByzantine,
	}
}

func runByzantine(ctx context.Context, env *environment) error {
	const honest = 0
	equivocator := env.options.Members - 1
	if _, err := env.awaitReport(ctx, 0); err != nil {
		return err
	}
	var found status.Evidence
	if err := env.await(ctx, fmt.Sprintf("member %d has evidence", honest), env.deadline(0), func() bool {
		st, err := env.fleet.status(ctx, honest)
		if err != nil || len(st.Evidence) == 0 {
			return false
		}
		found = st.Evidence[0]
		return true
	}); err != nil {
		return err
	}
	env.printer.printStep("Member %d holds evidence: key %.12s… signed two reports for slot %d.", honest, found.Key, found.RefSlot)
	if err := env.submitEvidence(ctx, found, env.Members[equivocator]); err != nil {
		return err
	}
	for k := uint64(1); k < 3; k++ {
		if _, err := env.awaitReport(ctx, k); err != nil {
			return err
		}
	}
	return env.checkCommittee(ctx, 2, env.options.Members-1)
}

// submitEvidence submits the evidence in a running member's status to the contract, as the member's operator would.
func (env *environment) submitEvidence(ctx context.Context, st status.Evidence, offender *network.Member) error {
	all, err := operator.EvidenceOfStatus([]status.Evidence{st})
	if err != nil {
		return err
	}
	e := all[0]
	if err := e.Verify(env.Manifest.Domain()); err != nil {
		return err
	}
	if e.MemberID() != offender.ID {
		return fmt.Errorf("%w: there is evidence against %s, which is not the equivocator", ErrOutcome, e.MemberID())
	}
	if _, err := env.Send(ctx, network.Call{From: env.Accounts.User, To: env.Manifest.Contracts.ReportOracle, Data: e.Calldata()}); err != nil {
		return err
	}
	if err := env.await(ctx, "the equivocator is slashed", env.Chain.Slot()+env.Schedule.FrameSlots(), func() bool { return env.hasMembershipEvent(offender.ID, "slashed") }); err != nil {
		return err
	}
	contract := bindings.NewOracleCommittee()
	left, err := network.Query(ctx, env.Network, env.Manifest.Contracts.OracleCommittee, nil, contract.PackMember(offender.ID), contract.UnpackMember)
	if err != nil {
		return err
	}
	if left.BondWei.Sign() != 0 {
		return fmt.Errorf("%w: the equivocator still has a bond of %s ETH", ErrOutcome, ether(left.BondWei, 4))
	}
	env.printer.printStep("The two votes are shown to the contract: member %d loses its bond and its seat.", offender.Index)
	return nil
}

// startByzantine starts the byzantine members: the last one equivocates, the others forge.
func (env *environment) startByzantine() error {
	for i, m := range env.Members[:env.options.Members] {
		if !env.scenario.isByzantine(i, env.options.Members) {
			continue
		}
		strategy := byzantine.Forger
		if i == env.options.Members-1 {
			strategy = byzantine.Equivocator
		}
		node, err := byzantine.New(env.Network, m, strategy)
		if err != nil {
			return err
		}
		env.byzantine = append(env.byzantine, node)
	}
	return nil
}
