package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/journal"
)

// errStillVotes: the journal that was exported was not retired.
var errStillVotes = errors.New("the exported journal can still vote, and two nodes with one key lose its bond")

func newJournalImport(env environment) *cobra.Command {
	var path string
	var alone bool
	cmd := &cobra.Command{
		Use:   "import --journal FILE [--no-other-node] EXPORT",
		Short: "Take an export of the same key into a journal",
		Long: `Take the records of an export into the journal, all or none; - is standard input. If there is no journal, one is made for the export's key and network.
The node must not run.

Importing only ever adds protection: the newest vote never becomes older, and no vote is replaced. An export that holds another digest for a round of this
journal is refused as a whole, because then the key has signed twice. You can import several exports of one key, in any order and more than once. Afterwards
the node asks the other members before it votes, because an export may be older than its key's last vote.

An export that was not taken with --retire comes from a journal that can still vote: two nodes with one key sign twice, and lose the bond. If that journal is
gone for good, as when a backup is restored, --no-other-node is your word that no other node runs with the key.`,
		Example: `  oraclenode journal import --journal journal.db journal-to-move.jsonl
  ssh old-machine oraclenode journal export --journal journal.db --retire | oraclenode journal import --journal journal.db -`,
		Args: exactly(1, "one export to import"),
		RunE: cli.Work(func(_ *cobra.Command, args []string) error { return importJournal(env, path, args[0], alone) }),
	}
	journalFlag(cmd, &path)
	cmd.Flags().BoolVar(&alone, "no-other-node", false, "no other node runs with this key")
	return cmd
}

func importJournal(env environment, path, name string, alone bool) (err error) {
	export, err := readExport(env, name)
	if err != nil {
		return err
	}
	if !export.Retired && !alone {
		return fmt.Errorf("%w: export it there with --retire, or say with --no-other-node that no other node runs with this key", errStillVotes)
	}
	j, err := journal.Open(journal.Options{Path: path, Identity: export.Identity})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	found, err := j.Merge(export)
	if err != nil {
		return err
	}
	c, err := j.Contents()
	if err != nil {
		return err
	}
	var s sheet
	s.line("Imported %s, of them %s.", format.Plural(found.Records, "record"), format.Plural(found.Votes, "vote"))
	printJournalHead(&s, c)
	return s.writeTo(env.out)
}

func readExport(env environment, name string) (journal.Contents, error) {
	if name == "-" {
		return journal.ReadExport(env.in)
	}
	file, err := os.Open(name)
	if err != nil {
		return journal.Contents{}, fmt.Errorf("open the export: %w", err)
	}
	defer file.Close()
	return journal.ReadExport(file)
}
