package report

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// Computed is a report with what led to it.
type Computed struct {
	Report      Report
	Digest      common.Hash // identifies the report; members vote for it
	Sections    [SectionCount]common.Hash
	Explanation []Line // of every field in ABI order, each followed by what stands behind it
	Diagnostics Diagnostics
	Bunker      BunkerAssessment
	Rebase      RebaseOutput // what the report does if the pool does not change between the reference block and its submission
	Sanity      SanityResult // what the contracts would hold back, judged at the reference block
}

// Compute turns a snapshot into the one report that follows from it: same snapshot, same report. It reads nothing but the snapshot and, by
// s.Request, some of the queue's requests. verify is asked only about pending deposits of keys that are new and might become the pool's.
// Errors: ErrInconsistentSnapshot, ErrDepositsInFlight, ErrBalanceOrder, ErrBalanceOverflow, and those of FinalizeUpTo.
func Compute(s Snapshot, verify DepositVerifier) (Computed, error) {
	if verify == nil {
		return Computed{}, fmt.Errorf("compute the report of slot %d: %w: no way to verify deposit signatures", s.RefSlot, ErrInconsistentSnapshot)
	}
	if err := s.check(); err != nil {
		return Computed{}, fmt.Errorf("compute the report of slot %d: %w", s.RefSlot, err)
	}
	c, err := compute(s, verify)
	if err != nil {
		return Computed{}, fmt.Errorf("compute the report of slot %d: %w", s.RefSlot, err)
	}
	return c, nil
}

func compute(s Snapshot, verify DepositVerifier) (Computed, error) {
	var tree BalanceTree
	r, err := s.countValidators(&tree)
	if err != nil {
		return Computed{}, err
	}
	pending, err := countPending(s.Consensus, s.Vault, verify)
	if err != nil {
		return Computed{}, err
	}
	r.CLPendingGwei = pending.sumGwei
	r.UnprovenGwei += pending.first.pendingGwei
	bunker, err := assessBunker(s, r.CLWei())
	if err != nil {
		return Computed{}, err
	}
	r.Bunker = bunker.Bunker
	rebase, err := s.finalize(&r, bunker)
	if err != nil {
		return Computed{}, err
	}
	if err := r.Validate(); err != nil {
		return Computed{}, err
	}
	if err := tree.Committed(r); err != nil {
		return Computed{}, err
	}
	verdict, err := s.checkSanity(r)
	if err != nil {
		return Computed{}, err
	}
	computed := Computed{
		Report: r, Digest: s.Domain.Digest(r), Sections: r.Sections(), Diagnostics: pending.diagnostics, Bunker: bunker, Rebase: rebase, Sanity: verdict,
	}
	computed.Explanation = explain(s, computed, pending)
	return computed, nil
}

// silentCallsShift puts the calls that finalized without a report above the bits of a reference slot.
const silentCallsShift = 40

// Mark is what Report.LastRefSlot must name for a report to be computed on this one: `silentCalls << 40 | refSlot`, as the oracle compares it.
func (l LastReport) Mark() uint64 { return uint64(l.SilentCalls)<<silentCallsShift | l.RefSlot }

// countValidators fills in what does not need to be judged.
func (s Snapshot) countValidators(tree *BalanceTree) (Report, error) {
	r := Report{
		Version: Version, Committee: s.Committee, RefSlot: s.RefSlot, LastRefSlot: s.Execution.Last.Mark(), RefBlockRoot: s.Block.Root,
		CLInFlightGwei: s.Consensus.InFlightGwei,
		DepositedWei:   s.Execution.DepositedWei, WithdrawalVaultWei: s.Execution.WithdrawalVaultWei, ELRewardsVaultWei: s.Execution.ELRewardsVaultWei,
	}
	for _, v := range s.Consensus.Validators {
		if err := tree.Add(v.leaf()); err != nil {
			return Report{}, err
		}
	}
	sums := tree.Sums()
	r.CLValidatorsGwei, r.Exited, r.Slashed, r.UnprovenGwei = sums.BalanceGwei, sums.Exited, sums.Slashed, sums.UnprovenGwei
	r.Validators, r.BalancesRoot = tree.Count(), tree.Root()
	return r, nil
}

// finalize sets FinalizeUpTo and returns what the whole report does.
func (s Snapshot) finalize(r *Report, bunker BunkerAssessment) (RebaseOutput, error) {
	queue := s.Execution.Queue
	in := FinalizationInput{
		Rebase: s.rebaseInput(*r), LastRequestID: queue.LastRequestID, LastFinalizedID: queue.LastFinalizedID, Paused: s.queuePaused(),
		RefTimestamp: s.Block.RefTimestamp, RequestMarginSeconds: queue.RequestMarginSeconds,
		Bunker: bunker.Bunker, BunkerBefore: bunker.BeforeTimestamp,
	}
	found, err := FinalizeUpTo(in, s.Request)
	if err != nil {
		return RebaseOutput{}, err
	}
	r.FinalizeUpTo = found.UpTo
	in.Rebase.Batch = found.Batch
	out, err := Rebase(in.Rebase)
	if err != nil {
		return RebaseOutput{}, fmt.Errorf("apply the report: %w", err)
	}
	if out.Finalized != (found.UpTo > 0) {
		return RebaseOutput{}, fmt.Errorf("%w: requests up to %d do not fit after all: %s", ErrInconsistentQueue, found.UpTo, out.Skip)
	}
	return out, nil
}

// queuePaused reports whether the queue is paused in the block that was read.
func (s Snapshot) queuePaused() bool { return s.Execution.Queue.PausedAt(s.timeOf(s.Block.Slot)) }

// elapsedSeconds is the time between the reference slots of the last report and of this one: the pool measures time so.
func (s Snapshot) elapsedSeconds() uint64 {
	return (s.RefSlot - s.Execution.Last.RefSlot) * s.Consensus.Rules.SecondsPerSlot
}

// bucketGwei is what the pool's bucket holds at the reference slot.
func (s Snapshot) bucketGwei() uint64 { return s.Execution.BucketAt(s.elapsedSeconds()) }

// rebaseInput is what the pool would compute with at the reference block, without requests to finalize, when no guardian has to accept the report.
func (s Snapshot) rebaseInput(r Report) RebaseInput {
	e := s.Execution
	return RebaseInput{
		TotalPooledWei: e.TotalPooledWei.ToBig(), TotalShares: e.TotalShares.ToBig(), BufferedWei: e.BufferedWei.ToBig(), BookedWei: e.BookedWei(),
		LastCLWei: e.Last.CLWei(), LastDepositedWei: e.Last.DepositedWei.ToBig(),
		LastVaultLeftWei: e.Last.WithdrawalVaultLeftWei.ToBig(),
		CLWei:            r.CLWei(), DepositedWei: e.DepositedWei.ToBig(),
		WithdrawalVaultWei: e.WithdrawalVaultWei.ToBig(), ELRewardsVaultWei: e.ELRewardsVaultWei.ToBig(),
		ElapsedSeconds: s.elapsedSeconds(), MaxRiseBps: e.Bounds.MaxRiseBps, BucketWei: sumWei(s.bucketGwei()),
		UnconfirmedWei: sumWei(e.Last.UnconfirmedGwei), LossesInRow: e.Doubt.LossesInRow,
		NoisePcm: e.Terms.NoisePcm, NormalRewardBps: e.Terms.NormalRewardBps, FeeBps: e.Terms.FeeBps, Batch: NoBatch(),
	}
}

// checkSanity predicts the sanity check of the contracts at the reference block. A breach does not make the report wrong: it is submitted
// and quarantined.
func (s Snapshot) checkSanity(r Report) (SanityResult, error) {
	e := s.Execution
	in := SanityInput{
		SecondsPerSlot: s.Consensus.Rules.SecondsPerSlot, SlotsPerEpoch: s.Consensus.Rules.SlotsPerEpoch, RefTimestamp: s.Block.RefTimestamp,
		WithdrawalVaultWei: e.WithdrawalVaultWei.ToBig(), ELRewardsVaultWei: e.ELRewardsVaultWei.ToBig(), DepositedWei: e.DepositedWei.ToBig(),
		LastRequestID: e.Queue.LastRequestID, LastFinalizedID: e.Queue.LastFinalizedID,
		BucketGwei: s.bucketGwei(), LastFalse: e.Head.Flags.Has(FlagFalse),
	}
	if r.FinalizeUpTo > 0 {
		request, err := readRequest(s.Request, r.FinalizeUpTo)
		if err != nil {
			return SanityResult{}, err
		}
		in.FinalizeCreatedAt = request.CreatedAt
	}
	return CheckSanity(e.Limits, e.Last, r, in), nil
}

// Diagnostics are what an operator should look at although the report is right.
type Diagnostics struct {
	FrontRun []FrontRunDeposit
	Lost     []PendingDeposit // with pool credentials, for a key without a validator, with an invalid signature: the beacon chain burns them
}

// FrontRunDeposit is a pending deposit with pool credentials that tops up a foreign validator, because that one was first with the key.
type FrontRunDeposit struct {
	Deposit            PendingDeposit
	ForeignCredentials common.Hash
	Registered         bool // the foreign validator exists; else an earlier pending deposit makes it
}
