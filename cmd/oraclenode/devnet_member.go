package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/node"
	"github.com/tidemark-oracle/tidemark/test/devnet/fault"
)

const devnetMemberName = "devnet-member"

// newDevnetMember is a member of a devnet: oraclenode run, with faults by lines on standard input, at whose end the member ends.
func newDevnetMember(env environment) *cobra.Command {
	f := newNodeFlags()
	var clockOffset time.Duration
	cmd := &cobra.Command{
		Use:    devnetMemberName,
		Short:  "Run a member of a devnet",
		Hidden: true,
		Args:   noArguments,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			c := f.settings()
			log, err := newLogger(env.errOut, f.logFormat.word, f.logLevel.word)
			if err != nil {
				return err
			}
			c.Log, c.Software = log, software(env.buildInfo)
			node.LogLibrary(slog.New(slog.DiscardHandler)) // A devnet's log is about the oracle.
			return runDevnetMember(cmd.Context(), env, c, clockOffset)
		}),
	}
	f.add(cmd)
	cmd.Flags().DurationVar(&clockOffset, "clock-offset", 0, "how far this machine's clock is to be ahead")
	return cmd
}

func runDevnetMember(ctx context.Context, env environment, c node.Config, clockOffset time.Duration) error {
	var faults fault.State
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	go func() { // Ends with the process: standard input cannot be interrupted.
		err := faults.Listen(env.in)
		end(errors.Join(errors.New("the devnet is gone"), err))
	}()
	return node.Run(ctx, c, node.Hooks{Tamper: faults.Tamper, Blocked: faults.Blocked, ClockOffset: clockOffset})
}
