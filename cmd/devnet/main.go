package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"
)

// environment is all that the commands take from outside.
type environment struct {
	in          io.Reader
	out, errOut io.Writer
	outTerminal bool // out is a terminal: colours are used
	now         func() time.Time
	buildInfo   func() (*debug.BuildInfo, bool)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // A second signal ends the program at once.
	os.Exit(run(ctx, os.Args[1:], environment{
		in: os.Stdin, out: os.Stdout, errOut: os.Stderr, outTerminal: term.IsTerminal(int(os.Stdout.Fd())), now: time.Now, buildInfo: debug.ReadBuildInfo,
	}))
}
