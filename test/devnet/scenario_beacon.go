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
		name:   "missed-ref-slot",
		story:  "The reference slot and its neighbours have no block. The report speaks of the block before, and is proven by the one after.",
		frames: 3,
		play: func(ctx context.Context, s *stage) error {
			refSlot := s.Schedule.RefSlot(1)
			s.Chain.Miss(refSlot-1, refSlot+1)
			s.teller.say("Slots %d to %d will have no block; %d is the second frame's reference slot.", refSlot-1, refSlot+1, refSlot)
			for k := range uint64(3) {
				f, err := s.reported(ctx, k)
				if err != nil {
					return err
				}
				if k != 1 {
					continue
				}
				block, err := s.Chain.BlockAt(refSlot)
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
		story: "Two validators of the pool are slashed. The report says that losses are in progress, holders bear them as calculated, and a withdrawal " +
			"waits until the last penalty has come.",
		frames: 6,
		terms: func(t *network.Terms) {
			t.Spec.EpochsPerSlashingsVector = 16            // the correlation penalty comes in the second frame after
			t.Spec.MinSlashingPenaltyQuotientElectra = 1024 // 1/32 ether at once
			t.Deploy.Limits.LossWindowPcm = 20_000
		},
		play: playSlashing,
	}
}

func playSlashing(ctx context.Context, s *stage) error {
	before, err := s.reported(ctx, 0)
	if err != nil {
		return err
	}
	ours, err := s.poolValidators()
	if err != nil {
		return err
	}
	if err := s.Chain.Slash(ours[0], ours[1]); err != nil {
		return fmt.Errorf("slash validators: %w", err)
	}
	carol := s.Holders[2]
	wish := new(big.Int).Add(localnet.Ether(5), big.NewInt(1)) // an amount that nobody else asks for
	if _, err := s.Send(ctx, network.Call{
		From: carol.Account, To: s.Manifest.Contracts.WithdrawalQueue,
		Data: bindings.NewWithdrawalQueue().PackRequest([]*big.Int{wish}, carol.Address),
	}); err != nil {
		return err
	}
	s.teller.say("Validators %d and %d are slashed. Carol asks to withdraw 5 ETH.", ours[0], ours[1])

	during, err := s.reported(ctx, 1)
	switch {
	case err != nil:
		return err
	case !during.rebase.Bunker || during.rebase.Slashed != 2:
		return fmt.Errorf("%w: the report says bunker %t, and %d slashed", ErrOutcome, during.rebase.Bunker, during.rebase.Slashed)
	case during.rebase.Effect.FinalizedUpTo != 0:
		return fmt.Errorf("%w: withdrawals were finalized while losses are in progress", ErrOutcome)
	}
	s.teller.say("Losses are in progress: withdrawals wait.")
	if err := s.awaitPenalty(ctx, before); err != nil {
		return err
	}
	return s.await(ctx, "Carol is paid", s.deadline(5), func() bool {
		for _, b := range s.follower.Blocks() {
			for _, e := range b.Events {
				if act, ok := e.(follow.Act); ok && act.What == follow.Claimed && act.Who == carol.Address {
					return true
				}
			}
		}
		return false
	})
}

// awaitPenalty waits for a report with which holders have less than before, and then for one that ends the bunker.
func (s *stage) awaitPenalty(ctx context.Context, before frame) error {
	lost := false
	for k := uint64(2); k < 6; k++ {
		f, err := s.reported(ctx, k)
		if err != nil {
			return err
		}
		lost = lost || f.rebase.Effect.GainWei.Sign() < 0 && f.rebase.WeiPerToken.Cmp(before.rebase.WeiPerToken) < 0
		if lost && !f.rebase.Bunker {
			s.teller.say("The last penalty has come: a wrapped token is worth %s ETH, after %s before. Withdrawals go on.",
				ether(f.rebase.WeiPerToken, 6), ether(before.rebase.WeiPerToken, 6))
			return nil
		}
	}
	return fmt.Errorf("%w: a penalty was borne: %t, and no report ended the bunker", ErrOutcome, lost)
}

// poolValidators are the indices of the pool's validators.
func (s *stage) poolValidators() (indices []uint64, err error) {
	state, err := s.Chain.State(s.Chain.Slot())
	if err != nil {
		return nil, fmt.Errorf("read the beacon state: %w", err)
	}
	for i, v := range state.Validators {
		if report.WithdrawsTo(v.WithdrawalCredentials, s.Manifest.Contracts.WithdrawalVault) {
			indices = append(indices, uint64(i))
		}
	}
	return indices, nil
}

// reorg replaces the block that took a report.
func reorg() scenario {
	return scenario{
		name:   "reorg",
		story:  "The block that took the report is reorganized away. The report is brought in again, and counts once.",
		frames: 3,
		play: func(ctx context.Context, s *stage) error {
			if _, err := s.reported(ctx, 0); err != nil {
				return err
			}
			first, err := s.reported(ctx, 1)
			if err != nil {
				return err
			}
			if err := s.Chain.Reorg(ctx, first.rebase.Slot, nil); err != nil {
				return fmt.Errorf("reorganize: %w", err)
			}
			s.teller.say("Block %d, which took the report, is replaced by another without it.", first.rebase.Block)
			again := first
			if err := s.await(ctx, "the report is in another block", s.deadline(1), func() bool {
				again = s.frame(1)
				return again.rebase != nil && again.rebase.Slot != first.rebase.Slot
			}); err != nil {
				return err
			}
			for _, fault := range again.faults() {
				return fmt.Errorf("%w: after the reorganization, %s", ErrOutcome, fault)
			}
			_, err = s.reported(ctx, 2)
			return err
		},
	}
}
