package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/devnet/fault"
	"github.com/tidemark-oracle/tidemark/node"
)

const devnetMemberName = "devnet-member"

// newDevnetMember is a member of a devnet: oraclenode run, and faults by lines on standard input, at whose end it ends.
func newDevnetMember(env environment) *cobra.Command {
	c := node.Defaults()
	var logLevel, origin string
	cmd := &cobra.Command{
		Use:    devnetMemberName,
		Short:  "Run a member of a devnet",
		Hidden: true,
		Args:   noArguments,
		RunE: work(func(cmd *cobra.Command, _ []string) (err error) {
			if c.ClockOrigin, err = time.Parse(time.RFC3339Nano, origin); err != nil {
				return fmt.Errorf("clock-origin: %w", err)
			}
			if c.Log, err = newLogger(env.errOut, "text", logLevel); err != nil {
				return err
			}
			c.Software = "oraclenode devnet"
			return runDevnetMember(cmd.Context(), env, c)
		}),
	}
	flags := cmd.Flags()
	flags.StringVar(&c.Home, "home", c.Home, "")
	flags.StringVar(&c.Name, "name", "", "")
	flags.StringArrayVar(&c.Beacon, "beacon", nil, "")
	flags.StringArrayVar(&c.Execution, "execution", nil, "")
	flags.StringArrayVar(&c.Listen, "listen", nil, "")
	flags.StringArrayVar(&c.Observers, "observers", nil, "")
	flags.StringVar(&c.API, "api", c.API, "")
	flags.Int64Var(&c.ClockRate, "clock-rate", 1, "")
	flags.StringVar(&origin, "clock-origin", "", "")
	flags.StringVar(&logLevel, "log-level", "info", "")
	flags.IntVar(&c.Workers, "workers", 1, "")
	for name, at := range map[string]*time.Duration{
		"submit-stagger": &c.SubmitStagger, "resend-every": &c.ResendEvery, "status-every": &c.StatusEvery, "poll-every": &c.PollEvery,
		"max-clock-offset": &c.MaxClockOffset,
	} {
		flags.DurationVar(at, name, *at, "")
	}
	return cmd
}

func runDevnetMember(ctx context.Context, env environment, c node.Config) error {
	var faults fault.State
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	go func() { // Ends with the process: standard input cannot be interrupted.
		err := faults.Listen(env.in)
		end(errors.Join(errors.New("the devnet is gone"), err))
	}()
	return node.Run(ctx, c, node.Hooks{Tamper: faults.Tamper, Blocked: faults.Blocked})
}
