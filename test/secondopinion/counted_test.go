//go:build secondopinion

package secondopinion_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/report"
)

// counted is the report on a state for a pool that has nothing on the execution layer.
func counted(t *testing.T, spec state.Spec, s *state.State, verify report.DepositVerifier) report.Report {
	t.Helper()
	snapshot := report.Snapshot{
		Domain: report.Domain{ChainID: big.NewInt(1)}, Committee: common.Hash{1}, RefSlot: s.Slot, EpochsPerFrame: 1, Vault: report.VaultOf(poolCredentials[0]),
		Block: report.BlockRef{Slot: s.Slot, Root: s.BlockRoot(), StateRoot: s.Root, ExecutionHash: s.LatestBlockHash, RefTimestamp: s.GenesisTime + s.Slot*spec.SecondsPerSlot},
		Consensus: report.ConsensusLayer{
			Rules: report.ConsensusRules{
				SecondsPerSlot: spec.SecondsPerSlot, SlotsPerEpoch: spec.SlotsPerEpoch, EffectiveBalanceIncrementGwei: spec.EffectiveBalanceIncrementGwei,
				BaseRewardFactor: spec.BaseRewardFactor, EpochsPerSlashingsVector: spec.EpochsPerSlashingsVector,
				ProportionalSlashingMultiplier: spec.ProportionalSlashingMultiplier, MinValidatorWithdrawabilityDelay: spec.MinValidatorWithdrawabilityDelay,
			},
			TotalActiveGwei: s.TotalActiveGwei, PoolActiveGwei: s.PoolActiveGwei, SlashingsGwei: s.SlashingsGwei, Registered: make(map[report.PublicKey]common.Hash),
			Eth1DepositIndex: s.Eth1DepositIndex, DepositRequestsStartIndex: s.DepositRequestsStartIndex,
		},
		Execution: report.ExecutionLayer{
			Bounds: report.PoolBounds{MaxRiseBps: 1, BucketRefillSeconds: 1}, Head: report.PoolHead{Flags: report.FlagSet},
		},
		Request: func(uint64) (report.QueuedRequest, error) {
			return report.QueuedRequest{}, errors.New("there is no request")
		},
	}
	for _, v := range s.Pool {
		snapshot.Consensus.Validators = append(snapshot.Consensus.Validators, report.PoolValidator{Index: v.Index, BalanceGwei: v.BalanceGwei, Exited: v.Exited, Slashed: v.Slashed})
	}
	for _, v := range s.PoolSlashed {
		snapshot.Consensus.Slashed = append(snapshot.Consensus.Slashed, report.SlashedValidator(v))
	}
	for _, d := range s.Pending {
		snapshot.Consensus.Pending = append(snapshot.Consensus.Pending, report.PendingDeposit(d))
	}
	for key, credentials := range s.Registered {
		snapshot.Consensus.Registered[key] = credentials
	}
	computed, err := report.Compute(snapshot, verify)
	require.NoError(t, err)
	return computed.Report
}
