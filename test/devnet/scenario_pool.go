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
		summary: "Somebody sends 40 ETH to the rewards vault. Reports let it in slowly, and who stakes meanwhile pays for what still waits: the gift is the holders' " +
			"who were there.",
		frames: 3,
		run:    runGift,
	}
}

func runGift(ctx context.Context, env *environment) error {
	if _, err := env.awaitReport(ctx, 0); err != nil {
		return err
	}
	given, staked, latecomer := localnet.Ether(40), localnet.Ether(50), env.Accounts.User
	if _, err := env.Send(ctx, network.Call{From: env.Accounts.Owner, To: env.Manifest.Contracts.ELRewardsVault, Wei: given}); err != nil {
		return err
	}
	env.printer.printStep("Somebody sends 40 ETH to the rewards vault.")
	f, err := env.awaitReport(ctx, 1)
	if err != nil {
		return err
	}
	pulled := f.rebase.Effect.FromRewards
	if pulled.Cmp(localnet.Ether(2)) < 0 || pulled.Cmp(localnet.Ether(20)) > 0 {
		return fmt.Errorf("%w: one report let in %s ETH", ErrOutcome, ether(pulled, 4))
	}
	env.printer.printStep("The report lets in %s ETH; the rest waits.", ether(pulled, 4))
	if _, err := env.Send(ctx, network.Call{
		From: latecomer, To: env.Manifest.Contracts.StakingPool, Wei: staked, Data: bindings.NewStakingPool().PackDeposit(latecomer.Address, new(big.Int)),
	}); err != nil {
		return err
	}
	if _, err := env.awaitReport(ctx, 2); err != nil {
		return err
	}
	token := bindings.NewStakedEther()
	has, err := network.Query(ctx, env.Network, env.Manifest.Contracts.StakedEther, nil, token.PackBalanceOf(latecomer.Address), token.UnpackBalanceOf)
	if err != nil {
		return err
	}
	if has.Sign() == 0 || has.Cmp(staked) > 0 {
		return fmt.Errorf("%w: who staked 50 ETH after the gift has %s ETH a report later", ErrOutcome, ether(has, 6))
	}
	env.printer.printStep("Who staked 50 ETH meanwhile has %s ETH a report later: no part of the gift yet.", ether(has, 6))
	return nil
}

// silence has nobody report for some frames.
func silence() scenario {
	return scenario{
		name: "silence",
		summary: "Reports are paused. After some frames somebody finalizes the requests that waited, without a report, and Carol is paid. The pause ends by itself, " +
			"and the next report is computed on what happened meanwhile.",
		frames: 5,
		terms: func(t *network.Terms) {
			d := &t.Deploy
			frameSeconds := d.Schedule.FrameSlots() * d.Schedule.SecondsPerSlot
			d.Schedule.CloseSlots = 4 // three slots in which requests can be finalized without a report
			d.QuarantineSeconds, d.Pool.Bounds.StaleAfterSeconds = 60, 2*frameSeconds+72
			d.MaxPauseSeconds = 3*frameSeconds + frameSeconds/2
		},
		run: runSilence,
	}
}

func runSilence(ctx context.Context, env *environment) error {
	if _, err := env.awaitReport(ctx, 0); err != nil {
		return err
	}
	carol, set := env.Holders[2], env.Manifest.Contracts
	if err := env.pauseWithRequest(ctx, carol); err != nil {
		return err
	}
	queue := bindings.NewWithdrawalQueue()
	newest, err := network.Query(ctx, env.Network, set.WithdrawalQueue, nil, queue.PackBounds(), queue.UnpackBounds)
	if err != nil {
		return err
	}
	// The call comes with the block of the slot in which submissions of the third frame close.
	if err := env.awaitSlot(ctx, env.Schedule.CloseSlot(env.RefSlot(2))-1); err != nil {
		return err
	}
	if _, err := env.Send(ctx, network.Call{
		From: env.Accounts.User, To: set.StakingPool, Data: bindings.NewStakingPool().PackFinalizeWithoutReport(newest.LastRequestId),
	}); err != nil {
		return err
	}
	if err := env.await(ctx, "Carol is paid without a report", env.RefSlot(4), func() bool {
		return env.hasAct(follow.FinalizedWithoutReport, env.Accounts.User) && env.hasAct(follow.Claimed, carol.Account)
	}); err != nil {
		return err
	}
	env.printer.printStep("No report came for long: the requests up to %d are finalized without one, and Carol is paid.", newest.LastRequestId)
	for k := range uint64(3) {
		if f := env.frame(k + 1); f.rebase != nil {
			return fmt.Errorf("%w: frame %d was reported during the pause", ErrOutcome, k+2)
		}
	}
	f, err := env.awaitReport(ctx, 4)
	if err != nil {
		return err
	}
	if taken, ok := f.accepted(); !ok || taken.Report.LastRefSlot != 1<<40|env.RefSlot(0) {
		return fmt.Errorf("%w: the report after the silence names %d as what it was computed on", ErrOutcome, taken.Report.LastRefSlot)
	}
	env.printer.printStep("The pause ended by itself, and the report says that it was computed after one such call.")
	return nil
}

// pauseWithRequest pauses reports and has somebody ask to withdraw 5 ether; both are in blocks afterwards.
func (env *environment) pauseWithRequest(ctx context.Context, who network.Holder) error {
	set := env.Manifest.Contracts
	if _, err := env.Send(ctx, network.Call{From: env.Accounts.Pauser, To: set.ReportOracle, Data: bindings.NewReportOracle().PackPause()}); err != nil {
		return err
	}
	if err := env.requestWithdrawal(ctx, who); err != nil {
		return err
	}
	env.printer.printStep("Reports are paused. %s asks to withdraw 5 ETH.", who.Name)
	return env.await(ctx, who.Name+" has a request", env.Chain.Slot()+4, func() bool { return env.hasAct(follow.Requested, who.Account) })
}

// hasAct reports whether an account did something.
func (env *environment) hasAct(what follow.ActKind, who *localnet.Account) bool {
	for _, b := range env.follower.Blocks() {
		for _, e := range b.Events {
			if act, ok := e.(follow.Act); ok && act.What == what && act.Who == who.Address {
				return true
			}
		}
	}
	return false
}
