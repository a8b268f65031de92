package main

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
)

func newVersion(env environment) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print version, commit and Go release of this program",
		Long:    "Print what the Go toolchain recorded in the program: its version, the commit it was built from and whether the tree had changes, the Go release and the platform.",
		Example: "  oraclenode version",
		Args:    cli.NoArguments,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(env.out, cli.DescribeBuild(env.buildInfo))
			return err
		}),
	}
}
