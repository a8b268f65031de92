package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// settings are the flags.
type settings struct {
	forks                      []string
	validators, pool, seed     int
	large                      int
	runs, slowRuns             int
	folder, page, repository   string
	strict                     bool
	pendingDeposits, summaries int
}

func parse(arguments []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	forks := flags.String("fork", "electra,gloas", "forks of the states, separated by commas: deneb, electra, fulu, gloas")
	flags.IntVar(&s.validators, "validators", 2_200_000, "validators in the registry")
	flags.IntVar(&s.pool, "pool", 300_000, "validators with the pool's credentials")
	flags.IntVar(&s.large, "large", 10_000_000, "validators in a second, larger state of each fork; 0 for none")
	flags.IntVar(&s.seed, "seed", 1, "seed of the states")
	flags.IntVar(&s.pendingDeposits, "deposits", 30_000, "pending deposits")
	flags.IntVar(&s.summaries, "summaries", 800, "historical summaries")
	flags.IntVar(&s.runs, "runs", 5, "runs of each process on each number of cores")
	flags.IntVar(&s.slowRuns, "slow-runs", 2, "runs of those that take half a minute")
	flags.StringVar(&s.folder, "folder", os.TempDir(), "where states are kept for the time of the run: 3 GB at most")
	flags.StringVar(&s.repository, "repository", ".", "folder of the module")
	flags.StringVar(&s.page, "write", "", "page to write the result to as well, such as docs/ingest.md")
	flags.BoolVar(&s.strict, "strict", false, "fail when a target is missed")
	if err := flags.Parse(arguments); err != nil {
		return settings{}, fmt.Errorf("flags: %w", err)
	}
	s.forks = strings.Split(*forks, ",")
	if s.runs < 1 || s.slowRuns < 1 || s.pool > s.validators || flags.NArg() > 0 {
		return settings{}, fmt.Errorf("flags: %w: at least one run and no more pool validators than validators", errUsage)
	}
	return s, nil
}

var (
	errUsage  = errors.New("cannot be measured as asked")
	errMissed = errors.New("a target was missed")
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // the signals need no reset at the end of the process
	}
}

// run measures, prints the page and writes it where it was asked for.
func run(ctx context.Context, arguments []string) error {
	s, err := parse(arguments)
	if err != nil {
		return err
	}
	r, err := measureAll(ctx, s, os.Stderr)
	if err != nil {
		return err
	}
	page := r.page()
	fmt.Print(page)
	if s.page != "" {
		if err := os.WriteFile(s.page, []byte(page), 0o644); err != nil {
			return fmt.Errorf("write page: %w", err)
		}
	}
	if s.strict && !r.reached() {
		return errMissed
	}
	return nil
}
