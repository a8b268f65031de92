package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/report"
)

// reportComputer reads the chain at one reference slot, verifies what it reads, and computes the report. It sends nothing to a chain.
type reportComputer func(ctx context.Context, q computeQuery) (report.Computed, error)

// computeQuery is what report compute was asked for.
type computeQuery struct {
	manifest          *manifest.Manifest
	beacon, execution []*url.URL // at least one each
	slot              *uint64    // reference slot; nil: the newest that can be reported
	log               *slog.Logger
	progress          *progress
}

type computeFlags struct {
	network             string
	beacon, execution   *cli.URLList
	slot                cli.SlotValue
	timeout             cli.PositiveDuration
	logFormat, logLevel cli.ChoiceValue
	asJSON              bool
}

func newReportCompute(env environment) *cobra.Command {
	f := computeFlags{
		beacon: cli.NewURLs(), execution: cli.NewURLs(), timeout: cli.PositiveDuration(15 * time.Minute),
		logFormat: cli.ChoiceValue{Word: "text", Choices: []string{"text", "json"}},
		logLevel:  cli.ChoiceValue{Word: "warn", Choices: []string{"debug", "info", "warn", "error"}},
	}
	cmd := &cobra.Command{
		Use:   "compute --network FILE --beacon URL --execution URL [--slot N|latest]",
		Short: "Compute the report of a reference slot from data that is verified here, and explain it",
		Long: `Read the beacon state and the contracts' storage at one reference slot, and verify every byte against the chain's own commitments. Then compute the report
that a committee member would sign, and explain each number. Any node may serve, since nothing is taken from it without proof.

Nothing is signed and nothing is ever sent to a chain.

The URLs of nodes may hold passwords and keys: of those, messages show scheme and host only.`,
		Example: `  oraclenode report compute --network mainnet.yaml --beacon http://localhost:5052 --execution http://localhost:8545
  oraclenode report compute --network mainnet.yaml --beacon http://localhost:5052 --execution http://localhost:8545 --slot 9599999 --json > mine.json
  oraclenode report compute --config oraclenode.yaml | less`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE:                  cli.Work(func(cmd *cobra.Command, _ []string) error { return computeReport(cmd.Context(), env, f) }),
	}
	addComputeFlags(cmd, &f)
	return cmd
}

func addComputeFlags(cmd *cobra.Command, f *computeFlags) {
	flags := cmd.Flags()
	flags.StringVar(&f.network, "network", "", "the network's manifest, a YAML `FILE`")
	flags.Var(f.beacon, "beacon", "URL of a beacon node; repeat for several")
	flags.Var(f.execution, "execution", "URL of an execution node; repeat for several")
	flags.Var(&f.slot, "slot", "reference slot of a frame, or the newest that can be reported")
	flags.Var(&f.timeout, "timeout", "give up after this time")
	flags.Var(&f.logFormat, "log-format", "format of log lines on standard error")
	flags.Var(&f.logLevel, "log-level", "least important log lines to show")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	cli.MarkSetting(flags, "network", "beacon", "execution", "timeout", "log-format", "log-level")
	cli.MarkSecret(flags, "beacon", "execution")
	for _, name := range []string{"network", "beacon", "execution"} {
		cli.MustMark(cmd.MarkFlagRequired(name))
	}
	cli.MustMark(cmd.MarkFlagFilename("network", "yaml", "yml"))
	for name, choices := range map[string][]string{"log-format": f.logFormat.Choices, "log-level": f.logLevel.Choices} {
		cli.MustMark(cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
	}
}

func computeReport(ctx context.Context, env environment, f computeFlags) error {
	m, err := operator.ReadManifest(f.network)
	if err != nil {
		return err
	}
	bar := newProgress(env)
	defer bar.end()
	log, err := cli.NewLogger(bar.above(env.errOut), f.logFormat.Word, f.logLevel.Word)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, time.Duration(f.timeout))
	defer cancel()
	computed, err := env.compute(limited, computeQuery{
		manifest: m, beacon: f.beacon.Items, execution: f.execution.Items, slot: f.slot.Slot, log: log, progress: bar,
	})
	bar.end()
	switch {
	case err != nil && ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded):
		return fmt.Errorf("gave up after %s (--timeout): %w", f.timeout.String(), err)
	case err != nil:
		return err
	case f.asJSON:
		return writeJSON(env.out, newComputedJSON(computed))
	}
	return printComputed(env.out, computed)
}
