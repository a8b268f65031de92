package main

import (
	"fmt"
	"strings"
)

// mutant is one way in which a contract could be wrong.
type mutant struct {
	File     string // under the contracts folder: src/lib/SSZ.sol
	Line     int
	Function string
	Operator string
	Original string // in one line
	Mutated  string
	ordinal  int // among faults that read the same in their function
	edits    []edit
}

// edit is one place where a fault shows.
type edit struct {
	file string
	span
	text      string
	statement bool
	cast      string // of what stands there unmutated; empty for none
}

// removed is what a statement becomes that is taken out.
const removed = "{}"

// identity tells faults apart, whatever their line.
func (f *mutant) identity() string {
	if f.ordinal == 0 {
		return f.describe()
	}
	return fmt.Sprintf("%s #%d", f.describe(), f.ordinal+1)
}

// describe is what patterns in equivalent.txt are compared with.
func (f *mutant) describe() string {
	return fmt.Sprintf("%s %s: %s -> %s", f.File, f.Function, f.Original, f.Mutated)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// numbered sets the ordinals, so that identities are unique.
func numbered(faults []*mutant) {
	seen := map[string]int{}
	for _, f := range faults {
		f.ordinal = seen[f.describe()]
		seen[f.describe()]++
	}
}
