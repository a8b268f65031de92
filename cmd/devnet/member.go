package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/node"
	"github.com/tidemark-oracle/tidemark/test/devnet/fault"
)

const memberCommand = "member"

// clockFlags say how a member's clock differs from the machine's.
type clockFlags struct {
	rate   int64
	origin time.Time
	offset time.Duration
}

// newMember is a member of a test network: oraclenode run with its flags, with a clock of its own, and with faults by lines on standard input, at whose
// end the member ends.
func newMember(env environment) *cobra.Command {
	f := cli.NewNodeFlags()
	var clock clockFlags
	cmd := &cobra.Command{
		Use:   memberCommand,
		Short: "Run a member that takes faults from its standard input; the devnet starts it",
		Args:  cli.NoArguments,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error {
			c, err := f.Logged(env.errOut)
			if err != nil {
				return err
			}
			c.Software = cli.Software(env.buildInfo)
			node.LogLibrary(slog.New(slog.DiscardHandler)) // A devnet's log is about the oracle.
			return runMember(cmd.Context(), env, c, clock)
		}),
	}
	f.Add(cmd)
	cmd.Flags().DurationVar(&clock.offset, "clock-offset", 0, "how far this machine's clock is to be ahead")
	cmd.Flags().Int64Var(&clock.rate, "clock-rate", 1, "how many times as fast as the machine's clock the member's runs")
	cmd.Flags().TimeVar(&clock.origin, "clock-origin", time.Time{}, []string{time.RFC3339Nano}, "when the member's clock and the machine's showed the same")
	return cmd
}

func runMember(ctx context.Context, env environment, c node.Config, clock clockFlags) error {
	if clock.rate < 1 || clock.rate > 1 && clock.origin.IsZero() {
		return cli.Usagef("--clock-rate is %d: want 1, or more with --clock-origin", clock.rate)
	}
	var faults fault.State
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	go func() { // Ends with the process: standard input cannot be interrupted.
		err := faults.Listen(env.in)
		end(errors.Join(errors.New("the devnet is gone"), err))
	}()
	err := node.RunWithHooks(ctx, c, node.Hooks{
		Tamper: faults.Tamper, Blocked: faults.Blocked, ClockRate: clock.rate, ClockOrigin: clock.origin, ClockOffset: clock.offset,
	})
	if err != nil {
		return fmt.Errorf("member: %w", err)
	}
	return nil
}
