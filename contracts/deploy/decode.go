package deploy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"go.yaml.in/yaml/v3"

	"github.com/tidemark-oracle/tidemark/report"
)

const (
	maxManifestBytes = 1 << 16 // ample, and little work for a YAML decoder that takes quadratic time
	maxFaults        = 8       // that one error lists
	maxFaultLength   = 200
	keyDepth         = 2 // of a manifest's keys
)

// DecodeManifest reads a manifest of at most 64 KiB. Unknown keys and impossible values are refused, naming the key. Errors: ErrManifest.
func DecodeManifest(r io.Reader) (*Manifest, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifestBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	if len(data) > maxManifestBytes {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrManifest, maxManifestBytes)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	m := Manifest{SubmitStaggerSeconds: DefaultSubmitStaggerSeconds} // It may be left out.
	if err := decoder.Decode(&m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrManifest, withKey(err, data))
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: more than one document", ErrManifest)
	}
	if m.BootstrapPeers == nil {
		m.BootstrapPeers = []string{}
	}
	if err := m.validate(); err != nil {
		return nil, err
	}
	return &m, nil
}

// withKey puts the key before what a YAML error says about its value, and cuts long lists of faults.
func withKey(err error, data []byte) error {
	said := err.Error()
	if fault := new(yaml.TypeError); errors.As(err, &fault) {
		shown := make([]string, 0, maxFaults)
		for _, f := range fault.Errors[:min(len(fault.Errors), maxFaults)] {
			shown = append(shown, f[:min(len(f), maxFaultLength)])
		}
		if more := len(fault.Errors) - maxFaults; more > 0 {
			shown = append(shown, fmt.Sprintf("and %d more", more))
		}
		said = strings.Join(shown, "; ")
	}
	var document yaml.Node
	if yaml.Unmarshal(data, &document) == nil && len(document.Content) == 1 {
		if key := wrongKey(document.Content[0], keyDepth, func(n *yaml.Node) *yaml.Node { return n }); key != "" {
			said = key + ": " + said
		}
	}
	return errors.New(said)
}

// wrongKey is the first key at most depth below n, joined by dots, that cannot be decoded when it stands alone; in gives n its place in a manifest.
func wrongKey(n *yaml.Node, depth int, in func(*yaml.Node) *yaml.Node) string {
	if n.Kind != yaml.MappingNode || depth == 0 {
		return ""
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		alone := func(v *yaml.Node) *yaml.Node {
			return in(&yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{key, v}})
		}
		if alone(value).Decode(new(Manifest)) == nil {
			continue
		}
		if inner := wrongKey(value, depth-1, alone); inner != "" {
			return key.Value + "." + inner
		}
		return key.Value[:min(len(key.Value), maxFaultLength)]
	}
	return ""
}

func impossible(key, why string) error { return fmt.Errorf("%w: %s: %s", ErrManifest, key, why) }

func (m *Manifest) validate() error {
	switch {
	case m.Version != manifestVersion:
		return impossible("version", fmt.Sprintf("%d is not %d", m.Version, manifestVersion))
	case nameFault(m.Name) != "":
		return impossible("name", nameFault(m.Name))
	case m.ChainID == 0:
		return impossible("chainId", "is missing")
	case len(m.GenesisForkVersion) != 4:
		return impossible("genesisForkVersion", fmt.Sprintf("%d bytes are not 4", len(m.GenesisForkVersion)))
	case m.DepositContract == (common.Address{}):
		return impossible("depositContract", "is missing")
	case m.Rules.missing() != "":
		return impossible("rules."+m.Rules.missing(), "is missing: every parameter of the beacon chain's spec must be named")
	}
	if key, why := m.facts().differ(m.ChainID); key != "" {
		return impossible(key, why)
	}
	if at, fault := peersFault(m.BootstrapPeers); fault != "" {
		return impossible("bootstrapPeers"+at, fault)
	}
	if err := report.Schedule(m.Schedule).Validate(); err != nil {
		return fmt.Errorf("%w: schedule: %w", ErrManifest, err)
	}
	if fault := staggerFault(m.SubmitStaggerSeconds); fault != "" {
		return impossible("submitStaggerSeconds", fault)
	}
	if key, why := m.Bounds.fault(report.Schedule(m.Schedule)); key != "" {
		return impossible("bounds."+key, why)
	}
	return m.validateContracts()
}

func (m *Manifest) validateContracts() error {
	seen := make(map[common.Address]string)
	var names []string
	for _, n := range m.Contracts.all() {
		if *n.address == (common.Address{}) {
			return impossible("contracts."+n.key, "is missing")
		}
		if other, twice := seen[*n.address]; twice {
			return impossible("contracts."+n.key, "is the address of "+other+" too: they cannot have one address")
		}
		if *n.address == m.DepositContract {
			return impossible("contracts."+n.key, "is the address of the deposit contract too")
		}
		seen[*n.address] = n.key
		if m.CodeHashes[n.name] == (common.Hash{}) {
			return impossible("codeHashes."+n.name, "is missing")
		}
		names = append(names, n.name)
	}
	for name := range m.CodeHashes {
		if !slices.Contains(names, name) {
			return impossible(fmt.Sprintf("codeHashes.%.64q", name), "is no contract of the set")
		}
	}
	return nil
}
