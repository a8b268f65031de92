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
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/report"
)

// reportComputer reads the chain at one reference slot, verifies what it reads, and computes the report. It sends nothing to a chain.
type reportComputer func(ctx context.Context, q computeQuery) (computedReport, error)

// computedReport is a report, and what exits must bring home after it.
type computedReport struct {
	report.Computed
	schedule report.Schedule
	exits    *snapshot.Exits // nil: exitsErr says why
	exitsErr error           // stops no report
}

// computeQuery is what report compute was asked for.
type computeQuery struct {
	manifest          *manifest.Manifest
	beacon, execution []*url.URL // at least one each
	slot              *uint64    // reference slot; nil: the newest that can be reported
	log               *slog.Logger
	progress          *progress
}

type computeFlags struct {
	chainFlags
	slot    cli.SlotValue
	timeout cli.PositiveDuration
	asJSON  bool
}

func newReportCompute(env environment) *cobra.Command {
	f := computeFlags{timeout: cli.PositiveDuration(15 * time.Minute)}
	cmd := &cobra.Command{
		Use:   "compute --network FILE --beacon URL --execution URL [--slot N|latest]",
		Short: "Compute the report of a reference slot from data that is verified here, and explain it",
		Long: `Read the beacon state and the contracts' storage at one reference slot, and verify every byte against the chain's own commitments. Then compute the report
that a committee member would sign, and explain each number. Any node may serve, since nothing is taken from it without proof.

Printed too, although no report says it yet: what exits must bring home for the withdrawal requests that wait, and when those are paid.

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
	f.chainFlags.add(cmd, "URL of a beacon node; repeat for several", "warn")
	cli.MustMark(cmd.MarkFlagRequired("beacon"))
	flags := cmd.Flags()
	flags.Var(&f.slot, "slot", "reference slot of a frame, or the newest that can be reported")
	flags.Var(&f.timeout, "timeout", "give up after this time")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	cli.MarkSetting(flags, "timeout")
}

func computeReport(ctx context.Context, env environment, f computeFlags) error {
	m, bar, log, err := f.open(env)
	if err != nil {
		return err
	}
	defer bar.end()
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
	}
	return env.print(f.asJSON, newComputedJSON(computed), func(s *sheet) { printComputed(s, computed) })
}

// chainFlags name a network and the nodes from which it is read, and say what is logged meanwhile.
type chainFlags struct {
	network           string
	beacon, execution *cli.URLList
	log               cli.LogFlags
}

func (f *chainFlags) add(cmd *cobra.Command, beaconUsage, logLevel string) {
	f.beacon, f.execution = cli.NewURLs(), cli.NewURLs()
	flags := cmd.Flags()
	flags.StringVar(&f.network, "network", "", "the network's manifest, a YAML `FILE`")
	flags.Var(f.beacon, "beacon", beaconUsage)
	flags.Var(f.execution, "execution", "URL of an execution node; repeat for several")
	f.log.Add(cmd, logLevel)
	cli.MarkSetting(flags, "network", "beacon", "execution")
	cli.MarkSecret(flags, "beacon", "execution")
	cli.MustMark(cmd.MarkFlagRequired("network"))
	cli.MustMark(cmd.MarkFlagRequired("execution"))
	cli.MustMark(cmd.MarkFlagFilename("network", "yaml", "yml"))
}

// open reads the manifest and begins to show progress, above which log lines are written. The caller ends the bar.
func (f *chainFlags) open(env environment) (*manifest.Manifest, *progress, *slog.Logger, error) {
	m, err := operator.ReadManifest(f.network)
	if err != nil {
		return nil, nil, nil, err
	}
	bar := newProgress(env)
	log, err := f.log.Logger(bar.above(env.errOut))
	return m, bar, log, err
}

// computeFromChain is a reportComputer that asks the nodes of the query.
func computeFromChain(ctx context.Context, q computeQuery) (computedReport, error) {
	g, closeClients, err := snapshot.Open(snapshot.Endpoints{
		Manifest: q.manifest, Beacon: cli.URLTexts(q.beacon), Execution: cli.URLTexts(q.execution), Log: q.log,
		Progress: func(step snapshot.Step, done, total uint64) { q.progress.bytes(string(step), done, total) },
	})
	if err != nil {
		return computedReport{}, err
	}
	defer closeClients()
	refSlot, err := wantedSlot(ctx, g, q.slot)
	if err != nil {
		return computedReport{}, err
	}
	result, err := g.Compute(ctx, refSlot)
	if err != nil {
		return computedReport{}, err
	}
	c := computedReport{Computed: result.Computed, schedule: report.Schedule(q.manifest.Schedule)}
	c.exits, c.exitsErr = g.Exits(ctx, result)
	return c, nil
}

func wantedSlot(ctx context.Context, g *snapshot.Builder, slot *uint64) (uint64, error) {
	if slot != nil {
		return *slot, nil
	}
	return g.Latest(ctx)
}
