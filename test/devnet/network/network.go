// Package network builds what a devnet's committee stands on: the chain with the contracts deployed, a pool with active validators, members that are
// registered and admitted, and a home folder with real keys for each.
//
//	Build ─► chain.Chain ─► deploy.Deploy ─► operator, stake ─► register, admit ─► first reports ─► validators ─► Network
//	                                                                 │
//	                  manifest.yaml, keystore, identity, submitter ◄─┘   one folder a member
//	Network.Clock: the chain's seconds run faster than the wall's
//	Network.Send, Network.Wait: transactions of the accounts that are known to everyone
//
// Set-up drives the chain as fast as the machine can; the clock begins when set-up is over, at the slot where the chain then stands. The pool may send ether to keys
// only when it was there at the last report. So set-up has frames of its own, in which the members' keys sign without their nodes: Network.RefSlot counts from the
// first frame after them.
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
	behind := time.Duration(FirstEpoch*slotsPerEpoch*secondsPerSlot) * time.Second
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
	if err := n.openPool(ctx); err != nil {
		return fmt.Errorf("open the pool: %w", err)
	}
	if err := n.formCommittee(ctx); err != nil {
		return fmt.Errorf("form the committee: %w", err)
	}
	if slot, first := n.Chain.Slot(), n.Schedule.RefSlot(0); slot >= first {
		return fmt.Errorf("%w: set-up took %d slots, and there were %d before its first frame", ErrConfig, slot, first)
	}
	if err := n.reportAlone(ctx); err != nil {
		return err
	}
	if err := n.perform(ctx, n.addKeysCall(true, poolValidators, poolKeys-poolValidators)); err != nil {
		return fmt.Errorf("add the keys that members' keepers give ether: %w", err)
	}
	n.Chain.SetFeeRecipient(n.Manifest.Contracts.ELRewardsVault)
	if err := n.advance(ctx, n.RefSlot(0)-warmUpSlots); err != nil {
		return err
	}
	if err := n.writeHomes(); err != nil {
		return err
	}
	n.RestartClock()
	return nil
}

// reportAlone reports the frames of the set-up, and gives the pool its validators after the first one: the last report is as old as ever when members start.
func (n *Network) reportAlone(ctx context.Context) error {
	reporter, err := n.NewReporter()
	if err != nil {
		return err
	}
	defer reporter.Close()
	for k := range uint64(setUpFrames) {
		if err := n.reportFrame(ctx, reporter, n.Schedule.RefSlot(k)); err != nil {
			return fmt.Errorf("report frame %d of the set-up: %w", k, err)
		}
		if k > 0 {
			continue
		}
		if err := n.fundKeys(ctx); err != nil {
			return fmt.Errorf("give the pool validators: %w", err)
		}
	}
	return nil
}

// reportFrame lets slots pass until a reference slot is final, and brings its report to the oracle.
func (n *Network) reportFrame(ctx context.Context, reporter *Reporter, refSlot uint64) error {
	if err := n.advance(ctx, refSlot); err != nil {
		return err
	}
	for n.Chain.Slot() < n.Schedule.CloseSlot(refSlot) {
		result, err := reporter.Compute(ctx, refSlot)
		if err == nil {
			submit, err := reporter.SubmitCall(result, result.Report)
			if err != nil {
				return err
			}
			return n.perform(ctx, submit)
		}
		if !errors.Is(err, ErrNotYet) {
			return err
		}
		if err := n.advance(ctx, n.Chain.Slot()+1); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: slot %d is not final by slot %d", ErrNotYet, refSlot, n.Chain.Slot())
}

// advance lets slots pass up to one; none when it has passed.
func (n *Network) advance(ctx context.Context, slot uint64) error {
	for n.Chain.Slot() < slot {
		if _, err := n.Chain.NextSlot(ctx); err != nil {
			return err
		}
	}
	return nil
}

// RefSlot is the reference slot of the k-th frame in which members run.
func (n *Network) RefSlot(k uint64) uint64 { return n.Schedule.RefSlot(setUpFrames + k) }

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
