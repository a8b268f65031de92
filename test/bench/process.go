package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/tidemark-oracle/tidemark/test/bench/outcome"
)

// sample is one run of one process.
type sample struct {
	wall      time.Duration
	processor time.Duration // user and system, of all threads
	peakBytes uint64        // resident
	found     outcome.Outcome
}

var errProcess = errors.New("process failed")

// memberProgram is the program that people run.
const memberProgram = "oraclenode"

// packages are the contestants' programs.
func packages() []string {
	return []string{"./test/bench/reader", "./test/bench/eth2client", "./test/bench/floor", "./cmd/" + memberProgram}
}

// build compiles the programs into the folder, once and as make build does.
func build(ctx context.Context, repository, folder string) error {
	command := exec.CommandContext(ctx, "go", append([]string{"build", "-o", folder + string(filepath.Separator)}, packages()...)...)
	command.Dir = repository
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build the contestants: %w\n%s", err, output)
	}
	for _, name := range packages() {
		if err := dropCached(filepath.Join(folder, filepath.Base(name))); err != nil {
			return err
		}
	}
	return nil
}

// runOnce runs a program on so many cores and measures it from start to exit.
func (c *contestant) runOnce(ctx context.Context, cores int) (sample, error) {
	command := exec.CommandContext(ctx, c.program, c.arguments...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	command.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", cores))
	name := filepath.Base(c.program)
	started := time.Now()
	if err := startPinned(command, cores); err != nil {
		return sample{}, fmt.Errorf("start %s: %w", name, err)
	}
	err := command.Wait()
	wall := time.Since(started)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w: %w\n%s", name, errProcess, err, stderr.Bytes())
	}
	found, err := c.parse(stdout.Bytes())
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", name, err)
	}
	ended := command.ProcessState
	return sample{wall: wall, processor: ended.UserTime() + ended.SystemTime(), peakBytes: peakResident(ended), found: found}, nil
}

// samples are all runs of one process on one number of cores.
type samples []sample

func (s samples) walls() []time.Duration {
	all := make([]time.Duration, 0, len(s))
	for _, one := range s {
		all = append(all, one.wall)
	}
	slices.Sort(all)
	return all
}

func (s samples) fastest() time.Duration { return s.walls()[0] }

// median of an even number of runs is the slower of the middle two.
func (s samples) median() time.Duration { return s.walls()[len(s)/2] }

// processor is the least processor time of a run: where other processes share the cores, it is steadier than wall time.
func (s samples) processor() time.Duration {
	least := s[0].processor
	for _, one := range s {
		least = min(least, one.processor)
	}
	return least
}

func (s samples) peakBytes() uint64 {
	var peak uint64
	for _, one := range s {
		peak = max(peak, one.peakBytes)
	}
	return peak
}
