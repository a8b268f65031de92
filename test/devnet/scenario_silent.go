package devnet

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// silentOracle has the committee fall silent twice: while the rate is in doubt, and while it is not.
func silentOracle() scenario {
	return scenario{
		name: "silent-oracle",
		summary: "The committee falls silent after a report that lost more than noise: nobody is paid until very much time has passed. Then it falls silent again, without a " +
			"doubt, and requests are paid sooner. A report that was computed before such a call is refused; one that was computed after another call is taken.",
		frames: 10,
		needs:  transition.Gloas, // a state of Gloas does not know its own block's payload
		terms:  silentTerms,
		run:    runSilentOracle,
	}
}

// Frames of the scenario, by number: the report that brings doubt, that which ends it, the one that comes too early, and the last one.
const (
	doubtFrame   = 1
	trueFrame    = 5
	refusedFrame = 8
	freshFrame   = 9
)

// silentTerms let requests be finalized in the third frame's window without a report, and in doubt in the fourth's.
func silentTerms(t *network.Terms) {
	t.Spec.MinSlashingPenaltyQuotientElectra = 32                                 // one ether at once
	t.Spec.EpochsPerSlashingsVector, t.Spec.ProportionalSlashingMultiplier = 4, 1 // and no penalty later
	d := &t.Deploy
	slot := d.Schedule.SecondsPerSlot
	frameSeconds := d.Schedule.FrameSlots() * slot
	d.Schedule.CloseSlots, d.QuarantineSeconds = 4, slot
	d.Pool.Bounds.StaleAfterSeconds, d.Pool.Bounds.DoubtAfterSeconds = 2*frameSeconds+2*slot, 3*frameSeconds-4*slot
	d.MaxPauseSeconds = frameSeconds
}

func runSilentOracle(ctx context.Context, env *environment) error {
	if err := env.silenceInDoubt(ctx); err != nil {
		return err
	}
	newest, err := env.endDoubt(ctx)
	if err != nil {
		return err
	}
	return env.silenceWithoutDoubt(ctx, newest)
}

// silenceInDoubt has a report lose more than noise, and the committee fall silent after it.
func (env *environment) silenceInDoubt(ctx context.Context) error {
	if _, _, err := env.slashPoolValidators(ctx, 1); err != nil {
		return err
	}
	f, err := env.awaitReport(ctx, doubtFrame)
	if err != nil {
		return err
	}
	if !f.rebase.Bunker || !f.rebase.Effect.Unconfirmed || f.rebase.Effect.FinalizedUpTo != 0 {
		return fmt.Errorf("%w: the report of frame %d was to bring a loss beyond noise, and to pay nobody", ErrOutcome, doubtFrame+1)
	}
	if err := env.cutAllOff(); err != nil {
		return err
	}
	carol := env.Holders[2]
	upTo, err := env.requestAndSee(ctx, carol)
	if err != nil {
		return err
	}
	env.printer.printStep("A report lost more than noise, and then no member hears another one. Carol has asked to withdraw 5 ETH.")
	// The time without doubt is over here, that with doubt is not.
	early := env.RefSlot(doubtFrame+3) - 3
	if err := env.awaitSlot(ctx, early); err != nil {
		return err
	}
	if refusal, err := env.refusal(ctx, early, env.silentCall(upTo)); err != nil || !strings.HasPrefix(refusal, "RateInDoubt[") {
		return errors.Join(err, fmt.Errorf("%w: in doubt the call was to be refused as RateInDoubt, and was answered %q", ErrOutcome, refusal))
	}
	env.printer.printStep("The time that requests wait without doubt is over: in doubt the call is refused.")
	window := env.Schedule.CloseSlot(env.RefSlot(trueFrame - 1))
	if err := env.awaitSlot(ctx, window-1); err != nil {
		return err
	}
	if err := env.finalizeSilently(ctx, upTo, window+2); err != nil {
		return err
	}
	env.printer.printStep("Very much time has passed: the requests up to %d are paid at the lowest rate that is known.", upTo)
	return nil
}

// endDoubt lets the committee report again, and Dave ask too late for that report. It gives the newest request before the report: the rate falls with it, since
// a loss is confirmed, and requests from before and after are not paid together.
func (env *environment) endDoubt(ctx context.Context) (newest uint64, err error) {
	if err := env.meetAgain(); err != nil {
		return 0, err
	}
	if err := env.awaitSlot(ctx, env.RefSlot(trueFrame)+1); err != nil {
		return 0, err
	}
	if _, err := env.requestAndSee(ctx, env.Holders[3]); err != nil {
		return 0, err
	}
	f, err := env.awaitReport(ctx, trueFrame)
	if err != nil {
		return 0, err
	}
	if err := env.computedOn(f, 1, doubtFrame); err != nil {
		return 0, err
	}
	if f.rebase.Bunker || f.rebase.Effect.Unconfirmed {
		return 0, fmt.Errorf("%w: the report of frame %d was to end the doubt", ErrOutcome, trueFrame+1)
	}
	if !env.hasAct(follow.Claimed, env.Holders[2].Account) {
		return 0, fmt.Errorf("%w: Carol was not paid", ErrOutcome)
	}
	if err := env.noDoubt(ctx); err != nil {
		return 0, err
	}
	env.printer.printStep("The committee is back. Its report was computed after that call, is taken, and ends the doubt.")
	return env.newestRequest(ctx, new(big.Int).SetUint64(f.rebase.Block-1))
}

// noDoubt checks that silence begins as soon after the last report as without doubt.
func (env *environment) noDoubt(ctx context.Context) error {
	pool, at := bindings.NewStakingPool(), env.Manifest.Contracts.StakingPool
	from, err := network.Query(ctx, env.Network, at, nil, pool.PackSilentFrom(), pool.UnpackSilentFrom)
	if err != nil {
		return err
	}
	reported, err := network.Query(ctx, env.Network, at, nil, pool.PackLastReportAt(), pool.UnpackLastReportAt)
	if err != nil {
		return err
	}
	if waits := from.Sub(from, reported); waits.Cmp(new(big.Int).SetUint64(env.Manifest.Bounds.StaleAfterSeconds)) != 0 {
		return fmt.Errorf("%w: after a true report without loss silence begins %s s later", ErrOutcome, waits)
	}
	return nil
}

// silenceWithoutDoubt has the committee fall silent again. One call comes so late that the next report was computed before it, another one in time.
func (env *environment) silenceWithoutDoubt(ctx context.Context, first uint64) error {
	if err := env.cutAllOff(); err != nil {
		return err
	}
	dave, erin := env.Holders[3], env.Holders[4]
	second, err := env.requestAndSee(ctx, erin)
	if err != nil {
		return err
	}
	env.printer.printStep("The committee is silent again. Dave and Erin have asked to withdraw 5 ETH.")
	if err := env.pauseEndsByItself(ctx); err != nil {
		return err
	}
	if err := env.refuseEarlyReport(ctx, first); err != nil {
		return err
	}
	window := env.Schedule.CloseSlot(env.RefSlot(refusedFrame))
	if err := env.awaitSlot(ctx, window-1); err != nil {
		return err
	}
	if f := env.frame(refusedFrame); f.rebase != nil || len(f.submissions) > 0 {
		return fmt.Errorf("%w: frame %d was reported", ErrOutcome, refusedFrame+1)
	}
	if err := env.finalizeSilently(ctx, second, window+2); err != nil {
		return err
	}
	f, err := env.awaitReport(ctx, freshFrame)
	if err != nil {
		return err
	}
	if err := env.computedOn(f, 2, trueFrame); err != nil {
		return err
	}
	if !env.hasAct(follow.Claimed, dave.Account) || !env.hasAct(follow.Claimed, erin.Account) {
		return fmt.Errorf("%w: Dave and Erin were not paid", ErrOutcome)
	}
	env.printer.printStep("Another call, and the next report was computed after it: it is taken. A call a frame keeps no report out.")
	return nil
}

// refuseEarlyReport has a call come in the last block before a reference slot that has no block itself: the state that members read does not know it.
func (env *environment) refuseEarlyReport(ctx context.Context, upTo uint64) error {
	refSlot := env.RefSlot(refusedFrame)
	env.Chain.Plan(refSlot-6, refSlot-4, chain.ProposeEmpty) // The call waits for the block after these.
	env.Chain.Miss(refSlot-2, refSlot)
	if err := env.awaitSlot(ctx, refSlot-7); err != nil {
		return err
	}
	if err := env.finalizeSilently(ctx, upTo, refSlot-3); err != nil {
		return err
	}
	if err := env.meetAgain(); err != nil { // Submissions of the frame before are closed.
		return err
	}
	env.printer.printStep("The requests up to %d are paid at the rate in force. Then three slots have no block, the reference slot's among them.", upTo)
	refused := ""
	if err := env.await(ctx, "a report that was computed before the call is refused", env.deadline(refusedFrame), func() bool {
		for i := range env.options.Members {
			st, err := env.fleet.status(ctx, i)
			if err == nil && st.Submitter != nil && len(st.Rounds) > 0 && st.Rounds[0].RefSlot == refSlot && strings.Contains(st.Submitter.Why, "ComputedOnAnotherReport") {
				refused = st.Submitter.Why
			}
		}
		return refused != ""
	}); err != nil {
		return err
	}
	env.printer.printStep("The committee is back, and its report was computed before the call. The contract refuses it: %s", refused)
	return nil
}

// pauseEndsByItself pauses the queue, and waits until it is paused no more.
func (env *environment) pauseEndsByItself(ctx context.Context) error {
	at, queue, pauser := env.Manifest.Contracts.WithdrawalQueue, bindings.NewWithdrawalQueue(), env.Accounts.Pauser
	paused := func() bool {
		is, err := network.Query(ctx, env.Network, at, nil, queue.PackPaused(), queue.UnpackPaused)
		return err == nil && is
	}
	pause := network.Call{From: pauser, To: at, Data: queue.PackPause()}
	if _, err := env.Send(ctx, pause); err != nil {
		return err
	}
	if err := env.await(ctx, "the queue is paused", env.Chain.Slot()+4, paused); err != nil {
		return err
	}
	longest := env.Manifest.Schedule.EpochsPerFrame * env.Manifest.Schedule.SlotsPerEpoch // as silentTerms say
	if err := env.await(ctx, "the pause ends by itself", env.Chain.Slot()+longest+2, func() bool { return !paused() }); err != nil {
		return err
	}
	refusal, err := env.refusal(ctx, env.Chain.Slot(), pause)
	if err != nil || !strings.HasPrefix(refusal, "PausedLately[") {
		return errors.Join(err, fmt.Errorf("%w: a second pause was to be refused as PausedLately, and was answered %q", ErrOutcome, refusal))
	}
	env.printer.printStep("The queue was paused, and the pause ended by itself. Who paused cannot pause again yet.")
	return nil
}
