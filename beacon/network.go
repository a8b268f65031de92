package beacon

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/ethereum/go-ethereum/common"
)

// Bounds of a spec and of a network.
const (
	maxSpecValueBytes = 64 << 10
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
	return ask(ctx, c, genesisCall.doing, c.genesisOf)
}

// Spec is the node's configuration of the network, /eth/v1/config/spec: every value that is a string, by its name. Values of other
// types, such as the blob schedule, are left out.
func (c *Client) Spec(ctx context.Context) (map[string]string, error) {
	return ask(ctx, c, specCall.doing, c.specOf)
}

func (c *Client) genesisOf(ctx context.Context, e *endpoint) (Genesis, error) {
	return getJSON(ctx, c, e, genesisCall, decodeGenesis)
}

func (c *Client) specOf(ctx context.Context, e *endpoint) (map[string]string, error) {
	return getJSON(ctx, c, e, specCall, decodeSpec)
}

var (
	genesisCall = call{doing: "read genesis", path: "/eth/v1/beacon/genesis"}
	specCall    = call{doing: "read the spec", path: "/eth/v1/config/spec", maxBytes: maxSpecBytes}
)

func decodeGenesis(answer object) (g Genesis, err error) {
	data, err := answer.object("data")
	if err != nil {
		return g, err
	}
	if g.Time, err = data.uint("genesis_time"); err != nil {
		return g, err
	}
	if g.ValidatorsRoot, err = data.hash("genesis_validators_root"); err != nil {
		return g, err
	}
	return g, data.bytes("genesis_fork_version", g.ForkVersion[:])
}

func decodeSpec(answer object) (map[string]string, error) {
	data, err := answer.object("data")
	if err != nil {
		return nil, err
	}
	values := make(map[string]string, len(data.fields))
	for name, raw := range data.fields {
		if raw[0] != '"' {
			continue
		}
		value, err := data.text(name)
		if err != nil {
			return nil, err
		}
		if len(value) > maxSpecValueBytes {
			return nil, fmt.Errorf("%.80s is longer than %d bytes", data.at(name), maxSpecValueBytes)
		}
		values[name] = value
	}
	return values, nil
}

// verify makes sure that the endpoint follows the expected network; it asks only while that is not known.
func (c *Client) verify(ctx context.Context, e *endpoint) error {
	if e.isVerified() {
		return nil
	}
	genesis, err := c.genesisOf(ctx, e)
	if err != nil {
		return err
	}
	if difference := c.options.Network.differsFromGenesis(genesis); difference != "" {
		return e.refusal(genesisCall, ErrWrongChain, difference)
	}
	spec, err := c.specOf(ctx, e)
	if err != nil {
		return err
	}
	difference, err := c.options.Network.differsFromSpec(spec)
	if err != nil {
		return e.malformed(specCall, err)
	}
	if difference != "" {
		return e.refusal(specCall, ErrWrongChain, difference)
	}
	e.setVerified()
	c.options.Log.Info("beacon node follows the expected network", "endpoint", e.name)
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

// differsFromSpec names the first difference, empty when there is none. Its error says what the spec lacks.
func (n Network) differsFromSpec(spec map[string]string) (string, error) {
	secondsPerSlot, err := slotSeconds(spec)
	if err != nil {
		return "", err
	}
	if secondsPerSlot != n.SecondsPerSlot {
		return fmt.Sprintf("slots of %d seconds, expected %d", secondsPerSlot, n.SecondsPerSlot), nil
	}
	for _, p := range []struct {
		name     string
		expected uint64
	}{{"SLOTS_PER_EPOCH", n.SlotsPerEpoch}, {"DEPOSIT_CHAIN_ID", n.DepositChainID}} {
		value, err := parseUint(spec[p.name])
		if err != nil {
			return "", fmt.Errorf("%s: %w", p.name, err)
		}
		if value != p.expected {
			return fmt.Sprintf("%s %d, expected %d", p.name, value, p.expected), nil
		}
	}
	var contract common.Address
	if err := parseHex(spec["DEPOSIT_CONTRACT_ADDRESS"], contract[:]); err != nil {
		return "", fmt.Errorf("DEPOSIT_CONTRACT_ADDRESS: %w", err)
	}
	if contract != n.DepositContract {
		return fmt.Sprintf("DEPOSIT_CONTRACT_ADDRESS %s, expected %s", contract, n.DepositContract), nil
	}
	return "", nil
}

// slotSeconds is the length of a slot: SECONDS_PER_SLOT, or SLOT_DURATION_MS, which replaces it in newer consensus specs.
func slotSeconds(spec map[string]string) (uint64, error) {
	if text, ok := spec["SECONDS_PER_SLOT"]; ok {
		seconds, err := parseUint(text)
		if err != nil {
			return 0, fmt.Errorf("SECONDS_PER_SLOT: %w", err)
		}
		return seconds, nil
	}
	text, ok := spec["SLOT_DURATION_MS"]
	if !ok {
		return 0, fmt.Errorf("neither SECONDS_PER_SLOT nor SLOT_DURATION_MS is there")
	}
	whole, isWhole := strings.CutSuffix(text, "000")
	seconds, err := strconv.ParseUint(whole, 10, 64)
	if err != nil || !isWhole {
		return 0, fmt.Errorf("SLOT_DURATION_MS %.40q is not a number of whole seconds", text)
	}
	return seconds, nil
}
