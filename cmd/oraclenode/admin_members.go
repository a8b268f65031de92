package main

import (
	"context"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

// smallCommittee is the flag of actions after which few members are left.
func smallCommittee() map[string]string {
	return map[string]string{operator.FlagSmallCommittee: "a committee of fewer than four members, of which none may fail, is meant"}
}

func newAdminAdmit(env environment) *cobra.Command {
	return memberAction(env, &cobra.Command{
		Use:   "admit --execution URL ID...",
		Short: "Admit candidates as members",
		Long: `Let candidates answer from the next reference slot on, or from the one after it when fewer than closeSlots slots are left.
Needs MEMBERSHIP_ROLE of OracleCommittee. An id is what 'oraclenode keys show' or 'oraclenode join'
prints for the candidate.`,
		Example: `  oraclenode admin admit 0x5f3c… --execution http://localhost:8545 --signer-keystore owner.json --signer-password-file owner.password
  oraclenode admin admit 0x5f3c… 0x81aa… --execution http://localhost:8545 --calldata --from 0x00000000000000000000000000000000000000aa`,
	}, (*operator.Network).Admit, nil)
}

func newAdminRemove(env environment) *cobra.Command {
	return memberAction(env, &cobra.Command{
		Use:   "remove --execution URL ID...",
		Short: "Remove members from the next frame on",
		Long: `Let members no longer answer from the next reference slot on, or from the one after it when fewer than closeSlots slots are left.
They keep their bonds, and can withdraw them after the unbonding time. Needs MEMBERSHIP_ROLE of OracleCommittee.`,
		Example: `  oraclenode admin remove 0x5f3c… --execution http://localhost:8545 --signer-keystore owner.json --signer-password-file owner.password`,
	}, (*operator.Network).Remove, smallCommittee())
}

func newAdminEject(env environment) *cobra.Command {
	cmd := memberAction(env, &cobra.Command{
		Use:   "eject --execution URL ID",
		Short: "Eject a member at once",
		Long: `Take a member out of the committee at once, also of the open round: certificates of that round that were made before no longer count, and the others agree
anew. For a key that was stolen, or a member that does harm. Needs EJECTOR_ROLE of OracleCommittee.`,
		Example: `  oraclenode admin eject 0x5f3c… --execution http://localhost:8545 --signer-keystore guardian.json --signer-password-file guardian.password`,
	}, func(n *operator.Network, ctx context.Context, ids []common.Hash) (operator.Action, error) {
		return n.Eject(ctx, ids[0])
	}, smallCommittee())
	cmd.Args = cobra.MatchAll(exactly(1, "one member id"), cmd.Args)
	return cmd
}
