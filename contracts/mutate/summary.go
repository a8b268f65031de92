package main

import (
	"fmt"
	"slices"
	"strings"
)

// minKilledPercent is the share of faults, in percent, that tests must notice.
const minKilledPercent = 95

// summary is what a whole search found.
type summary struct {
	seed      uint64
	sample    sample
	killed    int
	survivors []survivor
	failing   []string
	operators map[string]*tally
}

type survivor struct {
	*mutant
	why string
}

type tally struct{ killed, planted int }

// summarize counts the results of a sample; each has one.
func summarize(s *search, drawn sample, why func(*mutant) string) (summary, error) {
	v := summary{seed: s.seed, sample: drawn, failing: s.clean.Failing, operators: map[string]*tally{}}
	for _, f := range drawn.faults {
		one, ok := s.results.find(s.seed, s.digest, f.identity())
		if !ok {
			return v, fmt.Errorf("no result for %s: run again", f.identity())
		}
		t := v.operators[f.Operator]
		if t == nil {
			t = &tally{}
			v.operators[f.Operator] = t
		}
		t.planted++
		if one.Killed {
			v.killed++
			t.killed++
			continue
		}
		v.survivors = append(v.survivors, survivor{f, why(f)})
	}
	slices.SortFunc(v.survivors, func(a, b survivor) int {
		if d := strings.Compare(a.File, b.File); d != 0 {
			return d
		}
		return a.Line - b.Line
	})
	return v, nil
}

// check says what is not good enough; nil when all is.
func (v summary) check() error {
	unexplained := 0
	for _, s := range v.survivors {
		if s.why == "" {
			unexplained++
		}
	}
	planted := len(v.sample.faults)
	switch {
	case v.killed*100 < minKilledPercent*planted:
		return fmt.Errorf("tests notice %d of %d faults, %d %% are wanted: write tests for those in docs/mutants-contracts.md", v.killed, planted, minKilledPercent)
	case unexplained > 0:
		return fmt.Errorf("%d faults live without a reason: write tests for those in docs/mutants-contracts.md, "+
			"or say in contracts/mutate/equivalent.txt why no test can notice them", unexplained)
	}
	return nil
}

// page is docs/mutants-contracts.md.
func (v summary) page() []byte {
	var b strings.Builder
	planted := len(v.sample.faults)
	fmt.Fprintf(&b, "# Faults planted in the contracts\n\n")
	fmt.Fprintf(&b, "Written by `make mutate-contracts COUNT=%d SEED=%d`; do not edit. ", planted, v.seed)
	fmt.Fprintf(&b, "It plants one fault at a time in `contracts/src` and runs the Solidity tests until one fails.\n\n")
	fmt.Fprintf(&b, "| faults | |\n|---|---:|\n| seed | %d |\n| possible | %d |\n| planted | %d |\n| killed: a test failed | %d |\n| lived | %d |\n",
		v.seed, v.sample.candidates, planted, v.killed, len(v.survivors))
	fmt.Fprintf(&b, "| drawn again, as their types do not fit | %d |\n| drawn again, as the compiler has no room for them | %d |\n\n",
		v.sample.wrongType, v.sample.noRoom)
	if len(v.failing) > 0 {
		fmt.Fprintf(&b, "Left out, since they fail without a fault: %s.\n\n", strings.Join(v.failing, ", "))
	}
	fmt.Fprintf(&b, "| kind of fault | planted | killed |\n|---|---:|---:|\n")
	kinds := make([]string, 0, len(v.operators))
	for kind := range v.operators {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		fmt.Fprintf(&b, "| %s | %d | %d |\n", kind, v.operators[kind].planted, v.operators[kind].killed)
	}
	b.WriteString("\n## Faults that lived\n\n")
	if len(v.survivors) == 0 {
		b.WriteString("None.\n")
		return []byte(b.String())
	}
	b.WriteString("The reasons are those of [`equivalent.txt`](../contracts/mutate/equivalent.txt).\n\n")
	b.WriteString("| place | function | original | mutated | why no test can notice it |\n|---|---|---|---|---|\n")
	for _, s := range v.survivors {
		reason := s.why
		if reason == "" {
			reason = "**none given**"
		}
		fmt.Fprintf(&b, "| %s:%d | %s | %s | %s | %s |\n", s.File, s.Line, s.Function, code(s.Original), code(s.Mutated), reason)
	}
	return []byte(b.String())
}

// code writes a piece of source into a cell of a table.
func code(text string) string { return "`" + strings.ReplaceAll(text, "|", `\|`) + "`" }
