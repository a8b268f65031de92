package testnet

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// roleVariable has the test's program play a client instead of testing.
const roleVariable = "TESTNET_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "":
		os.Exit(m.Run())
	case "fails":
		for i := range 100 {
			fmt.Println("line", i)
		}
		fmt.Fprintln(os.Stderr, "the reason")
		os.Exit(3)
	case "stubborn":
		signal.Ignore(syscall.SIGTERM)
		fmt.Println("ready")
		select {}
	case "obedient":
		fmt.Println("ready")
		select {}
	case "parent":
		// Its child inherits nothing but the role, and outlives it if nobody kills it.
		os.Setenv(roleVariable, "obedient")
		child, err := startProcess("child", os.Getenv("TESTNET_TEST_LOGS"), os.Args[0])
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(child.command.Process.Pid)
		select {}
	}
}

// play starts a process that plays the role, and waits until it is ready.
func play(t *testing.T, role string) *process {
	t.Helper()
	t.Setenv(roleVariable, role)
	p, err := startProcess(role, t.TempDir(), os.Args[0])
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.stop(0) })
	if role != "fails" {
		require.Eventually(t, func() bool { return strings.Contains(tailOf(p.logPath), "ready") }, 30*time.Second, 5*time.Millisecond)
	}
	return p
}

func TestExitErrorHoldsTheLastLinesOfTheLog(t *testing.T) {
	p := play(t, "fails")
	<-p.ended
	err := p.exit()
	var exit *ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, p.logPath, exit.LogPath)
	require.ErrorContains(t, err, "fails ended: exit status 3")
	require.Contains(t, err.Error(), "line 99\nthe reason")
	require.NotContains(t, err.Error(), "line 80\n", "twenty lines are enough")
	var status *exec.ExitError
	require.ErrorAs(t, err, &status)
}

func TestStopEndsAProcessThatObeys(t *testing.T) {
	p := play(t, "obedient")
	require.NoError(t, p.stop(time.Minute))
	require.ErrorContains(t, p.err, "terminated")
	require.NoError(t, p.stop(time.Minute), "stopping again does nothing")
}

func TestStopKillsAProcessThatDoesNotObey(t *testing.T) {
	p := play(t, "stubborn")
	require.NoError(t, p.stop(time.Millisecond))
	require.ErrorContains(t, p.err, "killed")
}

func TestStopEndsAPausedProcess(t *testing.T) {
	p := play(t, "obedient")
	require.NoError(t, p.pause())
	require.NoError(t, p.stop(time.Minute))
	require.ErrorContains(t, p.err, "terminated")
}

func TestTailIsBounded(t *testing.T) {
	require.Equal(t, "b\nc", tail([]byte("b\nc\n")))
	require.Empty(t, tail(nil))
	require.Len(t, tail([]byte(strings.Repeat("x", 3*tailBytes))), tailBytes)
	require.Equal(t, tailLines-1, strings.Count(tail([]byte(strings.Repeat("x\n", 100))), "\n"))
	require.Contains(t, tailOf("/nowhere/x.log"), "no such file")
}
