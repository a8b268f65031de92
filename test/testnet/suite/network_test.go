//go:build testnet

package suite

import (
	"context"
	"encoding/binary"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/testnet"
)

// binariesVariable names the folder with the clients, forkVariable the network's newest fork; make test-testnet sets them.
const (
	binariesVariable = "TESTNET_BINARIES"
	forkVariable     = "TESTNET_FORK"
)

func TestNetworkKeepsItsPromises(t *testing.T) {
	binaries := os.Getenv(binariesVariable)
	require.NotEmpty(t, binaries, "%s does not name the folder with the clients: run make test-testnet", binariesVariable)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
	defer cancel()
	dir := filepath.Join(t.TempDir(), "network")

	started := time.Now()
	network, err := testnet.Start(ctx, testnet.Options{
		Dir: dir, Binaries: binaries, Fork: testnet.Fork(os.Getenv(forkVariable)), ExtraValidators: 2, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, network.Stop()) })
	t.Logf("answers after %v", time.Since(started).Round(time.Second/10))

	finalized, err := network.WaitFinalized(ctx)
	require.NoError(t, err)
	t.Logf("finalized epoch %d after %v, %v after genesis", finalized.Epoch, time.Since(started).Round(time.Second),
		time.Since(network.SlotStart(0)).Round(time.Second))

	t.Run("the description can be read back", func(t *testing.T) {
		info, err := testnet.ReadInfo(dir)
		require.NoError(t, err)
		require.Equal(t, network.Info, info)
	})
	t.Run("the finalized state is the fork's, in SSZ, by slot", func(t *testing.T) { checkStates(t, network, finalized) })
	deposit := sendDeposit(ctx, t, network)
	t.Run("EIP-4788 answers with the parent root of the beacon API", func(t *testing.T) { checkBeaconRoots(ctx, t, network) })
	t.Run("the EIP-2537 precompiles answer", func(t *testing.T) { checkPrecompiles(ctx, t, network) })
	t.Run("proofs of past blocks are served", func(t *testing.T) { checkProofs(ctx, t, network) })
	t.Run("a slot can be missed and finality goes on", func(t *testing.T) { checkMissedSlot(ctx, t, network) })
	t.Run("a deposit for an extra key becomes a validator", func(t *testing.T) { checkDeposited(ctx, t, network, deposit) })
	t.Run("stopping leaves no process", func(t *testing.T) { checkStop(t, network, dir) })
}

func checkStates(t *testing.T, network *testnet.Network, finalized testnet.Checkpoint) {
	require.GreaterOrEqual(t, finalized.Epoch, network.ElectraEpoch)
	slot := finalized.Epoch * network.SlotsPerEpoch
	state, version := ssz(t, network, fmt.Sprintf("/eth/v2/debug/beacon/states/%d", slot))
	require.Equal(t, string(network.Fork), version)
	// The first fields of every state: genesis_time, genesis_validators_root, slot (consensus-specs, phase0/beacon-chain.md).
	require.Equal(t, network.GenesisTime, binary.LittleEndian.Uint64(state[:8]))
	require.Equal(t, slot, binary.LittleEndian.Uint64(state[40:48]))
	require.Greater(t, len(state), 2<<20)

	if network.ElectraEpoch > 0 {
		_, version = ssz(t, network, "/eth/v2/debug/beacon/states/1")
		require.Equal(t, "capella", version, "slot 1 lies before the forks")
	}
}

func checkMissedSlot(ctx context.Context, t *testing.T, network *testnet.Network) {
	slot, err := network.MissSlot(ctx)
	require.NoError(t, err)
	t.Logf("missed slot %d", slot)
	status, answer := get(t, network, fmt.Sprintf("/eth/v1/beacon/headers/%d", slot), "application/json")
	require.Equal(t, 404, status, "%.200s", answer)
	// The epoch of the missed slot is finalized in spite of it.
	finalized, err := network.WaitFinalizedEpoch(ctx, slot/network.SlotsPerEpoch)
	require.NoError(t, err)
	t.Logf("epoch %d of it is finalized with epoch %d", slot/network.SlotsPerEpoch, finalized.Epoch)
}

func checkStop(t *testing.T, network *testnet.Network, dir string) {
	pids := network.PIDs()
	require.Len(t, pids, 7, "geth, two beacon nodes and four validator clients")
	started := time.Now()
	require.NoError(t, network.Stop())
	t.Logf("stopped in %v", time.Since(started).Round(time.Second/10))
	for name, pid := range pids {
		require.ErrorIs(t, syscall.Kill(pid, 0), syscall.ESRCH, "%s runs still, as process %d", name, pid)
	}
	// Whoever has the folder among its arguments belongs to the network.
	commands, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	for _, path := range commands {
		if command, err := os.ReadFile(path); err == nil {
			require.NotContains(t, strings.ReplaceAll(string(command), "\x00", " "), dir, path)
		}
	}
	require.ErrorIs(t, network.Err(), testnet.ErrStopped)
	_, err = network.WaitFinalizedEpoch(t.Context(), 1<<40)
	require.ErrorIs(t, err, testnet.ErrStopped)
}
