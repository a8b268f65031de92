package main

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/journal"
)

func newJournal(env environment) *cobra.Command {
	return cli.Group("journal", "Inspect, move and repair a member's journal",
		"Look into the journal of a member that does not run, and move it. A journal is what keeps a key from signing twice: never copy, edit or delete its file.",
		newJournalShow(env), newJournalExport(env), newJournalImport(env), newJournalResume(env))
}

// journalFlag adds the setting that all commands of the group share.
func journalFlag(cmd *cobra.Command, path *string) {
	cmd.Flags().StringVar(path, "journal", "", "`FILE` of the member's journal")
	cli.MarkSetting(cmd.Flags(), "journal")
	cli.MustMark(cmd.MarkFlagRequired("journal"))
	cli.MustMark(cmd.MarkFlagFilename("journal", "db"))
	cmd.DisableFlagsInUseLine = true
}

// reopenJournal opens an existing journal for writing, whosever it is.
func reopenJournal(path string) (*journal.Journal, error) {
	c, err := journal.ReadFile(path, 0)
	if err != nil {
		return nil, err
	}
	return journal.Open(journal.Options{Path: path, Identity: c.Identity})
}

func newJournalShow(env environment) *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "show --journal FILE",
		Short: "Verify a journal and print what it holds",
		Long: `Read every record of the journal, verify its checksums, and print what it holds. The node must not run. Nothing is changed. For a form that programs
read, use 'journal export'.`,
		Example: `  oraclenode journal show --journal /var/lib/oraclenode/journal.db`,
		Args:    cli.NoArguments,
		RunE: cli.Work(func(*cobra.Command, []string) error {
			c, err := journal.ReadFile(path, 0)
			if err != nil {
				return err
			}
			return printJournal(env, c)
		}),
	}
	journalFlag(cmd, &path)
	return cmd
}

func printJournal(env environment, c journal.Contents) error {
	var s sheet
	s.line("The journal is intact.")
	printJournalHead(&s, c)
	titles := map[journal.Kind]string{journal.KindVote: "Votes", journal.KindCertificate: "Certificates", journal.KindSubmission: "Submissions",
		journal.KindEvidence: "Evidence", journal.KindHalt: "Halts"}
	var last journal.Kind
	for _, e := range c.Entries() { // one kind after the other
		if e.Kind != last {
			s.title(titles[e.Kind])
			last = e.Kind
		}
		s.line("  %s", describeEntry(e))
	}
	return s.writeTo(env.out)
}

// printJournalHead says whose journal it is and whether its key may vote.
func printJournalHead(s *sheet, c journal.Contents) {
	s.title("Journal")
	s.row("chain", format.Count(c.Identity.ChainID))
	s.row("oracle", c.Identity.Oracle.Hex())
	s.row("key", hexutil.Encode(c.Identity.Key[:]))
	newest, voted := c.NewestVote()
	if voted {
		s.row("newest vote", fmt.Sprintf("reference slot %s; older ones are refused", format.Count(newest)))
	} else {
		s.row("newest vote", "none")
	}
	s.row("voting", votingState(c))
}

func votingState(c journal.Contents) string {
	switch {
	case c.Retired:
		return "never again: the journal is retired, and its key goes on elsewhere"
	case c.Halted():
		return "halted: see the halts below and 'oraclenode journal resume --help'"
	case c.New():
		return "after asking the other members: the journal is new, or was imported into"
	}
	return "allowed"
}

func describeEntry(e journal.Entry) string {
	round := fmt.Sprintf("slot %s  committee %s\n    ", format.Count(e.RefSlot), e.Committee.Hex())
	switch e.Kind {
	case journal.KindCertificate:
		return round + fmt.Sprintf("digest %s, %s", e.Digest.Hex(), format.Plural(e.Signers, "signer"))
	case journal.KindEvidence:
		return round + fmt.Sprintf("member %d, key %s\n    signed %s\n    and    %s", e.Member, hexutil.Encode(e.Key[:]), e.Digest.Hex(), e.Other.Hex())
	case journal.KindHalt:
		return round + fmt.Sprintf("the key voted for %s, and not in this journal", e.Digest.Hex())
	}
	return round + "digest " + e.Digest.Hex()
}
