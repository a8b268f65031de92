package main

import (
	"context"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

// roleChange is member.Network.Grant or Revoke.
type roleChange func(n *operator.Network, ctx context.Context, r operator.Role, account common.Address) (operator.Action, error)

func newRoleCommand(env environment, cmd *cobra.Command, change roleChange) *cobra.Command {
	cmd.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 3 {
			return cli.Usagef("want contract, role and account, got %d arguments", len(args))
		}
		if _, err := parseAddress(args[2]); err != nil {
			return cli.Usagef("account %q: %w", args[2], err)
		}
		return nil
	}
	return newAction(env, cmd, func(ctx context.Context, n *operator.Network, args []string) (operator.Action, error) {
		role, err := n.RoleNamed(args[0], args[1])
		if err != nil {
			return operator.Action{}, &cli.Outcome{Status: cli.ExitUsage, Err: err}
		}
		account, err := parseAddress(args[2])
		if err != nil {
			return operator.Action{}, err
		}
		return change(n, ctx, role, account)
	}, map[string]string{operator.FlagHandOver: "that power over the network changes hands is meant"})
}

func newAdminGrant(env environment) *cobra.Command {
	return newRoleCommand(env, &cobra.Command{
		Use:   "grant --execution URL CONTRACT ROLE ACCOUNT",
		Short: "Give an account a role",
		Long:  `Give an account a role of a contract. docs/contracts.md says what each role can do. Needs DEFAULT_ADMIN_ROLE of the contract. ` + timelockNote,
		Example: `  oraclenode admin grant ReportOracle GUARDIAN_ROLE 0x00000000000000000000000000000000000000aa --execution http://localhost:8545 \
    --signer-keystore owner.json --signer-password-file owner.password`,
	}, (*operator.Network).Grant)
}

func newAdminRevoke(env environment) *cobra.Command {
	return newRoleCommand(env, &cobra.Command{
		Use:   "revoke --execution URL CONTRACT ROLE ACCOUNT",
		Short: "Take a role from an account",
		Long:  `Take a role of a contract from an account. Needs DEFAULT_ADMIN_ROLE of the contract. ` + timelockNote,
		Example: `  oraclenode admin revoke OracleCommittee EJECTOR_ROLE 0x00000000000000000000000000000000000000aa --execution http://localhost:8545 \
    --signer-keystore owner.json --signer-password-file owner.password`,
	}, (*operator.Network).Revoke)
}
