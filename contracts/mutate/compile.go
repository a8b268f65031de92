package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

// compiler runs contracts/tools/solc with the settings of foundry.toml.
type compiler struct {
	root     string // the contracts folder
	settings forgeSettings
}

// forgeSettings is the part of `forge config --json` that changes what solc does.
type forgeSettings struct {
	Remappings    []string `json:"remappings"`
	EVMVersion    string   `json:"evm_version"`
	Optimizer     bool     `json:"optimizer"`
	OptimizerRuns int      `json:"optimizer_runs"`
	ViaIR         bool     `json:"via_ir"`
}

// diagnostic is an error of solc.
type diagnostic struct {
	Severity  string `json:"severity"`
	Message   string `json:"message"`
	Formatted string `json:"formattedMessage"`
	Location  struct {
		File  string `json:"file"`
		Start int    `json:"start"`
		End   int    `json:"end"`
	} `json:"sourceLocation"`
}

type output struct {
	Errors  []diagnostic `json:"errors"`
	Sources map[string]struct {
		AST node `json:"ast"`
	} `json:"sources"`
}

// trees returns the syntax tree of every file.
func (c *compiler) trees(ctx context.Context, sources map[string]string) (map[string]node, error) {
	out, err := c.compile(ctx, sources, map[string]map[string][]string{"*": {"": {"ast"}}})
	if err != nil {
		return nil, err
	}
	if found := out.failures(); len(found) > 0 {
		return nil, fmt.Errorf("the contracts do not compile, correct them first:\n%s", found[0].Formatted)
	}
	trees := make(map[string]node, len(out.Sources))
	for file, s := range out.Sources {
		trees[file] = s.AST
	}
	return trees, nil
}

// check returns what solc finds wrong with the types.
func (c *compiler) check(ctx context.Context, sources map[string]string) ([]diagnostic, error) {
	out, err := c.compile(ctx, sources, map[string]map[string][]string{"*": {"*": {"abi"}}})
	return out.failures(), err
}

// generate returns what solc cannot write code for: a function whose variables are too many.
func (c *compiler) generate(ctx context.Context, sources map[string]string) ([]diagnostic, error) {
	selection := map[string]map[string][]string{}
	for file := range sources {
		if mutable(file) {
			selection[file] = map[string][]string{"*": {"evm.bytecode.object"}}
		}
	}
	out, err := c.compile(ctx, sources, selection)
	return out.failures(), err
}

func (o output) failures() []diagnostic {
	var found []diagnostic
	for _, e := range o.Errors {
		if e.Severity == "error" {
			found = append(found, e)
		}
	}
	return found
}

func (c *compiler) compile(ctx context.Context, sources map[string]string, selection map[string]map[string][]string) (output, error) {
	all, err := c.withImports(sources)
	if err != nil {
		return output{}, err
	}
	input, err := json.Marshal(map[string]any{
		"language": "Solidity",
		"sources":  all,
		"settings": map[string]any{
			"optimizer":       map[string]any{"enabled": c.settings.Optimizer, "runs": c.settings.OptimizerRuns},
			"evmVersion":      c.settings.EVMVersion,
			"viaIR":           c.settings.ViaIR,
			"remappings":      c.settings.Remappings,
			"outputSelection": selection,
		},
	})
	if err != nil {
		return output{}, fmt.Errorf("input for solc: %w", err)
	}
	command := exec.CommandContext(ctx, filepath.Join(c.root, "tools", "solc"), "--standard-json")
	command.Dir, command.Stdin = c.root, bytes.NewReader(input)
	answer, err := command.Output()
	if err != nil {
		return output{}, fmt.Errorf("run contracts/tools/solc, which make setup installs: %w%s", err, stderrOf(err))
	}
	var out output
	if err := json.Unmarshal(answer, &out); err != nil {
		return output{}, fmt.Errorf("read the answer of contracts/tools/solc, run make setup if its version changed: %w", err)
	}
	return out, nil
}

// stderrOf is what a failed program wrote to its standard error.
func stderrOf(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return "\n" + string(exit.Stderr)
	}
	return ""
}

type content struct {
	Content string `json:"content"`
}

var importPath = regexp.MustCompile(`(?m)^[^/*]*\b(?:from|import)\s+"([^"]+)"`)

// withImports adds the library files that the sources need.
func (c *compiler) withImports(sources map[string]string) (map[string]content, error) {
	all := make(map[string]content, len(sources))
	var add func(file, text string) error
	add = func(file, text string) error {
		all[file] = content{text}
		for _, m := range importPath.FindAllStringSubmatch(text, -1) {
			imported := c.resolve(file, m[1])
			if _, ok := all[imported]; ok {
				continue
			}
			next, ok := sources[imported]
			if !ok {
				data, err := os.ReadFile(filepath.Join(c.root, filepath.FromSlash(imported)))
				if err != nil {
					return fmt.Errorf("%s imports %s, run make setup if a library is missing: %w", file, m[1], err)
				}
				next = string(data)
			}
			if err := add(imported, next); err != nil {
				return err
			}
		}
		return nil
	}
	for file, text := range sources {
		if err := add(file, text); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (c *compiler) resolve(file, imported string) string {
	if strings.HasPrefix(imported, ".") {
		return path.Join(path.Dir(file), imported)
	}
	for _, remapping := range c.settings.Remappings {
		if prefix, target, ok := strings.Cut(remapping, "="); ok && strings.HasPrefix(imported, prefix) {
			return target + strings.TrimPrefix(imported, prefix)
		}
	}
	return imported
}
