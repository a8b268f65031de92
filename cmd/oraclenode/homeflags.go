package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/operator"
)

// homeFlags name a member's folder and, where they are elsewhere, its files.
type homeFlags struct {
	folder, keystore, keystorePassword, identity, submitter, submitterPassword, network string
}

// The files that a command can be told of.
const (
	flagKeystore          = "keystore"
	flagKeystorePassword  = "keystore-password-file"
	flagIdentity          = "identity"
	flagSubmitter         = "submitter-keystore"
	flagSubmitterPassword = "submitter-password-file"
	flagNetwork           = "network"
)

// add adds --home and the flags of the named files; all are settings.
func (f *homeFlags) add(cmd *cobra.Command, files ...string) {
	flags := cmd.Flags()
	flags.StringVar(&f.folder, "home", ".", "`DIR` of the member's files")
	cli.MarkSetting(flags, "home")
	cli.MustMark(cmd.MarkFlagDirname("home"))
	for _, file := range []struct {
		name  string
		path  *string
		usage string
	}{
		{flagKeystore, &f.keystore, "`FILE` of the BLS keystore; default keystore.json in the home folder"},
		{flagKeystorePassword, &f.keystorePassword, "`FILE` of its password; default keystore.password in the home folder"},
		{flagIdentity, &f.identity, "`FILE` of the network identity; default identity in the home folder"},
		{flagSubmitter, &f.submitter, "`FILE` of the submitter's keystore; default submitter.json in the home folder"},
		{flagSubmitterPassword, &f.submitterPassword, "`FILE` of its password; default submitter.password in the home folder"},
		{flagNetwork, &f.network, "the network's manifest, a YAML `FILE`; default manifest.yaml in the home folder"},
	} {
		if slices.Contains(files, file.name) {
			flags.StringVar(file.path, file.name, "", file.usage)
			cli.MarkSetting(flags, file.name)
			cli.MustMark(cmd.MarkFlagFilename(file.name))
		}
	}
	cmd.DisableFlagsInUseLine = true
}

// home is the folder's files, but for those that a flag names.
func (f *homeFlags) home() operator.Home {
	h := operator.HomeAt(f.folder)
	for _, named := range []struct {
		path string
		in   *string
	}{
		{f.keystore, &h.Keystore}, {f.keystorePassword, &h.KeystorePassword}, {f.identity, &h.Identity},
		{f.submitter, &h.Submitter}, {f.submitterPassword, &h.SubmitterPassword}, {f.network, &h.Manifest},
	} {
		if named.path != "" {
			*named.in = named.path
		}
	}
	return h
}

func (f *homeFlags) manifest() (*manifest.Manifest, error) {
	return operator.ReadManifest(f.home().Manifest)
}
