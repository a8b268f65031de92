package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newReference is for this repository's own use: it writes docs/commands.md.
func newReference() *cobra.Command {
	return &cobra.Command{
		Use:    "reference FILE",
		Short:  "Write the description of all commands as Markdown",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: cli.Work(func(cmd *cobra.Command, args []string) error {
			var out strings.Builder
			describe(&out, cmd.Root())
			if err := os.WriteFile(args[0], []byte(out.String()), 0o644); err != nil {
				return fmt.Errorf("write the reference: %w", err)
			}
			return nil
		}),
	}
}

// describe writes the whole tree, parents first.
func describe(w io.Writer, root *cobra.Command) {
	fmt.Fprintf(w, "<!-- Written by make docs from the commands themselves. -->\n# Commands\n\n")
	describeCommand(w, root)
	fmt.Fprintf(w, "\n## Settings\n\n| key in the file | environment | flag of |\n|---|---|---|\n")
	for _, name := range cli.SettingNames(cli.SettingFlags(root)) {
		fmt.Fprintf(w, "| `%s` | `%s` | %s |\n", name, cli.EnvName(name), strings.Join(owners(root, name), ", "))
	}
	fmt.Fprintf(w, "\n## Completion\n\n`oraclenode completion bash|zsh|fish|powershell` prints a script for the shell; `oraclenode completion bash --help` says how to load it.\n")
}

func describeCommand(w io.Writer, cmd *cobra.Command) {
	if cmd.HasParent() {
		fmt.Fprintf(w, "\n## %s\n\n%s.\n\n%s\n\n", cmd.CommandPath(), cmd.Short, cmd.Long)
	} else {
		fence(w, cmd.Long)
	}
	if !cmd.HasSubCommands() {
		fence(w, cmd.UseLine())
	}
	if cmd.Example != "" {
		fmt.Fprintf(w, "Examples:\n\n")
		fence(w, cmd.Example)
	}
	describeFlags(w, cmd.NonInheritedFlags())
	for _, child := range cmd.Commands() {
		if child.IsAvailableCommand() && child.Name() != "completion" && child.Name() != "help" {
			describeCommand(w, child)
		}
	}
}

func fence(w io.Writer, text string) { fmt.Fprintf(w, "```\n%s\n```\n\n", strings.Trim(text, "\n")) }

func describeFlags(w io.Writer, flags *pflag.FlagSet) {
	var rows []string
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Name == "help" || flag.Name == "version" {
			return
		}
		kind, usage := pflag.UnquoteUsage(flag)
		required := ""
		if flag.Annotations[cobra.BashCompOneRequiredFlag] != nil {
			required = "; required"
		}
		fallback := ""
		if flag.DefValue != "" && flag.DefValue != "false" {
			fallback = fmt.Sprintf("; default `%s`", flag.DefValue)
		}
		rows = append(rows, fmt.Sprintf("| `%s` | %s%s%s |\n", strings.TrimSpace("--"+flag.Name+" "+strings.ReplaceAll(kind, "|", `\|`)), usage, required, fallback))
	})
	if len(rows) > 0 {
		fmt.Fprintf(w, "| flag | meaning |\n|---|---|\n%s", strings.Join(rows, ""))
	}
}

// owners are the commands that have the setting.
func owners(cmd *cobra.Command, name string) []string {
	if cmd.Hidden {
		return nil
	}
	var found []string
	if flag := cmd.LocalNonPersistentFlags().Lookup(name); flag != nil && cli.IsSetting(flag) {
		found = append(found, "`"+strings.TrimPrefix(cmd.CommandPath(), "oraclenode ")+"`")
	}
	for _, child := range cmd.Commands() {
		found = append(found, owners(child, name)...)
	}
	return found
}
