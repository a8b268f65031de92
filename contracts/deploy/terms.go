package deploy

import (
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

// terms lists what the contracts of a set must say about the numbers of the configuration, right after the deployment. What anyone could have changed
// meanwhile by a deposit is not among them.
func (c Config) terms(s manifest.Set) []manifest.Fact {
	pool, queue, committee := bindings.NewStakingPool(), bindings.NewWithdrawalQueue(), bindings.NewOracleCommittee()
	oracle, sanity, timelock := bindings.NewReportOracle(), bindings.NewSanityChecker(), bindings.NewTimelockController()
	book := bindings.NewValidators()
	p, l, top := c.Pool, c.Limits, c.Ceilings
	says := manifest.NewFact
	// Every field of the pool's configuration is of fixed length, so that the packed arguments are what the contract hashes.
	configHash := crypto.Keccak256Hash(bindings.NewPoolExtension().PackConstructor(c.pool(s)))
	return []manifest.Fact{
		says("TimelockController", s.Timelock, "getMinDelay", timelock.PackGetMinDelay(), c.Roles.TimelockDelaySeconds),
		says("StakingPool", s.StakingPool, "staleAfterSeconds", pool.PackStaleAfterSeconds(), p.Bounds.StaleAfterSeconds),
		says("StakingPool", s.StakingPool, "treasury", pool.PackTreasury(), c.Roles.Treasury),
		says("PoolExtension", s.PoolExtension, "treasury", pool.PackTreasury(), c.Roles.Treasury),
		says("StakingPool", s.StakingPool, "terms", pool.PackTerms(), c.Roles.Treasury, p.FeeBps, p.OperatorsBps, p.NormalRewardBps, p.NoisePcm),
		says("StakingPool", s.StakingPool, "lastReport", pool.PackLastReport(), append([]any{c.startRefSlot()}, slices.Repeat([]any{common.Hash{}}, 12)...)...),
		says("StakingPool", s.StakingPool, "configHash", pool.PackConfigHash(), configHash),
		says("PoolExtension", s.PoolExtension, "configHash", pool.PackConfigHash(), configHash),
		// On storage of its own, which nothing reads: the pool's registry is in the pool.
		says("PoolExtension", s.PoolExtension, "registry", pool.PackRegistry(), s.OperatorRegistry),
		says("PoolExtension", s.PoolExtension, "staleAfterSeconds", pool.PackStaleAfterSeconds(), p.Bounds.StaleAfterSeconds),
		says("WithdrawalQueue", s.WithdrawalQueue, "minRequestWei", queue.PackMinRequestWei(), c.Queue.MinRequestWei),
		says("WithdrawalQueue", s.WithdrawalQueue, "maxRequestWei", queue.PackMaxRequestWei(), c.Queue.MaxRequestWei),
		says("WithdrawalQueue", s.WithdrawalQueue, "maxPauseSeconds", queue.PackMaxPauseSeconds(), c.MaxPauseSeconds),
		says("OperatorRegistry", s.OperatorRegistry, "predecessor", bindings.NewOperatorRegistry().PackPredecessor(), common.Address{}),
		says("Validators", s.Validators, "proofPatienceSeconds", book.PackProofPatienceSeconds(), c.Staking.ProofPatienceSeconds),
		says("Validators", s.Validators, "forkQuietSeconds", book.PackForkQuietSeconds(), c.Staking.ForkQuietSeconds),
		says("Validators", s.Validators, "stockBps", book.PackStockBps(), c.Staking.StockBps),
		says("Validators", s.Validators, "minStock", book.PackMinStock(), c.Staking.MinStock),
		says("Validators", s.Validators, "keyBps", book.PackKeyBps(), c.Staking.KeyBps),
		says("StateProofs", s.StateProofs, "entryCount", bindings.NewStateProofs().PackEntryCount(), uint64(2)),
		says("OracleCommittee", s.OracleCommittee, "treasury", committee.PackTreasury(), c.Roles.Treasury),
		says("OracleCommittee", s.OracleCommittee, "minBondWei", committee.PackMinBondWei(), c.Bonds.MinBondWei),
		says("OracleCommittee", s.OracleCommittee, "unbondingSeconds", committee.PackUnbondingSeconds(), c.Bonds.UnbondingSeconds),
		says("OracleCommittee", s.OracleCommittee, "reporterRewardBps", committee.PackReporterRewardBps(), c.Bonds.ReporterRewardBps),
		says("ReportOracle", s.ReportOracle, "quarantineSeconds", oracle.PackQuarantineSeconds(), c.QuarantineSeconds),
		says("ReportOracle", s.ReportOracle, "maxPauseSeconds", oracle.PackMaxPauseSeconds(), c.MaxPauseSeconds),
		says("SanityChecker", s.SanityChecker, "limits", sanity.PackLimits(),
			l.AnnualGainBps, l.GiftMarginGwei, l.LossWindowPcm, l.NewValidatorsPerEpoch, l.ExitsPerEpoch, l.RequestMarginSeconds),
		says("SanityChecker", s.SanityChecker, "ceilings", sanity.PackCeilings(),
			top.AnnualGainBps, top.GiftMarginGwei, uint32(maxLossWindowPcm), top.NewValidatorsPerEpoch, top.ExitsPerEpoch, l.RequestMarginSeconds),
	}
}

// verifyStakeLimit finds the limit in the events of the pool's creation: no view tells the refill time.
func verifyStakeLimit(logs []*types.Log, p PoolTerms) error {
	pool := bindings.NewStakingPool()
	for _, l := range logs {
		set, err := pool.UnpackStakeLimitSetEvent(l)
		if err == nil && set.MaxWei.Cmp(p.StakeLimitWei) == 0 && set.RefillSeconds.Cmp(seconds(p.StakeLimitRefillSeconds)) == 0 {
			return nil
		}
	}
	return fmt.Errorf("%w: StakingPool was not created with the stake limit of %s wei in %d seconds", manifest.ErrWiring, p.StakeLimitWei, p.StakeLimitRefillSeconds)
}
