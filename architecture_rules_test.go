package tidemark_test

import (
	"fmt"
	"slices"
	"strings"
)

const module = "github.com/tidemark-oracle/tidemark"

// sourcePackage is a package of this module as the rules see it.
type sourcePackage struct {
	path        string // inside the module: "consensus/sim"; empty for the root
	name        string
	imports     []string
	testImports []string // what only its test files import
}

// part is the part of the architecture that the package belongs to: its first folder, inside internal the one below it.
func (p sourcePackage) part() string {
	part, _, _ := strings.Cut(strings.TrimPrefix(p.path, "internal/"), "/")
	return part
}

// pure names the parts that may do nothing but compute, with those of this module each may import.
func pure() map[string][]string {
	return map[string][]string{
		"bls":       {"bls"},
		"format":    {"format"},
		"report":    {"report", "bls", "format"},
		"consensus": {"consensus", "report", "bls"},
	}
}

// importViolations returns one sentence for each import of p that the architecture forbids.
func importViolations(p sourcePackage) []string {
	var found []string
	judge := func(imported string, rules ...func(sourcePackage, string) string) {
		for _, rule := range rules {
			if reason := rule(p, imported); reason != "" {
				found = append(found, fmt.Sprintf("%s imports %s: %s", p.path, imported, reason))
			}
		}
	}
	for _, imported := range p.imports {
		judge(imported, brokenInside, brokenByPurity, brokenByLibrary, brokenByTestNetwork)
	}
	for _, imported := range p.testImports {
		judge(imported, brokenInside, brokenByPurity, brokenByLibrary)
	}
	return found
}

// brokenInside judges imports of this module's own packages.
func brokenInside(p sourcePackage, imported string) string {
	inner, ok := strings.CutPrefix(imported, module+"/")
	if !ok {
		return ""
	}
	target := sourcePackage{path: inner}.part()
	allowed, isPure := pure()[p.part()]
	switch {
	case target == "cmd":
		return "nothing imports cmd"
	case target == "node" && p.part() != "cmd" && p.part() != "node" && p.part() != "cli":
		return "only cmd, cli and node import node"
	case p.part() == "cmd" && slices.Contains([]string{"consensus", "p2p"}, target):
		return "cmd leaves the protocol to node"
	case isPure && !slices.Contains(allowed, target):
		return p.part() + " imports only " + strings.Join(allowed, ", ") + " of this module"
	}
	return ""
}

// brokenByTestNetwork keeps networks, fakes and faults out of what members run.
func brokenByTestNetwork(p sourcePackage, imported string) string {
	runs := p.part() == "test" || p.path == "cmd/devnet" || p.part() == "contracts" && p.name == program
	if under(imported, module+"/test") && !runs {
		return "only tests, cmd/devnet and the contracts' commands import test"
	}
	return ""
}

// program is the name of packages that nothing can import. One among the pure parts drives them and may reach outside the process.
const program = "main"

// brokenByPurity judges what reaches outside the process.
func brokenByPurity(p sourcePackage, imported string) string {
	if _, ok := pure()[p.part()]; !ok || p.name == program {
		return ""
	}
	for _, prefix := range []string{"net", "os", "log", "database", "syscall", "plugin", "crypto/tls", "io/ioutil"} {
		if under(imported, prefix) {
			return "it is pure: no network, disk, log or database"
		}
	}
	first, _, _ := strings.Cut(imported, "/")
	ours := imported == module || under(imported, module)
	if strings.Contains(first, ".") && !ours && !slices.ContainsFunc(computing(), func(l string) bool { return under(imported, l) }) {
		return "it is pure: libraries that only compute are named in computing, add this one if it does"
	}
	return ""
}

// computing names the libraries that the pure parts may use; each is judged by what it does, since a name does not tell a database.
func computing() []string {
	return []string{
		"github.com/attestantio/go-eth2-client/spec",
		"github.com/cockroachdb/datadriven", // for tests, which read their scripts with it; as testify and rapid are
		"github.com/consensys/gnark-crypto",
		"github.com/ethereum/go-ethereum/common",
		"github.com/ethereum/go-ethereum/crypto",
		"github.com/herumi/bls-eth-go-binary",
		"github.com/holiman/uint256",
		"github.com/stretchr/testify",
		"golang.org/x/crypto",
		"golang.org/x/text/unicode/norm",
		"pgregory.net/rapid",
	}
}

// brokenByLibrary judges who may use the libraries that are kept in one place.
func brokenByLibrary(p sourcePackage, imported string) string {
	const geth = "github.com/ethereum/go-ethereum"
	switch {
	case under(imported, "github.com/herumi") && p.part() != "bls":
		return "only bls imports herumi"
	case under(imported, "github.com/libp2p") && p.part() != "p2p" && p.part() != "node":
		return "only p2p and node import libp2p"
	case under(imported, geth) && !under(imported, geth+"/common") && !under(imported, geth+"/crypto") &&
		!slices.Contains([]string{"execution", "contracts", "test"}, p.part()):
		return "only execution, contracts and test import go-ethereum beyond common and crypto"
	}
	return ""
}

func under(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

// nameViolation refuses names that say nothing about what a package holds.
func nameViolation(p sourcePackage) string {
	for _, word := range append(strings.Split(p.path, "/"), strings.TrimSuffix(p.name, "_test")) {
		if slices.Contains([]string{"util", "utils", "common", "helper", "helpers"}, word) {
			return fmt.Sprintf("package %s: call it by what it holds, not %s", p.path, word)
		}
	}
	return ""
}
