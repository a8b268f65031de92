package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func newVersion(env environment) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print version, commit and Go release of this program",
		Long:    "Print what the Go toolchain recorded in the program: its version, the commit it was built from and whether the tree had changes, the Go release and the platform.",
		Example: "  oraclenode version",
		Args:    noArguments,
		RunE: work(func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(env.out, describeBuild(env.buildInfo))
			return err
		}),
	}
}

// describeBuild is one line for people.
func describeBuild(read func() (*debug.BuildInfo, bool)) string {
	info, ok := read()
	if !ok {
		return "oraclenode, built without build information"
	}
	settings := make(map[string]string, len(info.Settings))
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	parts := []string{"oraclenode " + info.Main.Version}
	if commit := settings["vcs.revision"]; commit != "" {
		if settings["vcs.modified"] == "true" {
			commit += " with uncommitted changes"
		}
		parts = append(parts, "commit "+commit)
	}
	parts = append(parts, info.GoVersion)
	if settings["GOOS"] != "" {
		parts = append(parts, settings["GOOS"]+"/"+settings["GOARCH"])
	}
	return strings.Join(parts, ", ")
}
