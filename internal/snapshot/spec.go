package snapshot

import (
	"context"
	"errors"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// ErrSpecDisagreement: beacon nodes name different network parameters.
var ErrSpecDisagreement = errors.New("beacon nodes disagree on the network's parameters: find out which is wrong and remove it; until then nothing is reported")

// network is a network's parameters, and the nodes that named them.
type network struct {
	state.Spec
	nodes []beacon.NodeSpec
}

// networkIn is the network's parameters in an epoch. Those that a state root does not vouch for are the manifest's; in the others, which say how a state is laid
// out, all nodes that answer must agree, else one could make every other node's state unreadable. They are asked for each time: forks are scheduled while
// this runs, and nodes without the next one yet must not stop the reports before it.
func (g *Builder) networkIn(ctx context.Context, epoch uint64) (network, error) {
	nodes, err := g.o.Beacon.Specs(ctx)
	if err != nil {
		return network{}, fmt.Errorf("ask for the network's parameters: %w", err)
	}
	var (
		agreed   network
		from     string
		failures []error
	)
	for _, node := range nodes {
		spec, err := state.ParseSpec(node.Values)
		if err != nil {
			failures = append(failures, fmt.Errorf("beacon node %s: %w", node.Endpoint, err))
			continue
		}
		if difference := g.contradiction(spec); difference != "" {
			failures = append(failures, fmt.Errorf("beacon node %s: %w: %s", node.Endpoint, ErrContradiction, difference))
			continue
		}
		if from == "" {
			agreed.Spec, from = spec, node.Endpoint
		}
		if difference := spec.Until(epoch).Difference(agreed.Until(epoch)); difference != "" {
			return network{}, fmt.Errorf("%w: %s says %s, %s says otherwise", ErrSpecDisagreement, node.Endpoint, difference, from)
		}
		agreed.nodes = append(agreed.nodes, node)
	}
	if from == "" {
		return network{}, fmt.Errorf("take the network's parameters: %w", errors.Join(failures...))
	}
	return agreed, nil
}

// contradiction says in what a node's parameters are not the manifest's; empty when they are.
func (g *Builder) contradiction(s state.Spec) string {
	rules := beacon.Rules{
		EffectiveBalanceIncrementGwei: s.EffectiveBalanceIncrementGwei, BaseRewardFactor: s.BaseRewardFactor, EpochsPerSlashingsVector: s.EpochsPerSlashingsVector,
		ProportionalSlashingMultiplier: s.ProportionalSlashingMultiplier, MinValidatorWithdrawabilityDelay: s.MinValidatorWithdrawabilityDelay,
	}
	switch {
	case s.SlotsPerEpoch != g.schedule.SlotsPerEpoch || s.SecondsPerSlot != g.schedule.SecondsPerSlot:
		return fmt.Sprintf("epochs of %d slots of %d seconds, the manifest has %d of %d", s.SlotsPerEpoch, s.SecondsPerSlot, g.schedule.SlotsPerEpoch, g.schedule.SecondsPerSlot)
	case rules != beacon.Rules(g.o.Manifest.Rules):
		return fmt.Sprintf("rules %+v, the manifest has %+v", rules, g.o.Manifest.Rules)
	}
	return ""
}
