package node

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/web/dashboard"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
)

// ErrConfig: a setting with which no node can run. It is wrapped with the setting's name.
var ErrConfig = errors.New("impossible setting")

// Files of a member's home folder.
const (
	ManifestFile          = "manifest.yaml"
	KeystoreFile          = "keystore.json"
	KeystorePasswordFile  = "keystore.password"
	IdentityFile          = "identity"
	SubmitterFile         = "submitter.json"
	SubmitterPasswordFile = "submitter.password"
	JournalFile           = "journal.db"
	SubmissionsFile       = "submissions.json"
)

// Config is what an operator decides. Names are those of the settings of oraclenode run; a path that is empty is the file of that name in Home.
type Config struct {
	Home    string
	Network string // manifest

	Beacon    []string // URLs in order of preference
	Execution []string

	Name    string // shown to people; may be empty
	Observe bool   // without keys: signs and submits nothing

	Keystore             string // EIP-2335
	KeystorePasswordFile string
	Identity             string
	Journal              string

	SubmitterKeystore     string // geth keystore v3
	SubmitterPasswordFile string
	RemoteSigner          string // URL; in place of a keystore
	SubmitterAddress      string // of the remote signer's account
	Submissions           string // what the sender keeps of its transactions
	NoSubmit              bool
	NoKeeper              bool // leaves to others what anybody may do for the pool

	Listen     []string // multiaddresses
	Announce   []string
	Bootstrap  []string // besides the manifest's
	Observers  []string // peer ids that are let in
	Relays     []string
	MDNS       bool
	NATPortMap bool
	NATAutoNAT bool

	API       string // host:port; empty: none
	APIExpose bool   // API may be no loopback address

	MaxFeeGwei uint64 // hard cap of a submission's fee for each gas
	TipGwei    uint64

	ResendInterval time.Duration // zero means the default here and below
	StatusInterval time.Duration
	PollInterval   time.Duration // of the execution nodes
	MaxClockOffset time.Duration

	Workers int // goroutines that hash a state; 0: one a processor

	Software string       // name and version, sent to peers
	Log      *slog.Logger // nil: silent
}

// Bounds of settings.
const (
	maxNameBytes      = 64
	minInterval       = 10 * time.Millisecond
	maxInterval       = time.Hour
	maxWorkers        = 1024
	maxEndpoints      = 16
	defaultMaxFeeGwei = txmgr.DefaultMaxFeeWei / report.WeiPerGwei
)

// Defaults are what settings are when nobody says otherwise.
func Defaults() Config {
	timing := consensus.DefaultTiming()
	return Config{
		Home: ".", Listen: []string{"/ip4/0.0.0.0/udp/9100/quic-v1", "/ip4/0.0.0.0/tcp/9100"}, API: "127.0.0.1:9110",
		MaxFeeGwei: defaultMaxFeeGwei, TipGwei: 1, ResendInterval: timing.ResendInterval, StatusInterval: timing.StatusInterval,
		PollInterval: 4 * time.Second, MaxClockOffset: 2 * time.Second,
	}
}

// File is one of a member's files.
type File struct {
	Setting string
	Path    *string // in a Config; empty: Name in its home folder
	Name    string
	Content string // for the help of its flag
}

// Files are all that a configuration can name.
func (c *Config) Files() []File {
	return []File{
		{"network", &c.Network, ManifestFile, "the network's manifest, a YAML `FILE`"},
		{"keystore", &c.Keystore, KeystoreFile, "`FILE` of the BLS keystore"},
		{"keystore-password-file", &c.KeystorePasswordFile, KeystorePasswordFile, "`FILE` of its password"},
		{"identity", &c.Identity, IdentityFile, "`FILE` of the network identity"},
		{"journal", &c.Journal, JournalFile, "`FILE` of the journal"},
		{"submissions", &c.Submissions, SubmissionsFile, "`FILE` of this node's transactions"},
		{"submitter-keystore", &c.SubmitterKeystore, SubmitterFile, "`FILE` of the submitter's keystore"},
		{"submitter-password-file", &c.SubmitterPasswordFile, SubmitterPasswordFile, "`FILE` of its password"},
	}
}

// Resolved is the configuration as Run takes it: files that are not named are in the home folder, intervals that are not set are the defaults.
func (c Config) Resolved() Config {
	d := Defaults()
	for _, file := range c.Files() {
		if *file.Path == "" {
			*file.Path = filepath.Join(c.Home, file.Name)
		}
	}
	for _, interval := range []struct {
		at  *time.Duration
		def time.Duration
	}{
		{&c.ResendInterval, d.ResendInterval}, {&c.StatusInterval, d.StatusInterval}, {&c.PollInterval, d.PollInterval}, {&c.MaxClockOffset, d.MaxClockOffset},
	} {
		*interval.at = cmp.Or(*interval.at, interval.def)
	}
	c.MaxFeeGwei = cmp.Or(c.MaxFeeGwei, d.MaxFeeGwei)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Validate refuses impossible settings, naming the first. Run refuses what only the network's manifest, files or libp2p show to be impossible. Errors: ErrConfig.
func (c Config) Validate() error {
	c = c.Resolved()
	if err := c.validateIntervals(); err != nil {
		return err
	}
	switch {
	case len(c.Beacon) == 0:
		return impossible("beacon", "no beacon node is named: name your own by its URL, and better two")
	case len(c.Execution) == 0:
		return impossible("execution", "no execution node is named: name your own by its URL, and better two")
	case len(c.Beacon) > maxEndpoints:
		return impossible("beacon", "%d beacon nodes are named, at most %d are possible", len(c.Beacon), maxEndpoints)
	case len(c.Execution) > maxEndpoints:
		return impossible("execution", "%d execution nodes are named, at most %d are possible", len(c.Execution), maxEndpoints)
	case len(c.Name) > maxNameBytes:
		return impossible("name", "it has %d bytes, at most %d are possible", len(c.Name), maxNameBytes)
	case c.TipGwei > c.MaxFeeGwei:
		return impossible("tip-gwei", "%d is above max-fee-gwei, which is %d", c.TipGwei, c.MaxFeeGwei)
	case c.Workers < 0 || c.Workers > maxWorkers:
		return impossible("workers", "%d, 0 to %d are possible", c.Workers, maxWorkers)
	case c.RemoteSigner != "" && !common.IsHexAddress(c.SubmitterAddress):
		return impossible("submitter-address", "%q is no address of 20 bytes in hexadecimal; remote-signer needs one", c.SubmitterAddress)
	}
	for i, text := range c.Observers {
		if _, err := p2p.ParsePeerID(text); err != nil {
			return impossible("observers", "number %d, %q, is no peer id: it begins with 12D3Koo", i+1, text)
		}
	}
	return c.validateAPI()
}

func (c Config) validateIntervals() error {
	for _, interval := range []struct {
		name  string
		value time.Duration
	}{
		{"resend-interval", c.ResendInterval}, {"status-interval", c.StatusInterval}, {"poll-interval", c.PollInterval}, {"max-clock-offset", c.MaxClockOffset},
	} {
		if interval.value < minInterval || interval.value > maxInterval {
			return impossible(interval.name, "%s, %s to %s are possible", interval.value, minInterval, maxInterval)
		}
	}
	return nil
}

// validateAPI keeps the API on this machine unless the operator says that it may be seen.
func (c Config) validateAPI() error {
	if c.API == "" {
		return nil
	}
	local, err := dashboard.IsLocal(c.API)
	if err != nil {
		return impossible("api", "%q is no host:port", c.API)
	}
	if !local && !c.APIExpose {
		return impossible("api", "%q can be reached from other machines: use 127.0.0.1, or set api-expose if a firewall or proxy guards it", c.API)
	}
	return nil
}

func impossible(setting, format string, args ...any) error {
	return fmt.Errorf("%w %s: %s", ErrConfig, setting, fmt.Sprintf(format, args...))
}

// timing is that of the core. How far apart the members' turns to submit are, the network's manifest says: it must be the same for all.
func (p *parts) timing() consensus.Timing {
	t := consensus.DefaultTiming()
	t.ResendInterval, t.StatusInterval, t.SubmitStagger = p.config.ResendInterval, p.config.StatusInterval, p.manifest.SubmitStagger()
	return t
}
