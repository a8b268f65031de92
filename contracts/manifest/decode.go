package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

const (
	maxManifestBytes = 1 << 16 // ample, and little work for a YAML decoder that takes quadratic time
	maxFaults        = 8       // that one error lists
	maxFaultLength   = 200
	keyDepth         = 2 // of a manifest's keys
)

// Decode reads a manifest of at most 64 KiB. Unknown keys and impossible values are refused, naming the key. Errors: ErrInvalid.
func Decode(r io.Reader) (*Manifest, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifestBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	if len(data) > maxManifestBytes {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrInvalid, maxManifestBytes)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	m := Manifest{SubmitStaggerSeconds: DefaultSubmitStaggerSeconds, States: DefaultStates()} // They may be left out.
	if err := decoder.Decode(&m); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalid, withKey(err, data))
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: more than one document", ErrInvalid)
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
