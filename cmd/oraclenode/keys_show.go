package main

import (
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

func newKeysShow(env environment) *cobra.Command {
	var f homeFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show [--home DIR]",
		Short: "Print the public halves of a member's keys",
		Long: `Print public key, member id, peer id and submitter address of the keys in the home folder. No password is needed, and nothing secret is printed. Files that
other users may read are refused.`,
		Example: `  oraclenode keys show --home /var/lib/oraclenode
  oraclenode keys show --json | jq -r .memberId`,
		Args: cli.NoArguments,
		RunE: cli.Work(func(*cobra.Command, []string) error {
			public, err := operator.ReadPublic(f.home())
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(env.out, public)
			}
			var s sheet
			s.line("Keys in %s", f.folder)
			printPublic(&s, public)
			if public == (operator.Public{}) {
				s.line("")
				s.line("No key is here: make a member's keys with 'oraclenode keys new', or name its folder with --home.")
			}
			return s.writeTo(env.out)
		}),
	}
	f.add(cmd, flagKeystore, flagIdentity, flagSubmitter)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
