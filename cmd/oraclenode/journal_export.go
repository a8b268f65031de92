package main

import (
	"errors"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/journal"
)

func newJournalExport(env environment) *cobra.Command {
	var path string
	var retire bool
	cmd := &cobra.Command{
		Use:   "export --journal FILE [--retire]",
		Short: "Write a journal as JSON lines, for a backup or another machine",
		Long: `Print what the journal holds as JSON lines. The last line has their number and SHA-256, which shows whether a file was cut off or changed. The node must not
run. There is no secret in it.

An export protects the key up to the moment at which it was taken. To move the key to another machine, use --retire: this journal then never votes
again, whatever happens here, and the export can be taken again from it.`,
		Example: `  oraclenode journal export --journal journal.db > journal-backup.jsonl
  oraclenode journal export --journal journal.db --retire > journal-to-move.jsonl`,
		Args: cli.NoArguments,
		RunE: cli.Work(func(*cobra.Command, []string) error {
			c, err := contentsToExport(path, retire)
			if err != nil {
				return err
			}
			return c.Export(env.out)
		}),
	}
	journalFlag(cmd, &path)
	cmd.Flags().BoolVar(&retire, "retire", false, "end voting with this journal for ever")
	return cmd
}

func contentsToExport(path string, retire bool) (c journal.Contents, err error) {
	if !retire {
		return journal.ReadFile(path, 0)
	}
	j, err := reopenJournal(path)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	if err := j.Retire(); err != nil {
		return c, err
	}
	return j.Contents()
}
