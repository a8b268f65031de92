package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/test/devnet"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

type devnetFlags struct {
	frames, members int
	seed            uint64
	slotTime        cli.PositiveDuration
	dir             string
	scenario        cli.ChoiceValue
	fork            cli.ChoiceValue
	forkAt          uint64
	acts            bool
	olderProgram    string
	olderMembers    int
}

// run parses args, runs one command and returns the exit status.
func run(ctx context.Context, args []string, env environment) int {
	root := newRoot(env)
	root.SetArgs(append([]string{}, args...)) // Never nil: cobra would then read the process's own.
	cmd, err := root.ExecuteContextC(ctx)
	return cli.Conclude(env.errOut, cmd, err)
}

func newRoot(env environment) *cobra.Command {
	names, summaries := devnet.Scenarios()
	f := devnetFlags{
		slotTime: cli.PositiveDuration(devnet.DefaultSlotTime),
		scenario: cli.ChoiceValue{Word: devnet.DefaultScenario, Choices: names},
		fork:     cli.ChoiceValue{Word: devnet.DefaultFork, Choices: devnet.Forks()},
	}
	cmd := &cobra.Command{
		Use:   "devnet [--frames N] [--scenario NAME]",
		Short: "Run a whole oracle network on this machine and show how rewards reach holders",
		Long: `Start a chain with an execution node and a beacon chain of its own, deploy the contracts, and run a committee: each member is a process with its own keys,
journal and connections. People stake, transfer, wrap and withdraw. Each report is printed with what it did to their balances, which are compared with an
independent calculation. Nothing else is needed, and nothing leaves this machine.

It runs until it is interrupted, for --frames N, or until its scenario is over. Exit status 0 says that each frame was reported by one transaction and every
balance was as calculated, or that the scenario had its promised outcome; 2 says that not. Keys of a devnet are known to everyone.

Scenarios
` + scenarioTable(names, summaries),
		Example: `  devnet
  devnet --frames 5 --acts
  devnet --scenario byzantine --members 10
  devnet --frames 5 --fork-at 34
  devnet --members 31 --slot-time 1s --dir /tmp/net`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error {
			if f.forkAt != 0 && !cmd.Flags().Changed("fork") {
				f.fork.Word = "fulu"
			}
			return runDevnet(cmd.Context(), env, f)
		}),
	}
	flags := cmd.Flags()
	flags.IntVar(&f.frames, "frames", 0, "end after `N` frames, with a summary")
	flags.IntVar(&f.members, "members", devnet.DefaultMembers, "`N` members of the committee")
	flags.Uint64Var(&f.seed, "seed", 1, "`N` that keys, rewards and what people do follow from")
	flags.Var(&f.slotTime, "slot-time", "how long a slot of twelve seconds takes")
	flags.StringVar(&f.dir, "dir", "", "new `FOLDER` for homes, logs and journals, which is kept; without it they are removed if all went well")
	flags.Var(&f.scenario, "scenario", "what happens")
	flags.Var(&f.fork, "fork", "the rules of the chain: gloas runs on Amsterdam, fulu on Osaka, electra on Prague")
	flags.Uint64Var(&f.forkAt, "fork-at", 0, fmt.Sprintf("begin with fulu and cross to gloas in this `EPOCH`; epoch %d, the first possible, begins just after the first reference slot", network.FirstEpoch))
	flags.BoolVar(&f.acts, "acts", false, "print what people do, too")
	flags.StringVar(&f.olderProgram, "older-program", "", "`PROGRAM` that the older members run: the devnet of another release")
	flags.IntVar(&f.olderMembers, "older-members", 0, "`N` members that run --older-program, the first ones")
	cli.MustMark(cmd.MarkFlagFilename("older-program"))
	cli.MustMark(cmd.RegisterFlagCompletionFunc("scenario", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp)))
	cli.MustMark(cmd.RegisterFlagCompletionFunc("fork", cobra.FixedCompletions(devnet.Forks(), cobra.ShellCompDirectiveNoFileComp)))
	cmd.AddCommand(newMember(env))
	cmd.CompletionOptions.DisableDefaultCmd = true
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetIn(env.in)
	cmd.SetOut(env.out)
	cmd.SetErr(env.errOut)
	cmd.SetFlagErrorFunc(cli.FlagError)
	return cmd
}

func scenarioTable(names, summaries []string) string {
	var b strings.Builder
	for i, name := range names {
		fmt.Fprintf(&b, "  %-17s %s\n", name, summaries[i])
	}
	return strings.TrimRight(b.String(), "\n")
}

func runDevnet(ctx context.Context, env environment, f devnetFlags) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program, which members run: %w", err)
	}
	err = devnet.Run(ctx, devnet.Options{
		Dir: f.dir, Members: f.members, Seed: f.seed, SlotTime: time.Duration(f.slotTime), Frames: f.frames, Scenario: f.scenario.Word,
		Fork: f.fork.Word, GloasAt: f.forkAt,
		Member: []string{self, memberCommand}, Out: env.out, Colour: env.outTerminal, Now: env.now, Acts: f.acts,
		OlderProgram: f.olderProgram, OlderMembers: f.olderMembers,
	})
	switch {
	case errors.Is(err, devnet.ErrOptions), errors.Is(err, devnet.ErrOlderProgram):
		return &cli.Outcome{Status: cli.ExitUsage, Err: err}
	case errors.Is(err, devnet.ErrOutcome):
		return &cli.Outcome{Status: cli.ExitFindings, Err: err}
	}
	return err
}
