// Command search looks for a profit that the price of deposits leaves to whoever orders deposits, requests and reports well.
//
//	search [-steps N] [-seed S]   many worlds; the largest profit and the order that gave it
//	search -seed S -world W       one world, with all that happens
//
// It ends with status 1 when a profit beyond roundings is found. It is called by make search-profit.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math/big"
	"os"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/profit"
)

// errFound: there is a profit, or a broken rule. What happened has been printed.
var errFound = errors.New("a profit was found")

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "search:", err)
		os.Exit(1)
	}
}

func run(arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	flags.SetOutput(out)
	steps := flags.Int64("steps", 1_000_000, "how many steps")
	seed := flags.Uint64("seed", 1, "seed of all worlds")
	world := flags.Int64("world", -1, "replay this world only")
	fresh := flags.Bool("fresh-forgotten", false, "deposits to the consensus layer have no accrual before a report has seen them")
	waiting := flags.Bool("waiting-in-one", false, "the price takes the lower of all waiting requests' values and shares, not of each")
	forgets := flags.Bool("home-forgets", false, "what silence brings home has no accrual")
	forced := flags.Bool("without-forced", false, "ether that waits in the pool for a skim is not due")
	lies := flags.Bool("lies-in-row", false, "wrong losses may follow one another: what the threat model names, q members can do")
	if err := flags.Parse(arguments); err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	options := profit.Options{
		Rules: profit.Rules{WaitingInOne: *waiting, HomeForgets: *forgets, FreshForgotten: *fresh, WithoutForced: *forced, LiesInRow: *lies},
	}
	if *world >= 0 {
		gained, err := replay(out, options, *seed, uint64(*world))
		if err == nil {
			fmt.Fprintf(out, "profit %s wei\n", gained)
		}
		return err
	}
	began := time.Now()
	result := profit.Search(options, *seed, *steps, false)
	took := time.Since(began)
	fmt.Fprintf(out, "%d steps in %d worlds of seed %d, %.0f steps a second; largest profit %s wei in world %d:\n",
		result.Steps, result.Worlds, *seed, float64(result.Steps)/took.Seconds(), result.BestWei, result.BestWorld)
	shown := result.BestWorld
	if result.Err != nil {
		shown = result.ErrWorld
	}
	if _, err := replay(out, options, *seed, shown); err != nil {
		return err
	}
	if result.Found() {
		return errFound
	}
	return nil
}

func replay(out io.Writer, options profit.Options, seed, world uint64) (*big.Int, error) {
	var trace []string
	gained, _, err := profit.Replay(options, seed, world, &trace)
	for _, line := range trace {
		fmt.Fprintln(out, line)
	}
	return gained, err
}
