package main

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
)

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
