package node

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/internal/operator"
	"github.com/tidemark-oracle/tidemark/internal/snapshot"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
)

// capturedBlocks are kept around the reference slot: reorganisations there are short.
const capturedBlocks = 16

// parts are what a node is wired from.
type parts struct {
	config   Config
	hooks    Hooks
	log      *slog.Logger
	clock    clock.Clock
	manifest *manifest.Manifest
	schedule report.Schedule
	domain   report.Domain

	identity *p2p.Identity
	secret   *bls.SecretKey // nil for an observer
	key      *consensus.Key // likewise

	beacon    *beacon.Client
	transport *http.Transport
	chain     *events.Reader
	execution *execution.Client
	capture   *execution.Capture
	builder   *snapshot.Builder
}

// open reads files and makes clients; nothing is asked of any node yet. On an error nothing is left open.
func open(c Config, h Hooks) (p *parts, err error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	c = c.Resolved()
	p = &parts{config: c, hooks: h, log: c.Log}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	if p.manifest, err = operator.ReadManifest(c.Network); err != nil {
		return p, err
	}
	p.schedule, p.domain = report.Schedule(p.manifest.Schedule), p.manifest.Domain()
	if p.clock, err = p.chooseClock(); err != nil {
		return p, err
	}
	if p.identity, err = readIdentity(c.Identity); err != nil {
		return p, err
	}
	if !c.Observe {
		if p.secret, err = readSecret(c.Keystore, c.KeystorePasswordFile); err != nil {
			return p, err
		}
		key := consensus.Key(p.secret.PublicKey().Bytes())
		p.key = &key
	}
	return p, p.openClients()
}

// chooseClock lets only a devnet's node live in another time: anywhere else a slip in the configuration would be a node that is never ready.
func (p *parts) chooseClock() (clock.Clock, error) {
	switch {
	case p.hooks.Clock != nil:
		return p.hooks.Clock, nil
	case p.hooks.ClockOffset != 0:
		return clock.Ahead(p.hooks.ClockOffset), nil
	case p.hooks.ClockRate <= 1:
		return clock.System(), nil
	case p.manifest.ChainID != DevnetChainID:
		return nil, fmt.Errorf("%w: a clock that runs faster is for the devnet (chain %d), the manifest is for chain %d", ErrConfig, DevnetChainID, p.manifest.ChainID)
	}
	return clock.Fast(p.hooks.ClockOrigin, p.hooks.ClockRate), nil
}

func (p *parts) openClients() (err error) {
	p.transport = http.DefaultTransport.(*http.Transport).Clone()
	p.beacon, err = beacon.New(beacon.Options{
		Endpoints: p.config.Beacon, Network: snapshot.Network(p.manifest), Log: p.log, PollInterval: p.realSlot(), StreamPollInterval: p.realSlot(),
	})
	if err != nil {
		return fmt.Errorf("%w beacon: %w", ErrConfig, err)
	}
	p.execution, err = execution.NewClient(execution.Options{
		Endpoints: p.config.Execution, ChainID: p.manifest.ChainID, HTTP: &http.Client{Transport: p.transport}, Log: p.log,
	})
	if err != nil {
		return fmt.Errorf("%w execution: %w", ErrConfig, err)
	}
	reader, err := execution.NewReader(p.execution, p.manifest)
	if err != nil {
		return err
	}
	if p.capture, err = execution.NewCapture(reader, capturedBlocks); err != nil {
		return err
	}
	if p.chain, err = events.NewReader(p.execution, p.manifest); err != nil {
		return err
	}
	p.builder, err = snapshot.New(snapshot.Options{Manifest: p.manifest, Beacon: p.beacon, Execution: p.capture, Workers: p.config.Workers})
	return err
}

// realSlot is how long a slot takes by the machine's clock.
func (p *parts) realSlot() time.Duration {
	return p.slot() / time.Duration(max(1, p.hooks.ClockRate))
}

// slot is how long a slot takes by the node's clock.
func (p *parts) slot() time.Duration { return time.Duration(p.schedule.SecondsPerSlot) * time.Second }

func (p *parts) close() {
	if p.beacon != nil {
		p.beacon.Close()
	}
	if p.transport != nil {
		p.transport.CloseIdleConnections()
	}
	if p.secret != nil {
		p.secret.Wipe()
	}
}

// openJournal gives the core its disk.
func (p *parts) openJournal() (records, error) {
	if p.hooks.openRecords != nil {
		return p.hooks.openRecords()
	}
	if p.key == nil {
		return &memoryRecords{}, nil
	}
	identity, err := journal.NewIdentity(p.domain, *p.key)
	if err != nil {
		return nil, err
	}
	return openRecords(journal.Options{Path: p.config.Journal, Identity: identity, LockTimeout: 5 * time.Second})
}

// errJournalGone: the file that this process voted by is not there any more.
var errJournalGone = errors.New("the journal's file is gone while the node runs, and a new one does not hold the votes: stop the node and put the file back")

// journalStands refuses to let a running node begin a journal anew: opening would make an empty one.
func (p *parts) journalStands() error {
	if p.key == nil || p.hooks.openRecords != nil {
		return nil
	}
	if _, err := os.Stat(p.config.Journal); err != nil {
		return fmt.Errorf("%w (%w)", errJournalGone, err)
	}
	return nil
}

// coreConfig is what the core is configured with.
func (p *parts) coreConfig() (consensus.Config, error) {
	var seed [8]byte
	if _, err := rand.Read(seed[:]); err != nil {
		return consensus.Config{}, fmt.Errorf("read randomness: %w", err)
	}
	return consensus.Config{
		Domain: p.domain, Key: p.key, Verifier: consensus.BLSVerifier{}, Software: p.config.Software, Seed: binary.LittleEndian.Uint64(seed[:]),
		Timing: p.timing(),
	}, nil
}

// openHost joins the network. It lets nobody in until the committee is known.
func (p *parts) openHost(validator p2p.Handler) (*p2p.Host, error) {
	c := p.config
	var hostClock p2p.Clock // nil: the machine's, also where the node's own runs faster
	if p.hooks.ClockOffset != 0 {
		hostClock = p.clock
	}
	host, err := p2p.New(p2p.Config{
		Clock:    hostClock,
		Identity: p.identity, Network: NetworkID(p.domain), Software: c.Software, Handler: validator, Listen: c.Listen, Announce: c.Announce,
		Bootstrap: slices.Concat(p.manifest.BootstrapPeers, c.Bootstrap), Observers: c.Observers, MDNS: c.MDNS,
		NAT: p2p.NAT{PortMap: c.NATPortMap, AutoNAT: c.NATAutoNAT, Relays: c.Relays}, MaxClockOffset: c.MaxClockOffset, Log: p.log,
	})
	if errors.Is(err, p2p.ErrConfig) {
		return nil, fmt.Errorf("%w listen, announce, bootstrap, observers or relays: %w", ErrConfig, err)
	}
	if err != nil {
		return nil, fmt.Errorf("listen for peers: %w: free the address or name another with listen", err)
	}
	return host, nil
}

// NetworkID names an oracle's peer-to-peer network: keccak256(chain id as 32 bytes ‖ ReportOracle). Peers of another one are not talked to.
func NetworkID(d report.Domain) common.Hash {
	return crypto.Keccak256Hash(common.LeftPadBytes(new(big.Int).Set(d.ChainID).Bytes(), 32), d.Oracle[:])
}
