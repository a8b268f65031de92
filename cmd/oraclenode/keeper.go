package main

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/keeper"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
)

type keeperFlags struct {
	home       homeFlags
	account    accountFlags
	beacon     *cli.URLList
	interval   cli.PositiveDuration
	stateEvery cli.PositiveDuration
	once       bool
	dryRun     bool
	log        cli.LogFlags
}

const keeperLong = `Do what anybody may do for the pool, and somebody must. Send the first ether of the next keys, prove out of a final beacon state what became of it, and send the
rest to the keys in turn. Who calls chooses neither key nor amount. So the account needs no role, only ether for gas.

Each call is simulated before it is sent, and none bids more than --max-fee-gwei for a unit of gas. Several keepers may run: who is late sends nothing, or loses one
call. A beacon state is read while keys wait for their proof, and when a compounding key is in turn for ether; for either not more often than --state-interval
says. Each reading transfers and verifies a whole state.

The program runs until it is interrupted. With --once it does what is due and ends. With --dry-run it prints what is due and sends nothing.`

func newKeeper(env environment) *cobra.Command {
	f := keeperFlags{beacon: cli.NewURLs(), interval: cli.PositiveDuration(time.Minute), stateEvery: cli.PositiveDuration(keeper.DefaultStateEvery)}
	cmd := &cobra.Command{
		Use:   "keeper --network FILE --beacon URL --execution URL",
		Short: "Send the pool's ether to its keys, and prove them: what anybody may do",
		Long:  keeperLong,
		Example: `  oraclenode keeper --network manifest.yaml --beacon http://localhost:5052 --execution http://localhost:8545 --dry-run
  oraclenode keeper --network manifest.yaml --beacon http://localhost:5052 --execution http://localhost:8545
  oraclenode keeper --beacon http://localhost:5052 --execution http://localhost:8545 --account-keystore gas.json --account-password-file gas.password`,
		Args: cli.NoArguments,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), env) }),
	}
	f.home.add(cmd, flagNetwork, flagSubmitter, flagSubmitterPassword)
	f.account.add(cmd, "account", "the paying account")
	flags := cmd.Flags()
	flags.Var(f.beacon, "beacon", "`URL` of a beacon node; repeat for several, in order of preference")
	flags.Var(&f.interval, "interval", "time between two looks at what is due")
	flags.Var(&f.stateEvery, "state-interval", "time between two readings of a beacon state, while keys wait for their proof")
	flags.BoolVar(&f.once, "once", false, "do what is due, and end")
	flags.BoolVar(&f.dryRun, "dry-run", false, "print what is due, and send nothing")
	f.log.Add(cmd, "info")
	cli.MarkSetting(flags, "beacon")
	cli.MarkSecret(flags, "beacon")
	cli.MustMark(cmd.MarkFlagRequired("beacon"))
	cmd.MarkFlagsMutuallyExclusive("once", "dry-run")
	return cmd
}

func (f *keeperFlags) run(ctx context.Context, env environment) error {
	log, err := f.log.Logger(env.errOut)
	if err != nil {
		return err
	}
	o := keeper.Options{
		Fees: f.account.fees(), Every: lookEvery, Sleep: env.sleep, StateEvery: time.Duration(f.stateEvery), Now: time.Now, Log: log,
	}
	closeNetwork, err := f.openAccount(ctx, env, &o)
	if err != nil {
		return err
	}
	defer closeNetwork()
	prover, closeProver, err := keeper.Open(snapshot.Endpoints{
		Manifest: o.Manifest, Beacon: cli.URLTexts(f.beacon.Items), Execution: cli.URLTexts(f.account.execution.Items), Log: log,
	})
	if err != nil {
		return err
	}
	defer closeProver()
	o.Prover = prover
	k, err := keeper.New(o)
	if err != nil {
		return err
	}
	switch {
	case f.dryRun:
		return printDue(ctx, env, k)
	case f.once:
		return k.Step(ctx)
	}
	log.Info("The keeper runs.", "network", o.Manifest.Name, "account", o.Account)
	k.Run(ctx, time.Duration(f.interval))
	return nil
}

// openAccount fills in the network and who pays. To say what is due nobody has to.
func (f *keeperFlags) openAccount(ctx context.Context, env environment, o *keeper.Options) (close func(), err error) {
	if o.Manifest, err = f.home.manifest(); err != nil {
		return nil, err
	}
	if !f.dryRun {
		if o.Signer, err = f.account.signer(env, f.home.home()); err != nil {
			return nil, err
		}
		o.Account = o.Signer.Address()
	}
	network, close, err := operator.OpenNetwork(ctx, o.Manifest, cli.URLTexts(f.account.execution.Items))
	if err != nil {
		return nil, err
	}
	o.Chain = network.Client
	return close, nil
}

// printDue prints each chore with its call, for who sends it otherwise.
func printDue(ctx context.Context, env environment, k *keeper.Keeper) error {
	due, err := k.Due(ctx)
	if err != nil {
		return err
	}
	return env.print(false, nil, func(s *sheet) {
		if len(due) == 0 {
			s.line("Nothing is due now.")
		}
		for _, c := range due {
			s.line("%s", c.Text)
			s.line("  to   %s", c.Call.To)
			s.line("  data %s", common.Bytes2Hex(c.Call.Data))
		}
	})
}
