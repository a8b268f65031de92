package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// TestMain lets up start this program as the command run.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "run" {
		main()
		return
	}
	os.Exit(m.Run())
}

func TestUnusableCommandLinesAreRefused(t *testing.T) {
	for _, line := range []string{"", "up", "sideways -dir=x", "down -dir=x y", "up -dir=x -extra-validators=-1"} {
		require.Error(t, run(t.Context(), strings.Fields(line), io.Discard), line)
	}
}

func TestDownDoesNothingWhenNoNetworkRuns(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		var out strings.Builder
		require.NoError(t, run(t.Context(), []string{"down", "-dir=" + dir}, &out))
		require.Equal(t, "No network runs.\n", out.String())
		// A file that a network left when it was killed means nothing, nor does the number in it: this test survives.
		require.NoError(t, os.WriteFile(filepath.Join(dir, "lock"), []byte("4194304999\n"), 0o600))
	}
}

func TestDeployNeedsARunningNetwork(t *testing.T) {
	err := run(t.Context(), []string{"deploy", "-dir=" + t.TempDir()}, io.Discard)
	require.ErrorContains(t, err, "no network runs: make testnet starts one")
}

func TestLockIsHeldByOneOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	held, err := lock(path)
	require.NoError(t, err)
	require.NoError(t, writePID(held))
	pid, err := readPID(path)
	require.NoError(t, err)
	require.Equal(t, os.Getpid(), pid)
	_, err = lock(path)
	require.ErrorIs(t, err, errRunning)
	require.NoError(t, held.Close())
	again, err := lock(path)
	require.NoError(t, err)
	require.NoError(t, again.Close())
}

func TestProcessNumberThatWouldSignalOthersIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	for _, text := range []string{"", "0", "1", "-1", "-4242", "x", strings.Repeat("9", 40)} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, err := readPID(path)
		require.ErrorContains(t, err, "not the number of a process", text)
	}
}

func FuzzProcessNumber(f *testing.F) {
	f.Add([]byte("4242\n"))
	f.Add([]byte("-1"))
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(t.TempDir(), "lock")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		if pid, err := readPID(path); err == nil {
			require.Greater(t, pid, 1)
		}
	})
}

func TestUpReportsWhyTheNetworkDidNotStart(t *testing.T) {
	dir := t.TempDir()
	err := run(t.Context(), []string{"up", "-dir=" + dir, "-binaries=" + t.TempDir()}, io.Discard)
	require.ErrorContains(t, err, "the network ended (exit status 1)")
	require.ErrorContains(t, err, "make testnet-clients builds it")
	running, err := isRunning(settings{dir: dir})
	require.NoError(t, err)
	require.False(t, running)
}

func TestUpLeavesARunningNetworkAlone(t *testing.T) {
	dir := t.TempDir()
	held, err := lock(filepath.Join(dir, "lock"))
	require.NoError(t, err)
	defer held.Close()
	kept := filepath.Join(dir, "network", "genesis.json")
	require.NoError(t, os.Mkdir(filepath.Dir(kept), 0o700))
	require.NoError(t, os.WriteFile(kept, nil, 0o600))
	var out strings.Builder
	err = run(t.Context(), []string{"up", "-dir=" + dir, "-timeout=1ms"}, &out)
	require.ErrorContains(t, err, "make testnet-down stops it")
	require.Contains(t, out.String(), "runs already")
	require.FileExists(t, kept)
}

func TestRunStopsOnASignal(t *testing.T) {
	dir, binaries := t.TempDir(), t.TempDir()
	for _, name := range []string{"geth", "beacon-chain", "prysmctl", "validator"} {
		script := "#!/bin/sh\nexec sleep 600\n"
		require.NoError(t, os.WriteFile(filepath.Join(binaries, name), []byte(script), 0o700))
	}
	s := settings{dir: dir, binaries: binaries}
	ended, err := startHost(s)
	require.NoError(t, err)
	// Not isRunning: it takes the lock for a moment, which may be the moment that run tries to.
	require.Eventually(t, func() bool {
		_, err := readPID(s.lockFile())
		return err == nil
	}, 30*time.Second, 5*time.Millisecond)
	var out strings.Builder
	require.NoError(t, down(t.Context(), s, &out))
	require.Equal(t, "The network is stopped.\n", out.String())
	<-ended
}

func TestProgressHasALineForEachNewBlock(t *testing.T) {
	var out strings.Builder
	var p progress
	info := testnet.Info{BeaconURL: "x", SlotsPerEpoch: 6, SecondsPerSlot: 4}
	for _, slot := range []uint64{0, 0, 1, 1, 13} {
		p.report(&out, info, testnet.Status{HeadSlot: slot, Justified: testnet.Checkpoint{Epoch: slot / 12}})
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 3)
	require.Contains(t, lines[0], "finality about 96 s later")
	require.Equal(t, "slot  13  epoch  2  justified  1  finalized  0", lines[2])
}
