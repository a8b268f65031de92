package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/tidemark-oracle/tidemark/beacon/state"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // A second signal ends the program at once.
	os.Exit(run(ctx, os.Args[1:], processEnvironment()))
}

// processEnvironment is what this process has.
func processEnvironment() environment {
	return environment{
		in: os.Stdin, out: os.Stdout, errOut: os.Stderr,
		environ:  os.Environ(),
		terminal: isTerminal(os.Stderr), outTerminal: isTerminal(os.Stdout),
		now:        time.Now,
		peakMemory: peakMemory,
		buildInfo:  debug.ReadBuildInfo,
		readState:  state.ReadAt,
		compute:    computeFromChain,
	}
}
