package chain

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/beaconapi"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/geth"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// version is what the beacon node calls itself.
const version = "tidemark-devnet/1"

// Chain is a running chain. All methods are safe for concurrent use.
type Chain struct {
	config  Config
	rules   *transition.Rules
	node    *geth.Node
	history *history
	server  *http.Server
	url     string
	served  chan struct{}

	mu     sync.Mutex // one slot at a time
	tip    *record
	script script
}

// New starts the execution node and the Beacon API, and stands at slot 0. Close ends it. Errors: ErrConfig, transition.ErrSpec, transition.ErrGenesis,
// geth.ErrStart.
func New(ctx context.Context, c Config) (*Chain, error) {
	if err := c.fill(); err != nil {
		return nil, err
	}
	rules, err := transition.NewRules(c.Spec, c.Rewards.ppmOf, c.Builders...)
	if err != nil {
		return nil, err
	}
	node, err := geth.Start(geth.Options{
		ChainID: c.Spec.DepositChainID, GenesisTime: c.GenesisTime, GasLimit: c.GasLimit, Balances: c.Balances, Deposits: c.Deposits,
		DataDir: c.DataDir, HTTPPort: c.ExecutionPort,
		OsakaTime: c.timeOf(c.Spec.FuluForkEpoch), AmsterdamTime: c.timeOf(c.Spec.GloasForkEpoch),
	})
	if err != nil {
		return nil, err
	}
	chain := &Chain{config: c, rules: rules, node: node, script: script{feeRecipient: c.FeeRecipient, bids: make(map[uint64]Bid)}}
	if err := chain.start(ctx); err != nil {
		return nil, errors.Join(err, node.Close())
	}
	return chain, nil
}

func (c *Chain) start(ctx context.Context) error {
	number, err := c.node.Client().BlockNumber(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("ask for the execution node's head: %w", err)
	case number != 0:
		return fmt.Errorf("%w: DataDir holds a chain of %d blocks; the beacon chain begins anew each time", ErrConfig, number)
	}
	var validators phase0.Root
	if c.tip, validators, err = c.genesis(); err != nil {
		return err
	}
	genesis := beaconapi.Genesis{Time: c.config.GenesisTime, ValidatorsRoot: validators}
	c.history = newHistory(c.rules, genesis, c.tip, c.config.KeepStates, c.config.KeepBlocks)
	if err := c.node.SetHead(ctx, c.tip.block.head, common.Hash{}, common.Hash{}); err != nil {
		return err
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", c.config.BeaconAddress)
	if err != nil {
		return fmt.Errorf("listen for the Beacon API: %w", err)
	}
	c.url = "http://" + listener.Addr().String()
	c.server = &http.Server{Handler: c.Handler(), ReadHeaderTimeout: 10 * time.Second}
	c.served = make(chan struct{})
	go func() {
		defer close(c.served)
		if err := c.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			c.config.Log.Error("The Beacon API ended.", "reason", err)
		}
	}()
	c.config.Log.InfoContext(ctx, "The chain stands at genesis.", "validators", len(c.config.Validators), "beacon", c.url, "execution", c.node.URL())
	return nil
}

// Close ends the Beacon API and the execution node. Connections are cut.
func (c *Chain) Close() error {
	err := c.server.Close()
	<-c.served
	return errors.Join(err, c.node.Close())
}

// Handler is the Beacon API, for who wants to put something between: a proxy that fails, a second address.
func (c *Chain) Handler() http.Handler { return beaconapi.New(c.history, version) }

// BeaconURL is where the Beacon API answers.
func (c *Chain) BeaconURL() string { return c.url }

// ExecutionURL is where the execution node answers JSON-RPC.
func (c *Chain) ExecutionURL() string { return c.node.URL() }

// Client asks the execution node inside the process.
func (c *Chain) Client() *ethclient.Client { return c.node.Client() }

// Spec is the network's parameters.
func (c *Chain) Spec() transition.Spec { return c.rules.Spec() }

// Rules are those of Spec that a deployment's manifest names.
func (c *Chain) Rules() manifest.BeaconRules {
	spec := c.Spec()
	return manifest.BeaconRules{
		EffectiveBalanceIncrementGwei: spec.EffectiveBalanceIncrementGwei, BaseRewardFactor: spec.BaseRewardFactor,
		EpochsPerSlashingsVector: spec.EpochsPerSlashingsVector, ProportionalSlashingMultiplier: spec.ProportionalSlashingMultiplier,
		MinValidatorWithdrawabilityDelay: spec.MinValidatorWithdrawabilityDelay,
	}
}

// States are what a deployment's StateProofs is told of the chain's states.
func (c *Chain) States() manifest.States {
	return manifest.States{SlotsPerHistoricalRoot: c.Spec().SlotsPerHistoricalRoot, GloasForkEpoch: c.Spec().GloasForkEpoch}
}

// GenesisTime is the timestamp of slot 0, in seconds.
func (c *Chain) GenesisTime() uint64 { return c.config.GenesisTime }

// Block tells what a slot's block is.
type Block struct {
	Slot          uint64
	Root          common.Hash // of the beacon block
	ParentRoot    common.Hash
	StateRoot     common.Hash
	ExecutionHash common.Hash // of its payload: in it, or from Gloas on what it bids for
	Number        uint64      // of that execution block
	Delivered     bool        // that payload, so that the next block builds upon it
	KnownHash     common.Hash // the newest execution block that its state knows: up to Fulu its own payload
	Header        state.BlockHeader
}

func (b *block) public() Block {
	return Block{
		Slot: b.slot(), Root: common.Hash(b.root), ParentRoot: common.Hash(b.header.ParentRoot), StateRoot: common.Hash(b.header.StateRoot),
		ExecutionHash: b.execution, Number: b.number, Delivered: b.requests != nil, KnownHash: b.known,
		Header: state.BlockHeader{
			Slot: b.slot(), ProposerIndex: uint64(b.header.ProposerIndex),
			ParentRoot: common.Hash(b.header.ParentRoot), StateRoot: common.Hash(b.header.StateRoot), BodyRoot: common.Hash(b.header.BodyRoot),
		},
	}
}

// Slot is the current slot.
func (c *Chain) Slot() uint64 {
	slot, _ := c.history.Clock()
	return slot
}

// Head is the newest block.
func (c *Chain) Head() Block { return c.history.head().public() }

// BlockAt is the canonical block at or before slot. Errors: beaconapi.ErrNotFound.
func (c *Chain) BlockAt(slot uint64) (Block, error) {
	r, err := c.history.record(slot)
	if err != nil {
		return Block{}, err
	}
	return r.block.public(), nil
}

// Finalized is the finalized checkpoint by the head's state: its epoch and the root of the last block at or before the epoch's first slot.
func (c *Chain) Finalized() (epoch uint64, root common.Hash) {
	finalized := c.history.checkpoints().finalized
	return uint64(finalized.Epoch), common.Hash(finalized.Root)
}

// State is a copy of the canonical state at slot, with or without a block. Errors: beaconapi.ErrNotFound.
func (c *Chain) State(slot uint64) (*transition.State, error) {
	r, err := c.history.record(slot)
	if err != nil {
		return nil, err
	}
	if r.ssz == nil {
		return nil, fmt.Errorf("state of slot %d: %w", slot, beaconapi.ErrNotFound)
	}
	return c.rules.Decode(r.ssz)
}

// checkpointPair is what a head's state says of finality.
type checkpointPair struct{ justified, finalized phase0.Checkpoint }
