package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// artifact is what forge writes for one contract, as far as it is used here.
type artifact struct {
	name     string
	ABI      json.RawMessage `json:"abi"`
	Bytecode struct {
		Object         string                     `json:"object"`
		LinkReferences map[string]json.RawMessage `json:"linkReferences"`
	} `json:"bytecode"`
	StorageLayout storageLayout `json:"storageLayout"`
	UserDoc       natSpec       `json:"userdoc"`
	DevDoc        natSpec       `json:"devdoc"`
}

// natSpec is the part of a contract's documentation that speaks of its errors: signature to texts.
type natSpec struct {
	Errors map[string][]struct {
		Notice  string `json:"notice"`
		Details string `json:"details"`
	} `json:"errors"`
}

// loadArtifacts reads the artifacts of the named contracts from forge's output folder.
func loadArtifacts(out string, names []string) ([]artifact, error) {
	loaded := make([]artifact, 0, len(names))
	for _, name := range names {
		a, err := loadArtifact(out, name)
		if err != nil {
			return nil, err
		}
		loaded = append(loaded, a)
	}
	return loaded, nil
}

func loadArtifact(out, name string) (artifact, error) {
	paths, err := filepath.Glob(filepath.Join(out, "*", name+".json"))
	if err != nil {
		return artifact{}, fmt.Errorf("look for the artifact of %s: %w", name, err)
	}
	switch len(paths) {
	case 1:
	case 0:
		return artifact{}, fmt.Errorf("contract %s is listed in contracts/generate/contracts.go, but forge compiled no contract of this name: "+
			"correct the list or add the contract", name)
	default:
		return artifact{}, fmt.Errorf("contract %s was compiled from %d files, rename all but one: %s", name, len(paths), strings.Join(paths, ", "))
	}
	data, err := os.ReadFile(paths[0])
	if err != nil {
		return artifact{}, fmt.Errorf("read the artifact of %s: %w", name, err)
	}
	return parseArtifact(name, data)
}

// parseArtifact refuses what cannot be deployed as it is: abstract contracts and unlinked libraries.
func parseArtifact(name string, data []byte) (artifact, error) {
	a := artifact{name: name}
	if err := json.Unmarshal(data, &a); err != nil {
		return artifact{}, fmt.Errorf("parse the artifact of %s: %w", name, err)
	}
	if len(a.Bytecode.LinkReferences) > 0 {
		return artifact{}, fmt.Errorf("contract %s calls an external library, which the bindings cannot link: make its functions internal", name)
	}
	code, err := hex.DecodeString(strings.TrimPrefix(a.Bytecode.Object, "0x"))
	if err != nil || len(code) == 0 {
		return artifact{}, fmt.Errorf("contract %s has no deployable code: is it abstract or an interface?", name)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, a.ABI); err != nil {
		return artifact{}, fmt.Errorf("interface of %s: %w", name, err)
	}
	a.ABI = compact.Bytes()
	return a, nil
}

// join adds what the interface of extension has and that of the contract lacks: the contract runs the extension's code for it.
func (a artifact) join(extension artifact) (artifact, error) {
	var own, more []json.RawMessage
	for _, part := range []struct {
		of   artifact
		into *[]json.RawMessage
	}{{a, &own}, {extension, &more}} {
		if err := json.Unmarshal(part.of.ABI, part.into); err != nil {
			return artifact{}, fmt.Errorf("interface of %s: %w", part.of.name, err)
		}
	}
	known := map[string]bool{}
	for _, entry := range own {
		known[string(entry)] = true
	}
	for _, entry := range more {
		if !known[string(entry)] && !bytes.Contains(entry, []byte(`"type":"constructor"`)) {
			own = append(own, entry)
		}
	}
	joined, err := json.Marshal(own)
	if err != nil {
		return artifact{}, fmt.Errorf("join the interfaces of %s and %s: %w", a.name, extension.name, err)
	}
	a.ABI = joined
	return a, nil
}
