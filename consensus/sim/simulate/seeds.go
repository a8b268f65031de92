package main

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tidemark-oracle/tidemark/consensus/sim"
)

// replay plays one script and prints all that happens.
func replay(out io.Writer, seed uint64, keep string) error {
	script := sim.Generate(seed)
	if keep != "" {
		numbers, err := parseNumbers(keep)
		if err != nil {
			return err
		}
		if err := script.Keep(numbers); err != nil {
			return fmt.Errorf("read -keep: %w", err)
		}
	}
	buffered := bufio.NewWriter(out)
	defer buffered.Flush()
	fmt.Fprintln(buffered, script)
	r := sim.Run(script, sim.Production(), func(line string) { fmt.Fprintln(buffered, line) })
	if r.Violation != nil {
		fmt.Fprintln(buffered, r.Violation)
		return errFound
	}
	fmt.Fprintf(buffered, "all invariants held: %d steps of honest cores, %d certificates in %d reference slots\n", r.Steps, r.Certified, r.Rounds)
	return nil
}

func parseNumbers(keep string) ([]int, error) {
	if keep == "none" {
		return nil, nil
	}
	var numbers []int
	for _, field := range strings.Split(keep, ",") {
		n, err := strconv.Atoi(field)
		if err != nil {
			return nil, fmt.Errorf("read -keep: %q is no number of an item: %w", field, err)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// progressEvery is how many seeds lie between two lines of progress.
const progressEvery = 10_000

// board is what the workers share.
type board struct {
	sync.Mutex
	out             io.Writer
	next, end, done uint64
	steps           uint64
	began           time.Time
	failed          int
}

// maxFailures ends a long run: more of them say nothing new.
const maxFailures = 5

// runMany runs seeds on all cores.
func runMany(out io.Writer, first, count uint64) error {
	b := &board{out: out, next: first, end: first + count, began: time.Now()}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(b.work)
	}
	workers.Wait()
	b.report()
	if b.failed > 0 {
		return errFound
	}
	return nil
}

func (b *board) nextSeed() (seed uint64, ok bool) {
	b.Lock()
	defer b.Unlock()
	if b.next >= b.end || b.failed >= maxFailures {
		return 0, false
	}
	b.next++
	return b.next - 1, true
}

func (b *board) work() {
	for seed, ok := b.nextSeed(); ok; seed, ok = b.nextSeed() {
		r := sim.Run(sim.Generate(seed), sim.Production(), nil)
		text := ""
		if r.Violation != nil {
			small, shrunk := sim.Shrink(sim.Generate(seed), sim.Production())
			text = fmt.Sprintf("seed %d: %s\n%s\n", seed, shrunk.Violation, small)
		}
		b.note(r, text)
	}
}

func (b *board) note(r sim.Result, failure string) {
	b.Lock()
	defer b.Unlock()
	b.done++
	b.steps += uint64(r.Steps)
	if failure != "" {
		b.failed++
		fmt.Fprint(b.out, failure)
	}
	if b.done%progressEvery == 0 {
		b.report()
	}
}

func (b *board) report() {
	elapsed := time.Since(b.began)
	fmt.Fprintf(b.out, "%d seeds, %d steps of honest cores, %d failures, %s, %.0f seeds a second\n",
		b.done, b.steps, b.failed, elapsed.Round(time.Second), float64(b.done)/elapsed.Seconds())
}
