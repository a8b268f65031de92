package tidemark_test

import (
	"fmt"
	"slices"
	"strings"
)

const module = "github.com/tidemark-oracle/tidemark"

// sourcePackage is a package of this module as the rules see it: its imports are those of its test files as well.
type sourcePackage struct {
	path    string // inside the module: "consensus/sim"; empty for the root
	name    string
	imports []string
}

// top is the first folder of the package's path: the part of the architecture it belongs to.
func (p sourcePackage) top() string {
	top, _, _ := strings.Cut(p.path, "/")
	return top
}

// pure names the parts that may do nothing but compute, with those of this module each may import.
func pure() map[string][]string {
	return map[string][]string{
		"bls":       {"bls"},
		"report":    {"report", "bls"},
		"consensus": {"consensus", "report", "bls"},
	}
}

// cmdMayImport names the parts of this module that a command may use: the ones that do work and the leaves.
func cmdMayImport() []string {
	return []string{"cmd", "node", "audit", "devnet", "member", "preflight", "beacon", "execution", "gather", "report", "bls", "keyfile", "journal", "metrics",
		"status", "dashboard", "contracts"}
}

// importViolations returns one sentence for each import of p that the architecture forbids.
func importViolations(p sourcePackage) []string {
	var found []string
	for _, imported := range p.imports {
		rules := []func(sourcePackage, string) string{brokenInside, brokenByPurity, brokenByLibrary}
		for _, rule := range rules {
			if reason := rule(p, imported); reason != "" {
				found = append(found, fmt.Sprintf("%s imports %s: %s", p.path, imported, reason))
			}
		}
	}
	return found
}

// brokenInside judges imports of this module's own packages.
func brokenInside(p sourcePackage, imported string) string {
	inner, ok := strings.CutPrefix(imported, module+"/")
	if !ok {
		return ""
	}
	target := sourcePackage{path: inner}.top()
	allowed, isPure := pure()[p.top()]
	switch {
	case target == "cmd" && p.top() != "cmd":
		return "nothing imports cmd"
	case target == "node" && p.top() != "cmd" && p.top() != "node":
		return "only cmd and node import node"
	case p.top() == "cmd" && !slices.Contains(cmdMayImport(), target):
		return "cmd uses node, audit, devnet and leaves"
	case isPure && !slices.Contains(allowed, target):
		return p.top() + " imports only " + strings.Join(allowed, ", ") + " of this module"
	}
	return ""
}

// program is the name of packages that nothing can import. One among the pure parts drives them and may reach outside the process.
const program = "main"

// brokenByPurity judges what reaches outside the process.
func brokenByPurity(p sourcePackage, imported string) string {
	if _, ok := pure()[p.top()]; !ok || p.name == program {
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
	case under(imported, "github.com/herumi") && p.top() != "bls":
		return "only bls imports herumi"
	case under(imported, "github.com/libp2p") && p.top() != "p2p" && p.top() != "node":
		return "only p2p and node import libp2p"
	case under(imported, geth) && !under(imported, geth+"/common") && !under(imported, geth+"/crypto") &&
		!slices.Contains([]string{"execution", "contracts", "devnet", "testnet"}, p.top()):
		return "only execution, contracts, devnet and testnet import go-ethereum beyond common and crypto"
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
