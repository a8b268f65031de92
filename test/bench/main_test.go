package main

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/test/bench/outcome"
)

// smallRun is the whole benchmark on states that take no time.
func smallRun(folder string) []string {
	return []string{"-repository", "../..", "-folder", folder, "-validators", "20000", "-pool", "3000", "-deposits", "300", "-large", "30000", "-runs", "1", "-slow-runs", "1"}
}

func TestTheWholeBenchmarkRunsOnASmallState(t *testing.T) {
	folder := t.TempDir()
	s, err := parse(smallRun(folder))
	require.NoError(t, err)
	var log bytes.Buffer
	all, err := measureAll(t.Context(), s, &log)
	require.NoError(t, err, log.String())
	require.Len(t, all.forks, 2)
	for i, fork := range []string{"electra", "gloas"} {
		require.Equal(t, fork, all.forks[i].fork)
		t.Run(fork, func(t *testing.T) { requireMeasured(t, all, all.forks[i]) })
	}
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, left, "what was generated is removed")
}

// requireMeasured checks that everything was measured on one fork.
func requireMeasured(t *testing.T, all *results, r *result) {
	t.Helper()
	for _, c := range []*contestant{r.file, r.inspect, r.version, r.http, r.hintless, r.decode, r.json, r.floor, r.large, r.largeDecode} {
		for cores, runs := range c.cores {
			require.Len(t, runs, 1, "%s on %d cores", c.name, cores+1)
			require.Positive(t, runs.fastest(), c.name)
			require.Positive(t, runs.processor(), c.name)
			require.Greater(t, runs.peakBytes(), uint64(1<<20), c.name)
		}
		require.Contains(t, all.page(), "| "+c.name+" | 2 | 1 |")
	}
	for _, c := range []*contestant{r.file, r.inspect, r.http, r.hintless, r.json} {
		found := c.cores[0][0].found
		require.EqualValues(t, 20_000, found.Validators, c.name)
		require.EqualValues(t, 3000, found.PoolValidators, c.name)
		require.Equal(t, r.decode.cores[0][0].found.PoolGwei, found.PoolGwei, c.name)
	}
	require.Equal(t, r.decode.cores[0][0].found.Root, r.http.cores[0][0].found.Root)
	require.GreaterOrEqual(t, r.floor.cores[1][0].found.Hashes, r.hashes)
}

func TestAContestantThatFindsSomethingElseEndsTheBenchmark(t *testing.T) {
	s, err := parse(smallRun(t.TempDir()))
	require.NoError(t, err)
	folder := t.TempDir()
	require.NoError(t, build(t.Context(), s.repository, folder))
	b := &bench{settings: s, fork: "electra", folder: folder, log: new(bytes.Buffer), truth: outcome.Outcome{Validators: 20_001}}
	state, path, err := b.generate(s.validators)
	require.NoError(t, err)
	require.ErrorIs(t, b.rounds(t.Context(), b.eth2client("decode", state, path)), errDisagree)

	b.truth.Root = "0x" + string(bytes.Repeat([]byte("ab"), 32))
	require.ErrorIs(t, b.rounds(t.Context(), b.reader("reader", state, path, "")), errProcess, "the reader refuses a state of another root")
}

func TestABenchmarkThatIsInterruptedLeavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	s, err := parse(smallRun(folder))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = measureAll(ctx, s, new(bytes.Buffer))
	require.ErrorIs(t, err, context.Canceled)
	left, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, left)
}

func TestFlagsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, arguments := range [][]string{{"-runs", "0"}, {"-slow-runs", "0"}, {"-pool", "2", "-validators", "1"}, {"more"}} {
		_, err := parse(arguments)
		require.ErrorIs(t, err, errUsage, "%v", arguments)
	}
}

// timed are runs that took so many milliseconds.
func timed(milliseconds ...int) samples {
	var all samples
	for _, ms := range milliseconds {
		wall := time.Duration(ms) * time.Millisecond
		all = append(all, sample{wall: wall, processor: 2 * wall, peakBytes: uint64(ms) << 20})
	}
	return all
}

func TestSamplesGiveFastestMedianAndPeak(t *testing.T) {
	s := timed(50, 10, 30, 20)
	require.Equal(t, 10*time.Millisecond, s.fastest())
	require.Equal(t, 30*time.Millisecond, s.median())
	require.Equal(t, 20*time.Millisecond, s.processor())
	require.EqualValues(t, 50<<20, s.peakBytes())
}

// measured is a result in which every target is just reached, on both numbers of cores.
func measured() *result {
	with := func(name string, ms int) *contestant {
		return &contestant{name: name, cores: []samples{timed(ms, ms), timed(ms, ms)}}
	}
	return &result{
		fork: "electra",
		file: with("file", 20), inspect: with("inspect", 22), version: with("version", 30), http: with("http", 64), hintless: with("hintless", 52), large: with("large", 64),
		decode: with("decode", 40), json: with("json", 800), floor: with("floor", 16), largeDecode: with("large decode", 300),
	}
}

// page is that of results of these forks.
func page(forks ...*result) *results { return &results{forks: forks} }

func TestGloasHasRatiosOfItsOwn(t *testing.T) {
	r := measured()
	r.fork = "gloas"
	require.False(t, r.reached(), "2 times faster than decode and root is not enough")
	for cores := range maxCores {
		r.decode.cores[cores], r.floor.cores[cores] = timed(50), timed(17)
	}
	require.True(t, r.reached(), page(r).page())
	require.Contains(t, page(r).page(), "| gloas | at least 2.5 times faster than decode and root | 1 | 2.50 times | yes |")
	r.floor.cores[0] = timed(16)
	require.False(t, r.reached(), "1.25 times the bare hashing is too much")
}

func TestEachTargetCanBeReachedAndMissed(t *testing.T) {
	require.True(t, page(measured()).reached(), page(measured()).page())
	require.NotContains(t, page(measured()).page(), "**no**")
	for name, spoil := range map[string]func(*result){
		"decode":     func(r *result) { r.decode.cores[0] = timed(39) },
		"JSON":       func(r *result) { r.json.cores[1] = timed(799) },
		"floor":      func(r *result) { r.floor.cores[1] = timed(15) },
		"file":       func(r *result) { r.file.cores[0][1].peakBytes = 64<<20 + 1 },
		"inspect":    func(r *result) { r.inspect.cores[1] = timed(23) },
		"its memory": func(r *result) { r.inspect.cores[0][1].peakBytes = 64<<20 + 1 },
		"version":    func(r *result) { r.version.cores[1] = timed(31) },
		"HTTP":       func(r *result) { r.http.cores[1] = timed(65) },
		"large":      func(r *result) { r.large.cores[0] = timed(65) },
	} {
		r := measured()
		spoil(r)
		require.False(t, page(measured(), r).reached(), name)
		require.Contains(t, page(r).page(), "**no**", name)
	}
	r := measured()
	r.large = nil
	require.True(t, r.reached(), "the larger state can be left out")
}

func TestAMachineThatIsBusyIsSaidToBe(t *testing.T) {
	r := measured()
	for _, c := range []*contestant{r.file, r.decode, r.json, r.floor} {
		for i := range c.cores[0] {
			c.cores[0][i].processor = c.cores[0][i].wall
		}
	}
	require.NotContains(t, page(r).page(), "busy")
	for i := range r.json.cores[0] {
		r.json.cores[0][i].processor = r.json.cores[0][i].wall * 8 / 10
	}
	require.Contains(t, page(r).page(), "busy")
}

func TestThousandsAreSeparated(t *testing.T) {
	for v, want := range map[uint64]string{0: "0", 999: "999", 1000: "1,000", 2_200_000: "2,200,000"} {
		require.Equal(t, want, format.Count(v))
	}
}

func TestReaderAndSecondOpinionAgreeOnEveryFork(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, build(t.Context(), "../..", folder))
	for _, fork := range []string{"deneb", "electra", "fulu", "gloas"} {
		s, err := parse(smallRun(folder))
		require.NoError(t, err)
		b := &bench{settings: s, fork: fork, folder: folder, log: new(bytes.Buffer)}
		state, path, err := b.generate(s.validators)
		require.NoError(t, err)
		decode := b.eth2client("decode", state, path)
		require.NoError(t, b.learn(t.Context(), decode))
		require.Len(t, b.truth.Root, 66)
		require.NoError(t, b.rounds(t.Context(), b.reader("reader", state, path, "")), fork)
	}
}
