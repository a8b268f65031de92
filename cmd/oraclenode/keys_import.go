package main

import (
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/tidemark-oracle/tidemark/internal/operator"
)

func newKeysImport(env environment) *cobra.Command {
	return cli.Group("import", "Take keys from elsewhere into the home folder",
		`Take a key from another file into the home folder. The file must be its owner's only (mode 0600). It is not changed; remove it when the new file is backed up.
No file is ever overwritten.`,
		newImportBLS(env), newImportSubmitter(env), newImportIdentity(env))
}

// importer is member.ImportBLS or member.ImportSubmitter.
type importer func(m operator.Making, from operator.Source) (operator.Public, error)

func newImport(env environment, take importer, note string, files ...string) *cobra.Command {
	var f homeFlags
	var passwordFile string
	var ask, asJSON bool
	cmd := &cobra.Command{
		Args: exactly(1, "one file to import"),
		RunE: cli.Work(func(_ *cobra.Command, args []string) error {
			m, err := making(env, f.home(), ask)
			if err != nil {
				return err
			}
			public, err := take(m, operator.Source{Path: args[0], PasswordPath: passwordFile, Ask: env.askPassword()})
			if err != nil {
				return err
			}
			return printMade(env, f, public, asJSON, note)
		}),
	}
	f.add(cmd, files...)
	newPasswordFlag(cmd, &ask)
	cmd.Flags().StringVar(&passwordFile, "password-file", "", "`FILE` of the password of the keystore that is imported")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the public halves as JSON")
	cli.MustMark(cmd.MarkFlagFilename("password-file"))
	return cmd
}

func newImportBLS(env environment) *cobra.Command {
	cmd := newImport(env, operator.ImportBLS,
		"The BLS key is imported. If it has ever signed elsewhere, import that node's journal too before the node runs, see 'oraclenode journal import --help':\n"+
			"two nodes with one key, or a key without its journal, can sign twice and lose the bond.",
		flagKeystore, flagKeystorePassword)
	cmd.Use, cmd.Short = "bls FILE [--password-file FILE]", "Import the BLS key"
	cmd.Long = `Import a BLS key from an EIP-2335 keystore, or from a file with its 64 hexadecimal digits. It is written under the password of the home folder, as
'oraclenode keys new' does.`
	cmd.Example = `  oraclenode keys import bls old/keystore.json --password-file old/keystore.password --home /var/lib/oraclenode
  oraclenode keys import bls secret.hex`
	return cmd
}

func newImportSubmitter(env environment) *cobra.Command {
	cmd := newImport(env, operator.ImportSubmitter,
		"The submitter is imported. No other program may send from its account while the node runs.", flagSubmitter, flagSubmitterPassword)
	cmd.Use, cmd.Short = "submitter FILE [--password-file FILE]", "Import the submitter's account"
	cmd.Long = `Import an account from a geth keystore (Web3 Secret Storage, version 3), or from a file with the 64 hexadecimal digits of its secret key. It is written
under the password of the home folder, as 'oraclenode keys new' does.`
	cmd.Example = `  oraclenode keys import submitter UTC--2026-01-01T00-00-00.000000000Z--7e5f4552 --password-file geth.password
  oraclenode keys import submitter secret.hex --home /var/lib/oraclenode`
	return cmd
}

func newImportIdentity(env environment) *cobra.Command {
	var f homeFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "identity FILE",
		Short:   "Import the network identity",
		Long:    `Import a network identity: a file named identity that 'oraclenode keys new' wrote.`,
		Example: `  oraclenode keys import identity backup/identity --home /var/lib/oraclenode`,
		Args:    exactly(1, "one file to import"),
		RunE: cli.Work(func(_ *cobra.Command, args []string) error {
			public, err := operator.ImportIdentity(operator.Making{Home: f.home()}, args[0])
			if err != nil {
				return err
			}
			return printMade(env, f, public, asJSON, "The network identity is imported. Only one node at a time may use it.")
		}),
	}
	f.add(cmd, flagIdentity)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the public halves as JSON")
	return cmd
}
