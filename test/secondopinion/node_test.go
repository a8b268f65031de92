//go:build secondopinion

package secondopinion_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// program is one of this folder's, whose output is read while it runs.
type program struct {
	t      *testing.T
	output *bufio.Reader
}

// node starts a program of this folder with a preset.
func node(t *testing.T, preset string, args ...string) *program {
	t.Helper()
	_, err := os.Stat("node_modules/.package-lock.json")
	require.NoError(t, err, "the client's packages are not installed: run make test-second-opinion, which needs Node.js 20 or newer")
	command := exec.Command("node", args...)
	command.Env = append(os.Environ(), "LODESTAR_PRESET="+preset)
	var errors bytes.Buffer
	command.Stderr = &errors
	output, err := command.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	t.Cleanup(func() {
		if t.Failed() {
			command.Process.Kill()
			command.Wait()
			t.Log(errors.String())
			return
		}
		require.NoError(t, command.Wait(), errors.String())
	})
	return &program{t, bufio.NewReaderSize(output, 1<<20)}
}

// next reads one line into v, and the bytes that follow it: size says how many the line announces. It is false at the end.
func (p *program) next(v any, size func() int) (data []byte, more bool) {
	p.t.Helper()
	line, err := p.output.ReadBytes('\n')
	if err == io.EOF && len(line) == 0 {
		return nil, false
	}
	require.NoError(p.t, err, "%s", line)
	require.NoError(p.t, json.Unmarshal(line, v), "%.300s", line)
	data = make([]byte, size())
	_, err = io.ReadFull(p.output, data)
	require.NoError(p.t, err)
	return data, true
}

// spec reads the network that a program tells first, and gives it as a node's answer too.
func (p *program) spec() (state.Spec, map[string]string) {
	p.t.Helper()
	var line struct{ Spec map[string]string }
	_, more := p.next(&line, func() int { return 0 })
	require.True(p.t, more, "the program ended before it said anything")
	spec, err := state.ParseSpec(line.Spec)
	require.NoError(p.t, err)
	return spec, line.Spec
}
