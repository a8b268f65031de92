package main

import (
	"errors"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/journal"
)

func newJournalResume(env environment) *cobra.Command {
	var path string
	var alone bool
	cmd := &cobra.Command{
		Use:   "resume --journal FILE --no-other-node",
		Short: "Let a halted member vote again",
		Long: `Remove the halts from a journal. A node halts when the other members hold a vote of its key that its journal does not. Either a second node runs with the key,
or the journal was lost after a vote. Only you can know which. If a second node runs, end one of them first and import its export here. --no-other-node is
your word that none does. The node must not run.

The rounds in which the foreign votes were found stay dangerous until they are over: wait for the next round if you can.`,
		Example: `  oraclenode journal resume --journal journal.db --no-other-node`,
		Args:    cli.NoArguments,
		RunE: cli.Work(func(*cobra.Command, []string) error {
			if !alone {
				return cli.Usagef("say with --no-other-node that no other node runs with this key")
			}
			return resumeJournal(env, path)
		}),
	}
	journalFlag(cmd, &path)
	cmd.Flags().BoolVar(&alone, "no-other-node", false, "no other node runs with this key")
	return cmd
}

func resumeJournal(env environment, path string) (err error) {
	j, err := reopenJournal(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	c, err := j.Contents()
	if err != nil {
		return err
	}
	var s sheet
	if !c.Halted() {
		s.line("The journal was not halted; nothing is changed.")
		return s.writeTo(env.out)
	}
	if err := j.RemoveHalt(); err != nil {
		return err
	}
	s.line("Removed:")
	for _, e := range c.Entries() {
		if e.Kind == journal.KindHalt {
			s.line("  %s", describeEntry(e))
		}
	}
	return s.writeTo(env.out)
}
