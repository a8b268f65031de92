package testnet

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPausedProcessDoesNotRunUntilItIsResumed(t *testing.T) {
	p := play(t, "obedient")
	require.NoError(t, p.pause())
	require.Eventually(t, func() bool { return processState(t, p) == "T" }, 30*time.Second, time.Millisecond)
	require.NoError(t, p.resume())
	require.Eventually(t, func() bool { return processState(t, p) != "T" }, 30*time.Second, time.Millisecond)
}

// processState is the third field of /proc/N/stat; the second, the name, is in brackets.
func processState(t *testing.T, p *process) string {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.command.Process.Pid))
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(text), ") ")
	return rest[:1]
}

func TestClientsDieWithTheProcessThatStartedThem(t *testing.T) {
	parent := exec.Command(os.Args[0])
	parent.Env = append(os.Environ(), roleVariable+"=parent", "TESTNET_TEST_LOGS="+t.TempDir())
	output, err := parent.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, parent.Start())
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	child, err := strconv.Atoi(strings.TrimSpace(line))
	require.NoError(t, err, line)
	require.NoError(t, syscall.Kill(child, 0), "it runs")

	require.NoError(t, parent.Process.Kill())
	require.Error(t, parent.Wait())
	require.Eventually(t, func() bool { return !runs(child) }, 30*time.Second, 5*time.Millisecond)
}

// runs reports whether a process is there and not merely waiting to be reaped by whoever inherited it.
func runs(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	return err == nil && !strings.HasPrefix(rest, "Z") && !strings.HasPrefix(rest, "X")
}
