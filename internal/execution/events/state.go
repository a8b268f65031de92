package events

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// State is what decides what a report does, as the contracts say it at a block. An endpoint says so; nothing is proven.
type State struct {
	Block                       Block
	Last                        report.LastReport
	TotalPooledWei, TotalShares *big.Int
	BufferedWei, DepositedWei   *big.Int
	UnprovenKeys                uint64   // one ether each, beside the buffer
	WithdrawalVaultWei          *big.Int // balance
	ELRewardsVaultWei           *big.Int // balance
	Terms                       report.PoolTerms
	Bounds                      report.PoolBounds // the manifest's
	Head                        report.PoolHead
	Doubt                       report.PoolDoubt
	Limits                      report.Limits // soft sanity limits
	LastRequestID               uint64
	LastFinalizedID             uint64
	QueuePaused                 bool
	FinalizeCreatedAt           uint64       // of the request asked about; 0: it does not exist
	Batch                       report.Batch // of the requests up to it; all zero for none
	Quarantine                  Quarantine
}

// Quarantine is the report that is or was held last.
type Quarantine struct {
	Digest    common.Hash // zero: none ever
	RefSlot   uint64
	Until     uint64 // seconds
	Judgement Judgement
	Code      report.Code
}

// Judgement of a held report.
type Judgement uint8

// Judgements, as ReportOracle numbers them.
const (
	NotHeld Judgement = iota
	Pending
	AcceptedByGuardian
	RejectedByGuardian
)

// State reads what a report that finalizes requests up to finalizeUpTo (0: none) meets after a block. Errors: execution.ErrPruned when the state
// is gone.
func (r *Reader) State(ctx context.Context, at Block, finalizeUpTo uint64) (s State, err error) {
	_, err = r.client.Ask(ctx, "state of the pool", func(ctx context.Context, ask execution.Asker) error {
		v := viewer{ctx: ctx, ask: ask, at: at.Hash}
		s = State{Block: at}
		r.readPool(&v, &s)
		r.readQueue(&v, &s, finalizeUpTo)
		return v.err
	})
	if err != nil {
		return State{}, fmt.Errorf("state of the pool at block %d: %w", at.Number, err)
	}
	return s, nil
}

func (r *Reader) readPool(v *viewer, s *State) {
	set := r.manifest.Contracts
	pool, token, sanity, oracle := bindings.NewStakingPool(), bindings.NewStakedEther(), bindings.NewSanityChecker(), bindings.NewReportOracle()
	last := view(v, set.StakingPool, pool.PackLastReport(), pool.UnpackLastReport)
	totals := view(v, set.StakedEther, token.PackTotals(), token.UnpackTotals)
	s.TotalPooledWei, s.TotalShares = totals.TotalPooledWei, totals.TotalShares
	s.BufferedWei = view(v, set.StakingPool, pool.PackBufferedWei(), pool.UnpackBufferedWei)
	s.DepositedWei = view(v, set.StakingPool, pool.PackDepositedWei(), pool.UnpackDepositedWei)
	unproven := view(v, set.Validators, bindings.NewValidators().PackUnprovenCount(), bindings.NewValidators().UnpackUnprovenCount)
	terms := view(v, set.StakingPool, pool.PackTerms(), pool.UnpackTerms)
	s.Terms = report.PoolTerms{FeeBps: terms.FeeBps, NormalRewardBps: terms.NormalRewardBps, NoisePcm: terms.NoisePcm}
	s.Bounds = r.manifest.Bounds.Pool()
	head := view(v, set.StakingPool, pool.PackHead(), pool.UnpackHead)
	doubts := view(v, set.StakingPool, pool.PackDoubts(), pool.UnpackDoubts)
	s.Limits = report.Limits(view(v, set.SanityChecker, sanity.PackLimits(), sanity.UnpackLimits))
	s.WithdrawalVaultWei, s.ELRewardsVaultWei = v.balance(set.WithdrawalVault), v.balance(set.ELRewardsVault)
	held := view(v, set.ReportOracle, oracle.PackQuarantine(), oracle.UnpackQuarantine)
	s.Quarantine = Quarantine{held.Digest, held.RefSlot, held.Until, Judgement(held.Judgement), report.Code(held.Code)}
	if v.err != nil {
		return
	}
	s.Last = report.LastReport{
		RefSlot: last.RefSlot, SilentCalls: last.SilentCalls, CLValidatorsGwei: last.ClValidatorsGwei, CLPendingGwei: last.ClPendingGwei,
		CLInFlightGwei: last.ClInFlightGwei, UnprovenGwei: last.UnprovenGwei, Validators: last.Validators, Exited: last.Exited,
		UnconfirmedGwei: last.UnconfirmedGwei, ConfirmedGwei: last.ConfirmedGwei,
	}
	s.Last.DepositedWei.SetFromBig(last.DepositedWei)
	s.Last.WithdrawalVaultLeftWei.SetFromBig(last.WithdrawalVaultLeftWei)
	s.Last.LossWindow.SetFromBig(last.LossWindow)
	// They fit by their types in the contract.
	s.UnprovenKeys = unproven.Uint64()
	s.Head = report.PoolHead{Round: head.Round.Uint64(), Flags: report.PoolFlags(head.Flags), BucketGwei: head.BucketGwei.Uint64()}
	s.Doubt = report.PoolDoubt{LossesInRow: doubts.LossesInRow}
	s.Doubt.LowestHeldRate.SetFromBig(doubts.LowestHeldRate)
}

// BookedWei is what the pool's buckets sum up to: buffer, first ether of unproven keys, consensus-layer ether of the last report, deposits since.
func (s State) BookedWei() *big.Int {
	par := new(big.Int).SetUint64(s.UnprovenKeys)
	booked := par.Mul(par, big.NewInt(report.FirstGwei*report.WeiPerGwei))
	booked.Add(booked, s.BufferedWei).Add(booked, s.Last.CLWei())
	booked.Add(booked, s.DepositedWei)
	return booked.Sub(booked, s.Last.DepositedWei.ToBig())
}

// BucketGwei is what the pool's bucket holds at a reference slot after the last report's, so many seconds later.
func (s State) BucketGwei(elapsedSeconds uint64) uint64 {
	return report.ExecutionLayer{Bounds: s.Bounds, Head: s.Head}.BucketAt(elapsedSeconds)
}

func (r *Reader) readQueue(v *viewer, s *State, finalizeUpTo uint64) {
	at, queue := r.manifest.Contracts.WithdrawalQueue, bindings.NewWithdrawalQueue()
	bounds := view(v, at, queue.PackBounds(), queue.UnpackBounds)
	s.LastRequestID, s.LastFinalizedID = bounds.LastRequestId, bounds.LastFinalizedId
	s.QueuePaused = view(v, at, queue.PackPaused(), queue.UnpackPaused)
	s.Batch = report.NoBatch()
	if v.err != nil || finalizeUpTo == 0 || finalizeUpTo > s.LastRequestID {
		return
	}
	created := view(v, at, queue.PackCreatedAt(finalizeUpTo), queue.UnpackCreatedAt)
	batch := view(v, at, queue.PackBatchUpTo(finalizeUpTo), queue.UnpackBatchUpTo)
	if v.err == nil && created.IsUint64() {
		s.FinalizeCreatedAt, s.Batch = created.Uint64(), report.Batch(batch)
	}
}

// Committee is who answers for a reference slot, as the contract says it at a block.
type Committee struct {
	RefSlot uint64
	Digest  common.Hash
	Members []common.Hash // identifiers, in the order of a certificate's bits
}

// maxMembers is OracleCommittee's MAX_MEMBERS.
const maxMembers = 250

// Committee reads who answers for a reference slot after a block. A committee of nobody has digest zero.
func (r *Reader) Committee(ctx context.Context, at Block, refSlot uint64) (c Committee, err error) {
	b := bindings.NewOracleCommittee()
	_, err = r.client.Ask(ctx, "committee", func(ctx context.Context, ask execution.Asker) error {
		v := viewer{ctx: ctx, ask: ask, at: at.Hash}
		out := view(&v, r.manifest.Contracts.OracleCommittee, b.PackCommitteeAt(refSlot), b.UnpackCommitteeAt)
		if v.err == nil && len(out.Ids) > maxMembers {
			v.err = fmt.Errorf("%w: %d members", execution.ErrTooLarge, len(out.Ids))
		}
		c = Committee{RefSlot: refSlot, Digest: out.Digest}
		for _, id := range out.Ids {
			c.Members = append(c.Members, id)
		}
		return v.err
	})
	if err != nil {
		return Committee{}, fmt.Errorf("committee of reference slot %d at block %d: %w", refSlot, at.Number, err)
	}
	return c, nil
}

// KeyID is a member's identifier: keccak256 of its affine key.
func KeyID(affine []byte) common.Hash { return crypto.Keccak256Hash(affine) }
