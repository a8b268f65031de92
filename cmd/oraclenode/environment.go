package main

import (
	"context"
	"io"
	"runtime/debug"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/beacon/state"
)

// environment is all that the commands take from outside.
type environment struct {
	in          io.Reader
	out, errOut io.Writer
	environ     []string // KEY=value, as os.Environ gives them
	terminal    bool     // errOut is a terminal: progress is shown
	outTerminal bool     // out is a terminal: results may have colours
	now         func() time.Time
	peakMemory  func() (bytes uint64, err error)
	buildInfo   func() (*debug.BuildInfo, bool)
	readState   stateReader
	compute     reportComputer
}

// stateReader is state.ReadAt.
type stateReader func(ctx context.Context, r io.ReaderAt, size int64, fork state.Fork, spec state.Spec, want *common.Hash, q state.Query) (*state.State, error)
