// Command simulate lives through years of many pools and prints how late requests are paid, what stays idle and what comes home for nothing.
//
//	simulate [-seeds N] [-first F] [-frames D] [terms]
//
// It ends with status 1 when a bound does not hold. It is called by make sim-loop; docs/loop.md says what is simulated.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/tidemark-oracle/tidemark/report/loopsim"
)

// errBreach: a bound did not hold. Which one has been printed.
var errBreach = errors.New("a bound did not hold")

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
}

func run(arguments []string, out io.Writer) error {
	terms := loopsim.DefaultTerms()
	flags := flag.NewFlagSet("simulate", flag.ContinueOnError)
	flags.SetOutput(out)
	seeds := flags.Uint64("seeds", 2000, "how many pools")
	first := flags.Uint64("first", 1, "the first one")
	frames := flags.Int("frames", 2*365, "days of each pool")
	flags.Uint64Var(&terms.ComingBps, "coming", terms.ComingBps, "part of the swept rewards to come that is relied on, parts per 10,000")
	flags.Uint64Var(&terms.StockBps, "stock", terms.StockBps, "largest stock of keys, in parts per 10,000 of the pool's ether")
	flags.Uint64Var(&terms.ReserveBps, "reserve", terms.ReserveBps, "what is never staked, in parts per 10,000 of the pool's ether")
	flags.Uint64Var(&terms.BucketBps, "bucket", terms.BucketBps, "most that can be asked for at once, in parts per 10,000 of the pool's ether")
	flags.Uint64Var(&terms.BucketFrames, "refill", terms.BucketFrames, "frames in which the bucket fills")
	flags.BoolVar(&terms.PartsWhileOpen, "parts", terms.PartsWhileOpen, "a validator may be asked for a part while another part is under way")
	flags.BoolVar(&terms.EndDropped, "ended", terms.EndDropped, "what was asked of a validator that is slashed then is outstanding no more")
	if err := flags.Parse(arguments); err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	began := time.Now()
	results := make([]loopsim.Result, 0, *seeds)
	for seed := *first; seed < *first+*seeds; seed++ {
		r, err := loopsim.Run(seed, *frames, terms)
		if err != nil {
			return err
		}
		results = append(results, r)
	}
	return summarize(out, results, fmt.Sprintf("%d pools of %d days, from seed %d on, in %.0f seconds.", *seeds, *frames, *first, time.Since(began).Seconds()))
}

func summarize(out io.Writer, results []loopsim.Result, title string) error {
	all := loopsim.Summarize(results)
	fmt.Fprintf(out, "%s\n\n%s", title, loopsim.Table(all))
	breached := false
	for _, s := range all {
		for _, b := range s.Breaches() {
			breached = true
			fmt.Fprintln(out, "BREACH", b)
		}
	}
	if breached {
		return errBreach
	}
	return nil
}
