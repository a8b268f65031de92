package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/presets"
)

// maxSpecBytes bounds a file of network parameters.
const maxSpecBytes = 1 << 20

// errSpecFile: the file holds no network parameters.
var errSpecFile = errors.New("want YAML keys and values as in the consensus specs, or the JSON of /eth/v1/config/spec")

// loadSpec returns the built-in parameters of a public network, or those of a file.
func loadSpec(nameOrFile string) (state.Spec, error) {
	if public, known := presets.ByName(nameOrFile); known {
		return publicSpec(public), nil
	}
	data, err := readUpTo(nameOrFile, maxSpecBytes)
	if err != nil {
		return state.Spec{}, fmt.Errorf("network parameters: %w", err)
	}
	values, err := parseSpecFile(data)
	if err != nil {
		return state.Spec{}, fmt.Errorf("network parameters of %s: %w", nameOrFile, err)
	}
	spec, err := state.ParseSpec(values)
	if err != nil {
		return state.Spec{}, fmt.Errorf("network parameters of %s: %w", nameOrFile, err)
	}
	return spec, nil
}

// publicSpec has mainnet's preset, as every public network, and the network's own forks.
func publicSpec(n presets.Network) state.Spec {
	spec := state.Mainnet()
	for _, f := range state.Forks() {
		spec.Activations[f-1].Epoch = math.MaxUint64 // no date yet
		for _, public := range n.Forks {
			if public.Name == strings.ToUpper(f.String()) {
				spec.Activations[f-1] = state.Activation{Version: public.Version, Epoch: public.Epoch}
			}
		}
	}
	return spec
}

// parseSpecFile reads the single values of a YAML file as they are written, or of the answer of /eth/v1/config/spec. Lists and objects,
// which some parameters are, are left out. Errors: errSpecFile.
func parseSpecFile(data []byte) (map[string]string, error) {
	if len(data) > maxSpecBytes {
		return nil, fmt.Errorf("%w: more than %d bytes", errSpecFile, maxSpecBytes)
	}
	if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return parseSpecJSON(data)
	}
	return parseSpecYAML(data)
}

func parseSpecJSON(data []byte) (map[string]string, error) {
	var answer struct {
		Data map[string]json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, fmt.Errorf("%w: %w", errSpecFile, err)
	}
	if answer.Data == nil {
		return nil, fmt.Errorf("%w: the JSON has no member data", errSpecFile)
	}
	values := make(map[string]string, len(answer.Data))
	for key, raw := range answer.Data {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			values[key] = text
		}
	}
	return values, nil
}

func parseSpecYAML(data []byte) (map[string]string, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, fmt.Errorf("%w: %w", errSpecFile, err)
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return nil, errSpecFile
	}
	top := document.Content[0].Content
	values := make(map[string]string, len(top)/2)
	for i := 0; i+1 < len(top); i += 2 {
		key, value := top[i], top[i+1]
		if _, twice := values[key.Value]; twice {
			return nil, fmt.Errorf("%w: line %d: %s twice", errSpecFile, key.Line, key.Value)
		}
		if key.Kind == yaml.ScalarNode && value.Kind == yaml.ScalarNode {
			values[key.Value] = value.Value
		}
	}
	return values, nil
}
