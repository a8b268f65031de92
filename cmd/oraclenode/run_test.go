package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/clock"
)

// result is what a run of the program left behind.
type result struct {
	status   int
	out, err string
}

// program is the whole program with an environment that a test prepares.
type program struct {
	stdin     string
	environ   []string
	terminal  bool
	read      stateReader
	compute   reportComputer
	ctx       context.Context
	out       io.Writer // in place of a buffer
	errOut    io.Writer // likewise
	colours   bool
	ask       func(question string, secret bool) ([]byte, error)
	sleep     func(ctx context.Context, d time.Duration) error
	now       func() time.Time // nil: a clock that no test waits for
	chainTime func() time.Time
}

func (p program) run(t *testing.T, args ...string) result {
	t.Helper()
	var out, errOut bytes.Buffer
	shown := time.Unix(1_700_000_000, 0)
	env := environment{
		in: strings.NewReader(p.stdin), out: &out, errOut: &errOut, environ: p.environ, terminal: p.terminal,
		now:        func() time.Time { shown = shown.Add(1234567 * time.Microsecond); return shown },
		peakMemory: func() (uint64, error) { return 48_234_496, nil },
		buildInfo: func() (*debug.BuildInfo, bool) {
			return &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v0.3.0"}, Settings: []debug.BuildSetting{
				{Key: "vcs.revision", Value: "0123abcd"}, {Key: "vcs.modified", Value: "true"}, {Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "amd64"},
			}}, true
		},
		clock: clock.System(), readState: p.read, compute: p.compute, openAudit: audit.Open,
		outTerminal: p.colours, ask: p.ask, chainTime: p.chainTime, random: rand.Reader, sleep: p.sleep,
		keyCosts: keyCosts{kdf: bls.KDF{Function: "pbkdf2", C: 2}, lightAccount: true},
	}
	if p.now != nil {
		env.now = p.now
	}
	if p.out != nil {
		env.out = p.out
	}
	if p.errOut != nil {
		env.errOut = p.errOut
	}
	ctx := p.ctx
	if ctx == nil {
		ctx = t.Context()
	}
	defer setEnvironment(t, p.environ)()
	status := run(ctx, args, env)
	return result{status, out.String(), errOut.String()}
}

// setEnvironment adds to the environment of this process, which viper reads, until its result is called.
func setEnvironment(t *testing.T, environ []string) (reset func()) {
	t.Helper()
	var names []string
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, cli.EnvPrefix) {
			require.NoError(t, os.Setenv(name, value)) //nolint:usetesting // for one of several runs of a test
			names = append(names, name)
		}
	}
	return func() {
		for _, name := range names {
			require.NoError(t, os.Unsetenv(name))
		}
	}
}

// golden compares text with a file of testdata. UPDATE_GOLDEN=1 writes the file.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), text, "%s; UPDATE_GOLDEN=1 writes it anew", path)
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// drawing is a terminal that tells when a text has been drawn.
type drawing struct {
	text  string
	seen  chan struct{}
	close func()
}

func newDrawing(text string) *drawing {
	seen := make(chan struct{})
	return &drawing{text: text, seen: seen, close: sync.OnceFunc(func() { close(seen) })}
}

func (d *drawing) Write(data []byte) (int, error) {
	if bytes.Contains(data, []byte(d.text)) {
		d.close()
	}
	return len(data), nil
}

// wait ends with an error when the text does not come in ample time.
func (d *drawing) wait(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	select {
	case <-d.seen:
		return nil
	case <-limited.Done():
		return fmt.Errorf("%q was not drawn", d.text)
	}
}
