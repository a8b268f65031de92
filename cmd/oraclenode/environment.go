package main

import (
	"io"
	"runtime/debug"
)

// environment is all that the commands take from outside.
type environment struct {
	in          io.Reader
	out, errOut io.Writer
	environ     []string // KEY=value, as os.Environ gives them
	terminal    bool     // errOut is a terminal: progress is shown
	buildInfo   func() (*debug.BuildInfo, bool)
	compute     reportComputer // nil: this build has no report compute
}
