package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/tidemark-oracle/tidemark/test/bench/outcome"
	"github.com/tidemark-oracle/tidemark/test/bench/synth"
)

const readHeaderTimeout = 10 * time.Second

// maxCores is the larger number of cores that is measured.
const maxCores = 2

// contestant is a process that is measured.
type contestant struct {
	name      string
	program   string
	arguments []string
	parse     func(output []byte) (outcome.Outcome, error)
	runs      int
	cores     []samples // by number of cores less one
}

// results are those of all forks, in the order in which they were measured.
type results struct {
	forks            []*result
	harnessPeakBytes uint64
}

// result is all that was measured on states of one fork.
type result struct {
	settings         settings
	fork             string
	stateBytes       uint64
	jsonBytes        uint64
	largeBytes       uint64
	hashes           uint64
	file, http       *contestant
	hintless         *contestant
	inspect, version *contestant // the program that people run
	decode, json     *contestant
	floor            *contestant
	large            *contestant // nil when it was not asked for
	largeDecode      *contestant
}

// bench is what measuring needs.
type bench struct {
	settings
	fork   string // in work
	folder string
	log    io.Writer
	truth  outcome.Outcome // of the decode by go-eth2-client
}

// measureAll does everything in a temporary folder that it removes.
func measureAll(ctx context.Context, s settings, log io.Writer) (_ *results, err error) {
	if n := availableCores(); n < maxCores {
		return nil, fmt.Errorf("%w: %d cores are needed, this machine has %d", errUsage, maxCores, n)
	}
	folder, err := os.MkdirTemp(s.folder, "tidemark-bench-")
	if err != nil {
		return nil, fmt.Errorf("make temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err := build(ctx, s.repository, folder); err != nil {
		return nil, err
	}
	all := &results{}
	for _, fork := range s.forks {
		b := &bench{settings: s, fork: fork, folder: folder, log: log}
		r := &result{settings: s, fork: fork}
		if err := b.measure(ctx, r); err != nil {
			return nil, fmt.Errorf("measure a state of %s: %w", fork, err)
		}
		all.forks = append(all.forks, r)
	}
	all.harnessPeakBytes = ownPeak()
	return all, nil
}

// measure does what there is to do on one fork. The next one's states take the place of its states.
func (b *bench) measure(ctx context.Context, r *result) error {
	if err := b.mainnet(ctx, r); err != nil || b.large == 0 {
		return err
	}
	return b.tenMillion(ctx, r)
}

// mainnet measures all contestants on the state of mainnet's size.
func (b *bench) mainnet(ctx context.Context, r *result) (err error) {
	state, path, err := b.generate(b.validators)
	if err != nil {
		return err
	}
	answer := filepath.Join(b.folder, "validators.json")
	r.jsonBytes, err = b.create(answer, state.WriteValidatorsJSON)
	if err != nil {
		return err
	}
	url, stop, err := serve(ctx, path, b.fork)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	r.stateBytes, r.hashes = state.Size(), state.Hashes()
	r.decode = b.eth2client("go-eth2-client, SSZ decode and root", state, path)
	r.json = b.contestant("go-eth2-client, JSON validators", b.slowRuns, "eth2client", "-decode", "validators", "-credentials", credentials(state), answer)
	r.floor = b.contestant("bare hashing", b.runs, "floor", "-hashes", fmt.Sprint(r.hashes))
	if err := b.learn(ctx, r.decode); err != nil {
		return err
	}
	r.file = b.reader("this reader, file", state, path, "")
	r.http = b.reader("this reader, HTTP", state, url, filepath.Join(b.folder, "hint-"+b.fork))
	r.hintless = b.reader("this reader, HTTP without hint: twice", state, url, "")
	r.inspect = b.inspection(state, path)
	r.version = b.contestant("oraclenode version", b.runs, memberProgram, "version")
	r.version.parse = parseVersion
	if _, err := r.http.runOnce(ctx, maxCores); err != nil { // for the hint
		return err
	}
	return b.rounds(ctx, r.file, r.inspect, r.http, r.hintless, r.decode, r.floor, r.version, r.json)
}

// tenMillion measures the reader on the larger state, and go-eth2-client once for the root.
func (b *bench) tenMillion(ctx context.Context, r *result) error {
	for _, name := range []string{"state.ssz", "validators.json"} {
		if err := os.Remove(filepath.Join(b.folder, name)); err != nil {
			return fmt.Errorf("make room for the larger state: %w", err)
		}
	}
	state, path, err := b.generate(b.large)
	if err != nil {
		return err
	}
	r.largeBytes = state.Size()
	r.largeDecode = b.eth2client("go-eth2-client, SSZ decode and root", state, path)
	r.largeDecode.runs = 1
	if err := b.learn(ctx, r.largeDecode); err != nil {
		return err
	}
	r.large = b.reader("this reader, file", state, path, "")
	r.large.runs = b.slowRuns
	return b.rounds(ctx, r.large, r.largeDecode)
}

// generate writes a state file.
func (b *bench) generate(validators int) (*synth.State, string, error) {
	o := synth.Mainnet(validators)
	o.Seed, o.PoolValidators, o.PendingDeposits, o.HistoricalSummaries = uint64(b.seed), b.pool, b.pendingDeposits, b.summaries
	state, err := synth.New(synth.Fork(b.fork), o)
	if err != nil {
		return nil, "", err
	}
	path := filepath.Join(b.folder, "state.ssz")
	_, err = b.create(path, state.WriteSSZ)
	return state, path, err
}

func (b *bench) create(path string, write func(io.Writer) error) (_ uint64, err error) {
	fmt.Fprintf(b.log, "writing %s\n", filepath.Base(path))
	file, err := os.Create(path)
	if err != nil {
		return 0, fmt.Errorf("create %s: %w", filepath.Base(path), err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := write(file); err != nil {
		return 0, err
	}
	size, err := file.Seek(0, io.SeekCurrent)
	return uint64(size), err
}

func credentials(s *synth.State) string {
	pool := s.PoolCredentials()
	list := outcome.Credentials(pool[:])
	return list.String()
}

func (b *bench) contestant(name string, runs int, program string, arguments ...string) *contestant {
	return &contestant{
		name: name, runs: runs, program: filepath.Join(b.folder, program), arguments: arguments, parse: outcome.Parse, cores: make([]samples, maxCores),
	}
}

// inspection is the program that people run, told the root as the reader is.
func (b *bench) inspection(s *synth.State, path string) *contestant {
	arguments := []string{"state", "inspect", "--json", "--spec", b.spec(), "--fork", b.fork, "--root", b.truth.Root, "--file", path}
	for _, c := range s.PoolCredentials() {
		arguments = append(arguments, "--credentials", "0x"+hex.EncodeToString(c[:]))
	}
	c := b.contestant("oraclenode state inspect", b.runs, memberProgram, arguments...)
	c.parse = outcome.ParseInspection
	return c
}

// spec is the network's for state inspect: mainnet, or mainnet's preset with a date for Gloas.
func (b *bench) spec() string {
	if synth.Fork(b.fork) == synth.Gloas {
		return filepath.Join(b.repository, "cmd", memberProgram, "testdata", "gloas.yaml")
	}
	return "mainnet"
}

// parseVersion finds no values in what the program says of itself.
func parseVersion(output []byte) (outcome.Outcome, error) {
	if !bytes.HasPrefix(output, []byte(memberProgram)) {
		return outcome.Outcome{}, fmt.Errorf("version %.80q: %w", output, outcome.ErrMalformed)
	}
	return outcome.Outcome{}, nil
}

func (b *bench) eth2client(name string, s *synth.State, path string) *contestant {
	return b.contestant(name, b.runs, "eth2client", "-decode", "state", "-fork", b.fork, "-credentials", credentials(s), path)
}

// reader is told the root that it must find: learn came before.
func (b *bench) reader(name string, s *synth.State, source, hint string) *contestant {
	return b.contestant(name, b.runs, "reader", "-fork", b.fork, "-credentials", credentials(s), "-root", b.truth.Root, "-hint", hint, source)
}

// learn runs the second opinion once, unmeasured, for what the others must find.
func (b *bench) learn(ctx context.Context, c *contestant) error {
	one, err := c.runOnce(ctx, maxCores)
	b.truth = one.found
	return err
}

// rounds runs each contestant once a round on each number of cores, as long as it has runs left.
func (b *bench) rounds(ctx context.Context, all ...*contestant) error {
	for round := range max(b.runs, b.slowRuns) {
		for cores := 1; cores <= maxCores; cores++ {
			for _, c := range all {
				if round >= c.runs {
					continue
				}
				one, err := c.runOnce(ctx, cores)
				if err != nil {
					return err
				}
				if !b.truth.Agrees(one.found) {
					return fmt.Errorf("%s found %+v: %w, go-eth2-client found %+v", c.name, one.found, errDisagree, b.truth)
				}
				c.cores[cores-1] = append(c.cores[cores-1], one)
				fmt.Fprintf(b.log, "round %d, %d cores, %s: %.3f s, processor %.3f s, %.1f MiB\n",
					round+1, cores, c.name, one.wall.Seconds(), one.processor.Seconds(), mebibytes(one.peakBytes))
			}
		}
	}
	return nil
}

var errDisagree = errors.New("contestants disagree")

func mebibytes(b uint64) float64 { return float64(b) / (1 << 20) }
