package cli

import (
	"errors"
	"io"
	"net/url"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tidemark-oracle/tidemark/internal/node"
)

type TextList = ListValue[string]

func NewTexts(kind string) *TextList {
	return &TextList{
		Kind: kind, Text: func(t string) string { return t }, Same: func(a, b string) bool { return a == b },
		Parse: func(t string) (string, error) {
			if t == "" {
				return "", errors.New("is empty")
			}
			return t, nil
		},
	}
}

// OptionalURL is one URL or none, shown without what may be secret in it.
type OptionalURL struct{ URL *url.URL }

func (v *OptionalURL) Type() string { return "URL" }

func (v *OptionalURL) String() string {
	if v.URL == nil {
		return ""
	}
	return WithoutSecrets(v.URL)
}

func (v *OptionalURL) Set(text string) (err error) {
	v.URL, err = ParseEndpoint(text)
	return err
}

// NodeFlags are the settings of a running node.
type NodeFlags struct {
	config                                         node.Config
	beacon, execution                              *URLList
	remoteSigner                                   OptionalURL
	listen, announce, bootstrap, observers, relays *TextList
	logFormat, logLevel                            ChoiceValue
}

func NewNodeFlags() *NodeFlags {
	return &NodeFlags{
		config: node.Defaults(), beacon: NewURLs(), execution: NewURLs(),
		listen: NewTexts("address"), announce: NewTexts("address"), bootstrap: NewTexts("address"), relays: NewTexts("address"), observers: NewTexts("peer id"),
		logFormat: ChoiceValue{Word: "text", Choices: []string{"text", "json"}},
		logLevel:  ChoiceValue{Word: "info", Choices: []string{"debug", "info", "warn", "error"}},
	}
}

// Add defines the flags; all are settings.
func (f *NodeFlags) Add(cmd *cobra.Command) {
	flags := cmd.Flags()
	f.addFiles(flags)
	f.addNetwork(flags)
	f.addTimes(flags)
	c := &f.config
	flags.Var(f.beacon, "beacon", "`URL` of a beacon node; repeat for several, in order of preference")
	flags.Var(f.execution, "execution", "`URL` of an execution node; repeat for several, in order of preference")
	flags.StringVar(&c.Name, "name", c.Name, "name of this node, for people")
	flags.BoolVar(&c.Observe, "observe", c.Observe, "run without keys: sign and submit nothing")
	flags.StringVar(&c.API, "api", c.API, "`HOST:PORT` of page, metrics and readiness; empty: none")
	flags.BoolVar(&c.APIExpose, "api-expose", c.APIExpose, "let the API listen on an address that other machines reach")
	flags.Uint64Var(&c.MaxFeeGwei, "max-fee-gwei", c.MaxFeeGwei, "never pay more for a unit of gas, in gwei")
	flags.Uint64Var(&c.TipGwei, "tip-gwei", c.TipGwei, "tip for a unit of gas, in gwei")
	flags.IntVar(&c.Workers, "workers", c.Workers, "goroutines that hash a state; 0: one a processor")
	flags.Var(&f.logFormat, "log-format", "format of log lines on standard error")
	flags.Var(&f.logLevel, "log-level", "least important log lines to show")
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Name != "help" {
			MarkSetting(flags, flag.Name)
		}
	})
	MarkSecret(flags, "beacon", "execution", "remote-signer")
	for name, choices := range map[string][]string{"log-format": f.logFormat.Choices, "log-level": f.logLevel.Choices} {
		MustMark(cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
	}
	MustMark(cmd.MarkFlagDirname("home"))
	for _, name := range []string{
		"network", "keystore", "keystore-password-file", "identity", "journal", "submissions", "submitter-keystore", "submitter-password-file",
	} {
		MustMark(cmd.MarkFlagFilename(name))
	}
}

func (f *NodeFlags) addFiles(flags *pflag.FlagSet) {
	c := &f.config
	flags.StringVar(&c.Home, "home", c.Home, "`DIR` of the member's files")
	flags.StringVar(&c.Network, "network", "", "the network's manifest, a YAML `FILE`; default "+node.ManifestFile+" in the home folder")
	flags.StringVar(&c.Keystore, "keystore", "", "`FILE` of the BLS keystore; default "+node.KeystoreFile+" in the home folder")
	flags.StringVar(&c.KeystorePasswordFile, "keystore-password-file", "", "`FILE` of its password; default "+node.KeystorePasswordFile+" in the home folder")
	flags.StringVar(&c.Identity, "identity", "", "`FILE` of the network identity; default "+node.IdentityFile+" in the home folder")
	flags.StringVar(&c.Journal, "journal", "", "`FILE` of the journal; default "+node.JournalFile+" in the home folder")
	flags.StringVar(&c.Submissions, "submissions", "", "`FILE` of this node's transactions; default "+node.SubmissionsFile+" in the home folder")
	flags.StringVar(&c.SubmitterKeystore, "submitter-keystore", "", "`FILE` of the submitter's geth keystore; default "+node.SubmitterFile+" in the home folder")
	flags.StringVar(&c.SubmitterPasswordFile, "submitter-password-file", "", "`FILE` of its password; default "+node.SubmitterPasswordFile+" in the home folder")
	flags.Var(&f.remoteSigner, "remote-signer", "`URL` of a signer such as web3signer or clef, in place of the submitter's keystore")
	flags.StringVar(&c.SubmitterAddress, "submitter-address", "", "account that the remote signer signs for")
	flags.BoolVar(&c.NoSubmit, "no-submit", c.NoSubmit, "leave submitting to the other members")
}

func (f *NodeFlags) addNetwork(flags *pflag.FlagSet) {
	c := &f.config
	f.listen.Items, f.listen.Usual = c.Listen, true
	flags.Var(f.listen, "listen", "multiaddress to listen on for peers; repeat for several")
	flags.Var(f.announce, "announce", "multiaddress told to others in place of those listened on; repeat for several")
	flags.Var(f.bootstrap, "bootstrap", "multiaddress of a member, with its peer id, besides the manifest's; repeat for several")
	flags.Var(f.observers, "observers", "peer id that is let in besides the members; repeat for several")
	flags.Var(f.relays, "relays", "multiaddress of a relay, with its peer id; repeat for several")
	flags.BoolVar(&c.MDNS, "mdns", c.MDNS, "find members in the local network")
	flags.BoolVar(&c.NATPortMap, "nat-port-map", c.NATPortMap, "ask the router for a port (UPnP, NAT-PMP)")
	flags.BoolVar(&c.NATAutoNAT, "nat-autonat", c.NATAutoNAT, "ask members whether this node can be reached, and try that for them")
}

func (f *NodeFlags) addTimes(flags *pflag.FlagSet) {
	c := &f.config
	for _, interval := range []struct {
		name, usage string
		at          *time.Duration
	}{
		{"resend-interval", "time after which observation and vote of an open round are sent again", &c.ResendInterval},
		{"status-interval", "time between two statuses to each peer", &c.StatusInterval},
		{"poll-interval", "time between two reads of the execution chain", &c.PollInterval},
		{"max-clock-offset", "offset of this node's clock from the members' at which the node is not ready", &c.MaxClockOffset},
	} {
		flags.Var((*PositiveDuration)(interval.at), interval.name, interval.usage)
	}
}

// Settings are what the flags say.
func (f *NodeFlags) Settings() node.Config {
	c := f.config
	c.Beacon, c.Execution = URLTexts(f.beacon.Items), URLTexts(f.execution.Items)
	c.Listen, c.Announce, c.Bootstrap, c.Observers, c.Relays = f.listen.Items, f.announce.Items, f.bootstrap.Items, f.observers.Items, f.relays.Items
	if f.remoteSigner.URL != nil {
		c.RemoteSigner = f.remoteSigner.URL.String()
	}
	return c
}

// Logged is Settings with the log that the flags ask for, to errOut.
func (f *NodeFlags) Logged(errOut io.Writer) (node.Config, error) {
	c := f.Settings()
	log, err := NewLogger(errOut, f.logFormat.Word, f.logLevel.Word)
	c.Log = log
	return c, err
}
