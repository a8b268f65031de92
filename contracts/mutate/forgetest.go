package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// testRun is one run of forge's tests.
type testRun struct {
	fault    int      // 0 for none
	files    []string // test files to run; none for all
	except   []string // names of tests that are left out
	quick    bool
	failFast bool
	limit    time.Duration // of the processor, in whole seconds; 0 for none
}

// testResult is what a run of the tests said.
type testResult struct {
	failing []string // test/system/Pool.t.sol:PoolTest test_name
	took    time.Duration
	cpu     time.Duration
}

// timedOut stands for the test that noticed when the tests went on for too long.
const timedOut = "out of time"

// quickRuns make a first pass short; a fault that lives meets all the runs of foundry.toml afterwards.
func quickRuns() []string {
	return []string{"FOUNDRY_FUZZ_RUNS=32", "FOUNDRY_INVARIANT_RUNS=8", "FOUNDRY_INVARIANT_DEPTH=32"}
}

// test runs forge in the project. Failures of earlier faults are forgotten first: forge would try them again.
func (p project) test(ctx context.Context, a testRun) (testResult, error) {
	for _, folder := range []string{"fuzz", "invariant"} {
		if err := os.RemoveAll(filepath.Join(p.dir, "cache", folder)); err != nil {
			return testResult{}, fmt.Errorf("forget earlier failures: %w", err)
		}
	}
	command := exec.CommandContext(ctx, "sh", append([]string{"-c", a.script(), p.forge}, a.arguments()...)...)
	command.Dir, command.Env = p.dir, a.environment()
	start := time.Now()
	said, err := command.CombinedOutput()
	o := testResult{failing: failingTests(string(said)), took: time.Since(start)}
	if state := command.ProcessState; state != nil {
		o.cpu = state.UserTime() + state.SystemTime()
	}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return o, ctx.Err()
	case errors.As(err, &exit) && endedBy(exit, syscall.SIGXCPU):
		o.failing = []string{timedOut}
		return o, nil
	case strings.Contains(string(said), "Compiling "):
		return o, fmt.Errorf("forge built %s again, which takes minutes a fault: remove .tools/mutants/project* and run again", p.dir)
	case err == nil || errors.As(err, &exit) && len(o.failing) > 0:
		return o, nil
	}
	return o, fmt.Errorf("forge test ended without a failing test, see what it said: %w\n%s", err, said)
}

// script starts forge with its limit. The processor's time is what is limited: other programs may make the clock's as long as they like.
func (a testRun) script() string {
	if a.limit == 0 {
		return `exec "$0" "$@"`
	}
	return fmt.Sprintf(`ulimit -S -t %d; exec "$0" "$@"`, int(a.limit.Seconds()))
}

func endedBy(exit *exec.ExitError, signal syscall.Signal) bool {
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == signal
}

func (a testRun) arguments() []string {
	arguments := []string{"test", "--threads", "1"}
	if a.failFast {
		arguments = append(arguments, "--fail-fast")
	}
	if len(a.files) > 0 {
		arguments = append(arguments, "--match-path", "{"+strings.Join(a.files, ",")+"}")
	}
	if len(a.except) > 0 {
		names := make([]string, 0, len(a.except))
		for _, test := range a.except {
			names = append(names, test[strings.LastIndex(test, " ")+1:])
		}
		arguments = append(arguments, "--no-match-test", `^(`+strings.Join(names, "|")+`)(\(|$)`)
	}
	return arguments
}

func (a testRun) environment() []string {
	// A failing sequence need not be made shorter: it is only counted.
	variables := []string{"FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT=0"}
	if a.fault > 0 {
		variables = append(variables, "FOUNDRY_BLOCK_COINBASE="+switchAddress(a.fault))
	}
	if a.quick {
		variables = append(variables, quickRuns()...)
	}
	return environment(variables...)
}

var (
	inSuite  = regexp.MustCompile(`^Ran \d+ tests? for (\S+)`)
	failed   = regexp.MustCompile(`^\[FAIL`)
	testName = regexp.MustCompile(`(?:^|[\s\]])(\w+)\([^()]*\) \((?:gas|runs):`)
)

// failingTests finds the failing tests in what forge said; a failing invariant has its sequence between its mark and its name.
func failingTests(said string) []string {
	var found []string
	suite, open := "", false
	for line := range strings.Lines(said) {
		line = strings.TrimRight(line, "\n")
		if m := inSuite.FindStringSubmatch(line); m != nil {
			suite, open = m[1], false
		}
		if strings.HasPrefix(line, "Failing tests:") {
			break // the same once more
		}
		open = open || failed.MatchString(line)
		if m := testName.FindStringSubmatch(line); open && m != nil {
			open = false
			if test := suite + " " + m[1]; !slices.Contains(found, test) {
				found = append(found, test)
			}
		}
	}
	return found
}
