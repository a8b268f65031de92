package main

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

func newKeys(env environment) *cobra.Command {
	return cli.Group("keys", "Make, import and show a member's keys",
		`A member has three keys, each in its own file of the home folder. The BLS key signs reports. The network identity authenticates the node to the other members.
The submitter is the account that pays for submitting reports to the contract. docs/keys.md says what each can do, how to back it up, and what to do when it
is lost or stolen.`,
		newKeysNew(env), newKeysImport(env), newKeysShow(env))
}

// printPublic writes the public halves that are there.
func printPublic(s *sheet, p operator.Public) {
	s.title("Public")
	row := func(label, value string) {
		if value == "" {
			value = "none"
		}
		s.row(label, value)
	}
	row("BLS public key", p.Key)
	id, submitter := "", ""
	if p.MemberID != nil {
		id = p.MemberID.Hex()
	}
	if p.Submitter != nil {
		submitter = p.Submitter.Hex()
	}
	row("member id", id)
	row("peer id", p.PeerID)
	row("submitter", submitter)
}

// printBackup says what to do with the files.
func printBackup(s *sheet, h operator.Home) {
	s.title("Back up")
	s.row("BLS key", fmt.Sprintf("%s, and apart from it %s\nLost: the member must join anew. Stolen: leave at once.", h.Keystore, h.KeystorePassword))
	s.row("network identity", h.Identity+"\nBound to the member for ever: without it, the member must join anew.")
	s.row("submitter", fmt.Sprintf("%s, and apart from it %s\nHolds the ether for fees; as owner of the member, also the claim on the bond.", h.Submitter, h.SubmitterPassword))
	s.row("never copy", h.Journal+"\nMove it with 'oraclenode journal export --retire'.")
}

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
			return env.print(asJSON, public, func(s *sheet) {
				s.line("Keys in %s", f.Home)
				printPublic(s, public)
				if public == (operator.Public{}) {
					s.line("\nNo key is here: make a member's keys with 'oraclenode keys new', or name its folder with --home.")
				}
			})
		}),
	}
	f.add(cmd, flagKeystore, flagIdentity, flagSubmitter)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
