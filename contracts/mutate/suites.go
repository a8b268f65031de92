package main

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// stages splits the test files into those that most likely notice a fault in a file and the others: the first are those of the test
// folder that speaks most of it, and the file that noticed the fault the last time.
func stages(sources map[string]string, file, killer string) [][]string {
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(strings.TrimSuffix(path.Base(file), ".sol")) + `\b`)
	mentions := map[string]int{}
	var tests []string
	for name, text := range sources {
		if !strings.HasPrefix(name, "test/") {
			continue
		}
		mentions[path.Dir(name)] += len(word.FindAllStringIndex(text, -1))
		if strings.HasSuffix(name, ".t.sol") {
			tests = append(tests, name)
		}
	}
	slices.Sort(tests)
	best := ""
	for _, name := range tests {
		if folder := path.Dir(name); mentions[folder] > mentions[best] {
			best = folder
		}
	}
	last, _, _ := strings.Cut(killer, ":")
	if !slices.Contains(tests, last) {
		last = ""
	}
	var split [3][]string
	for _, name := range tests {
		switch {
		case name == last:
			split[0] = append(split[0], name)
		case path.Dir(name) == best:
			split[1] = append(split[1], name)
		default:
			split[2] = append(split[2], name)
		}
	}
	return slices.DeleteFunc(split[:], func(files []string) bool { return len(files) == 0 })
}
