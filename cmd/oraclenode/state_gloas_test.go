package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"testing"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

// gloasArgs are the arguments for the state of the reader's testdata, which another client wrote, and its root.
func gloasArgs(t *testing.T) (args []string, root string) {
	t.Helper()
	const folder = "../../internal/beacon/state/testdata/"
	file, err := os.Open(folder + "gloas-64.ssz.gz")
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	data, err := io.ReadAll(unzipped)
	require.NoError(t, err)
	text, err := os.ReadFile(folder + "gloas-64.json")
	require.NoError(t, err)
	var want struct {
		Root        string
		Credentials []string `json:"withdrawalCredentials"`
	}
	require.NoError(t, json.Unmarshal(text, &want))
	args = []string{"state", "inspect", "--file", write(t, "state.ssz", string(data)), "--spec", "testdata/gloas.yaml"}
	for _, c := range want.Credentials {
		args = append(args, "--credentials", c)
	}
	return args, want.Root
}

func TestInspectTakesTheForkFromTheScheduleOfTheNetwork(t *testing.T) {
	args, root := gloasArgs(t)
	for _, fork := range [][]string{nil, {"--fork", "gloas"}} {
		r := realProgram().run(t, append(append(args, fork...), "--root", root)...)
		require.Equal(t, cli.ExitOK, r.status, r.err)
		require.Contains(t, r.out, "  fork                        gloas\n")
		require.Contains(t, r.out, "  latest execution block      0xf4c72f9b41c73f87bd7e6b05f67972338e1c9945c1cee5a945207cabb509b5ad\n")
		require.Contains(t, r.out, "payload bid")
		require.Contains(t, r.out, "15.522721693 ETH; deducted above, not paid yet")
		require.NotContains(t, r.out, "execution state root", "there is none")
	}

	r := realProgram().run(t, append(args, "--fork", "fulu")...)
	require.Equal(t, cli.ExitError, r.status)
	require.Contains(t, r.err, "VALIDATOR_REGISTRY_LIMIT", "a network with Gloas need not name it, and Fulu needs it")
	args[5] = "mainnet" // where Gloas has no date
	r = realProgram().run(t, args...)
	require.Equal(t, cli.ExitFindings, r.status)
	require.Contains(t, r.err, "beacon state, fork at byte 52: wrong fork")
}

func TestInspectOfGloasAsJSONHasNoExecutionHeader(t *testing.T) {
	args, root := gloasArgs(t)
	r := realProgram().run(t, append(args, "--root", root, "--json")...)
	require.Equal(t, cli.ExitOK, r.status, r.err)
	var got inspectionJSON
	require.NoError(t, json.Unmarshal([]byte(r.out), &got))
	require.Nil(t, got.State.Execution)
	require.Equal(t, common.HexToHash("0xf4c72f9b41c73f87bd7e6b05f67972338e1c9945c1cee5a945207cabb509b5ad"), got.State.LatestBlockHash)
	require.NotNil(t, got.State.Bid)
	require.EqualValues(t, 15_522_721_693, got.Pool.InFlightGwei)
	require.Positive(t, got.Pool.InFlight)
}

func TestPublicNetworksHaveTheirOwnForks(t *testing.T) {
	mainnet, err := loadSpec("mainnet")
	require.NoError(t, err)
	for _, f := range []state.Fork{state.Deneb, state.Electra, state.Fulu} {
		require.Equal(t, state.Mainnet().Activations[f-1], mainnet.Activations[f-1])
	}
	sepolia, err := loadSpec("sepolia")
	require.NoError(t, err)
	require.Equal(t, state.Activation{Version: [4]byte{0x90, 0, 0, 0x76}, Epoch: 353_024}, sepolia.Activations[state.Gloas-1])
	hoodi, err := loadSpec("hoodi")
	require.NoError(t, err)
	require.EqualValues(t, uint64(1<<64-1), hoodi.Activations[state.Gloas-1].Epoch, "no date yet")

	head := make([]byte, 64) // the first slot of Gloas on Sepolia
	copy(head[40:], []byte{0x00, 0x60, 0xac})
	copy(head[52:], []byte{0x90, 0, 0, 0x76})
	fork, err := state.ForkOf(bytes.NewReader(head), sepolia)
	require.NoError(t, err)
	require.Equal(t, state.Gloas, fork)
}
