package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi/abigen"
)

var outputStruct = regexp.MustCompile(`(?m)^type (\w+Output) struct`)

// bindings returns the Go source of one package that binds all the contracts, so that a struct which
// several of them share is declared once. It calls abigen as a library: the command takes several
// contracts only as a map, in no order, and its version is then that of the go-ethereum we link.
func bindings(pkg string, contracts []artifact) ([]byte, error) {
	types := make([]string, 0, len(contracts))
	abis := make([]string, 0, len(contracts))
	codes := make([]string, 0, len(contracts))
	for _, c := range contracts {
		types = append(types, c.name)
		abis = append(abis, string(c.ABI))
		codes = append(codes, strings.TrimPrefix(c.Bytecode.Object, "0x"))
	}
	source, err := abigen.BindV2(types, abis, codes, pkg, map[string]string{}, map[string]string{})
	if err != nil {
		return nil, fmt.Errorf("bind package %s: %w", pkg, err)
	}
	return []byte(ownOutputs(source, types)), nil
}

// ownOutputs puts the contract's name before the structs in which abigen gathers the results of a call: it
// calls them after the method alone, and two contracts of one package may have the same method.
func ownOutputs(source string, contracts []string) string {
	starts := make([]int, 0, len(contracts)+1)
	for _, name := range contracts {
		starts = append(starts, strings.Index(source, "// "+name+"MetaData contains "))
	}
	sorted := append(slices.Sorted(slices.Values(starts)), len(source))
	var b strings.Builder
	b.WriteString(source[:sorted[0]])
	for i, start := range sorted[:len(sorted)-1] {
		section := source[start:sorted[i+1]]
		name := contracts[slices.Index(starts, start)]
		for _, match := range outputStruct.FindAllStringSubmatch(section, -1) {
			section = regexp.MustCompile(`\b`+match[1]+`\b`).ReplaceAllString(section, name+match[1])
		}
		b.WriteString(section)
	}
	return b.String()
}
