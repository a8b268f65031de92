//go:build devnet

package suite

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/devnet"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

const (
	// leastSlotTime is as fast as members of a quiet machine can report. On a slower or busier one slots take longer.
	leastSlotTime = 300 * time.Millisecond
	// patience is how long anything may take on a slow machine.
	patience = 5 * time.Minute
	// scenarioTime is how long a scenario may take with the longest slots.
	scenarioTime = 30 * time.Minute
)

var (
	program  string // the devnet that is tested
	slotTime string // as the flag takes it
	// sharedSlotTime is for devnets that share the machine with another.
	sharedSlotTime string
	// mostlyWaiting are scenarios in which members wait most of the time: they run beside each other, after all others.
	mostlyWaiting = []string{"front-run", "keeper-down", "silence", "silent-oracle", "payload-withheld", "fork-crossing", "builder-income"}
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "tidemark-suite-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "devnet")
	args := []string{"build", "-o", program}
	if os.Getenv("DEVNET_RACE") != "" {
		args = append(args, "-race")
	}
	if text, err := exec.Command("go", append(args, "../../../cmd/devnet")...).CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the devnet: %v\n%s", err, text)
		return 1
	}
	slots := devnet.SlotTimeHere(time.Now, leastSlotTime)
	slotTime, sharedSlotTime = slots.String(), min(slots*3/2, network.MaxSlotTime).String()
	return m.Run()
}

// devnetRun runs a devnet to its end and gives exit status and output.
func devnetRun(t *testing.T, args ...string) (status int, out string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), scenarioTime)
	defer cancel()
	dir := filepath.Join(t.TempDir(), "net")
	c := exec.CommandContext(ctx, program, append([]string{"--dir", dir}, args...)...)
	var text bytes.Buffer
	c.Stdout, c.Stderr = &text, &text
	err := c.Run()
	if err != nil {
		require.IsType(t, &exec.ExitError{}, err, text.String())
	}
	if c.ProcessState.ExitCode() != 0 {
		t.Log(text.String())
		logMembers(t, dir)
	}
	require.Empty(t, processesOf(t, dir), "a member outlived its devnet")
	return c.ProcessState.ExitCode(), text.String()
}

// logMembers shows the ends of the members' logs.
func logMembers(t *testing.T, dir string) {
	logs, err := filepath.Glob(filepath.Join(dir, "members", "*", "member.log"))
	require.NoError(t, err)
	for _, path := range logs {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		t.Logf("%s:\n%s", path, text[max(0, len(text)-8_000):])
	}
}

func TestEveryScenarioEndsAsPromised(t *testing.T) {
	names, _ := devnet.Scenarios()
	require.Subset(t, names, []string{"calm", "slashing", "missed-ref-slot", "divergence", "byzantine", "partition", "crash-loop", "committee-change", "quarantine", "gift", "front-run", "keeper-down", "silence", "silent-oracle",
		"endpoint-down", "reorg", "wrong-report", "payload-withheld", "fork-crossing", "builder-income"})
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			slots := slotTime
			if slices.Contains(mostlyWaiting, name) {
				t.Parallel()
				slots = sharedSlotTime
			}
			args := []string{"--scenario", name, "--slot-time", slots}
			switch name {
			case "calm":
				args = append(args, "--frames", "3")
			case "soak":
				args = append(args, "--frames", "4")
			}
			status, out := devnetRun(t, args...)
			require.Zero(t, status)
			if name == "wrong-report" {
				require.Contains(t, out, "it finds wrong-values: clValidatorsGwei")
				require.NotContains(t, out, "Values that differ: 0.")
			} else {
				require.Contains(t, out, "Values that differ: 0.")
			}
			require.Contains(t, out, "OK. Scenario "+name+" ended as promised.")
			require.NotContains(t, out, "\x1b[", "colours in a pipe")
		})
	}
}

func TestTheSmallestCommitteeReports(t *testing.T) {
	status, out := devnetRun(t, "--members", "4", "--frames", "2", "--slot-time", slotTime, "--acts")
	require.Zero(t, status)
	require.Contains(t, out, "3 of 4")
	require.Contains(t, out, "stakes")
}

// TestNoMemberOutlivesADevnetThatIsKilled kills the devnet as a power cut would: nobody is left to end its children.
func TestNoMemberOutlivesADevnetThatIsKilled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "net")
	c := exec.Command(program, "--dir", dir)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	require.NoError(t, c.Start())
	require.Eventually(t, func() bool { return len(processesOf(t, dir)) == 1+devnet.DefaultMembers }, patience, 50*time.Millisecond)
	require.NoError(t, c.Process.Kill())
	require.Error(t, c.Wait())
	require.Eventually(t, func() bool { return len(processesOf(t, dir)) == 0 }, patience, 50*time.Millisecond)
}

func TestAnInterruptEndsADevnetInOrder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "net")
	c := exec.Command(program, "--dir", dir, "--slot-time", slotTime)
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	defer out.Close()
	c.Stdout, c.Stderr = out, out
	require.NoError(t, c.Start())
	told := func() string {
		text, err := os.ReadFile(out.Name())
		require.NoError(t, err)
		return string(text)
	}
	require.Eventually(t, func() bool { return strings.Contains(told(), "accounts as calculated") }, patience, 50*time.Millisecond, "no rebase")
	page, err := http.Get(regexp.MustCompile(`http://[0-9.:]+/`).FindString(told()))
	require.NoError(t, err)
	require.NoError(t, page.Body.Close())
	require.Equal(t, http.StatusOK, page.StatusCode, "the dashboard")
	require.NoError(t, c.Process.Signal(os.Interrupt))
	require.NoError(t, c.Wait(), told())
	require.Contains(t, told(), "OK.")
	require.Empty(t, processesOf(t, dir))
}

// processesOf are the processes whose command line names the folder.
func processesOf(t *testing.T, dir string) (found []string) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	require.NotEmpty(t, all, "the test needs /proc")
	for _, path := range all {
		line, err := os.ReadFile(path)
		if err == nil && bytes.Contains(line, []byte(dir)) { // a process may end meanwhile
			found = append(found, path)
		}
	}
	return found
}
