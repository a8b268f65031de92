// Command devnet runs a whole oracle network on one machine: a chain with both its nodes, the contracts, and a committee whose members are processes
// of this program. It can do what a member's program must not: change a report before it is signed, cut a member off, run its clock faster.
//
//	devnet ──► test/devnet ──► chain, contracts, holders, books
//	   └──────► devnet member, one process each ──► internal/node with faults
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
