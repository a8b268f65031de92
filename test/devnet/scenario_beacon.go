package devnet

import (
	"context"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// missedRefSlot leaves the reference slot and its neighbours without blocks.
func missedRefSlot() scenario {
	return scenario{
		name:    "missed-ref-slot",
		summary: "The reference slot and its neighbours have no block. The report speaks of the block before, and is proven by the one after.",
		frames:  3,
		run: func(ctx context.Context, env *environment) error {
			refSlot := env.RefSlot(1)
			env.Chain.Miss(refSlot-1, refSlot+1)
			env.printer.printStep("Slots %d to %d will have no block; %d is the second frame's reference slot.", refSlot-1, refSlot+1, refSlot)
			for k := range uint64(3) {
				f, err := env.awaitReport(ctx, k)
				if err != nil {
					return err
				}
				if k != 1 {
					continue
				}
				block, err := env.Chain.BlockAt(refSlot)
				if err != nil {
					return fmt.Errorf("read the reference block: %w", err)
				}
				about, _ := f.accepted()
				if block.Slot != refSlot-2 || about.Report.RefBlockRoot != block.Root {
					return fmt.Errorf("%w: the report speaks of block %x, and not of slot %d's", ErrOutcome, about.Report.RefBlockRoot, refSlot-2)
				}
			}
			return nil
		},
	}
}

// slashing has validators of the pool slashed, and somebody who wants to withdraw meanwhile.
func slashing() scenario {
	return scenario{
		name: "slashing",
		summary: "Two validators of the pool are slashed. The report says that losses are in progress, holders bear them as calculated, and a withdrawal " +
			"waits until the last penalty has come.",
		frames: 6,
		terms: func(t *network.Terms) {
			t.Spec.EpochsPerSlashingsVector = 16            // the correlation penalty comes in the second frame after
			t.Spec.MinSlashingPenaltyQuotientElectra = 1024 // 1/32 ether at once
			t.Deploy.Limits.LossWindowPcm = 20_000
		},
		run: runSlashing,
	}
}

func runSlashing(ctx context.Context, env *environment) error {
	before, slashed, err := env.slashPoolValidators(ctx, 2)
	if err != nil {
		return err
	}
	carol := env.Holders[2]
	if err := env.requestWithdrawal(ctx, carol); err != nil {
		return err
	}
	env.printer.printStep("Validators %d and %d are slashed. Carol asks to withdraw 5 ETH.", slashed[0], slashed[1])

	during, err := env.awaitReport(ctx, 1)
	switch {
	case err != nil:
		return err
	case !during.rebase.Bunker || during.rebase.Slashed != 2:
		return fmt.Errorf("%w: the report says bunker %t, and %d slashed", ErrOutcome, during.rebase.Bunker, during.rebase.Slashed)
	case during.rebase.Effect.FinalizedUpTo != 0:
		return fmt.Errorf("%w: withdrawals were finalized while losses are in progress", ErrOutcome)
	}
	env.printer.printStep("Losses are in progress: withdrawals wait.")
	if err := env.awaitPenalty(ctx, before); err != nil {
		return err
	}
	return env.await(ctx, "Carol is paid", env.deadline(5), func() bool { return env.hasAct(follow.Claimed, carol.Account) })
}

// awaitPenalty waits for a report with which holders have less than before, and then for one that ends the bunker.
func (env *environment) awaitPenalty(ctx context.Context, before frame) error {
	lost := false
	for k := uint64(2); k < 6; k++ {
		f, err := env.awaitReport(ctx, k)
		if err != nil {
			return err
		}
		lost = lost || f.rebase.Effect.GainWei.Sign() < 0 && f.rebase.WeiPerToken.Cmp(before.rebase.WeiPerToken) < 0
		if lost && !f.rebase.Bunker {
			env.printer.printStep("The last penalty has come: a wrapped token is worth %s ETH, after %s before. Withdrawals go on.",
				ether(f.rebase.WeiPerToken, 6), ether(before.rebase.WeiPerToken, 6))
			return nil
		}
	}
	return fmt.Errorf("%w: a penalty was borne: %t, and no report ended the bunker", ErrOutcome, lost)
}

// slashPoolValidators waits for the first report, then has the first count validators of the pool slashed.
func (env *environment) slashPoolValidators(ctx context.Context, count int) (before frame, slashed []uint64, err error) {
	if before, err = env.awaitReport(ctx, 0); err != nil {
		return before, nil, err
	}
	ours, err := env.poolValidators()
	if err != nil {
		return before, nil, err
	}
	if err := env.Chain.Slash(ours[:count]...); err != nil {
		return before, nil, fmt.Errorf("slash validators: %w", err)
	}
	return before, ours[:count], nil
}

// requestWithdrawal has a holder ask to withdraw five ether and a wei: an amount that nobody else asks for.
func (env *environment) requestWithdrawal(ctx context.Context, who network.Holder) error {
	wei := new(big.Int).Add(localnet.Ether(5), big.NewInt(1))
	_, err := env.Send(ctx, network.Call{
		From: who.Account, To: env.Manifest.Contracts.WithdrawalQueue, Data: bindings.NewWithdrawalQueue().PackRequest([]*big.Int{wei}, who.Address),
	})
	return err
}

// poolValidators are the indices of the pool's validators.
func (env *environment) poolValidators() (indices []uint64, err error) {
	state, err := env.Chain.State(env.Chain.Slot())
	if err != nil {
		return nil, fmt.Errorf("read the beacon state: %w", err)
	}
	for i, v := range state.Validators {
		if report.WithdrawsTo(v.WithdrawalCredentials, env.Manifest.Contracts.WithdrawalVault) {
			indices = append(indices, uint64(i))
		}
	}
	return indices, nil
}

// reorg replaces the block that took a report.
func reorg() scenario {
	return scenario{
		name:    "reorg",
		summary: "The block that took the report is reorganized away. The report is brought in again, and counts once.",
		frames:  3,
		run: func(ctx context.Context, env *environment) error {
			if _, err := env.awaitReport(ctx, 0); err != nil {
				return err
			}
			first, err := env.awaitReport(ctx, 1)
			if err != nil {
				return err
			}
			if err := env.Chain.Reorg(ctx, first.rebase.Slot, nil); err != nil {
				return fmt.Errorf("reorganize: %w", err)
			}
			env.printer.printStep("Block %d, which took the report, is replaced by another without it.", first.rebase.Block)
			again := first
			if err := env.await(ctx, "the report is in another block", env.deadline(1), func() bool {
				again = env.frame(1)
				return again.rebase != nil && again.rebase.Slot != first.rebase.Slot
			}); err != nil {
				return err
			}
			for _, fault := range again.violations() {
				return fmt.Errorf("%w: after the reorganization, %s", ErrOutcome, fault)
			}
			_, err = env.awaitReport(ctx, 2)
			return err
		},
	}
}
