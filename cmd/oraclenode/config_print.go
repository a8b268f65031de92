package main

import (
	"fmt"
	"io"
	"strconv"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newConfig(env environment) *cobra.Command {
	return cli.Group("config", "Look at settings", "Look at the settings of oraclenode run.", newConfigPrint(env))
}

func newConfigPrint(env environment) *cobra.Command {
	f := cli.NewNodeFlags()
	cmd := &cobra.Command{
		Use:   "print",
		Short: "Print the settings with which oraclenode run would run",
		Long: `Print the settings with which oraclenode run would run here and now, after flags, environment and file, as a file for --config. Impossible values are
refused as run refuses them. Of the URLs of nodes only scheme and host are shown: the rest may be secret.`,
		Example: `  oraclenode config print --config oraclenode.yaml
  ORACLENODE_BEACON=http://localhost:5052 oraclenode config print --execution http://localhost:8545`,
		Args:                  cli.NoArguments,
		DisableFlagsInUseLine: true,
		RunE: cli.Work(func(cmd *cobra.Command, _ []string) error {
			if err := f.Settings().Validate(); err != nil {
				return &cli.Outcome{Status: cli.ExitUsage, Err: err}
			}
			return printSettings(env.out, cmd.Flags())
		}),
	}
	f.Add(cmd)
	return cmd
}

// printSettings writes the settings as YAML, in the order of their names. JSON strings are YAML strings.
func printSettings(w io.Writer, flags *pflag.FlagSet) (err error) {
	flags.VisitAll(func(flag *pflag.Flag) {
		if err != nil || !cli.IsSetting(flag) {
			return
		}
		err = printSetting(w, flag)
	})
	return err
}

func printSetting(w io.Writer, flag *pflag.Flag) error {
	text, note := flag.Value.String(), ""
	switch {
	case text == "" && flag.DefValue == "":
		_, err := fmt.Fprintf(w, "# %s is not set\n", flag.Name)
		return err
	case cli.IsSecret(flag):
		note = " # scheme and host only"
	}
	list, isList := flag.Value.(pflag.SliceValue)
	if !isList {
		_, err := fmt.Fprintf(w, "%s: %s%s\n", flag.Name, strconv.Quote(text), note)
		return err
	}
	if _, err := fmt.Fprintf(w, "%s:%s\n", flag.Name, note); err != nil {
		return err
	}
	for _, item := range list.GetSlice() {
		if _, err := fmt.Fprintf(w, "  - %s\n", strconv.Quote(item)); err != nil {
			return err
		}
	}
	return nil
}
