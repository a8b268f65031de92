package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

// options are the flags.
type options struct {
	root    string
	seed    uint64
	count   int
	workers int
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "folder of the repository; make setup and make fixtures have run in it")
	flag.Uint64Var(&o.seed, "seed", 1, "which faults are drawn")
	flag.IntVar(&o.count, "count", 200, "how many faults are planted")
	flag.IntVar(&o.workers, "j", 2, "how many runs of the tests go on at once: 1 or 2")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, say io.Writer) error {
	if o.count < 1 || o.workers < 1 || o.workers > 2 {
		return fmt.Errorf("-count %d -j %d: give a count of at least 1 and 1 or 2 workers", o.count, o.workers)
	}
	known, err := reasons(equivalentList)
	if err != nil {
		return err
	}
	s := &search{seed: o.seed, say: say}
	drawn, err := s.prepare(ctx, o)
	if err != nil {
		return err
	}
	defer s.results.close()
	if err := s.measure(ctx); err != nil {
		return err
	}
	if err := s.run(ctx); err != nil {
		return fmt.Errorf("stopped, run again to go on: %w", err)
	}
	v, err := summarize(s, drawn, func(f *mutant) string { return why(known, f) })
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(o.root, "docs", "mutants-contracts.md"), v.page(), 0o644); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	fmt.Fprintf(say, "%d of %d faults killed; docs/mutants-contracts.md shows those that lived.\n", v.killed, len(drawn.faults))
	return v.check()
}

// prepare draws the faults and builds the contracts with them.
func (s *search) prepare(ctx context.Context, o options) (sample, error) {
	contracts, work := filepath.Join(o.root, "contracts"), filepath.Join(o.root, ".tools", "mutants")
	forge, err := findForge(contracts)
	if err != nil {
		return sample{}, err
	}
	settings, err := settingsOf(ctx, forge, contracts)
	if err != nil {
		return sample{}, err
	}
	if s.sources, err = readSources(contracts); err != nil {
		return sample{}, err
	}
	if s.digest, err = digest(contracts, s.sources); err != nil {
		return sample{}, err
	}
	fmt.Fprintln(s.say, "Reading the contracts and drawing faults: a few minutes.")
	absolute, err := filepath.Abs(contracts)
	if err != nil {
		return sample{}, fmt.Errorf("find the contracts: %w", err)
	}
	solc := &compiler{absolute, settings}
	trees, err := solc.trees(ctx, s.sources)
	if err != nil {
		return sample{}, err
	}
	drawn, err := draw(ctx, solc, s.sources, mutantsOf(s.sources, trees), o.seed, o.count)
	if err != nil {
		return sample{}, err
	}
	fmt.Fprintf(s.say, "Planted %d of %d possible faults; drawn again: %d whose types do not fit, %d that the compiler has no room for.\n",
		len(drawn.faults), drawn.candidates, drawn.wrongType, drawn.noRoom)
	s.faults = drawn.faults
	rewritten, _ := plant(s.sources, drawn.faults)
	built := project{filepath.Join(work, "project"), forge}
	if err := built.write(contracts, rewritten); err != nil {
		return sample{}, err
	}
	fmt.Fprintln(s.say, "Building the contracts with the faults: minutes, unless they are built already.")
	if err := built.build(ctx); err != nil {
		return sample{}, err
	}
	if s.projects, err = built.copies(o.workers); err != nil {
		return sample{}, err
	}
	s.results, err = openResults(filepath.Join(work, "results.jsonl"))
	return drawn, err
}
