package main

import "github.com/spf13/cobra"

func newState(env environment) *cobra.Command {
	return group("state", "Look into beacon states", "Look into downloaded beacon states, offline.", newStateInspect(env))
}
