package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

const adminLong = `What the owner, the guardians and the pausers of a network do. Each command first asks the chain whether the action makes sense, and says what it would do.
Then it wants a yes: typed at a terminal, or as --yes. Dangerous actions want a flag of their own as well.

The account that signs is that of --signer-keystore or --signer-remote-signer; without either, it is the submitter's of the home folder. Where the account
holds the role, the call goes to its contract. Where the timelock holds it, the same command announces the action there. Run it again after the delay to
execute the action; --cancel takes it back. With --calldata nothing is signed or sent: recipient, value and data are printed, for a multisig.`

func newAdmin(env environment) *cobra.Command {
	return cli.Group("admin", "Act as the owner, a guardian or a pauser of a network", adminLong,
		newAdminAdmit(env), newAdminRemove(env), newAdminEject(env), newAdminAccept(env), newAdminReject(env), newAdminPause(env), newAdminUnpause(env),
		newAdminLimits(env), newAdminTerms(env), newAdminGloas(env), newAdminGrant(env), newAdminRevoke(env))
}

// adminFlags are those of every action.
type adminFlags struct {
	home     homeFlags
	signer   accountFlags
	from     *common.Address
	salt     *common.Hash
	meant    map[string]*bool
	yes      bool
	cancel   bool
	calldata bool
	asJSON   bool
}

// planner asks the chain and gives the action.
type planner func(ctx context.Context, n *operator.Network, args []string) (operator.Action, error)

// newAction completes a command with the flags of every action; dangers are flags that say what is meant.
func newAction(env environment, cmd *cobra.Command, plan planner, dangers map[string]string) *cobra.Command {
	f := &adminFlags{meant: make(map[string]*bool)}
	f.home.add(cmd, flagNetwork, flagSubmitter, flagSubmitterPassword)
	f.signer.add(cmd, "signer", "the account that acts")
	flags := cmd.Flags()
	flags.BoolVar(&f.yes, "yes", false, "send without asking")
	flags.BoolVar(&f.calldata, "calldata", false, "print recipient, value and data, and send nothing")
	flags.Var(addressValue(&f.from), "from", "with --calldata: the account that will send it, to check its role")
	flags.BoolVar(&f.cancel, "cancel", false, "take back what the timelock holds")
	flags.Var(cli.Hash(&f.salt), "salt", "tells equal actions of the timelock apart; needed to do the same a second time")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	for name, usage := range dangers {
		f.meant[name] = flags.Bool(name, false, usage)
	}
	cmd.RunE = cli.Work(func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), env, plan, args) })
	return cmd
}

func (f *adminFlags) routing(from common.Address) operator.Routing {
	r := operator.Routing{From: from, Cancel: f.cancel}
	if f.salt != nil {
		r.Salt = *f.salt
	}
	for name, set := range f.meant {
		if *set {
			r.Meant = append(r.Meant, name)
		}
	}
	return r
}

func (f *adminFlags) run(ctx context.Context, env environment, plan planner, args []string) error {
	if !f.calldata && f.from != nil {
		return cli.Usagef("--from is for --calldata: the account that signs is --signer-keystore's")
	}
	s, from, closeNetwork, err := f.open(ctx, env)
	if err != nil {
		return err
	}
	defer closeNetwork()
	action, err := plan(ctx, s.Network, args)
	if err != nil {
		return err
	}
	routed, err := s.Network.Route(ctx, action, f.routing(from))
	if err != nil {
		return err
	}
	describeRouted(env, routed, from)
	switch {
	case routed.Send.Data == nil:
		return f.result(env, routed, nil)
	case f.calldata:
		return f.printCall(env, routed.Send)
	}
	if err := env.confirm("Send it?", f.yes); err != nil {
		return err
	}
	receipt, err := s.Act(ctx, routed)
	if err != nil {
		return err
	}
	return f.result(env, routed, &receipt.Hash)
}

// open opens the network, and the account that acts unless somebody else will send the call.
func (f *adminFlags) open(ctx context.Context, env environment) (s operator.Sender, from common.Address, closeNetwork func(), err error) {
	if !f.calldata {
		if s, closeNetwork, err = f.signer.sender(ctx, env, f.home, progressPrinter(env)); err == nil {
			from = s.Signer.Address()
		}
		return s, from, closeNetwork, err
	}
	m, err := f.home.manifest()
	if err != nil {
		return s, from, nil, err
	}
	if f.from != nil {
		from = *f.from
	}
	s.Network, closeNetwork, err = operator.OpenNetwork(ctx, m, cli.URLTexts(f.signer.execution.Items))
	return s, from, closeNetwork, err
}

// printCall writes the call for somebody else to send.
func (f *adminFlags) printCall(env environment, send txmgr.Call) error {
	call := callJSON{To: send.To, Value: "0", Data: send.Data}
	if send.ValueWei != nil {
		call.Value = send.ValueWei.String()
	}
	return env.print(f.asJSON, call, func(s *sheet) { s.line("to    %s\nvalue %s\ndata  %s", call.To.Hex(), call.Value, call.Data) })
}

// callJSON is a call for a multisig: value in wei.
type callJSON struct {
	To    common.Address `json:"to"`
	Value string         `json:"value"`
	Data  hexutil.Bytes  `json:"data"`
}

// describeRouted says on standard error what is about to happen.
func describeRouted(env environment, r operator.Routed, from common.Address) {
	for _, sentence := range r.What {
		fmt.Fprintln(env.errOut, sentence)
	}
	who := "the account that sends it"
	if from != (common.Address{}) {
		who = from.Hex()
	}
	switch r.Via {
	case operator.Direct:
		fmt.Fprintf(env.errOut, "%s needs %s of %s.\n", who, r.Role.Name, r.Role.Contract)
	case operator.Schedule:
		fmt.Fprintf(env.errOut, "The timelock holds %s of %s: this announces operation %s. Run the same command again from %s on to execute it.\n",
			r.Role.Name, r.Role.Contract, r.Operation, r.Ready.UTC().Format(time.RFC3339))
	case operator.Execute:
		fmt.Fprintf(env.errOut, "The timelock has waited long enough: this executes operation %s.\n", r.Operation)
	case operator.Cancel:
		fmt.Fprintf(env.errOut, "This takes operation %s back from the timelock.\n", r.Operation)
	}
}

// actionJSON is the result of an action.
type actionJSON struct {
	Action      string       `json:"action"`
	Via         operator.Via `json:"via"`
	Transaction *common.Hash `json:"transaction,omitempty"`
	Operation   *common.Hash `json:"operation,omitempty"` // of the timelock
	Ready       *time.Time   `json:"ready,omitempty"`     // when the timelock lets it be executed
}

func (f *adminFlags) result(env environment, r operator.Routed, transaction *common.Hash) error {
	view := actionJSON{Action: r.Name, Via: r.Via, Transaction: transaction}
	if r.Operation != (common.Hash{}) {
		view.Operation = &r.Operation
	}
	if !r.Ready.IsZero() {
		ready := r.Ready.UTC()
		view.Ready = &ready
	}
	var text string
	switch r.Via {
	case operator.Direct, operator.Execute:
		text = fmt.Sprintf("Done: %s, in transaction %s.", r.Name, transaction)
	case operator.Schedule:
		text = fmt.Sprintf("Announced: %s, in transaction %s. Run the same command again from %s on.", r.Name, transaction, format.Time(r.Ready))
	case operator.Cancel:
		text = fmt.Sprintf("Taken back: %s, in transaction %s.", r.Name, transaction)
	case operator.Waits:
		text = fmt.Sprintf("Nothing to send: %s is announced, and can be executed from %s on.", r.Name, format.Time(r.Ready))
	case operator.Happened:
		text = fmt.Sprintf("Nothing to send: %s was executed already. To do the same once more, name another --salt.", r.Name)
	}
	return env.print(f.asJSON, view, func(s *sheet) { s.line("%s", text) })
}

// memberIDs reads member ids that were typed.
func memberIDs(args []string) ([]common.Hash, error) {
	var ids []common.Hash
	for _, text := range args {
		id, err := cli.ParseHash(text)
		if err != nil {
			return nil, cli.Usagef("member id %q: %w", text, err)
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, &cli.Outcome{Status: cli.ExitUsage, Err: errors.New("want at least one member id: 'oraclenode keys show' prints a member's")}
	}
	return ids, nil
}

// memberAction completes a command that is about members, whose ids are its arguments.
func memberAction(
	env environment, cmd *cobra.Command, plan func(n *operator.Network, ctx context.Context, ids []common.Hash) (operator.Action, error), dangers map[string]string,
) *cobra.Command {
	cmd.Args = func(_ *cobra.Command, args []string) error {
		_, err := memberIDs(args)
		return err
	}
	return newAction(env, cmd, func(ctx context.Context, n *operator.Network, args []string) (operator.Action, error) {
		ids, err := memberIDs(args)
		if err != nil {
			return operator.Action{}, err
		}
		return plan(n, ctx, ids)
	}, dangers)
}
