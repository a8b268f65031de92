package beacon

import (
	"context"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// Bounds of a network.
const (
	maxSecondsPerSlot = 1 << 16
	maxSlotsPerEpoch  = 1 << 13
)

// Network is what every endpoint must follow: from the manifest, never from a node.
type Network struct {
	GenesisTime           uint64      // timestamp of slot 0, in seconds
	GenesisValidatorsRoot common.Hash // zero: not known beforehand, and not compared
	GenesisForkVersion    [4]byte
	DepositChainID        uint64
	DepositContract       common.Address
	SecondsPerSlot        uint64
	SlotsPerEpoch         uint64
	Rules                 Rules
	Forks                 []Fork // those that every node must know of; those of a public network
}

// Fork is an upgrade of the consensus rules.
type Fork struct {
	Name    string // as in the spec's NAME_FORK_VERSION: "ELECTRA"
	Version [4]byte
	Epoch   uint64 // its first
}

// Rules are parameters of the consensus rules that no state root vouches for, so that a node could lie about them unnoticed. Zero: not known
// beforehand, and not compared.
type Rules struct {
	EffectiveBalanceIncrementGwei    uint64
	BaseRewardFactor                 uint64
	EpochsPerSlashingsVector         uint64
	ProportionalSlashingMultiplier   uint64 // of Bellatrix and later
	MinValidatorWithdrawabilityDelay uint64 // epochs
}

func (n Network) validate() error {
	if n.SecondsPerSlot == 0 || n.SecondsPerSlot > maxSecondsPerSlot || n.SlotsPerEpoch == 0 || n.SlotsPerEpoch > maxSlotsPerEpoch {
		return fmt.Errorf("slots of %d seconds, epochs of %d slots: %w", n.SecondsPerSlot, n.SlotsPerEpoch, ErrConfig)
	}
	return nil
}

// startOf is the first slot of epoch; ok is false when it does not fit in 64 bits.
func (n Network) startOf(epoch uint64) (slot uint64, ok bool) {
	slot = epoch * n.SlotsPerEpoch
	return slot, slot/n.SlotsPerEpoch == epoch
}

// Genesis is a node's answer to /eth/v1/beacon/genesis.
type Genesis struct {
	Time           uint64 // timestamp of slot 0, in seconds
	ValidatorsRoot common.Hash
	ForkVersion    [4]byte
}

// Genesis is the network's genesis, the same from every endpoint that is used.
func (c *Client) Genesis(ctx context.Context) (Genesis, error) {
	return endpoint.Ask(ctx, c.pool, genesisCall.doing, c.genesisOf)
}

func (c *Client) genesisOf(ctx context.Context, e *endpoint.Endpoint) (Genesis, error) {
	return getJSON(ctx, c, e, genesisCall, decodeGenesis)
}

var (
	genesisCall = call{doing: "read genesis", path: "/eth/v1/beacon/genesis"}
	specCall    = call{doing: "read the spec", path: "/eth/v1/config/spec", maxBytes: maxSpecBytes}
)

func decodeGenesis(answer object) (g Genesis, err error) {
	data := answer.object("data")
	g.Time, g.ValidatorsRoot = data.uint("genesis_time"), data.hash("genesis_validators_root")
	data.bytes("genesis_fork_version", g.ForkVersion[:])
	return g, answer.err()
}

// checkNetwork makes sure that the endpoint follows the expected network.
func (c *Client) checkNetwork(ctx context.Context, e *endpoint.Endpoint) error {
	genesis, err := c.genesisOf(ctx, e)
	if err != nil {
		return err
	}
	if difference := c.options.Network.differsFromGenesis(genesis); difference != "" {
		return refusal(e, genesisCall, ErrWrongChain, difference)
	}
	if _, err := c.specOf(ctx, e); err != nil {
		return err
	}
	c.options.Log.Info("beacon node follows the expected network", "endpoint", e.Name)
	return nil
}

// differsFromGenesis names the first difference, empty when there is none.
func (n Network) differsFromGenesis(g Genesis) string {
	switch {
	case g.Time != n.GenesisTime:
		return fmt.Sprintf("genesis time %d, expected %d", g.Time, n.GenesisTime)
	case n.GenesisValidatorsRoot != (common.Hash{}) && g.ValidatorsRoot != n.GenesisValidatorsRoot:
		return fmt.Sprintf("genesis validators root %s, expected %s", g.ValidatorsRoot, n.GenesisValidatorsRoot)
	case g.ForkVersion != n.GenesisForkVersion:
		return fmt.Sprintf("genesis fork version %#x, expected %#x", g.ForkVersion, n.GenesisForkVersion)
	}
	return ""
}
