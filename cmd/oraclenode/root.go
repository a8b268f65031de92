package main

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
)

const rootLong = `oraclenode is the program of a Tidemark committee member.

Settings
  A flag marked with an environment variable in its help is a setting. It is taken from, in this order:
    1. the flag
    2. the environment: ORACLENODE_ and the flag's name in capitals, with _ for -; several values are separated by commas
    3. the YAML file of --config (or ORACLENODE_CONFIG): the flag's name as key, a list for several values
  Unknown keys in the file and impossible values anywhere are errors that name the key.

Exit status
  0   done; nothing differs
  1   error: the work could not be done
  2   findings: the work was done, and something differs from what was claimed, failed, or is not ready
  3   unchecked: nothing differs, but something could not be checked
  64  usage: wrong command, flag, argument or setting

Results go to standard output; progress, notes and errors go to standard error.`

const rootExample = `  oraclenode keys new --home /var/lib/oraclenode
  oraclenode join --network manifest.yaml --execution http://localhost:8545
  oraclenode status
  oraclenode report diff mine.json theirs.json
  oraclenode state inspect --file state.ssz --fork electra --spec mainnet --credentials 0x0100…
  source <(oraclenode completion bash)`

// run parses args, runs one command and returns the exit status.
func run(ctx context.Context, args []string, env environment) int {
	root := newRoot(env)
	root.SetArgs(append([]string{}, args...)) // Never nil: cobra would then read the process's own.
	cmd, err := root.ExecuteContextC(ctx)
	return cli.Conclude(env.errOut, cmd, err)
}

// newRoot builds the whole tree of commands.
func newRoot(env environment) *cobra.Command {
	root := cli.Group("oraclenode", "Member of a Tidemark oracle committee", rootLong,
		newAdmin(env), newAudit(env), newCheck(env), newConfig(env), newEvidence(env), newJoin(env), newJournal(env), newKeeper(env), newKeys(env), newLeave(env), newReport(env), newRun(env), newState(env), newStatus(env), newVersion(env), newReference())
	root.Example = rootExample
	root.SilenceErrors, root.SilenceUsage = true, true
	root.Version = cli.DescribeBuild(env.buildInfo)
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetIn(env.in)
	root.SetOut(env.out)
	root.SetErr(env.errOut)
	root.SetFlagErrorFunc(cli.FlagError)
	root.PersistentFlags().String(cli.ConfigFlag, "", "YAML `FILE` with settings [$ORACLENODE_CONFIG]")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		return cli.LoadSettings(cmd, func() *cobra.Command { return newRoot(env) }, env.environ, env.errOut)
	}
	return root
}

func newVersion(env environment) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print version, commit, date and Go release of this program",
		Long:    "Print the version of the program, the commit it was built from and its date, the Go release and the platform. A release has them set when it\nis built; any other program tells what the Go toolchain recorded, and whether the tree had changes.",
		Example: "  oraclenode version",
		Args:    cli.NoArguments,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(env.out, cli.DescribeBuild(env.buildInfo))
			return err
		}),
	}
}
