package main

import (
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/node"
	"github.com/tidemark-oracle/tidemark/internal/operator"
)

// homeFlags name a member's folder and, where they are elsewhere, its files.
type homeFlags struct{ node.Config }

// The files that a command can be told of.
const (
	flagKeystore          = "keystore"
	flagKeystorePassword  = "keystore-password-file"
	flagIdentity          = "identity"
	flagSubmitter         = "submitter-keystore"
	flagSubmitterPassword = "submitter-password-file"
	flagNetwork           = "network"
)

// add adds --home and the flags of the named files.
func (f *homeFlags) add(cmd *cobra.Command, files ...string) {
	cli.AddFiles(cmd, &f.Config, files...)
	cmd.DisableFlagsInUseLine = true
}

// home is the folder's files, but for those that a flag names.
func (f *homeFlags) home() operator.Home {
	c := f.Resolved()
	return operator.Home{
		Manifest: c.Network, Keystore: c.Keystore, KeystorePassword: c.KeystorePasswordFile, Identity: c.Identity,
		Submitter: c.SubmitterKeystore, SubmitterPassword: c.SubmitterPasswordFile, Journal: c.Journal,
	}
}

func (f *homeFlags) manifest() (*manifest.Manifest, error) {
	return operator.ReadManifest(f.home().Manifest)
}
