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
