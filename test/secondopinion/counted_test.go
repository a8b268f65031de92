//go:build secondopinion

package secondopinion_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// counted is the report on a state for a pool that has nothing on the execution layer.
func counted(t *testing.T, spec state.Spec, s *state.State, verify report.DepositVerifier) report.Report {
	t.Helper()
	read := report.Snapshot{
		Domain: report.Domain{ChainID: big.NewInt(1)}, Committee: common.Hash{1}, RefSlot: s.Slot, EpochsPerFrame: 1, Vault: report.VaultOf(poolCredentials[0]),
		Block:     report.BlockRef{Slot: s.Slot, Root: s.BlockRoot(), StateRoot: s.Root, ExecutionHash: s.LatestBlockHash, RefTimestamp: s.GenesisTime + s.Slot*spec.SecondsPerSlot},
		Consensus: snapshot.ConsensusLayer(s, spec, nil),
		Execution: report.ExecutionLayer{
			Bounds: report.PoolBounds{MaxRiseBps: 1, BucketRefillSeconds: 1}, Head: report.PoolHead{Flags: report.FlagSet},
		},
		Request: func(uint64) (report.QueuedRequest, error) {
			return report.QueuedRequest{}, errors.New("there is no request")
		},
	}
	computed, err := report.Compute(read, verify)
	require.NoError(t, err)
	return computed.Report
}
