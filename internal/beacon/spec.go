package beacon

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// maxSpecValueBytes bounds one value of a spec.
const maxSpecValueBytes = 64 << 10

// NodeSpec is one endpoint's configuration of the network.
type NodeSpec struct {
	Endpoint string            // redacted name
	Values   map[string]string // every value that is a string, by its name
}

// Specs are the nodes' configurations of the network, /eth/v1/config/spec, of every endpoint that answers and follows the expected
// network. Values of other types than strings, such as the blob schedule, are left out. Errors: every endpoint's reason when none
// can be used.
func (c *Client) Specs(ctx context.Context) ([]NodeSpec, error) {
	_, specs, _ := askEach(ctx, c, c.pool.Endpoints, "the network's parameters", asOne(c, c.nodeSpec))
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%s: %w", specCall.doing, context.Cause(ctx))
	}
	if len(specs) > 0 {
		return specs, nil
	}
	only, err := endpoint.Ask(ctx, c.pool, specCall.doing, c.nodeSpec)
	if err != nil {
		return nil, err
	}
	return []NodeSpec{only}, nil
}

func (c *Client) nodeSpec(ctx context.Context, e *endpoint.Endpoint) (NodeSpec, error) {
	values, err := c.specOf(ctx, e)
	return NodeSpec{Endpoint: e.Name, Values: values}, err
}

// specOf refuses a spec that is not the expected network's every time: a node may change what it says. Errors: ErrWrongChain, ErrMalformed ...
func (c *Client) specOf(ctx context.Context, e *endpoint.Endpoint) (map[string]string, error) {
	values, err := getJSON(ctx, c, e, specCall, decodeSpec)
	if err != nil {
		return nil, err
	}
	difference, err := c.options.Network.differsFromSpec(values)
	if err != nil {
		return nil, malformed(e, specCall, err)
	}
	if difference != "" {
		return nil, refusal(e, specCall, ErrWrongChain, difference)
	}
	return values, nil
}

func decodeSpec(answer object) (map[string]string, error) {
	data := answer.object("data")
	values := make(map[string]string, len(data.fields))
	for name, raw := range data.fields {
		if raw[0] != '"' {
			continue
		}
		values[name] = data.text(name)
		if len(values[name]) > maxSpecValueBytes {
			return nil, fmt.Errorf("%.80s is longer than %d bytes", data.at(name), maxSpecValueBytes)
		}
	}
	return values, answer.err()
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
	for _, p := range n.expected() {
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
	return n.differsInForks(spec)
}

// differsInForks names the first fork that the node knows otherwise: after it the node would follow another chain, or none.
func (n Network) differsInForks(spec map[string]string) (string, error) {
	for _, f := range n.Forks {
		var version [4]byte
		if err := parseHex(spec[f.Name+"_FORK_VERSION"], version[:]); err != nil {
			return "", fmt.Errorf("%s_FORK_VERSION: %w", f.Name, err)
		}
		if version != f.Version {
			return fmt.Sprintf("%s_FORK_VERSION %#x, expected %#x", f.Name, version, f.Version), nil
		}
		if f.Name == "GENESIS" {
			continue // The only one without an epoch in the spec.
		}
		epoch, err := parseUint(spec[f.Name+"_FORK_EPOCH"])
		if err != nil {
			return "", fmt.Errorf("%s_FORK_EPOCH: %w", f.Name, err)
		}
		if epoch != f.Epoch {
			return fmt.Sprintf("%s_FORK_EPOCH %d, expected %d", f.Name, epoch, f.Epoch), nil
		}
	}
	return "", nil
}

type expectation struct {
	name     string
	expected uint64
}

// expected are the numbers that a spec must have.
func (n Network) expected() []expectation {
	all := []expectation{{"SLOTS_PER_EPOCH", n.SlotsPerEpoch}, {"DEPOSIT_CHAIN_ID", n.DepositChainID}}
	for _, rule := range []expectation{
		{"EFFECTIVE_BALANCE_INCREMENT", n.Rules.EffectiveBalanceIncrementGwei}, {"BASE_REWARD_FACTOR", n.Rules.BaseRewardFactor},
		{"EPOCHS_PER_SLASHINGS_VECTOR", n.Rules.EpochsPerSlashingsVector},
		{"PROPORTIONAL_SLASHING_MULTIPLIER_BELLATRIX", n.Rules.ProportionalSlashingMultiplier},
		{"MIN_VALIDATOR_WITHDRAWABILITY_DELAY", n.Rules.MinValidatorWithdrawabilityDelay},
	} {
		if rule.expected != 0 {
			all = append(all, rule)
		}
	}
	return all
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
