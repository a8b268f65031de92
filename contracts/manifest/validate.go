package manifest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/internal/presets"
	"github.com/tidemark-oracle/tidemark/report"
)

const (
	maxNameLength     = 64
	maxBootstrapPeers = 64
	maxPeerLength     = 512
	maxStaggerSeconds = 3600
)

func impossible(key string, why error) error { return fmt.Errorf("%w: %s: %w", ErrInvalid, key, why) }

var errMissing = errors.New("is missing")

func (m *Manifest) validate() error {
	switch {
	case m.Version != Version:
		return impossible("version", fmt.Errorf("%d is not %d", m.Version, Version))
	case m.ChainID == 0:
		return impossible("chainId", errMissing)
	}
	if key, why := m.Fault(); why != nil {
		return impossible(key, why)
	}
	if key, why := m.Bounds.Fault(report.Schedule(m.Schedule)); why != nil {
		return impossible("bounds."+key, why)
	}
	return m.validateContracts()
}

// Fault says what cannot be in the network that the manifest describes, by its key, and why; nil when all can. It looks at neither the contracts nor the
// pool's bounds. What is publicly known of the network with this chain id must be what the manifest says.
func (m *Manifest) Fault() (key string, why error) {
	switch {
	case m.Name == "" || len(m.Name) > maxNameLength:
		return "name", fmt.Errorf("is missing or longer than %d", maxNameLength)
	case strings.ContainsFunc(m.Name, func(r rune) bool { return r < ' ' || r > '~' }):
		return "name", errors.New("holds other characters than printable ASCII")
	case len(m.GenesisForkVersion) != 4:
		return "genesisForkVersion", fmt.Errorf("%d bytes are not 4", len(m.GenesisForkVersion))
	case m.DepositContract == (common.Address{}):
		return "depositContract", errMissing
	case m.Rules.missing() != "":
		return "rules." + m.Rules.missing(), errors.New("is missing: every parameter of the beacon chain's spec must be named")
	}
	if key, why := m.States.fault(m.Schedule.SlotsPerEpoch); why != nil {
		return "states." + key, why
	}
	if key, why := m.publicFault(); why != nil {
		return key, why
	}
	if at, why := peersFault(m.BootstrapPeers); why != nil {
		return "bootstrapPeers" + at, why
	}
	if err := report.Schedule(m.Schedule).Validate(); err != nil {
		return "schedule", fmt.Errorf("cannot be kept: %w", err)
	}
	switch {
	case m.SubmitStaggerSeconds == 0:
		return "submitStaggerSeconds", errors.New("is zero: all members would submit at once")
	case m.SubmitStaggerSeconds > maxStaggerSeconds:
		return "submitStaggerSeconds", fmt.Errorf("is above %d: is it in another unit?", maxStaggerSeconds)
	}
	return "", nil
}

// publicFault is the first fact that is another than the public network's with this chain id; none for a chain that is not known publicly.
func (m *Manifest) publicFault() (key string, why error) {
	n, known := presets.ByChainID(m.ChainID)
	if !known {
		return "", nil
	}
	version, states := n.GenesisForkVersion(), StatesOf(n)
	if states.GloasForkEpoch == UnknownEpoch { // Nobody knew it when this program was made.
		states.GloasForkEpoch = m.States.GloasForkEpoch
	}
	for _, fact := range []struct {
		key       string
		has, want any
	}{
		{"schedule.genesisTime", m.Schedule.GenesisTime, n.GenesisTime}, {"schedule.secondsPerSlot", m.Schedule.SecondsPerSlot, n.SecondsPerSlot},
		{"schedule.slotsPerEpoch", m.Schedule.SlotsPerEpoch, n.SlotsPerEpoch}, {"depositContract", m.DepositContract, n.DepositContract},
		{"genesisForkVersion", m.GenesisForkVersion.String(), hexutil.Encode(version[:])},
		{"states.slotsPerHistoricalRoot", m.States.SlotsPerHistoricalRoot, states.SlotsPerHistoricalRoot},
		{"states.gloasForkEpoch", m.States.GloasForkEpoch, states.GloasForkEpoch},
	} {
		if fact.has != fact.want {
			return fact.key, fmt.Errorf("%v is not %v, that of %s, which has chain id %d", fact.has, fact.want, n.Name, m.ChainID)
		}
	}
	return "", nil
}

// peersFault says which peer is wrong ("[2]", or empty for the list) and why; nil when none is.
func peersFault(peers []string) (at string, why error) {
	if len(peers) > maxBootstrapPeers {
		return "", fmt.Errorf("has more than %d entries", maxBootstrapPeers)
	}
	for i, peer := range peers {
		notPrintable := strings.ContainsFunc(peer, func(r rune) bool { return r <= ' ' || r > '~' })
		if len(peer) > maxPeerLength || notPrintable || !strings.HasPrefix(peer, "/") || !strings.Contains(peer, "/p2p/") {
			return fmt.Sprintf("[%d]", i), fmt.Errorf("is no multiaddress with a peer id (/ip4/.../tcp/.../p2p/...) of at most %d characters", maxPeerLength)
		}
	}
	return "", nil
}

func (m *Manifest) validateContracts() error {
	seen := make(map[common.Address]string)
	var names []string
	for _, c := range m.Contracts.All() {
		if *c.Address == (common.Address{}) {
			return impossible("contracts."+c.key, errMissing)
		}
		if other, twice := seen[*c.Address]; twice {
			return impossible("contracts."+c.key, fmt.Errorf("is the address of %s too: they cannot have one address", other))
		}
		if *c.Address == m.DepositContract {
			return impossible("contracts."+c.key, errors.New("is the address of the deposit contract too"))
		}
		seen[*c.Address] = c.key
		if m.CodeHashes[c.Name] == (common.Hash{}) {
			return impossible("codeHashes."+c.Name, errMissing)
		}
		names = append(names, c.Name)
	}
	for name := range m.CodeHashes {
		if !slices.Contains(names, name) {
			return impossible(fmt.Sprintf("codeHashes.%.64q", name), errors.New("is no contract of the set"))
		}
	}
	return nil
}
