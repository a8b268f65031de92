package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"
	"go.yaml.in/yaml/v3"
)

// MaxConfigBytes bounds the settings file.
const MaxConfigBytes = 64 << 10

// errConfig: the settings file cannot be used. It is wrapped with key and line.
var errConfig = errors.New("refused settings file")

// readConfig has viper read the settings file. All errors are errors of usage.
func readConfig(layers *viper.Viper, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return Usagef("settings: %w", err)
	}
	defer file.Close()
	layers.SetConfigType("yaml")
	err = layers.ReadConfig(io.LimitReader(file, MaxConfigBytes+1))
	if parse := (viper.ConfigParseError{}); errors.As(err, &parse) {
		return Usagef("%s: %w", path, parse.Unwrap())
	} else if err != nil {
		return Usagef("settings: %w", err)
	}
	return nil
}

// configDecoder is viper's decoder of settings files. It is strict: a mistake is refused and not ignored.
type configDecoder struct{ known []*pflag.Flag }

// Decoder is the same for every format: viper asks for "yaml".
func (d *configDecoder) Decoder(string) (viper.Decoder, error) { return d, nil }

// Decode puts the settings into the map as texts that every flag of the name takes.
func (d *configDecoder) Decode(data []byte, into map[string]any) error {
	values, err := parseConfig(data, SettingNames(d.known))
	if err != nil {
		return err
	}
	for name, texts := range values {
		if err := check(name, name, texts, d.known); err != nil {
			return err
		}
		into[name] = texts
	}
	return nil
}

// parseConfig reads one YAML mapping whose keys are among known and whose values are scalars or lists of scalars. It works on the parsed
// tree, not on Go values, so that texts stay as written and no message repeats a value, which may be secret. Errors: errConfig.
func parseConfig(data []byte, known []string) (map[string][]string, error) {
	if len(data) > MaxConfigBytes {
		return nil, fmt.Errorf("%w: more than %d bytes", errConfig, MaxConfigBytes)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("%w: %w", errConfig, err)
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: more than one document", errConfig)
	}
	top := document.Content[0]
	if isNull(top) {
		return nil, nil
	}
	if top.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%w: line %d: want keys and values", errConfig, top.Line)
	}
	values := make(map[string][]string)
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		if former := formerName(key.Value, func(name string) string { return name }); former != nil && !slices.Contains(known, key.Value) {
			return nil, fmt.Errorf("%w: line %d: %w", errConfig, key.Line, former)
		}
		if key.Kind != yaml.ScalarNode || !slices.Contains(known, key.Value) {
			return nil, fmt.Errorf("%w: line %d: unknown key %q; known are %s", errConfig, key.Line, key.Value, strings.Join(known, ", "))
		}
		if _, twice := values[key.Value]; twice {
			return nil, fmt.Errorf("%w: line %d: key %s twice", errConfig, key.Line, key.Value)
		}
		texts, err := scalars(value)
		if err != nil {
			return nil, fmt.Errorf("%w: line %d: %s: %w", errConfig, value.Line, key.Value, err)
		}
		values[key.Value] = texts
	}
	return values, nil
}

func scalars(value *yaml.Node) ([]string, error) {
	items := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		items = value.Content
	}
	if len(items) == 0 {
		return nil, errors.New("an empty list; leave the key out")
	}
	texts := make([]string, 0, len(items))
	for _, item := range items {
		switch {
		case item.Kind != yaml.ScalarNode:
			return nil, errors.New("want a value or a list of values")
		case isNull(item):
			return nil, errors.New("has no value")
		}
		texts = append(texts, item.Value)
	}
	return texts, nil
}

func isNull(node *yaml.Node) bool { return node.Kind == yaml.ScalarNode && node.Tag == "!!null" }
