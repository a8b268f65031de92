package main

import (
	"context"
	"crypto/rand"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/clock"
	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	context.AfterFunc(ctx, stop) // A second signal ends the program at once.
	os.Exit(run(ctx, os.Args[1:], processEnvironment()))
}

// endings are the signals that end the program in order. A closed terminal is one, unless whoever started the program ignores that (nohup).
func endings() []os.Signal {
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// processEnvironment is what this process has.
func processEnvironment() environment {
	return environment{
		in: os.Stdin, out: os.Stdout, errOut: os.Stderr,
		environ:     os.Environ(),
		terminal:    term.IsTerminal(int(os.Stderr.Fd())),
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ask:         askerAt(os.Stdin, os.Stderr),
		random:      rand.Reader,
		sleep:       endpoint.Sleep,
		keyCosts:    keyCosts{kdf: bls.StandardScrypt()},
		now:         time.Now,
		clock:       clock.System(),
		peakMemory:  peakMemory,
		buildInfo:   debug.ReadBuildInfo,
		readState:   state.ReadAt,
		compute:     computeFromChain,
		openAudit:   audit.Open,
	}
}
