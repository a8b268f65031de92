package snapshot

import (
	"context"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/report"
)

// snapshot puts verified readings into the form that reports are computed from.
func (g *Builder) snapshot(ctx context.Context, reference beacon.ReferenceBlock, consensus report.ConsensusLayer, pool *execution.Pool, committee execution.Committee) report.Snapshot {
	return report.Snapshot{
		Domain: g.o.Manifest.Domain(), Committee: committee.Digest, RefSlot: reference.RefSlot, EpochsPerFrame: g.schedule.EpochsPerFrame,
		Block: report.BlockRef{
			Slot: reference.Slot, Root: reference.Root, StateRoot: reference.StateRoot, ExecutionHash: pool.Block.Hash, ExecutionNumber: pool.Block.Number,
			RefTimestamp: g.schedule.TimeOf(reference.RefSlot),
		},
		Vault:     g.vault,
		Consensus: consensus,
		Execution: executionLayer(pool.Values, g.bounds),
		Request: func(id uint64) (report.QueuedRequest, error) {
			r, err := pool.Request(ctx, id)
			if err != nil {
				return report.QueuedRequest{}, err
			}
			return report.QueuedRequest{CumulativeWei: r.CumulativeWei.ToBig(), CumulativeShares: r.CumulativeShares.ToBig(), CreatedAt: r.CreatedAt, Falls: r.Falls}, nil
		},
	}
}

// ConsensusLayer is what a report takes of a verified state in which unproven keys were looked for.
func ConsensusLayer(s *state.State, spec state.Spec, unproven []report.PublicKey) report.ConsensusLayer {
	c := report.ConsensusLayer{
		Rules: report.ConsensusRules{
			SecondsPerSlot: spec.SecondsPerSlot, SlotsPerEpoch: spec.SlotsPerEpoch, EffectiveBalanceIncrementGwei: spec.EffectiveBalanceIncrementGwei,
			BaseRewardFactor: spec.BaseRewardFactor, EpochsPerSlashingsVector: spec.EpochsPerSlashingsVector,
			ProportionalSlashingMultiplier: spec.ProportionalSlashingMultiplier, MinValidatorWithdrawabilityDelay: spec.MinValidatorWithdrawabilityDelay,
		},
		Validators: make([]report.PoolValidator, len(s.Pool)), Slashed: make([]report.SlashedValidator, len(s.PoolSlashed)),
		Unproven:        make([]report.UnprovenKey, len(unproven)),
		TotalActiveGwei: s.TotalActiveGwei, PoolActiveGwei: s.PoolActiveGwei, SlashingsGwei: s.SlashingsGwei,
		Pending: make([]report.PendingDeposit, len(s.Pending)), Registered: make(map[report.PublicKey]common.Hash, len(s.Registered)),
		InFlightGwei: s.InFlightGwei, NoDepositBridge: s.Fork >= state.Fulu, Eth1DepositIndex: s.Eth1DepositIndex, DepositRequestsStartIndex: s.DepositRequestsStartIndex,
	}
	waits := make(map[uint32]bool, len(unproven))
	for i, key := range unproven {
		v, found := s.Asked[key]
		c.Unproven[i] = report.UnprovenKey{PublicKey: key, Index: v.Index, Validator: found}
		waits[v.Index] = waits[v.Index] || found
	}
	for i, v := range s.Pool {
		c.Validators[i] = report.PoolValidator{Index: v.Index, BalanceGwei: v.BalanceGwei, Exited: v.Exited, Slashed: v.Slashed, Unproven: waits[v.Index]}
	}
	for i, v := range s.PoolSlashed {
		c.Slashed[i] = report.SlashedValidator(v)
	}
	for i, d := range s.Pending {
		c.Pending[i] = report.PendingDeposit(d)
	}
	for key, credentials := range s.Registered {
		c.Registered[key] = credentials
	}
	return c
}

func executionLayer(v execution.Values, bounds report.PoolBounds) report.ExecutionLayer {
	return report.ExecutionLayer{
		DepositedWei: v.DepositedWei, UnprovenKeys: v.UnprovenCount, WithdrawalVaultWei: v.WithdrawalVaultWei, ELRewardsVaultWei: v.ELRewardsVaultWei,
		BufferedWei: v.BufferedWei, TotalPooledWei: v.TotalPooledWei, TotalShares: v.TotalShares,
		Terms:  report.PoolTerms{FeeBps: v.Terms.FeeBps, NormalRewardBps: v.Terms.NormalRewardBps, NoisePcm: v.Terms.NoisePcm},
		Bounds: bounds,
		Head:   report.PoolHead{Round: v.Head.Round, Flags: v.Head.Flags, BucketGwei: v.Head.BucketGwei},
		Doubt:  report.PoolDoubt{LowestHeldRate: v.Doubt.LowestHeldRate, LossesInRow: v.Doubt.LossesInRow},
		Last:   v.Last, LastReportAt: v.LastReportAt, Limits: v.Limits,
		Queue: report.QueueHead{
			PauseFlag: v.Queue.PauseFlag, PausedUntil: v.Queue.PausedUntil, LastRequestID: v.Queue.LastRequestID, LastFinalizedID: v.Queue.LastFinalizedID,
			RequestMarginSeconds: v.Limits.RequestMarginSeconds,
		},
	}
}
