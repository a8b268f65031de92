package main

import (
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"

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
