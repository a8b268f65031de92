package main

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

// equivalentList names faults that no test can notice.
//
//go:embed equivalent.txt
var equivalentList string

// reason says why the faults that a pattern fits behave as the contracts do.
type reason struct {
	pattern *regexp.Regexp
	why     string
}

// reasons parses lines of "pattern :: reason". A star in a pattern stands for anything.
func reasons(text string) ([]reason, error) {
	var all []reason
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		pattern, why, ok := strings.Cut(line, " :: ")
		if why = strings.TrimSpace(why); !ok || why == "" {
			return nil, fmt.Errorf("contracts/mutate/equivalent.txt, line %d: write the fault, ` :: ` and why no test can notice it", number)
		}
		quoted := strings.ReplaceAll(regexp.QuoteMeta(oneLine(pattern)), `\*`, ".*")
		// A star that is meant as one is found as well: it is something too.
		all = append(all, reason{regexp.MustCompile("^" + quoted + "$"), why})
	}
	return all, nil
}

// why returns the reason of a fault; empty for none.
func why(all []reason, f *mutant) string {
	for _, r := range all {
		if r.pattern.MatchString(f.describe()) || r.pattern.MatchString(f.identity()) {
			return r.why
		}
	}
	return ""
}
