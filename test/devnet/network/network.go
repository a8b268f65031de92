// Package network builds what a devnet's committee stands on: the chain with the contracts deployed, a pool with active validators, members that are
// registered and admitted, and a home folder with real keys for each.
//
//	Build ─► chain.Chain ─► deploy.Deploy ─► operators, stake, validators ─► register, admit ─► Network
//	                                                                            │
//	                             manifest.yaml, keystore, identity, submitter ◄─┘   one folder a member
//	Network.Clock: the chain's seconds run faster than the wall's
//	Network.Send, Network.Wait: transactions of the accounts that are known to everyone
//
// Set-up drives the chain as fast as the machine can; the clock begins when set-up is over, at the slot where the chain then stands.
// The keys of accounts and members come from the configuration's seed: anyone can make them again, so nothing of value may ever lie under them.
package network

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/p2p"
	"github.com/tidemark-oracle/tidemark/report"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/relay"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// Network is a chain with the contracts, a pool that earns, and a committee that waits to be started. It is safe for concurrent use.
type Network struct {
	Chain    *chain.Chain
	Manifest *manifest.Manifest
	Schedule report.Schedule
	Accounts localnet.Accounts
	Holders  []Holder
	Members  []*Member // in the contract's order
	Clock    Clock     // since Build

	config Config
	terms  Terms
	log    *slog.Logger
	lines  []*relay.Datagrams // between members that are far apart

	mu     sync.Mutex // guards nonces
	nonces map[common.Address]uint64
}

// Member is a seat of the committee and the folder that its node runs in.
type Member struct {
	Index     int
	Home      string
	Owner     *localnet.Account
	Submitter *localnet.Account
	Key       bls.PublicKey
	ID        common.Hash // in OracleCommittee
	PeerID    string      // as people write it
	Listen    []string    // multiaddresses
	Announce  []string    // multiaddresses that others know it by; empty: Listen
	API       string      // host:port

	identity *p2p.Identity
	secret   *bls.SecretKey
}

// Build starts the chain, deploys, and writes the members' homes. Close ends the chain. Errors: ErrConfig, and those of chain and deploy.
func Build(ctx context.Context, c Config) (*Network, error) {
	if err := c.validate(); err != nil {
		return nil, err
	}
	if err := claim(c.Dir); err != nil {
		return nil, err
	}
	behind := time.Duration(firstEpoch*slotsPerEpoch*secondsPerSlot) * time.Second
	terms := DefaultTerms(uint64(c.Now().Add(-behind).Unix()))
	terms.Spec = terms.Spec.From(c.Fork)
	if c.GloasAt != 0 {
		terms.Spec.GloasForkEpoch = c.GloasAt
	}
	if c.Change != nil {
		c.Change(&terms)
	}
	chainConfig, err := c.chainConfig(terms)
	if err != nil {
		return nil, err
	}
	ch, err := chain.New(ctx, chainConfig)
	if err != nil {
		return nil, err
	}
	n := &Network{
		Chain: ch, Accounts: accounts(), Holders: holders(), config: c, terms: terms, log: c.Log, nonces: make(map[common.Address]uint64),
	}
	if err := n.setUp(ctx); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	return n, nil
}

// claim makes the folder, or wants it empty: keys in it may be those of another network.
func claim(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the devnet's folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look into the devnet's folder: %w", err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("%w: %s is not empty: name a new folder", ErrConfig, dir)
	}
	return nil
}

// setUp brings the chain to where members can start: some slots before the first reference slot.
func (n *Network) setUp(ctx context.Context) error {
	if err := n.deploy(ctx); err != nil {
		return err
	}
	if err := n.fundPool(ctx); err != nil {
		return fmt.Errorf("fund the pool: %w", err)
	}
	if err := n.formCommittee(ctx); err != nil {
		return fmt.Errorf("form the committee: %w", err)
	}
	n.Chain.SetFeeRecipient(n.Manifest.Contracts.ELRewardsVault)
	start := n.Schedule.RefSlot(0) - warmUpSlots
	if slot := n.Chain.Slot(); slot > start {
		return fmt.Errorf("%w: set-up took %d slots, and there were %d before the first frame", ErrConfig, slot, start)
	}
	for n.Chain.Slot() < start {
		if _, err := n.Chain.NextSlot(ctx); err != nil {
			return fmt.Errorf("let validators become active: %w", err)
		}
	}
	if err := n.writeHomes(); err != nil {
		return err
	}
	n.RestartClock()
	return nil
}

func (n *Network) deploy(ctx context.Context) (err error) {
	c := n.terms.Deploy
	c.DepositContract, c.Rules, c.States = n.Chain.Spec().DepositContract, n.Chain.Rules(), n.Chain.States()
	deployer := n.Accounts.Deployer.Auth(big.NewInt(ChainID))
	deployer.GasLimit = 0 // estimated
	if n.Manifest, err = deploy.Deploy(ctx, n.Chain.Backend(), deployer, c, n.log); err != nil {
		return err
	}
	n.Schedule = report.Schedule(n.Manifest.Schedule)
	return nil
}

// RestartClock lets the chain's time go on from the slot where the chain stands.
func (n *Network) RestartClock() {
	at := time.Unix(int64(n.Schedule.TimeOf(n.Chain.Slot())), 0)
	n.Clock = newClock(n.config.Now(), at, n.rate())
}

// rate is how much faster than the wall's the chain's seconds run.
func (n *Network) rate() int64 {
	slot := secondsPerSlot * time.Second
	return int64((slot + n.config.SlotTime/2) / n.config.SlotTime)
}

// SlotTime is how long a slot really takes: the configured one, so that the clock's rate is a whole number.
func (n *Network) SlotTime() time.Duration {
	return secondsPerSlot * time.Second / time.Duration(n.rate())
}

// Now is the chain's time.
func (n *Network) Now() time.Time { return n.Clock.At(n.config.Now()) }

// WaitForSlot returns when slot begins by the clock.
func (n *Network) WaitForSlot(ctx context.Context, slot uint64) error {
	return wait(ctx, n.config.Now, n.Clock.WallOf(time.Unix(int64(n.Schedule.TimeOf(slot)), 0)))
}

// Run advances the chain slot by slot with the clock until ctx ends, which is no error. After each slot that is told, with the slot's number.
// On a machine that falls behind, slots follow each other until the chain has caught up.
func (n *Network) Run(ctx context.Context, after func(chain.Slot) error) error {
	for {
		if err := n.WaitForSlot(ctx, n.Chain.Slot()+1); err != nil {
			return nil
		}
		slot, err := n.Chain.NextSlot(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if err := after(slot); err != nil {
			return err
		}
	}
}

// Close ends the chain, and the lines between members.
func (n *Network) Close() error {
	for _, line := range n.lines {
		line.Close()
	}
	return n.Chain.Close()
}

// DeployConfig is what the contracts were deployed with.
func (n *Network) DeployConfig() deploy.Config { return n.terms.Deploy }
