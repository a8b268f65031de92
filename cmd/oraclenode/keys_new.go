package main

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

// newPasswordFlag is --ask-password of the commands that write key files.
func newPasswordFlag(cmd *cobra.Command, ask *bool) {
	cmd.Flags().BoolVar(ask, "ask-password", false, "type the new password, and write it to no file")
}

// making is how this process makes keys in a home folder.
func making(env environment, h operator.Home, ask bool) (operator.Making, error) {
	m := operator.Making{Home: h, Random: env.random, KDF: env.keyCosts.kdf, LightAccount: env.keyCosts.lightAccount}
	if ask {
		if env.ask == nil {
			return m, cli.Usagef("--ask-password: nobody sits at a terminal here: name a password file, or leave the flag out and one is drawn")
		}
		m.Ask = env.askNewPassword
	}
	return m, nil
}

func newKeysNew(env environment) *cobra.Command {
	var f homeFlags
	var ask, asJSON bool
	only := newChoices("bls", "identity", "submitter")
	cmd := &cobra.Command{
		Use:   "new [--home DIR] [--only KEY]",
		Short: "Make a member's keys",
		Long: `Make the three keys of a member, each in a file of its own that nobody else may read. Print their public halves, and which files to back up. No file is ever
overwritten: if one is there, nothing is made.

The BLS key and the submitter are kept under passwords. If a password's file exists, its password is used; if not, a random password is drawn and written to
it. With --ask-password you type the passwords, and they are written nowhere; the node needs their files when it starts.`,
		Example: `  oraclenode keys new --home /var/lib/oraclenode
  oraclenode keys new --only submitter
  oraclenode keys new --keystore-password-file /run/secrets/bls --submitter-password-file /run/secrets/account`,
		Args: cli.NoArguments,
		RunE: cli.Work(func(*cobra.Command, []string) error {
			m, err := making(env, f.home(), ask)
			if err != nil {
				return err
			}
			public, err := operator.NewKeys(m, only.which())
			if err != nil {
				return err
			}
			return printMade(env, f, public, asJSON, "The keys are made.")
		}),
	}
	f.add(cmd, flagKeystore, flagKeystorePassword, flagIdentity, flagSubmitter, flagSubmitterPassword)
	newPasswordFlag(cmd, &ask)
	cmd.Flags().Var(only, "only", "make only this key; repeat for two")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the public halves as JSON")
	cli.MustMark(cmd.RegisterFlagCompletionFunc("only", cobra.FixedCompletions(only.known, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// choices is a flag that names some of a few words; none means all.
type choices struct {
	*cli.ListValue[string]
	known []string
}

func newChoices(known ...string) *choices {
	word := func(text string) (string, error) {
		one := cli.ChoiceValue{Choices: known}
		err := one.Set(text)
		return text, err
	}
	return &choices{known: known, ListValue: &cli.ListValue[string]{
		Kind: "KEY", Parse: word, Text: func(s string) string { return s }, Same: func(a, b string) bool { return a == b },
	}}
}

func (c *choices) which() operator.Which {
	if len(c.Items) == 0 {
		return operator.Which{BLS: true, Identity: true, Submitter: true}
	}
	var w operator.Which
	for _, word := range c.Items {
		w.BLS = w.BLS || word == "bls"
		w.Identity = w.Identity || word == "identity"
		w.Submitter = w.Submitter || word == "submitter"
	}
	return w
}

func printMade(env environment, f homeFlags, public operator.Public, asJSON bool, done string) error {
	if asJSON {
		return writeJSON(env.out, public)
	}
	var s sheet
	s.line("%s", done)
	printPublic(&s, public)
	printBackup(&s, f.home())
	s.title("Next")
	s.line("  Send the submitter some ether for the bond and for fees, put the network's manifest at %s, and run 'oraclenode join'.", f.home().Manifest)
	if err := s.writeTo(env.out); err != nil {
		return fmt.Errorf("the keys are made: %w", err)
	}
	return nil
}
