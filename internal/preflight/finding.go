package preflight

import (
	"context"
	"slices"
)

// Verdict is what a look has found.
type Verdict string

// Verdicts, from good to bad. Skipped is for what could not be looked at because something before it failed, or is not configured.
const (
	Good    Verdict = "ok"
	Skipped Verdict = "skipped"
	Doubt   Verdict = "warning" // a node would run, and something is not as it should be
	Bad     Verdict = "failed"  // a node could not do its part
)

// Finding is one look at one thing.
type Finding struct {
	Area    string  `json:"area"`    // clock, disk, keys, journal, beacon, execution, contract, peers
	Subject string  `json:"subject"` // which one: an endpoint's host, a file
	Verdict Verdict `json:"verdict"`
	Text    string  `json:"text"`   // what was seen; a sentence
	Remedy  string  `json:"remedy"` // what to do; empty when all is well
}

// Worst is the verdict over all: Bad if anything is, else Doubt if anything is, else Good.
func Worst(findings []Finding) Verdict {
	for _, v := range []Verdict{Bad, Doubt} {
		if slices.ContainsFunc(findings, func(f Finding) bool { return f.Verdict == v }) {
			return v
		}
	}
	return Good
}

// list collects findings of one run and passes each on as soon as it is there.
type list struct {
	found []Finding
	tell  func(Finding)
}

func (l *list) add(f Finding) {
	l.found = append(l.found, f)
	if l.tell != nil {
		l.tell(f)
	}
}

func (l *list) good(area, subject, text string) { l.add(Finding{area, subject, Good, text, ""}) }
func (l *list) skipped(area, subject, why string) {
	l.add(Finding{area, subject, Skipped, why, ""})
}
func (l *list) doubt(area, subject, text, remedy string) {
	l.add(Finding{area, subject, Doubt, text, remedy})
}
func (l *list) bad(area, subject, text, remedy string) {
	l.add(Finding{area, subject, Bad, text, remedy})
}

// Run makes every check, tells each finding as it is known, and returns all. It takes as long as ctx lets it at most; what was not reached by then
// is found Bad with the time-out as its reason. tell may be nil.
func Run(ctx context.Context, in Input, tell func(Finding)) []Finding {
	l := &list{tell: tell}
	r := &run{Input: in, list: l}
	r.checkClock(ctx)
	r.checkDisk()
	r.checkKeys()
	r.checkJournal()
	r.checkBeacon(ctx)
	r.checkExecution(ctx)
	r.checkContract(ctx)
	r.checkListen(ctx)
	r.checkBootstrap(ctx)
	return l.found
}
