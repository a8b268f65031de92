package testnet

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// programs returns a folder with four programs that all are the given shell script.
func programs(t *testing.T, script string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"geth", "beacon-chain", "prysmctl", "validator"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700))
	}
	return dir
}

func TestStartRefusesAMissingProgram(t *testing.T) {
	binaries := programs(t, "exit 0")
	require.NoError(t, os.Remove(filepath.Join(binaries, "validator")))
	dir := filepath.Join(t.TempDir(), "network")
	_, err := Start(t.Context(), Options{Dir: dir, Binaries: binaries})
	require.ErrorIs(t, err, ErrBinaryMissing)
	require.ErrorContains(t, err, "validator")
	require.NoDirExists(t, dir, "nothing is begun")
}

func TestStartRefusesAFolderInUse(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "thesis.tex"), nil, 0o600))
	_, err := Start(t.Context(), Options{Dir: dir, Binaries: programs(t, "exit 0")})
	require.ErrorIs(t, err, ErrDirNotEmpty)
}

func TestStartRefusesImpossibleOptions(t *testing.T) {
	binaries := programs(t, "exit 0")
	_, err := Start(t.Context(), Options{Dir: t.TempDir(), Binaries: binaries, ExtraValidators: 1025})
	require.ErrorContains(t, err, "at most 1024")
	_, err = Start(t.Context(), Options{Dir: t.TempDir(), Binaries: binaries, GenesisDelay: -time.Second})
	require.ErrorContains(t, err, "negative")
}

func TestStartReportsWhatAProgramPrintedBeforeItFailed(t *testing.T) {
	_, err := Start(t.Context(), Options{Dir: t.TempDir(), Binaries: programs(t, "echo flag not defined; exit 4")})
	var exit *ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, "prysmctl", exit.Client)
	require.Equal(t, "flag not defined", exit.LogTail)
	require.ErrorContains(t, err, "exit status 4")
}

func TestStartEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	gaveUp := errors.New("the caller gave up")
	cancel(gaveUp)
	_, err := Start(ctx, Options{Dir: t.TempDir(), Binaries: programs(t, "exit 0")})
	require.ErrorIs(t, err, gaveUp)
}

// running returns a network of processes that play roles instead of clients.
func running(t *testing.T, roles ...string) *Network {
	t.Helper()
	n := newNetwork(slog.New(slog.DiscardHandler))
	p := plan{Options: Options{Dir: t.TempDir(), Binaries: filepath.Dir(os.Args[0])}}
	require.NoError(t, os.Mkdir(p.logs(), 0o700))
	for i, role := range roles {
		t.Setenv(roleVariable, role)
		require.NoError(t, n.run(t.Context(), p, validatorName(i), filepath.Base(os.Args[0]), nil, nil))
	}
	t.Cleanup(func() { require.NoError(t, n.Stop()) })
	return n
}

func TestNetworkFailsWithItsFirstClient(t *testing.T) {
	n := running(t, "obedient", "fails")
	<-n.Done()
	var exit *ExitError
	require.ErrorAs(t, n.Err(), &exit)
	require.Equal(t, "validator-1", exit.Client)
	_, err := n.WaitFinalized(t.Context())
	require.ErrorIs(t, err, n.Err(), "who waits learns of it")
	require.NoError(t, n.Stop())
	require.ErrorAs(t, n.Err(), &exit, "the first reason remains")
}

func TestStopEndsEveryClientAndIsIdempotent(t *testing.T) {
	n := running(t, "obedient", "obedient")
	require.NoError(t, n.Err())
	require.NoError(t, n.Stop())
	require.ErrorIs(t, n.Err(), ErrStopped)
	require.NoError(t, n.Stop())
	for _, client := range n.clients {
		<-client.ended
	}
}

func TestValidatorClientsArePausedByNumber(t *testing.T) {
	n := running(t, "obedient")
	require.NoError(t, n.PauseValidators(0))
	require.NoError(t, n.ResumeValidators(0))
	require.ErrorContains(t, n.PauseValidators(1), "the network has 1")
	require.ErrorContains(t, n.ResumeValidators(-1), "the network has 1")
}

func TestClientThatWasToldToStopIsNoFailureAndStartsAgain(t *testing.T) {
	n := running(t, "obedient", "obedient")
	first := n.PIDs()["validator-1"]
	require.NoError(t, n.StopClient("validator-1"))
	require.NoError(t, n.StopClient("validator-1"), "again is nothing new")
	require.NoError(t, n.Err())
	require.NoError(t, n.StartClient(t.Context(), "validator-1"))
	second := n.PIDs()["validator-1"]
	require.NotEqual(t, first, second)
	require.NoError(t, n.StartClient(t.Context(), "validator-1"), "it runs")
	require.Equal(t, second, n.PIDs()["validator-1"])
	require.NoError(t, n.Err())

	require.ErrorIs(t, n.StopClient("validator-7"), ErrUnknownClient)
	require.ErrorIs(t, n.StartClient(t.Context(), "geth"), ErrUnknownClient)
	require.NoError(t, n.Stop())
	require.ErrorIs(t, n.StartClient(t.Context(), "validator-0"), ErrStopped)
}

func TestRestartedClientThatFailsFailsTheNetwork(t *testing.T) {
	n := running(t, "obedient")
	require.NoError(t, n.StopClient("validator-0"))
	t.Setenv(roleVariable, "fails")
	require.NoError(t, n.StartClient(t.Context(), "validator-0"))
	<-n.Done()
	require.ErrorAs(t, n.Err(), new(*ExitError))
}

func TestChainGoesOnWithoutTheSecondNodeOnly(t *testing.T) {
	var stake [beaconNodes]uint32
	for _, k := range (plan{}).keys() {
		stake[k.beacon] += k.count
	}
	require.Equal(t, uint32(Validators), stake[0]+stake[1])
	require.Greater(t, 3*stake[0], uint32(2*Validators))
	require.Less(t, 3*stake[1], uint32(2*Validators))
	require.Equal(t, []int{0, 0, 1, 1, 2, 2}, []int{clientOf(0), clientOf(25), clientOf(26), clientOf(51), clientOf(52), clientOf(63)})
}
