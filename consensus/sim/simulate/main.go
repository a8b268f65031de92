package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// errFound: an invariant did not hold. What failed has been printed.
var errFound = errors.New("an invariant did not hold")

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
}

func run(arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("simulate", flag.ContinueOnError)
	flags.SetOutput(out)
	seed := flags.Uint64("seed", 0, "seed to replay")
	keep := flags.String("keep", "", "with -seed: numbers of the items to keep, separated by commas, or none; empty keeps all")
	seeds := flags.Uint64("seeds", 0, "how many seeds to run")
	first := flags.Uint64("first", 1, "with -seeds: the first one")
	numbers := flags.Bool("numbers", false, "measure the agreement")
	write := flags.String("write", "", "with -numbers: file to write as well")
	if err := flags.Parse(arguments); err != nil {
		return fmt.Errorf("read the command line: %w", err)
	}
	switch {
	case *numbers:
		return measure(out, *write)
	case *seeds > 0:
		return runMany(out, *first, *seeds)
	case *seed > 0:
		return replay(out, *seed, *keep)
	}
	flags.Usage()
	return errors.New("nothing to do: give -seed, -seeds or -numbers")
}
