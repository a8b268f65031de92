package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fakeForge fails when the fault that is on is an even one, and notes each of its runs.
const fakeForge = `#!/bin/sh
echo "$FOUNDRY_BLOCK_COINBASE $FOUNDRY_FUZZ_RUNS $*" >> runs
case $FOUNDRY_BLOCK_COINBASE in
  *[02468])
    echo "Ran 1 test for test/b/B.t.sol:BTest"
    echo "[FAIL: NotTrue()] test_b() (gas: 5)"
    exit 1 ;;
esac
`

func fakeSearch(t *testing.T, dir string, faults int) *search {
	t.Helper()
	forge := filepath.Join(dir, "forge")
	require.NoError(t, os.WriteFile(forge, []byte(fakeForge), 0o755))
	opened, err := openResults(filepath.Join(dir, "results.jsonl"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, opened.close()) })
	s := &search{
		seed: 1, digest: "d", say: io.Discard, results: opened, projects: []project{{dir, forge}},
		sources: map[string]string{"src/A.sol": "", "test/a/A.t.sol": "A", "test/b/B.t.sol": ""},
	}
	for i := range faults {
		s.faults = append(s.faults, &mutant{File: "src/A.sol", Operator: "arithmetic", Original: "a", Mutated: "b", ordinal: i})
	}
	return s
}

func runs(t *testing.T, dir string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "runs"))
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

func TestARunThatWasStoppedGoesOn(t *testing.T) {
	dir := t.TempDir()
	s := fakeSearch(t, dir, 4)
	require.NoError(t, s.measure(context.Background()))
	require.NoError(t, s.run(context.Background()))
	before := len(runs(t, dir))

	again := fakeSearch(t, dir, 4)
	require.NoError(t, again.measure(context.Background()))
	require.NoError(t, again.run(context.Background()))
	require.Len(t, runs(t, dir), before, "all is known")

	changed := fakeSearch(t, dir, 4)
	changed.digest = "other sources"
	require.NoError(t, changed.run(context.Background()))
	require.Greater(t, len(runs(t, dir)), before, "other sources are other results")
}

func TestAResultThatWasCutShortIsFoundAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(`{"seed":1,"sources":"d","fault":"a","killed":true}`+"\n"+`{"seed":1,"sour`), 0o644))
	r, err := openResults(path)
	require.NoError(t, err)
	require.NoError(t, r.add(result{Seed: 1, Sources: "d", Fault: "b"}))
	require.NoError(t, r.close())
	r, err = openResults(path)
	require.NoError(t, err)
	for fault, want := range map[string]bool{"a": true, "b": true, "c": false} {
		_, ok := r.find(1, "d", fault)
		require.Equal(t, want, ok, fault)
	}
	require.NoError(t, r.close())
}

func TestASurvivorMeetsAllTestsQuicklyAndThenInFull(t *testing.T) {
	dir := t.TempDir()
	s := fakeSearch(t, dir, 1)
	require.NoError(t, s.run(context.Background()))
	on := switchAddress(1)
	require.Equal(t, []string{
		on + " 32 test --threads 1 --fail-fast --match-path {test/a/A.t.sol}",
		on + " 32 test --threads 1 --fail-fast --match-path {test/b/B.t.sol}",
		on + "  test --threads 1 --fail-fast",
	}, runs(t, dir))
	one, ok := s.results.find(1, "d", s.faults[0].identity())
	require.True(t, ok)
	require.False(t, one.Killed)
}

func TestTestsThatNeverEndAreAKill(t *testing.T) {
	dir := t.TempDir()
	forge := filepath.Join(dir, "forge")
	require.NoError(t, os.WriteFile(forge, []byte("#!/bin/sh\nwhile :; do :; done\n"), 0o755))
	said, err := project{dir, forge}.test(context.Background(), testRun{fault: 1, limit: time.Second})
	require.NoError(t, err)
	require.Equal(t, []string{timedOut}, said.failing)
}

func TestTheTestThatNoticedTheLastTimeComesFirst(t *testing.T) {
	sources := map[string]string{"test/a/A.t.sol": "A A", "test/b/B.t.sol": "", "test/b/C.t.sol": "A", "test/b/Fixture.sol": "A"}
	require.Equal(t, [][]string{{"test/a/A.t.sol"}, {"test/b/B.t.sol", "test/b/C.t.sol"}}, stages(sources, "src/A.sol", ""))
	require.Equal(t, [][]string{{"test/b/C.t.sol"}, {"test/a/A.t.sol"}, {"test/b/B.t.sol"}}, stages(sources, "src/A.sol", "test/b/C.t.sol:CTest test_c"))
	require.Equal(t, [][]string{{"test/a/A.t.sol"}, {"test/b/B.t.sol", "test/b/C.t.sol"}}, stages(sources, "src/A.sol", timedOut))
}

func TestFailingTestsAreReadFromWhatForgeSays(t *testing.T) {
	said := `Ran 2 tests for test/A.t.sol:ATest
[PASS] test_x() (gas: 5)
[FAIL: NotEqual("a [b]", 1, 2); counterexample: calldata=0x1 args=[1]] test_y(uint256) (runs: 3, μ: 1, ~: 1)
Suite result: FAILED. 1 passed; 1 failed; 0 skipped; finished in 1ms (1ms CPU time)

Ran 2 tests for test/S.invariant.t.sol:STest
[FAIL: NotTrue("whole")]
	[Sequence] (original: 1, shrunk: 1)
		sender=0x01 addr=[test/H.sol:H]0x02 calldata=step(uint256) args=[1]
 invariant_whole() (runs: 1, calls: 1, reverts: 0)
[FAIL: EvmError: Revert] setUp() (gas: 0)

Failing tests:
Encountered 1 failing test in test/A.t.sol:ATest
[FAIL: NotEqual("a [b]", 1, 2)] test_y(uint256) (runs: 3, μ: 1, ~: 1)
`
	require.Equal(t, []string{
		"test/A.t.sol:ATest test_y", "test/S.invariant.t.sol:STest invariant_whole", "test/S.invariant.t.sol:STest setUp",
	}, failingTests(said))
}

func TestTooFewKillsOrASurvivorWithoutReasonFail(t *testing.T) {
	verdictOf := func(planted, killed int, why string) summary {
		v := summary{sample: sample{faults: make([]*mutant, planted)}, killed: killed, operators: map[string]*tally{}}
		for range planted - killed {
			v.survivors = append(v.survivors, survivor{&mutant{File: "src/A.sol", Line: 3, Original: "a || b", Mutated: "a && b"}, why})
		}
		return v
	}
	require.NoError(t, verdictOf(100, 95, "same").check())
	require.ErrorContains(t, verdictOf(100, 94, "same").check(), "94 of 100")
	require.ErrorContains(t, verdictOf(100, 99, "").check(), "equivalent.txt")
	require.Contains(t, string(verdictOf(10, 9, "").page()), "| src/A.sol:3 |  | `a \\|\\| b` | `a && b` | **none given** |")
}

func TestReasonsFitFaultsByPattern(t *testing.T) {
	list, err := reasons("# a remark\n\nsrc/A.sol f: a * b -> a / b :: b is one\nsrc/A.sol f: x* -> (removed) :: nothing reads it\n")
	require.NoError(t, err)
	of := func(function, original, mutated string) string {
		return why(list, &mutant{File: "src/A.sol", Function: function, Original: original, Mutated: mutated})
	}
	require.Equal(t, "b is one", of("f", "a * b", "a / b"))
	require.Equal(t, "nothing reads it", of("f", "x = 3;", "(removed)"))
	require.Empty(t, of("g", "a * b", "a / b"))
	_, err = reasons("src/A.sol f: a -> b\n")
	require.ErrorContains(t, err, "line 1")
	_, err = reasons(equivalentList)
	require.NoError(t, err)
}
