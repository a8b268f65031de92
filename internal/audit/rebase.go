package audit

import (
	"context"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// before is the contracts' state as a report met it: after the block before, with what happened earlier in its own block. applied is the event of the
// report in the block.
func (rc *reportCheck) before(ctx context.Context, block events.BlockContents, applied events.Event) (events.State, error) {
	parent, err := rc.o.Chain.BlockByHash(ctx, block.ParentHash)
	if err != nil {
		return events.State{}, err
	}
	s, err := rc.o.Chain.State(ctx, parent, rc.out.Values.FinalizeUpTo)
	if err != nil {
		return events.State{}, err
	}
	found, err := rc.o.Chain.EventsIn(block.Receipts, nil)
	if err != nil {
		return events.State{}, err
	}
	for _, e := range found {
		if e.TxIndex >= applied.TxIndex {
			break
		}
		if err := advance(&s, e); err != nil {
			return events.State{}, err
		}
	}
	return s, nil
}

// advance applies an event to the state before it.
func advance(s *events.State, e events.Event) error {
	switch body := e.Body.(type) {
	case *events.Deposited:
		s.TotalPooledWei = new(big.Int).Add(s.TotalPooledWei, body.AmountWei)
		s.BufferedWei = new(big.Int).Add(s.BufferedWei, body.AmountWei)
		s.TotalShares = new(big.Int).Add(s.TotalShares, body.Shares)
	case *events.KeyOpened, *events.KeyProven, *events.KeyGiven, *events.KeyForeign, *events.KeyToppedUp:
		advanceKey(s, body)
	case *events.TermsSet:
		s.Terms = report.PoolTerms{FeeBps: body.FeeBps, NormalRewardBps: body.NormalRewardBps, NoisePcm: body.NoisePcm}
	case *events.Skimmed:
		s.BufferedWei = new(big.Int).Add(s.BufferedWei, body.AmountWei)
	case *events.Settled:
		s.BufferedWei = new(big.Int).Add(s.BufferedWei, body.SurplusWei)
	case *events.RateFalse:
		s.Head.Flags |= report.FlagFalse
	case *events.LimitsSet:
		s.Limits = body.Limits
	case *events.Rebased, *events.FinalizedWithoutReport:
		return fmt.Errorf("%s came earlier in the same block, and the state between two transactions of a block cannot be read", e.Body.EventName())
	}
	return nil
}

// advanceKey applies what happened to a key: first ether stands beside the buffer until its key is proven.
func advanceKey(s *events.State, body events.Body) {
	firstWei := big.NewInt(report.FirstGwei * report.WeiPerGwei)
	switch body := body.(type) {
	case *events.KeyOpened:
		s.BufferedWei = new(big.Int).Sub(s.BufferedWei, firstWei)
		s.UnprovenKeys++
	case *events.KeyProven, *events.KeyGiven:
		s.DepositedWei = new(big.Int).Add(s.DepositedWei, firstWei)
		s.UnprovenKeys--
	case *events.KeyForeign:
		s.BufferedWei = new(big.Int).Add(s.BufferedWei, firstWei)
		s.UnprovenKeys--
	case *events.KeyToppedUp:
		wei := new(big.Int).Mul(new(big.Int).SetUint64(body.AmountGwei), big.NewInt(report.WeiPerGwei))
		s.BufferedWei, s.DepositedWei = new(big.Int).Sub(s.BufferedWei, wei), new(big.Int).Add(s.DepositedWei, wei)
	}
}

// checkSanity compares the report with the bounds again, with the state that it met.
func (rc *reportCheck) checkSanity(ctx context.Context) {
	if rc.out.Values == nil {
		rc.notChecked(checkSanity, unreadable)
		return
	}
	s, err := rc.before(ctx, rc.contents, rc.h.seen)
	if err != nil {
		rc.notChecked(checkSanity, "the contracts' state before it was not read: %v", err)
		return
	}
	r := *rc.out.Values
	if r.RefSlot <= s.Last.RefSlot {
		rc.wrong(checkSanity, WrongSanity, "before it the pool had the report of slot %d already", s.Last.RefSlot)
		return
	}
	if r.LastRefSlot != s.Last.Mark() {
		rc.wrong(checkSanity, WrongSanity, "it says that it was computed on report %d, and before it the pool had %d", r.LastRefSlot, s.Last.Mark())
		return
	}
	in := report.SanityInput{
		SecondsPerSlot: rc.schedule.SecondsPerSlot, SlotsPerEpoch: rc.schedule.SlotsPerEpoch, RefTimestamp: rc.schedule.TimeOf(r.RefSlot),
		WithdrawalVaultWei: s.WithdrawalVaultWei, ELRewardsVaultWei: s.ELRewardsVaultWei, DepositedWei: s.DepositedWei,
		BucketGwei: s.BucketGwei(rc.elapsedSeconds(s, r)), LastFalse: s.Head.Flags.Has(report.FlagFalse),
	}
	if r.FinalizeUpTo > 0 {
		in.LastRequestID, in.LastFinalizedID, in.FinalizeCreatedAt = s.LastRequestID, s.LastFinalizedID, s.FinalizeCreatedAt
	}
	verdict := report.CheckSanity(s.Limits, s.Last, r, in)
	want := report.Sane
	held, wasHeld := rc.h.seen.Body.(*events.ReportQuarantined)
	if wasHeld {
		want = held.Code
	}
	switch {
	case verdict.Code != want:
		rc.wrong(checkSanity, WrongSanity, "the bounds give %s (%s, bound %s), the contract gave %s", verdict.Code, text(verdict.Value), text(verdict.Bound), want)
	case wasHeld && (verdict.Value.Cmp(held.Value) != 0 || verdict.Bound.Cmp(held.Bound) != 0):
		rc.wrong(checkSanity, WrongSanity, "by rule %s the value is %s and the bound %s, the contract announced %s and %s",
			want, verdict.Value, verdict.Bound, held.Value, held.Bound)
	default:
		rc.ok(checkSanity)
	}
}

func text(v *big.Int) string {
	if v == nil {
		return "none"
	}
	return v.String()
}

// checkRebase computes what the report does to the token, and compares it with what the pool announced and with the token itself.
func (rc *reportCheck) checkRebase(ctx context.Context) {
	switch {
	case rc.h.accepted == nil:
		rc.checkUnchanged(ctx)
		return
	case rc.h.rebased == nil:
		rc.wrong(checkRebase, WrongRebase, "the report was accepted, and the pool did not announce a rebase")
		return
	}
	body := rc.h.rebased.Body.(*events.Rebased)
	rc.out.Rebase = &Rebase{
		PooledBeforeWei: amount(body.PooledBeforeWei), SharesBefore: amount(body.SharesBefore), PooledAfterWei: amount(body.PooledAfterWei),
		SharesAfter: amount(body.SharesAfter), CLChangeWei: amount(body.CLChangeWei), FeeWei: amount(body.FeeWei), LockWei: amount(body.LockWei),
		ShareRateRay: amount(events.ShareRateRay(body.PooledAfterWei, body.SharesAfter)),
	}
	if rc.out.Values == nil {
		rc.notChecked(checkRebase, unreadable)
		return
	}
	block := rc.contents
	if rc.h.accepted.BlockHash != rc.h.seen.BlockHash {
		var err error
		if block, err = rc.o.Chain.Contents(ctx, rc.h.accepted.BlockHash); err != nil {
			rc.notChecked(checkRebase, "block %d, in which it was applied: %v", rc.h.accepted.Block, err)
			return
		}
	}
	why, err := rc.rebaseDiffers(ctx, block, body)
	switch {
	case err != nil:
		rc.notChecked(checkRebase, "%v", err)
	case why != "":
		rc.wrong(checkRebase, WrongRebase, "%s", why)
	default:
		rc.ok(checkRebase)
	}
}

// rebaseDiffers says how the token's change is not what the report gives; empty when it is.
func (rc *reportCheck) rebaseDiffers(ctx context.Context, block events.BlockContents, announced *events.Rebased) (string, error) {
	s, err := rc.before(ctx, block, *rc.h.accepted)
	if err != nil {
		return "", fmt.Errorf("the contracts' state before it was not read: %w", err)
	}
	in := rc.rebaseInput(s, *rc.out.Values)
	out, err := report.Rebase(in)
	if err != nil {
		return fmt.Sprintf("by the arithmetic the report cannot be applied: %v", err), nil
	}
	for _, v := range []struct {
		what                string
		announced, computed *big.Int
	}{
		{"pooled ether before (wei)", announced.PooledBeforeWei, s.TotalPooledWei}, {"shares before", announced.SharesBefore, s.TotalShares},
		{"pooled ether after (wei)", announced.PooledAfterWei, out.PooledWei}, {"shares after", announced.SharesAfter, out.Shares},
		{"change of the consensus layer (wei)", announced.CLChangeWei, out.CLChangeWei},
		{"ether from withdrawals (wei)", announced.FromWithdrawalsWei, out.FromWithdrawalsWei},
		{"ether from rewards (wei)", announced.FromRewardsWei, out.FromRewardsWei}, {"ether locked for requests (wei)", announced.LockWei, out.LockWei},
		{"burned shares", announced.BurnShares, out.BurnShares}, {"fee (wei)", announced.FeeWei, out.FeeWei}, {"fee shares", announced.FeeShares, out.FeeShares},
	} {
		if v.announced.Cmp(v.computed) != 0 {
			return fmt.Sprintf("%s: the pool announced %s, the arithmetic gives %s", v.what, v.announced, v.computed), nil
		}
	}
	if why, err := rc.announcementDiffers(block, s, out); why != "" || err != nil {
		return why, err
	}
	if why := rc.rateFell(announced); why != "" {
		return why, nil
	}
	return rc.tokenDiffers(ctx, block, announced)
}

// announcementDiffers compares what the pool announced of ether that waits to be recognised and of requests that wait; empty when it is what the arithmetic gives.
func (rc *reportCheck) announcementDiffers(block events.BlockContents, s events.State, out report.RebaseOutput) (string, error) {
	found, err := rc.o.Chain.EventsIn(block.Receipts, events.Selection{"Unrecognised", "FinalizationSkipped"})
	if err != nil {
		return "", err
	}
	unrecognised, skip := new(big.Int), report.SkipNone
	for _, e := range found {
		if e.TxHash != rc.h.accepted.TxHash {
			continue
		}
		switch body := e.Body.(type) {
		case *events.Unrecognised:
			unrecognised = body.AmountWei
		case *events.FinalizationSkipped:
			skip = body.Reason
		}
	}
	wantSkip := out.Skip
	if s.QueuePaused && rc.out.Values.FinalizeUpTo > 0 {
		wantSkip = report.SkipPaused
	}
	want := new(big.Int).Sub(out.BookedWei, out.PooledWei)
	switch {
	case unrecognised.Cmp(want) != 0:
		return fmt.Sprintf("ether that waits to be recognised (wei): the pool announced %s, the arithmetic gives %s", unrecognised, want), nil
	case skip != wantSkip:
		return fmt.Sprintf("why requests wait: the pool announced %s, the arithmetic gives %s", skip, wantSkip), nil
	}
	return "", nil
}

// rateFell says that the share rate was lower before the report than after the one before it; empty when it was not. Deposits pay for what is due, so that
// they mint too few shares rather than too many, and finalization without a report takes the part of its shares; each to one share.
func (rc *reportCheck) rateFell(announced *events.Rebased) string {
	var last *events.Event
	for i := range rc.found {
		if _, ok := rc.found[i].Body.(*events.Rebased); ok && rc.found[i].Before(*rc.h.rebased) {
			last = &rc.found[i]
		}
	}
	if last == nil {
		return ""
	}
	then := last.Body.(*events.Rebased)
	now := new(big.Int).Mul(announced.PooledBeforeWei, then.SharesAfter)
	least := new(big.Int).Sub(announced.SharesBefore, big.NewInt(1))
	if now.Cmp(least.Mul(least, then.PooledAfterWei)) >= 0 {
		return ""
	}
	return fmt.Sprintf("the share rate fell without a report: after block %d there were %s wei for %s shares, and before this report %s wei for %s",
		last.Block, then.PooledAfterWei, then.SharesAfter, announced.PooledBeforeWei, announced.SharesBefore)
}

// tokenDiffers compares the token after the block with the announcement and with what came later in the block.
func (rc *reportCheck) tokenDiffers(ctx context.Context, block events.BlockContents, announced *events.Rebased) (string, error) {
	found, err := rc.o.Chain.EventsIn(block.Receipts, nil)
	if err != nil {
		return "", err
	}
	pooled, shares := new(big.Int).Set(announced.PooledAfterWei), new(big.Int).Set(announced.SharesAfter)
	for _, e := range found {
		if !rc.h.rebased.Before(e) {
			continue
		}
		switch body := e.Body.(type) {
		case *events.Deposited:
			pooled.Add(pooled, body.AmountWei)
			shares.Add(shares, body.Shares)
		case *events.FinalizedWithoutReport:
			left := new(big.Int).Mul(body.BurnShares, pooled)
			pooled.Sub(pooled, left.Quo(left, shares))
			shares.Sub(shares, body.BurnShares)
		}
	}
	token, err := rc.o.Chain.Token(ctx, block.Block)
	if err != nil {
		return "", fmt.Errorf("the token after it was not read: %w", err)
	}
	if token.TotalPooledWei.Cmp(pooled) != 0 || token.TotalShares.Cmp(shares) != 0 {
		return fmt.Sprintf("after block %d the token has %s wei of pooled ether and %s shares, by the announcement it should have %s and %s",
			block.Number, token.TotalPooledWei, token.TotalShares, pooled, shares), nil
	}
	return "", nil
}

// checkUnchanged: a report that is held changes nothing.
func (rc *reportCheck) checkUnchanged(ctx context.Context) {
	found, err := rc.o.Chain.EventsIn(rc.contents.Receipts, events.Selection{"Rebased"})
	if err != nil {
		rc.notChecked(checkRebase, "%v", err)
		return
	}
	for _, e := range found {
		if e.TxHash == rc.h.seen.TxHash {
			rc.wrong(checkRebase, WrongRebase, "the report is held, and the pool announced a rebase in the same transaction")
			return
		}
	}
	rc.ok(checkRebase)
}

// elapsedSeconds lie between the reference slots of the pool's last report and r.
func (rc *reportCheck) elapsedSeconds(s events.State, r report.Report) uint64 {
	return (r.RefSlot - s.Last.RefSlot) * rc.schedule.SecondsPerSlot
}

// rebaseInput is what the pool computes with.
func (rc *reportCheck) rebaseInput(s events.State, r report.Report) report.RebaseInput {
	elapsedSeconds := rc.elapsedSeconds(s, r)
	bucketWei := weiOf(s.BucketGwei(elapsedSeconds))
	if rc.h.outcome() == AcceptedByGuardian {
		bucketWei = new(big.Int) // a guardian's word does not use the bucket
	}
	in := report.RebaseInput{
		TotalPooledWei: s.TotalPooledWei, TotalShares: s.TotalShares, BufferedWei: s.BufferedWei, BookedWei: s.BookedWei(),
		LastCLWei: s.Last.CLWei(), LastDepositedWei: s.Last.DepositedWei.ToBig(),
		LastVaultLeftWei: s.Last.WithdrawalVaultLeftWei.ToBig(),
		CLWei:            r.CLWei(), DepositedWei: wholeGwei(r.DepositedWei.ToBig()),
		WithdrawalVaultWei: r.WithdrawalVaultWei.ToBig(), ELRewardsVaultWei: r.ELRewardsVaultWei.ToBig(),
		ElapsedSeconds: elapsedSeconds, MaxRiseBps: s.Bounds.MaxRiseBps, BucketWei: bucketWei,
		UnconfirmedWei: weiOf(s.Last.UnconfirmedGwei), LossesInRow: s.Doubt.LossesInRow,
		NoisePcm: s.Terms.NoisePcm, NormalRewardBps: s.Terms.NormalRewardBps, FeeBps: s.Terms.FeeBps, Batch: report.NoBatch(),
	}
	if r.FinalizeUpTo > 0 && !s.QueuePaused {
		in.Batch = s.Batch
	}
	return in
}

// wholeGwei is what the pool keeps of an amount of wei.
func wholeGwei(wei *big.Int) *big.Int {
	whole := new(big.Int).Quo(wei, big.NewInt(report.WeiPerGwei))
	return whole.Mul(whole, big.NewInt(report.WeiPerGwei))
}

func weiOf(gwei uint64) *big.Int {
	return new(big.Int).Mul(new(big.Int).SetUint64(gwei), big.NewInt(report.WeiPerGwei))
}
