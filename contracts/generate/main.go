// Command generate writes what is derived from the compiled contracts, from forge's artifacts:
//
//	              ┌─► bindings/bindings.go               every deployed contract: calls, events, errors, code
//	forge's out/ ─┼─► bindings/testbindings/bindings.go  contracts that only tests deploy
//	              ├─► layout/layout.go                   slots of the state that execution proofs read
//	              └─► docs/contracts.md                  the table of errors, between its two marks
//
// All four are committed, so that building needs no Solidity compiler, and all four are functions of the
// sources alone: `make check-generated` proves that writing them again changes nothing. To bind one more
// contract add its name to contracts.go.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	root := flag.String("root", ".", "folder of the repository; forge has built contracts/out in it")
	flag.Parse()
	if err := run(*root); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	out := filepath.Join(root, "contracts", "out")
	contracts, err := loadArtifacts(out, deployed())
	if err != nil {
		return err
	}
	joined, err := joinExtension(contracts)
	if err != nil {
		return err
	}
	if err := writeBindings(root, out, joined); err != nil {
		return err
	}
	if err := writeLayout(root, out); err != nil {
		return err
	}
	return writeErrors(filepath.Join(root, "docs", "contracts.md"), contracts)
}

// joinExtension gives the contract that has an extension the interface of both, since that is what its address answers to.
func joinExtension(contracts []artifact) ([]artifact, error) {
	contract, extension := extended()
	at := func(name string) int {
		return slices.IndexFunc(contracts, func(a artifact) bool { return a.name == name })
	}
	joined, err := contracts[at(contract)].join(contracts[at(extension)])
	if err != nil {
		return nil, err
	}
	all := slices.Clone(contracts)
	all[at(contract)] = joined
	return all, nil
}

func writeBindings(root, out string, contracts []artifact) error {
	source, err := bindings("bindings", contracts)
	if err != nil {
		return err
	}
	if err := write(filepath.Join(root, "contracts", "bindings", "bindings.go"), source); err != nil {
		return err
	}
	for _, more := range []struct {
		pkg   string
		names []string
	}{{"testbindings", testOnly()}, {"devnetbindings", devnetOnly()}} {
		found, err := loadArtifacts(out, more.names)
		if err != nil {
			return err
		}
		if source, err = bindings(more.pkg, found); err != nil {
			return err
		}
		if err := write(filepath.Join(root, "contracts", "bindings", more.pkg, "bindings.go"), source); err != nil {
			return err
		}
	}
	return nil
}

func writeLayout(root, out string) error {
	contracts, err := loadArtifacts(out, proven())
	if err != nil {
		return err
	}
	source, err := layoutSource(contracts)
	if err != nil {
		return err
	}
	return write(filepath.Join(root, "contracts", "layout", "layout.go"), source)
}

func writeErrors(path string, contracts []artifact) error {
	rows, err := errorRows(contracts)
	if err != nil {
		return err
	}
	document, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("table of errors: %w", err)
	}
	filled, err := withErrors(document, rows)
	if err != nil {
		return fmt.Errorf("table of errors in %s: %w", path, err)
	}
	return write(path, filled)
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
