package main

import (
	"context"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

type joinFlags struct {
	home           homeFlags
	owner          accountFlags
	bond           etherValue
	noWait, dryRun bool
	asJSON         bool
}

const joinLong = `Register the home folder's BLS key and network identity at the network's committee contract, with a bond, and wait until the owner of the network admits
the member. It can be run again after any interruption: what is done already is recognised, and nothing is sent twice.

First the chain is compared with the manifest: chain id, the code of every contract, their wiring and roles. Then the key signs a proof of possession,
bound to this chain, contract and owner account. Nothing is sent before the contract was asked whether it would take it.

The account that registers owns the member for ever: it alone lets the member leave and gets the bond back. By default that is the submitter's account, whose
key the node holds: simple, and whoever breaks into the machine may take the bond when the member has left. With --owner-keystore or
--owner-remote-signer another account owns the member; its key is needed again only to leave.`

func newJoin(env environment) *cobra.Command {
	var f joinFlags
	cmd := &cobra.Command{
		Use:   "join --network FILE --execution URL",
		Short: "Register as a candidate and wait for admission",
		Long:  joinLong,
		Example: `  oraclenode join --network manifest.yaml --execution http://localhost:8545
  oraclenode join --execution http://localhost:8545 --dry-run
  oraclenode join --execution http://localhost:8545 --owner-keystore owner.json --owner-password-file owner.password --bond 2 --no-wait`,
		Args: cli.NoArguments,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error { return join(cmd.Context(), env, f) }),
	}
	f.home.add(cmd, flagNetwork, flagKeystore, flagKeystorePassword, flagIdentity, flagSubmitter, flagSubmitterPassword)
	f.owner.add(cmd, "owner", "the owner")
	cmd.Flags().Var(&f.bond, "bond", "bond in ether; default: the least that the contract takes")
	cmd.Flags().BoolVar(&f.noWait, "no-wait", false, "do not wait for admission")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and send nothing")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print the result as JSON")
	return cmd
}

func join(ctx context.Context, env environment, f joinFlags) error {
	s, closeNetwork, err := f.owner.sender(ctx, env, f.home, teller(env))
	if err != nil {
		return err
	}
	defer closeNetwork()
	j, wipe, err := joining(env, f, s)
	if err != nil {
		return err
	}
	defer wipe()
	if f.dryRun {
		plan, err := j.Plan(ctx)
		if err != nil {
			return err
		}
		return printJoinPlan(env, f, j, plan)
	}
	joined, err := j.Run(ctx, !f.noWait)
	if err != nil {
		return err
	}
	return printJoined(env, f, j, joined)
}

func joining(env environment, f joinFlags, s operator.Sender) (j operator.Joining, wipe func(), err error) {
	h := f.home.home()
	identity, err := operator.OpenIdentity(h)
	if err != nil {
		return j, nil, err
	}
	key, err := operator.OpenBLSKey(h, env.askPassword())
	if err != nil {
		return j, nil, err
	}
	return operator.Joining{Sender: s, Key: key, PeerID: identity.PeerID(), BondWei: f.bond.wei}, key.Wipe, nil
}
