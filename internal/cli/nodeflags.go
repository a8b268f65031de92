package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"slices"
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

// NodeFlags are the settings of a running node.
type NodeFlags struct {
	config                                         node.Config
	beacon, execution                              *URLList
	remoteSigner                                   *url.URL
	listen, announce, bootstrap, observers, relays *TextList
	log                                            LogFlags
}

func NewNodeFlags() *NodeFlags {
	return &NodeFlags{
		config: node.Defaults(), beacon: NewURLs(), execution: NewURLs(),
		listen: NewTexts("address"), announce: NewTexts("address"), bootstrap: NewTexts("address"), relays: NewTexts("address"), observers: NewTexts("peer id"),
	}
}

// Add defines the flags; all are settings.
func (f *NodeFlags) Add(cmd *cobra.Command) {
	flags := cmd.Flags()
	AddFiles(cmd, &f.config)
	f.addSubmitter(flags)
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
	f.log.Add(cmd, "info")
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Name != "help" && !IsSetting(flag) {
			MarkSetting(flags, flag.Name)
		}
	})
	MarkSecret(flags, "beacon", "execution", "remote-signer")
}

// AddFiles defines the flags of a home folder and of some of its files, by the names of their settings; none: of all. All are settings.
func AddFiles(cmd *cobra.Command, c *node.Config, some ...string) {
	flags := cmd.Flags()
	flags.StringVar(&c.Home, "home", ".", "`DIR` of the member's files")
	MarkSetting(flags, "home")
	MustMark(cmd.MarkFlagDirname("home"))
	for _, file := range c.Files() {
		if len(some) == 0 || slices.Contains(some, file.Setting) {
			flags.StringVar(file.Path, file.Setting, "", file.Content+"; default "+file.Name+" in the home folder")
			MarkSetting(flags, file.Setting)
			MustMark(cmd.MarkFlagFilename(file.Setting))
		}
	}
}

func (f *NodeFlags) addSubmitter(flags *pflag.FlagSet) {
	c := &f.config
	flags.Var(URL(&f.remoteSigner), "remote-signer", "`URL` of a signer such as web3signer or clef, in place of the submitter's keystore")
	flags.StringVar(&c.SubmitterAddress, "submitter-address", "", "account that the remote signer signs for")
	flags.BoolVar(&c.NoSubmit, "no-submit", c.NoSubmit, "leave submitting to the other members")
	flags.BoolVar(&c.NoKeeper, "no-keeper", c.NoKeeper, "leave to others what anybody may do for the pool: first ether, proofs of keys, top-ups")
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
	if f.remoteSigner != nil {
		c.RemoteSigner = f.remoteSigner.String()
	}
	return c
}

// Logged is Settings with the log that the flags ask for, to errOut.
func (f *NodeFlags) Logged(errOut io.Writer) (node.Config, error) {
	c := f.Settings()
	log, err := f.log.Logger(errOut)
	c.Log = log
	return c, err
}

// LogFlags are the settings log-format and log-level.
type LogFlags struct{ format, level ChoiceValue }

// Add defines the flags; level is what holds when none is given.
func (f *LogFlags) Add(cmd *cobra.Command, level string) {
	f.format = ChoiceValue{Word: "text", Choices: []string{"text", "json"}}
	f.level = ChoiceValue{Word: level, Choices: []string{"debug", "info", "warn", "error"}}
	AddChoice(cmd, &f.format, "log-format", "format of log lines on standard error")
	AddChoice(cmd, &f.level, "log-level", "least important log lines to show")
	MarkSetting(cmd.Flags(), "log-format", "log-level")
}

// Logger writes lines of at least the level to w, as text or as JSON.
func (f *LogFlags) Logger(w io.Writer) (*slog.Logger, error) {
	var least slog.Level
	if err := least.UnmarshalText([]byte(f.level.Word)); err != nil {
		return nil, fmt.Errorf("log level: %w", err)
	}
	options := &slog.HandlerOptions{Level: least}
	if f.format.Word == "json" {
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return slog.New(slog.NewTextHandler(w, options)), nil
}
