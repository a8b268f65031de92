package operator

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// FlagHandOver says that a role that only contracts should hold, or the admin's, is meant to change hands.
const FlagHandOver = "hand-over"

// rolesOf lists which roles each contract has, besides the admin's.
func (n *Network) rolesOf() []Role {
	s := n.Manifest.Contracts
	var all []Role
	for _, c := range []struct {
		name  string
		at    common.Address
		roles []string
	}{
		{"StakingPool", s.StakingPool, []string{"ORACLE_ROLE", "PAUSER_ROLE", "RESUMER_ROLE"}},
		{"WithdrawalQueue", s.WithdrawalQueue, []string{"PAUSER_ROLE", "RESUMER_ROLE"}},
		{"ReportOracle", s.ReportOracle, []string{guardianRole, "PAUSER_ROLE", "RESUMER_ROLE"}},
		{"OracleCommittee", s.OracleCommittee, []string{membershipRole, ejectorRole, "SLASHER_ROLE"}},
		{"SanityChecker", s.SanityChecker, nil},
		{"OperatorRegistry", s.OperatorRegistry, []string{"OPERATOR_MANAGER_ROLE", "EXIT_ROLE"}},
		{"WithdrawalVault", s.WithdrawalVault, []string{"EXIT_ROLE"}},
		{"TimelockController", s.Timelock, []string{"PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"}},
	} {
		for _, role := range append(c.roles, adminRoleName) {
			all = append(all, Role{c.name, c.at, role})
		}
	}
	return all
}

// RoleNamed finds a role by its contract's name and its own. Errors: ErrArgument, which lists the roles.
func (n *Network) RoleNamed(contract, name string) (Role, error) {
	all := n.rolesOf()
	i := slices.IndexFunc(all, func(r Role) bool { return r.Contract == contract && r.Name == name })
	if i >= 0 {
		return all[i], nil
	}
	var known []string
	for _, r := range all {
		known = append(known, r.Contract+" "+r.Name)
	}
	return Role{}, fmt.Errorf("%w: %.64q has no role %.64q; there are %s", ErrArgument, contract, name, strings.Join(known, ", "))
}

// Grant gives an account a role. Errors: ErrState when it holds it.
func (n *Network) Grant(ctx context.Context, r Role, account common.Address) (Action, error) {
	return n.changeRole(ctx, r, account, true)
}

// Revoke takes a role from an account. Errors: ErrState when it does not hold it.
func (n *Network) Revoke(ctx context.Context, r Role, account common.Address) (Action, error) {
	return n.changeRole(ctx, r, account, false)
}

func (n *Network) changeRole(ctx context.Context, r Role, account common.Address, grant bool) (Action, error) {
	held, err := n.Holds(ctx, account, r)
	switch {
	case err != nil:
		return Action{}, err
	case held && grant:
		return Action{}, fmt.Errorf("%w: %s holds %s of %s already", ErrState, account, r.Name, r.Contract)
	case !held && !grant:
		return Action{}, fmt.Errorf("%w: %s does not hold %s of %s", ErrState, account, r.Name, r.Contract)
	}
	c := bindings.NewOracleCommittee() // the same calls on every contract with roles
	a := Action{
		Name: "grant " + r.Name, What: []string{fmt.Sprintf("Give %s the role %s of %s.", account, r.Name, r.Contract)},
		Role: Role{r.Contract, r.At, adminRoleName}, Call: txmgr.Call{To: r.At, Data: c.PackGrantRole(r.id(), account)},
	}
	if !grant {
		a.Name, a.What = "revoke "+r.Name, []string{fmt.Sprintf("Take the role %s of %s from %s.", r.Name, r.Contract, account)}
		a.Call.Data = c.PackRevokeRole(r.id(), account)
	}
	if slices.Contains([]string{adminRoleName, "ORACLE_ROLE", "SLASHER_ROLE", "PROPOSER_ROLE", "EXECUTOR_ROLE"}, r.Name) {
		a.Dangers = []Danger{{FlagHandOver, "with " + r.Name + " goes power over the network: in the wrong hands, or in nobody's, nobody can undo it"}}
	}
	return a, nil
}
