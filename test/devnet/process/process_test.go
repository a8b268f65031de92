package process_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/tidemark-oracle/tidemark/test/devnet/process"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func shell(t *testing.T, script string) (*process.Process, string) {
	t.Helper()
	log := filepath.Join(t.TempDir(), "log")
	p, err := process.Start(process.Program{Path: "/bin/sh", Args: []string{"-c", script}, Log: log})
	require.NoError(t, err)
	t.Cleanup(p.Kill)
	return p, log
}

func TestOutputGoesToTheLogAndLinesToTheChild(t *testing.T) {
	p, log := shell(t, `while read line; do echo "got $line"; [ "$line" = end ] && exit 3; done`)
	require.NoError(t, p.Err())
	require.NoError(t, p.WriteLine("first"))
	require.NoError(t, p.WriteLine("end"))
	<-p.Done()
	require.ErrorContains(t, p.Err(), "exit status 3")
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Equal(t, "got first\ngot end\n", string(text))
	require.ErrorIs(t, p.WriteLine("again"), process.ErrEnded)
}

func TestAKilledChildHasNoTimeToTidyUp(t *testing.T) {
	p, log := shell(t, `trap 'echo tidy; exit 0' TERM; echo ready; while true; do sleep 0.05; done`)
	waitFor(t, log, "ready")
	p.Kill()
	require.ErrorContains(t, p.Err(), "killed")
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	require.NotContains(t, string(text), "tidy")
}

func TestAStoppedChildTidiesUp(t *testing.T) {
	p, log := shell(t, `trap 'echo tidy; exit 0' TERM; echo ready; while true; do sleep 0.05; done`)
	waitFor(t, log, "ready")
	require.NoError(t, p.Stop(t.Context()))
	waitFor(t, log, "tidy")
}

func TestAChildThatDoesNotEndIsKilledWithTheContext(t *testing.T) {
	p, log := shell(t, `trap '' TERM; echo ready; while true; do sleep 0.05; done`)
	waitFor(t, log, "ready")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorContains(t, p.Stop(ctx), "was killed")
}

func TestMemoryOfARunningChildIsTold(t *testing.T) {
	p, log := shell(t, `echo ready; read line`)
	waitFor(t, log, "ready")
	bytes, err := p.ResidentBytes()
	require.NoError(t, err)
	require.Greater(t, bytes, uint64(100<<10))
}

func TestAProgramThatIsNotThereIsNotStarted(t *testing.T) {
	_, err := process.Start(process.Program{Path: "/nonexistent/program", Log: filepath.Join(t.TempDir(), "log")})
	require.ErrorIs(t, err, process.ErrStart)
}

func waitFor(t *testing.T, log, word string) {
	t.Helper()
	require.Eventually(t, func() bool {
		text, err := os.ReadFile(log)
		return err == nil && strings.Contains(string(text), word)
	}, 20*time.Second, 5*time.Millisecond)
}
