package main

import (
	"context"
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/clock"
)

// environment is all that the commands take from outside.
type environment struct {
	in          io.Reader
	out, errOut io.Writer
	environ     []string // KEY=value, as os.Environ gives them
	terminal    bool     // errOut is a terminal: progress is shown
	outTerminal bool     // out is a terminal: colours are used
	// ask asks the one who sits at the terminal, and gives the line that was typed; secret ones are not shown. Nil: nobody sits there.
	ask        func(question string, secret bool) ([]byte, error)
	random     io.Reader // unpredictable
	sleep      func(ctx context.Context, d time.Duration) error
	keyCosts   keyCosts
	now        func() time.Time
	clock      clock.Clock
	chainTime  func() time.Time // nil: now; a devnet's chain has a time of its own
	peakMemory func() (bytes uint64, err error)
	buildInfo  func() (*debug.BuildInfo, bool)
	readState  stateReader
	compute    reportComputer
	openAudit  auditOpener
}

// keyCosts are what opening a new key file takes.
type keyCosts struct {
	kdf          bls.KDF
	lightAccount bool
}

// stateReader is state.ReadAt.
type stateReader func(ctx context.Context, r io.ReaderAt, size int64, fork state.Fork, spec state.Spec, want *common.Hash, q state.Query) (*state.State, error)

// chainNow is the time by which the chain's slots are told.
func (env environment) chainNow() func() time.Time {
	if env.chainTime != nil {
		return env.chainTime
	}
	return env.now
}

// readUpTo reads a file: one byte more than limit at most, by which whoever parses it sees that it is too long.
func readUpTo(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit+1))
}

// read is readUpTo, where - is standard input.
func (env environment) read(name string, limit int64) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(io.LimitReader(env.in, limit+1))
	}
	return readUpTo(name, limit)
}

// exactly wants so many arguments.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return cli.Usagef("want %s, got %d", what, len(args))
		}
		return nil
	}
}
