package snapshot

import (
	"errors"
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/presets"
	"github.com/tidemark-oracle/tidemark/report"
)

// publicExitParameters are those that are publicly known of the manifest's network; nil for a network of one's own.
func (g *Builder) publicExitParameters() map[string]string {
	if _, known := presets.ByChainID(g.o.Manifest.ChainID); known {
		return presets.ExitParameters()
	}
	return nil
}

// exitRules are the network's parameters of exits in a fork. No state root vouches for them, and manifests do not pin them, for they decide nothing on chain yet. So all
// nodes that name them must agree, and on a public network say what is known of it.
func exitRules(nodes []beacon.NodeSpec, fork state.Fork, public map[string]string) (report.ExitRules, error) {
	var (
		agreed   report.ExitRules
		from     string
		failures []error
	)
	for _, node := range nodes {
		rules, err := nodesExitRules(node, fork, public)
		if err != nil {
			failures = append(failures, fmt.Errorf("beacon node %s: %w", node.Endpoint, err))
			continue
		}
		if from == "" {
			agreed, from = rules, node.Endpoint
		}
		if difference := state.ExitRulesDifference(rules, agreed); difference != "" {
			return report.ExitRules{}, fmt.Errorf("%w: %s says %s, %s says otherwise", ErrSpecDisagreement, node.Endpoint, difference, from)
		}
	}
	if from == "" {
		return report.ExitRules{}, errors.Join(failures...)
	}
	return agreed, nil
}

// nodesExitRules are one node's. Errors: state.ErrSpec, state.ErrUnknownFork, ErrContradiction.
func nodesExitRules(node beacon.NodeSpec, fork state.Fork, public map[string]string) (report.ExitRules, error) {
	rules, err := state.ParseExitRules(node.Values, fork)
	if err != nil || public == nil {
		return rules, err
	}
	known, err := state.ParseExitRules(public, fork)
	if err != nil {
		return report.ExitRules{}, err
	}
	if difference := state.ExitRulesDifference(rules, known); difference != "" {
		return report.ExitRules{}, fmt.Errorf("%w: %s on this public network", ErrContradiction, difference)
	}
	return rules, nil
}
