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

// programs are built once, from the packages in this folder.
func programs() []string { return []string{"reader", "eth2client", "floor"} }

// build compiles the programs into the folder.
func build(ctx context.Context, repository, folder string) error {
	arguments := []string{"build", "-o", folder + string(filepath.Separator)}
	for _, name := range programs() {
		arguments = append(arguments, "./test/bench/"+name)
	}
	command := exec.CommandContext(ctx, "go", arguments...)
	command.Dir = repository
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build the contestants: %w\n%s", err, output)
	}
	return nil
}

// runOnce runs a program on so many cores and measures it from start to exit.
func runOnce(ctx context.Context, cores int, program string, arguments ...string) (sample, error) {
	command := exec.CommandContext(ctx, program, arguments...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	command.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", cores))
	started := time.Now()
	if err := startPinned(command, cores); err != nil {
		return sample{}, fmt.Errorf("start %s: %w", filepath.Base(program), err)
	}
	err := command.Wait()
	wall := time.Since(started)
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w: %w\n%s", filepath.Base(program), errProcess, err, stderr.Bytes())
	}
	found, err := outcome.Parse(stdout.Bytes())
	if err != nil {
		return sample{}, fmt.Errorf("%s: %w", filepath.Base(program), err)
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
