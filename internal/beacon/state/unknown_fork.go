package state

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// UnknownFork is a fork that a network has scheduled and that this software does not know: from its first epoch on it cannot read states.
type UnknownFork struct {
	Name  string // as in the network's NAME_FORK_EPOCH
	Epoch uint64 // its first
}

// Bounds of what a node may announce; no network has as many, and no name is as long.
const (
	maxUnknownForks  = 16
	maxForkNameBytes = 32
	maxForkEpoch     = 1 << 32 // fifty thousand years
)

// UnknownForks finds the scheduled forks in a network's parameters (/eth/v1/config/spec) that this software does not know, soonest first. One without an epoch
// is not scheduled yet.
func UnknownForks(values map[string]string) []UnknownFork {
	known := []string{"ALTAIR", "BELLATRIX", "CAPELLA"}
	for _, f := range Forks() {
		known = append(known, strings.ToUpper(f.String()))
	}
	var unknown []UnknownFork
	for key, text := range values {
		name, isFork := strings.CutSuffix(key, "_FORK_EPOCH")
		epoch, err := strconv.ParseUint(text, 10, 64)
		if !isFork || err != nil || epoch >= maxForkEpoch || slices.Contains(known, name) || !isForkName(name) {
			continue
		}
		unknown = append(unknown, UnknownFork{name, epoch})
	}
	slices.SortFunc(unknown, func(a, b UnknownFork) int { return cmp.Or(cmp.Compare(a.Epoch, b.Epoch), cmp.Compare(a.Name, b.Name)) })
	return unknown[:min(len(unknown), maxUnknownForks)]
}

// isForkName lets nothing through that a log or a terminal should not show.
func isForkName(name string) bool {
	outside := func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' }
	return name != "" && len(name) <= maxForkNameBytes && strings.IndexFunc(name, outside) < 0
}
