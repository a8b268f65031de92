package main

import (
	"errors"
	"net/url"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tidemark-oracle/tidemark/internal/node"
)

type textList = listValue[string]

func newTexts(kind string) *textList {
	return &textList{
		kind: kind, text: func(t string) string { return t }, same: func(a, b string) bool { return a == b },
		parse: func(t string) (string, error) {
			if t == "" {
				return "", errors.New("is empty")
			}
			return t, nil
		},
	}
}

// instantValue is a point in time; empty for none.
type instantValue struct{ at *time.Time }

func (v instantValue) Type() string { return "time" }

func (v instantValue) String() string {
	if v.at == nil || v.at.IsZero() {
		return ""
	}
	return v.at.UTC().Format(time.RFC3339Nano)
}

func (v instantValue) Set(text string) error {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return errors.New("want a time such as 2026-01-02T03:04:05Z")
	}
	*v.at = at
	return nil
}

// optionalURL is one URL or none, shown without what may be secret in it.
type optionalURL struct{ url *url.URL }

func (v *optionalURL) Type() string { return "URL" }

func (v *optionalURL) String() string {
	if v.url == nil {
		return ""
	}
	return withoutSecrets(v.url)
}

func (v *optionalURL) Set(text string) (err error) {
	v.url, err = parseEndpoint(text)
	return err
}

// nodeFlags are the settings of a running node.
type nodeFlags struct {
	config                                         node.Config
	beacon, execution                              *urlList
	remoteSigner                                   optionalURL
	listen, announce, bootstrap, observers, relays *textList
	logFormat, logLevel                            choiceValue
}

func newNodeFlags() *nodeFlags {
	return &nodeFlags{
		config: node.Defaults(), beacon: newURLs(), execution: newURLs(),
		listen: newTexts("address"), announce: newTexts("address"), bootstrap: newTexts("address"), relays: newTexts("address"), observers: newTexts("peer id"),
		logFormat: choiceValue{word: "text", choices: []string{"text", "json"}},
		logLevel:  choiceValue{word: "info", choices: []string{"debug", "info", "warn", "error"}},
	}
}

// add defines the flags; all are settings.
func (f *nodeFlags) add(cmd *cobra.Command) {
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
			setting(flags, flag.Name)
		}
	})
	secret(flags, "beacon", "execution", "remote-signer")
	for name, choices := range map[string][]string{"log-format": f.logFormat.choices, "log-level": f.logLevel.choices} {
		mustMark(cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
	}
	mustMark(cmd.MarkFlagDirname("home"))
	for _, name := range []string{
		"network", "keystore", "keystore-password-file", "identity", "journal", "submissions", "submitter-keystore", "submitter-password-file",
	} {
		mustMark(cmd.MarkFlagFilename(name))
	}
}

func (f *nodeFlags) addFiles(flags *pflag.FlagSet) {
	c := &f.config
	flags.StringVar(&c.Home, "home", c.Home, "`DIR` of the member's files")
	flags.StringVar(&c.Network, "network", "", "the network's manifest, a YAML `FILE`; default "+node.ManifestFile+" in the home folder")
	flags.StringVar(&c.Keystore, "keystore", "", "`FILE` of the BLS keystore; default "+node.KeystoreFile+" in the home folder")
	flags.StringVar(&c.KeystorePasswordFile, "keystore-password-file", "", "`FILE` of its password; default "+node.KeystorePasswordFile+" in the home folder")
	flags.StringVar(&c.Identity, "identity", "", "`FILE` of the network identity; default "+node.IdentityFile+" in the home folder")
	flags.StringVar(&c.Journal, "journal", "", "`FILE` of the journal; default "+node.JournalFile+" in the home folder")
	flags.StringVar(&c.Submissions, "submissions", "", "`FILE` of own transactions; default "+node.SubmissionsFile+" in the home folder")
	flags.StringVar(&c.SubmitterKeystore, "submitter-keystore", "", "`FILE` of the submitter's geth keystore; default "+node.SubmitterFile+" in the home folder")
	flags.StringVar(&c.SubmitterPasswordFile, "submitter-password-file", "", "`FILE` of its password; default "+node.SubmitterPasswordFile+" in the home folder")
	flags.Var(&f.remoteSigner, "remote-signer", "`URL` of a signer such as web3signer or clef, in place of the submitter's keystore")
	flags.StringVar(&c.SubmitterAddress, "submitter-address", "", "account that the remote signer signs for")
	flags.BoolVar(&c.NoSubmit, "no-submit", c.NoSubmit, "leave submitting to the other members")
}

func (f *nodeFlags) addNetwork(flags *pflag.FlagSet) {
	c := &f.config
	f.listen.items, f.listen.usual = c.Listen, true
	flags.Var(f.listen, "listen", "multiaddress to listen on for peers; repeat for several")
	flags.Var(f.announce, "announce", "multiaddress told to others in place of those listened on; repeat for several")
	flags.Var(f.bootstrap, "bootstrap", "multiaddress of a member, with its peer id, besides the manifest's; repeat for several")
	flags.Var(f.observers, "observers", "peer id that is let in besides the members; repeat for several")
	flags.Var(f.relays, "relays", "multiaddress of a relay, with its peer id; repeat for several")
	flags.BoolVar(&c.MDNS, "mdns", c.MDNS, "find members in the local network")
	flags.BoolVar(&c.NATPortMap, "nat-port-map", c.NATPortMap, "ask the router for a port (UPnP, NAT-PMP)")
	flags.BoolVar(&c.NATAutoNAT, "nat-autonat", c.NATAutoNAT, "ask members whether this node can be reached, and try that for them")
}

func (f *nodeFlags) addTimes(flags *pflag.FlagSet) {
	c := &f.config
	for _, interval := range []struct {
		name, usage string
		at          *time.Duration
	}{
		{"submit-stagger", "time between one member's turn to submit and the next one's; the same for all members", &c.SubmitStagger},
		{"resend-every", "time between two tellings of observation and vote", &c.ResendEvery},
		{"status-every", "time between two statuses to each peer", &c.StatusEvery},
		{"poll-every", "time between two looks at the execution chain", &c.PollEvery},
		{"max-clock-offset", "offset of the own clock from the members' at which the node is not ready", &c.MaxClockOffset},
	} {
		flags.Var((*positiveDuration)(interval.at), interval.name, interval.usage)
	}
	flags.Int64Var(&c.ClockRate, "clock-rate", c.ClockRate, "devnet only: how many times as fast as the machine's clock the node's runs")
	flags.Var(instantValue{&c.ClockOrigin}, "clock-origin", "devnet only: when the node's clock and the machine's showed the same")
}

// settings are what the flags say.
func (f *nodeFlags) settings() node.Config {
	c := f.config
	c.Beacon, c.Execution = texts(f.beacon.items), texts(f.execution.items)
	c.Listen, c.Announce, c.Bootstrap, c.Observers, c.Relays = f.listen.items, f.announce.items, f.bootstrap.items, f.observers.items, f.relays.items
	if f.remoteSigner.url != nil {
		c.RemoteSigner = f.remoteSigner.url.String()
	}
	return c
}
