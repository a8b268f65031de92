package main

import (
	"context"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/internal/operator"
)

type leaveFlags struct {
	home     homeFlags
	owner    accountFlags
	id       *common.Hash
	to       *common.Address
	withdraw bool
	dryRun   bool
	yes      bool
	asJSON   bool
}

const leaveLong = `Take the member out of the committee from the next reference slot on, or from the one after it when fewer than closeSlots slots are left.
Keep its node running until then: the open round, and every round up to that slot, still counts on it. After the unbonding time, --withdraw sends the
bond to the owner or to another account. A candidate has nothing to leave: --withdraw gives its bond back at once and ends the candidacy.

The account that registered the member must sign: by default that is the submitter's. The key of a member that has left can never join again.`

func newLeave(env environment) *cobra.Command {
	var f leaveFlags
	cmd := &cobra.Command{
		Use:   "leave --execution URL [--withdraw]",
		Short: "Leave the committee, and later withdraw the bond",
		Long:  leaveLong,
		Example: `  oraclenode leave --execution http://localhost:8545
  oraclenode leave --execution http://localhost:8545 --withdraw --to 0x00000000000000000000000000000000000000aa
  oraclenode leave --execution http://localhost:8545 --member 0x5f3c… --owner-keystore owner.json --owner-password-file owner.password`,
		Args: cli.NoArguments,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error { return leave(cmd.Context(), env, f) }),
	}
	f.home.add(cmd, flagNetwork, flagKeystore, flagSubmitter, flagSubmitterPassword)
	f.owner.add(cmd, "owner", "the owner")
	flags := cmd.Flags()
	flags.Var(cli.Hash(&f.id), "member", "member id; default: that of the home folder's BLS key")
	flags.BoolVar(&f.withdraw, "withdraw", false, "send the bond back")
	flags.Var(addressValue(&f.to), "to", "with --withdraw: account that receives the bond; default: the owner")
	flags.BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and send nothing")
	flags.BoolVar(&f.yes, "yes", false, "send without asking")
	flags.BoolVar(&f.asJSON, "json", false, "print the result as JSON")
	return cmd
}

func leave(ctx context.Context, env environment, f leaveFlags) error {
	if f.to != nil && !f.withdraw {
		return cli.Usagef("--to is for --withdraw")
	}
	id, err := f.memberID()
	if err != nil {
		return err
	}
	s, closeNetwork, err := f.owner.sender(ctx, env, f.home, progressPrinter(env))
	if err != nil {
		return err
	}
	defer closeNetwork()
	l := operator.Leaving{Sender: s, ID: id}
	if f.to != nil {
		l.To = *f.to
	}
	plan, err := l.Plan(ctx)
	if err != nil {
		return err
	}
	if f.dryRun {
		return printLeaving(env, f, plan, "Dry run: nothing was sent.")
	}
	if f.withdraw {
		return withdraw(ctx, env, f, l, plan)
	}
	if plan.Leave {
		fmt.Fprintf(env.errOut, "Member %s would leave from reference slot %s on. Its key can never join again.\n", id, format.Count(plan.LastRefSlot))
		if err := env.confirm("Leave?", f.yes); err != nil {
			return err
		}
	}
	plan, err = l.Leave(ctx)
	if err != nil {
		return err
	}
	return printLeaving(env, f, plan, "The member leaves.")
}

func withdraw(ctx context.Context, env environment, f leaveFlags, l operator.Leaving, plan operator.LeavePlan) error {
	if plan.Withdraw {
		to := l.To
		if to == (common.Address{}) {
			to = l.Signer.Address()
		}
		fmt.Fprintf(env.errOut, "The bond of %s would go to %s.\n", format.Ether(plan.BondWei), to)
		if err := env.confirm("Withdraw it?", f.yes); err != nil {
			return err
		}
	}
	plan, err := l.Withdraw(ctx)
	if err != nil {
		return err
	}
	return printLeaving(env, f, plan, "The bond is withdrawn.")
}

// memberID is the id of --member, or of the key in the home folder.
func (f leaveFlags) memberID() (common.Hash, error) {
	if f.id != nil {
		return *f.id, nil
	}
	keystore, err := keyfile.Read(f.home.home().Keystore)
	if err != nil {
		return common.Hash{}, fmt.Errorf("find the member's key; --member names a member without it: %w", err)
	}
	return operator.MemberID(keystore.PublicKey()), nil
}

// leaveJSON is what leave prints with --json.
type leaveJSON struct {
	MemberID    common.Hash `json:"memberId"`
	State       string      `json:"state"`
	BondWei     string      `json:"bondWei"`               // that the contract holds, or held before it was withdrawn
	FromRefSlot uint64      `json:"fromRefSlot,omitempty"` // from which on it would not answer, of a dry run
	BondFrom    *time.Time  `json:"bondFrom,omitempty"`    // when it can be withdrawn
}

func printLeaving(env environment, f leaveFlags, p operator.LeavePlan, done string) error {
	r := p.Registration
	view := leaveJSON{MemberID: r.ID, State: r.State.String(), BondWei: p.BondWei.String(), FromRefSlot: p.LastRefSlot}
	if !p.BondFrom.IsZero() {
		from := p.BondFrom.UTC()
		view.BondFrom = &from
	}
	return env.print(f.asJSON, view, func(s *sheet) { sheetOfLeaving(s, p, done) })
}

func sheetOfLeaving(s *sheet, p operator.LeavePlan, done string) {
	r := p.Registration
	s.line("%s", done)
	s.title("Member")
	s.row("member id", r.ID.Hex())
	s.row("owner", r.Owner.Hex())
	s.row("state", r.State.String())
	if p.Leave {
		s.row("would leave from", "reference slot "+format.Count(p.LastRefSlot))
	}
	if r.State == operator.Left && r.LeftAt > 0 {
		s.row("answers until", format.Unix(r.LeftAt)+"\nThe node must run until then.")
	}
	s.row("bond", format.Ether(p.BondWei))
	if !p.BondFrom.IsZero() {
		s.row("can be withdrawn from", format.Time(p.BondFrom)+"\nwith 'oraclenode leave --withdraw'")
	}
}
