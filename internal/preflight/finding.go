package preflight

import (
	"context"
	"slices"
)

// CheckResult is how a check ended.
type CheckResult string

// Results, from good to bad. Skipped is for what could not be checked because something before it failed, or is not configured.
const (
	Passed  CheckResult = "ok"
	Skipped CheckResult = "skipped"
	Warning CheckResult = "warning" // a node would run, and something is not as it should be
	Failed  CheckResult = "failed"  // a node could not do its part
)

// Finding is the result of one check.
type Finding struct {
	Area    string      `json:"area"`    // clock, disk, keys, journal, beacon, execution, contract, peers
	Subject string      `json:"subject"` // which one: an endpoint's host, a file
	Result  CheckResult `json:"verdict"`
	Text    string      `json:"text"`   // what was seen; a sentence
	Remedy  string      `json:"remedy"` // what to do; empty when all is well
}

// Worst is the result over all: Failed if anything is, else Warning if anything is, else Passed.
func Worst(findings []Finding) CheckResult {
	for _, v := range []CheckResult{Failed, Warning} {
		if slices.ContainsFunc(findings, func(f Finding) bool { return f.Result == v }) {
			return v
		}
	}
	return Passed
}

// list collects findings of one run and reports each at once.
type list struct {
	found  []Finding
	report func(Finding)
}

func (l *list) add(f Finding) {
	l.found = append(l.found, f)
	if l.report != nil {
		l.report(f)
	}
}

func (l *list) pass(area, subject, text string) { l.add(Finding{area, subject, Passed, text, ""}) }
func (l *list) skip(area, subject, why string) {
	l.add(Finding{area, subject, Skipped, why, ""})
}
func (l *list) warn(area, subject, text, remedy string) {
	l.add(Finding{area, subject, Warning, text, remedy})
}
func (l *list) fail(area, subject, text, remedy string) {
	l.add(Finding{area, subject, Failed, text, remedy})
}

// Run makes every check, reports each finding as it is known, and returns all. It takes as long as ctx lets it at most; what was not reached by then
// is found Failed with the time-out as its reason. report may be nil.
func Run(ctx context.Context, in Input, report func(Finding)) []Finding {
	l := &list{report: report}
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
