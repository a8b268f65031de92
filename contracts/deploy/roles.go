package deploy

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

// adminRole is AccessControl.DEFAULT_ADMIN_ROLE.
var adminRole = [32]byte{}

// roleNames are all roles of the set besides the admin's.
func roleNames() []string {
	return []string{
		"ORACLE_ROLE", "DEPOSITOR_ROLE", "PAUSER_ROLE", "RESUMER_ROLE", "GUARDIAN_ROLE", "MEMBERSHIP_ROLE", "EJECTOR_ROLE", "SLASHER_ROLE",
		"OPERATOR_MANAGER_ROLE", "EXIT_ROLE", "PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE",
	}
}

func roleID(name string) [32]byte { return [32]byte(crypto.Keccak256([]byte(name))) }

// controlled lists the contracts with roles.
func (s Set) controlled() []named {
	var with []named
	for _, n := range s.all() {
		switch n.name {
		case "StakedEther", "WrappedStakedEther", "ELRewardsVault", "BalanceChallenge":
		default:
			with = append(with, n)
		}
	}
	return with
}

// roles lists the roles that the contracts must hold on each other, and the timelock on all.
func (m *Manifest) roles() []fact {
	s := m.Contracts
	facts := []fact{
		hasRole("StakingPool", s.StakingPool, "ORACLE_ROLE", roleID("ORACLE_ROLE"), s.ReportOracle, true),
		hasRole("OracleCommittee", s.OracleCommittee, "SLASHER_ROLE", roleID("SLASHER_ROLE"), s.ReportOracle, true),
		hasRole("WithdrawalVault", s.WithdrawalVault, "EXIT_ROLE", roleID("EXIT_ROLE"), s.OperatorRegistry, true),
	}
	for _, n := range s.controlled() {
		facts = append(facts, hasRole(n.name, *n.address, "DEFAULT_ADMIN_ROLE", adminRole, s.Timelock, true))
	}
	return facts
}

// verifyNoRole makes sure that account holds no role anywhere.
func (m *Manifest) verifyNoRole(ctx context.Context, backend Backend, account common.Address) error {
	for _, n := range m.Contracts.controlled() {
		facts := []fact{hasRole(n.name, *n.address, "DEFAULT_ADMIN_ROLE", adminRole, account, false)}
		for _, role := range roleNames() {
			facts = append(facts, hasRole(n.name, *n.address, role, roleID(role), account, false))
		}
		for _, f := range facts {
			if err := f.check(ctx, backend); err != nil {
				return fmt.Errorf("the deployer %s must hold no role: %w", account, err)
			}
		}
	}
	return nil
}

// hasRole is the fact that account holds a role, or does not. hasRole(bytes32,address) is the same call on every contract.
func hasRole(contract string, at common.Address, name string, role [32]byte, account common.Address, want bool) fact {
	word := make([]byte, 32)
	if want {
		word[31] = 1
	}
	return fact{contract, at, fmt.Sprintf("%s for %s", name, account), bindings.NewStakingPool().PackHasRole(role, account), word}
}
