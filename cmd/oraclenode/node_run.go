package main

import (
	"errors"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/node"
)

func newRun(env environment) *cobra.Command {
	f := cli.NewNodeFlags()
	cmd := &cobra.Command{
		Use:   "run --beacon URL --execution URL [--home DIR]",
		Short: "Run a member of the committee, or an observer",
		Long: `Run a member: follow the chain, compute the report of each frame from verified data, agree with the other members, and submit in turn.

Keys and journal are in the home folder (see oraclenode keys new); each file's flag names another place. The journal is what keeps the member from ever
signing twice: never copy it, never run two nodes with one key, keep it with the key when the node moves (oraclenode journal export).

The node starts and goes on while beacon or execution nodes are down; GET /readyz on the API's address says what is missing. It ends in order
on SIGINT, SIGTERM or SIGHUP; a second signal ends it at once. --observe runs all but the signing, without a BLS key and without the submitter's account.`,
		Example: `  oraclenode run --beacon http://localhost:5052 --execution http://localhost:8545
  oraclenode run --config oraclenode.yaml
  oraclenode run --observe --home observer --beacon http://localhost:5052 --execution http://localhost:8545
  curl --silent http://127.0.0.1:9110/readyz`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE:                  cli.Work(func(cmd *cobra.Command, _ []string) error { return runNode(cmd, env, f) }),
	}
	f.Add(cmd)
	for _, name := range []string{"beacon", "execution"} {
		cli.MustMark(cmd.MarkFlagRequired(name))
	}
	return cmd
}

func runNode(cmd *cobra.Command, env environment, f *cli.NodeFlags) error {
	c, err := f.Logged(env.errOut)
	if err != nil {
		return err
	}
	if err := c.Validate(); err != nil {
		return &cli.Outcome{Status: cli.ExitUsage, Err: err}
	}
	c.Software = cli.Software(env.buildInfo)
	node.LogLibrary(c.Log)
	err = node.Run(cmd.Context(), c)
	if errors.Is(err, node.ErrConfig) {
		return &cli.Outcome{Status: cli.ExitUsage, Err: err}
	}
	return err
}
