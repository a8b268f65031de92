package main

import (
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"
)

func newReport(env environment) *cobra.Command {
	return cli.Group("report", "Compute and compare reports", "Compute and compare the reports that the committee signs. Nothing is ever sent to a chain.",
		newReportCompute(env), newReportDiff(env))
}
