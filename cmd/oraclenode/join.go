package main

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/operator"
)

type joinFlags struct {
	home           homeFlags
	owner          accountFlags
	bond           *big.Int // in wei; nil: the least
	noWait, dryRun bool
	asJSON         bool
}

const joinLong = `Register the home folder's BLS key and network identity with the network's committee contract, and pay the bond. Then wait until the owner of the network
admits the member. You can run it again after any interruption: it recognises what is done already, and sends nothing twice.

First it compares the chain with the manifest: chain id, the code of every contract, their wiring and roles. Then the key signs a proof of possession, bound
to this chain, contract and owner account. It sends nothing before the contract has said that it would accept it.

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
	cmd.Flags().Var(etherValue(&f.bond), "bond", "bond in ether; default: the least that the contract takes")
	cmd.Flags().BoolVar(&f.noWait, "no-wait", false, "do not wait for admission")
	cmd.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and send nothing")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print the result as JSON")
	return cmd
}

func join(ctx context.Context, env environment, f joinFlags) error {
	s, closeNetwork, err := f.owner.sender(ctx, env, f.home, progressPrinter(env))
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
		return env.print(f.asJSON, joinPlanJSON(j, plan), func(s *sheet) { printJoinPlan(s, j, plan) })
	}
	joined, err := j.Run(ctx, !f.noWait)
	if err != nil {
		return err
	}
	r := joined.Registration
	return env.print(f.asJSON, joinJSON{
		MemberID: r.ID, Owner: r.Owner, PeerID: j.PeerIDText(), State: r.State.String(), BondWei: r.BondWei.String(), FromRefSlot: joined.FromRefSlot,
	}, func(s *sheet) { printJoined(s, f, j, joined) })
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
	return operator.Joining{Sender: s, Key: key, PeerID: identity.PeerID(), BondWei: f.bond}, key.Wipe, nil
}

// progressPrinter writes what happens as lines on standard error.
func progressPrinter(env environment) func(operator.Progress) {
	return func(p operator.Progress) { fmt.Fprintln(env.errOut, p.Text) }
}

// joinJSON is what join prints with --json.
type joinJSON struct {
	MemberID    common.Hash    `json:"memberId"`
	Owner       common.Address `json:"owner"`
	PeerID      string         `json:"peerId"`
	State       string         `json:"state"`
	BondWei     string         `json:"bondWei"`
	FromRefSlot uint64         `json:"fromRefSlot,omitempty"`
	MostWei     string         `json:"mostWei,omitempty"` // bond and fees at most, of a dry run
}

func joinPlanJSON(j operator.Joining, p operator.JoinPlan) joinJSON {
	view := joinJSON{MemberID: j.ID(), Owner: j.Signer.Address(), PeerID: j.PeerIDText(), State: p.Registration.State.String()}
	if p.Call != nil {
		view.BondWei, view.MostWei = p.BondWei.String(), p.MostWei.String()
	} else {
		view.Owner, view.BondWei = p.Registration.Owner, p.Registration.BondWei.String()
	}
	return view
}

func printJoinPlan(s *sheet, j operator.Joining, p operator.JoinPlan) {
	s.line("Dry run: nothing was sent.")
	s.title("Joining " + j.Network.Manifest.Name)
	s.row("chain", format.Count(j.Network.Manifest.ChainID))
	s.row("committee contract", j.Network.Manifest.Contracts.OracleCommittee.Hex())
	s.row("member id", j.ID().Hex())
	s.row("peer id", j.PeerIDText())
	s.row("owner", fmt.Sprintf("%s\nhas %s", j.Signer.Address().Hex(), format.Ether(p.BalanceWei)))
	s.row("state", p.Registration.State.String())
	if p.Call == nil {
		s.row("would do", "nothing is to be sent: the key is registered")
	} else {
		s.row("would do", fmt.Sprintf("register with a bond of %s", format.Ether(p.BondWei)))
		s.row("would cost at most", format.Ether(p.MostWei)+", bond and fees")
		s.row("the contract", "would take it")
	}
}

func printJoined(s *sheet, f joinFlags, j operator.Joining, joined operator.Joined) {
	r := joined.Registration
	if r.State == operator.Member {
		s.line("This key is a member of the committee of %s.", j.Network.Manifest.Name)
	} else {
		s.line("This key is registered as a candidate of the committee of %s.", j.Network.Manifest.Name)
	}
	s.title("Member")
	s.row("member id", r.ID.Hex())
	s.row("owner", r.Owner.Hex())
	s.row("bond", format.Ether(r.BondWei))
	if joined.FromRefSlot > 0 {
		s.row("answers from", fmt.Sprintf("reference slot %s, %s", format.Count(joined.FromRefSlot), format.Unix(joined.FromTime)))
	}
	s.title("Next")
	if r.State == operator.Member {
		s.line("  Start the node with 'oraclenode run --home %s', and look at it with 'oraclenode status'.", f.home.Home)
	} else {
		s.line("  Tell the owner of the network the member id. Run 'oraclenode join' again to wait for admission. The node may be started before.")
	}
}
