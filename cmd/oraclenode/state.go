package main

import (
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"
)

func newState(env environment) *cobra.Command {
	return cli.Group("state", "Look into beacon states", "Look into downloaded beacon states, offline.", newStateInspect(env))
}
