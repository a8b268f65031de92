package devnet

import (
	"context"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// gift has somebody give the holders more than a report lets in, and somebody else stake meanwhile.
func gift() scenario {
	return scenario{
		name: "gift",
		story: "Somebody sends 40 ETH to the rewards vault. Reports let it in slowly, and who stakes meanwhile pays for what still waits: the gift is the holders' " +
			"who were there.",
		frames: 3,
		play:   playGift,
	}
}

func playGift(ctx context.Context, s *stage) error {
	if _, err := s.reported(ctx, 0); err != nil {
		return err
	}
	given, staked, latecomer := localnet.Ether(40), localnet.Ether(50), s.Accounts.User
	if _, err := s.Send(ctx, network.Call{From: s.Accounts.Owner, To: s.Manifest.Contracts.ELRewardsVault, Wei: given}); err != nil {
		return err
	}
	s.teller.say("Somebody sends 40 ETH to the rewards vault.")
	f, err := s.reported(ctx, 1)
	if err != nil {
		return err
	}
	pulled := f.rebase.Effect.FromRewards
	if pulled.Cmp(localnet.Ether(2)) < 0 || pulled.Cmp(localnet.Ether(20)) > 0 {
		return fmt.Errorf("%w: one report let in %s ETH", ErrOutcome, ether(pulled, 4))
	}
	s.teller.say("The report lets in %s ETH; the rest waits.", ether(pulled, 4))
	if _, err := s.Send(ctx, network.Call{
		From: latecomer, To: s.Manifest.Contracts.StakingPool, Wei: staked, Data: bindings.NewStakingPool().PackDeposit(latecomer.Address, new(big.Int)),
	}); err != nil {
		return err
	}
	if _, err := s.reported(ctx, 2); err != nil {
		return err
	}
	token := bindings.NewStakedEther()
	has, err := network.Query(ctx, s.Network, s.Manifest.Contracts.StakedEther, nil, token.PackBalanceOf(latecomer.Address), token.UnpackBalanceOf)
	if err != nil {
		return err
	}
	if has.Sign() == 0 || has.Cmp(staked) > 0 {
		return fmt.Errorf("%w: who staked 50 ETH after the gift has %s ETH a report later", ErrOutcome, ether(has, 6))
	}
	s.teller.say("Who staked 50 ETH meanwhile has %s ETH a report later: no part of the gift yet.", ether(has, 6))
	return nil
}

// silence has nobody report for some frames.
func silence() scenario {
	return scenario{
		name: "silence",
		story: "Reports are paused. After some frames somebody finalizes the requests that waited, without a report, and Carol is paid. The pause ends by itself, " +
			"and the next report is computed on what happened meanwhile.",
		frames: 5,
		terms: func(t *network.Terms) {
			d := &t.Deploy
			frameSeconds := d.Schedule.FrameSlots() * d.Schedule.SecondsPerSlot
			d.Schedule.CloseSlots = 4 // three slots in which requests can be finalized without a report
			d.QuarantineSeconds, d.Pool.Bounds.StaleAfterSeconds = 60, 2*frameSeconds+72
			d.MaxPauseSeconds = 3*frameSeconds + frameSeconds/2
		},
		play: playSilence,
	}
}

func playSilence(ctx context.Context, s *stage) error {
	if _, err := s.reported(ctx, 0); err != nil {
		return err
	}
	carol, set := s.Holders[2], s.Manifest.Contracts
	if err := s.pauseWithRequest(ctx, carol); err != nil {
		return err
	}
	queue := bindings.NewWithdrawalQueue()
	newest, err := network.Query(ctx, s.Network, set.WithdrawalQueue, nil, queue.PackBounds(), queue.UnpackBounds)
	if err != nil {
		return err
	}
	// The call comes with the block of the slot in which submissions of the third frame close.
	if err := s.awaitSlot(ctx, s.Schedule.CloseSlot(s.Schedule.RefSlot(2))-1); err != nil {
		return err
	}
	if _, err := s.Send(ctx, network.Call{
		From: s.Accounts.User, To: set.StakingPool, Data: bindings.NewStakingPool().PackFinalizeWithoutReport(newest.LastRequestId),
	}); err != nil {
		return err
	}
	if err := s.await(ctx, "Carol is paid without a report", s.Schedule.RefSlot(4), func() bool {
		return s.acted(follow.FinalizedSilently, s.Accounts.User) && s.acted(follow.Claimed, carol.Account)
	}); err != nil {
		return err
	}
	s.teller.say("No report came for long: the requests up to %d are finalized without one, and Carol is paid.", newest.LastRequestId)
	for k := range uint64(3) {
		if f := s.frame(k + 1); f.rebase != nil {
			return fmt.Errorf("%w: frame %d was reported during the pause", ErrOutcome, k+2)
		}
	}
	f, err := s.reported(ctx, 4)
	if err != nil {
		return err
	}
	if taken, ok := f.accepted(); !ok || taken.Report.LastRefSlot != 1<<40|s.Schedule.RefSlot(0) {
		return fmt.Errorf("%w: the report after the silence names %d as what it was computed on", ErrOutcome, taken.Report.LastRefSlot)
	}
	s.teller.say("The pause ended by itself, and the report says that it was computed after one such call.")
	return nil
}

// pauseWithRequest pauses reports and has somebody ask to withdraw 5 ether; both are in blocks afterwards.
func (s *stage) pauseWithRequest(ctx context.Context, who network.Holder) error {
	set := s.Manifest.Contracts
	if _, err := s.Send(ctx, network.Call{From: s.Accounts.Pauser, To: set.ReportOracle, Data: bindings.NewReportOracle().PackPause()}); err != nil {
		return err
	}
	wish := new(big.Int).Add(localnet.Ether(5), big.NewInt(1)) // an amount that nobody else asks for
	if _, err := s.Send(ctx, network.Call{
		From: who.Account, To: set.WithdrawalQueue, Data: bindings.NewWithdrawalQueue().PackRequest([]*big.Int{wish}, who.Address),
	}); err != nil {
		return err
	}
	s.teller.say("Reports are paused. %s asks to withdraw 5 ETH.", who.Name)
	return s.await(ctx, who.Name+" has a request", s.Chain.Slot()+4, func() bool { return s.acted(follow.Requested, who.Account) })
}

// acted tells whether an account did something.
func (s *stage) acted(what follow.Deed, who *localnet.Account) bool {
	for _, b := range s.follower.Blocks() {
		for _, e := range b.Events {
			if act, ok := e.(follow.Act); ok && act.What == what && act.Who == who.Address {
				return true
			}
		}
	}
	return false
}
