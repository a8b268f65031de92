package main

import (
	"context"
	"io"
	"runtime/debug"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/internal/bls"
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
