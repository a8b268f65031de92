package deploy

import (
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

// terms lists what the contracts must say about the numbers of the configuration, right after the deployment. What anyone could have changed
// meanwhile by a deposit is not among them.
func (s Set) terms(c Config) []fact {
	pool, queue, committee := bindings.NewStakingPool(), bindings.NewWithdrawalQueue(), bindings.NewOracleCommittee()
	oracle, sanity, timelock := bindings.NewReportOracle(), bindings.NewSanityChecker(), bindings.NewTimelockController()
	p, l, top := c.Pool, c.Limits, c.Ceilings
	// Every field of the pool's configuration is of fixed length, so that the packed arguments are what the contract hashes.
	configHash := crypto.Keccak256Hash(bindings.NewPoolExtension().PackConstructor(s.poolConfig(c)))
	return []fact{
		{"TimelockController", s.Timelock, "getMinDelay", timelock.PackGetMinDelay(), words(c.Roles.TimelockDelaySeconds)},
		{"StakingPool", s.StakingPool, "staleAfterSeconds", pool.PackStaleAfterSeconds(), words(p.Bounds.StaleAfterSeconds)},
		{"StakingPool", s.StakingPool, "treasury", pool.PackTreasury(), words(c.Roles.Treasury)},
		{"PoolExtension", s.PoolExtension, "treasury", pool.PackTreasury(), words(c.Roles.Treasury)},
		{"StakingPool", s.StakingPool, "terms", pool.PackTerms(), words(c.Roles.Treasury, p.FeeBps, p.OperatorsBps, p.NormalRewardBps, p.NoisePcm)},
		{"StakingPool", s.StakingPool, "lastReport", pool.PackLastReport(), append(words(c.startRefSlot()), make([]byte, 12*32)...)},
		{"StakingPool", s.StakingPool, "configHash", pool.PackConfigHash(), words(configHash)},
		{"PoolExtension", s.PoolExtension, "configHash", pool.PackConfigHash(), words(configHash)},
		{"PoolExtension", s.PoolExtension, "staleAfterSeconds", pool.PackStaleAfterSeconds(), words(p.Bounds.StaleAfterSeconds)},
		{"WithdrawalQueue", s.WithdrawalQueue, "minRequestWei", queue.PackMinRequestWei(), words(c.Queue.MinRequestWei)},
		{"WithdrawalQueue", s.WithdrawalQueue, "maxRequestWei", queue.PackMaxRequestWei(), words(c.Queue.MaxRequestWei)},
		{"WithdrawalQueue", s.WithdrawalQueue, "maxPauseSeconds", queue.PackMaxPauseSeconds(), words(c.MaxPauseSeconds)},
		{"OperatorRegistry", s.OperatorRegistry, "predecessor", bindings.NewOperatorRegistry().PackPredecessor(), words(common.Address{})},
		{"OracleCommittee", s.OracleCommittee, "treasury", committee.PackTreasury(), words(c.Roles.Treasury)},
		{"OracleCommittee", s.OracleCommittee, "minBondWei", committee.PackMinBondWei(), words(c.Bonds.MinBondWei)},
		{"OracleCommittee", s.OracleCommittee, "unbondingSeconds", committee.PackUnbondingSeconds(), words(c.Bonds.UnbondingSeconds)},
		{"OracleCommittee", s.OracleCommittee, "reporterRewardBps", committee.PackReporterRewardBps(), words(c.Bonds.ReporterRewardBps)},
		{"ReportOracle", s.ReportOracle, "quarantineSeconds", oracle.PackQuarantineSeconds(), words(c.QuarantineSeconds)},
		{"ReportOracle", s.ReportOracle, "maxPauseSeconds", oracle.PackMaxPauseSeconds(), words(c.MaxPauseSeconds)},
		{"SanityChecker", s.SanityChecker, "limits", sanity.PackLimits(), words(
			l.AnnualGainBps, l.GiftMarginGwei, l.LossWindowPcm, l.NewValidatorsPerEpoch, l.ExitsPerEpoch, l.RequestMarginSeconds)},
		{"SanityChecker", s.SanityChecker, "ceilings", sanity.PackCeilings(), words(
			top.AnnualGainBps, top.GiftMarginGwei, uint32(maxLossWindowPcm), top.NewValidatorsPerEpoch, top.ExitsPerEpoch, l.RequestMarginSeconds)},
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
	return fmt.Errorf("%w: StakingPool was not created with the stake limit of %s wei in %d seconds", ErrWiring, p.StakeLimitWei, p.StakeLimitRefillSeconds)
}

// grant is a role that an account holds on a contract.
type grant struct {
	contract named
	role     string
	account  common.Address
}

// grants are the roles that the configuration gives to accounts; what the contracts hold on each other is in Manifest.roles.
func (s *Set) grants(r Roles) []grant {
	at := make(map[string]named)
	for _, n := range s.all() {
		at[n.name] = n
	}
	list := []grant{
		{at["StakingPool"], "DEPOSITOR_ROLE", r.Depositor},
		{at["StakingPool"], "PAUSER_ROLE", r.Pauser},
		{at["StakingPool"], "RESUMER_ROLE", r.Resumer},
		{at["WithdrawalQueue"], "PAUSER_ROLE", r.Pauser},
		{at["WithdrawalQueue"], "RESUMER_ROLE", r.Resumer},
		{at["OperatorRegistry"], "OPERATOR_MANAGER_ROLE", r.OperatorManager},
		{at["OperatorRegistry"], "EXIT_ROLE", r.ExitRequester},
		{at["OracleCommittee"], "MEMBERSHIP_ROLE", r.Membership},
		{at["OracleCommittee"], "EJECTOR_ROLE", r.Ejector},
		{at["ReportOracle"], "GUARDIAN_ROLE", r.Guardian},
		{at["ReportOracle"], "PAUSER_ROLE", r.Pauser},
		{at["ReportOracle"], "RESUMER_ROLE", r.Resumer},
	}
	for _, account := range r.TimelockProposers {
		list = append(list, grant{at["TimelockController"], "PROPOSER_ROLE", account}, grant{at["TimelockController"], "CANCELLER_ROLE", account})
	}
	for _, account := range r.TimelockExecutors {
		list = append(list, grant{at["TimelockController"], "EXECUTOR_ROLE", account})
	}
	return list
}

// holders lists the facts that these roles are held.
func (s *Set) holders(r Roles) []fact {
	var facts []fact
	for _, g := range s.grants(r) {
		facts = append(facts, hasRole(g.contract.name, *g.contract.address, g.role, roleID(g.role), g.account, true))
	}
	return facts
}
