package deploy

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
)

// roleNames are all roles of the set.
func roleNames() []string {
	return []string{
		manifest.AdminRole, "ORACLE_ROLE", "PAUSER_ROLE", "RESUMER_ROLE", "GUARDIAN_ROLE", "MEMBERSHIP_ROLE", "EJECTOR_ROLE", "SLASHER_ROLE",
		"OPERATOR_MANAGER_ROLE", "EXIT_ROLE", "PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE",
	}
}

// verifyNoRole makes sure that the deployer holds no role anywhere.
func (d *deployment) verifyNoRole(ctx context.Context) error {
	var facts []manifest.Fact
	for _, c := range d.manifest.Contracts.Controlled() {
		for _, role := range roleNames() {
			facts = append(facts, manifest.HasRole(c.Name, *c.Address, role, d.auth.From, false))
		}
	}
	if err := manifest.Check(ctx, d.backend, facts); err != nil {
		return fmt.Errorf("the deployer %s must hold no role: %w", d.auth.From, err)
	}
	return nil
}

// granted lists the facts that accounts hold the roles on a set that the configuration gives them; Manifest.Verify asks for those that the contracts hold.
func (r Roles) granted(s manifest.Set) []manifest.Fact {
	held := func(contract string, at common.Address, role string, account common.Address) manifest.Fact {
		return manifest.HasRole(contract, at, role, account, true)
	}
	facts := []manifest.Fact{
		held("StakingPool", s.StakingPool, "PAUSER_ROLE", r.Pauser),
		held("StakingPool", s.StakingPool, "RESUMER_ROLE", r.Resumer),
		held("WithdrawalQueue", s.WithdrawalQueue, "PAUSER_ROLE", r.Pauser),
		held("WithdrawalQueue", s.WithdrawalQueue, "RESUMER_ROLE", r.Resumer),
		held("OperatorRegistry", s.OperatorRegistry, "OPERATOR_MANAGER_ROLE", r.OperatorManager),
		held("OperatorRegistry", s.OperatorRegistry, "EXIT_ROLE", r.ExitRequester),
		held("OracleCommittee", s.OracleCommittee, "MEMBERSHIP_ROLE", r.Membership),
		held("OracleCommittee", s.OracleCommittee, "EJECTOR_ROLE", r.Ejector),
		held("ReportOracle", s.ReportOracle, "GUARDIAN_ROLE", r.Guardian),
		held("ReportOracle", s.ReportOracle, "PAUSER_ROLE", r.Pauser),
		held("ReportOracle", s.ReportOracle, "RESUMER_ROLE", r.Resumer),
	}
	for _, account := range r.TimelockProposers {
		facts = append(facts, held("TimelockController", s.Timelock, "PROPOSER_ROLE", account), held("TimelockController", s.Timelock, "CANCELLER_ROLE", account))
	}
	for _, account := range r.TimelockExecutors {
		facts = append(facts, held("TimelockController", s.Timelock, "EXECUTOR_ROLE", account))
	}
	return facts
}
