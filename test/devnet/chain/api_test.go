package chain_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon"
	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/beaconapi"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
)

// reader is the oracle's own beacon client on a chain.
func reader(t *testing.T, c *chain.Chain) *beacon.Client {
	t.Helper()
	spec := c.Spec()
	client, err := beacon.New(beacon.Options{Endpoints: []string{c.BeaconURL()}, Network: beacon.Network{
		GenesisTime: c.GenesisTime(), GenesisForkVersion: spec.GenesisForkVersion, DepositChainID: spec.DepositChainID, DepositContract: depositContract,
		SecondsPerSlot: spec.SecondsPerSlot, SlotsPerEpoch: spec.SlotsPerEpoch,
	}})
	require.NoError(t, err)
	t.Cleanup(client.Close)
	return client
}

// request asks the Beacon API.
func request(t *testing.T, c *chain.Chain, path, accept string) (status int, header http.Header, body []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.BeaconURL()+path, nil)
	require.NoError(t, err)
	r.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, response.Header, body
}

func TestEveryStateReadsAndHashesAsItsBlockSays(t *testing.T) {
	c := start(t, func(config *chain.Config) {
		config.Spec.FuluForkEpoch, config.Spec.GloasForkEpoch = 2, 7 // slots 12 and 42
		config.Spec.SlotsPerEpoch, config.Spec.SyncCommitteeSize = 6, 64
		config.Spec.SlotsPerHistoricalRoot = 48
	})
	c.Miss(9, 10)
	advanceTo(t, c, 60) // beyond the vectors of roots
	client := reader(t, c)
	specs, err := client.Specs(t.Context())
	require.NoError(t, err)
	spec, err := state.ParseSpec(specs[0].Values)
	require.NoError(t, err)
	for _, slot := range []uint64{0, 1, 8, 11, 12, 47, 48, 49, 60} {
		block, err := client.Header(t.Context(), beacon.AtSlot(slot))
		require.NoError(t, err)
		err = client.ReadState(t.Context(), slot, block.StateRoot, func(ctx context.Context, s *beacon.StateStream) error {
			fork, err := state.ParseFork(s.Fork)
			require.NoError(t, err)
			read, err := state.Read(ctx, s, fork, spec, &block.StateRoot, state.Query{})
			if err == nil {
				require.Equal(t, slot, read.Slot)
				require.Equal(t, uint64(bystanders), read.TotalValidators)
			}
			return err
		})
		require.NoError(t, err, "slot %d", slot)
	}
	_, err = client.Header(t.Context(), beacon.AtSlot(9))
	require.ErrorIs(t, err, beacon.ErrMissingBlock)
}

func TestStatesOfMissedSlotsAreServedBySlotAndRoot(t *testing.T) {
	c := start(t, nil)
	c.Miss(6, 6)
	advanceTo(t, c, 8)
	missed, err := c.State(6)
	require.NoError(t, err)
	root, err := missed.Root()
	require.NoError(t, err)
	for _, id := range []string{"6", fmt.Sprintf("%#x", root[:])} {
		status, header, body := request(t, c, "/eth/v2/debug/beacon/states/"+id, "application/octet-stream")
		require.Equal(t, http.StatusOK, status)
		require.Equal(t, "gloas", header.Get("Eth-Consensus-Version"))
		want, err := missed.Encode()
		require.NoError(t, err)
		require.Equal(t, want, body)
	}
}

func TestFinalizedCheckpointsAreDeliveredAsEvents(t *testing.T) {
	c := start(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	advanceTo(t, c, 16)
	watched := reader(t, c).WatchFinalized(ctx)
	require.Equal(t, uint64(2), (<-watched).Epoch)
	for epoch := uint64(3); epoch < 6; epoch++ {
		advance(t, c, 4)
		checkpoint := <-watched
		now, root := c.Finalized()
		require.Equal(t, now, checkpoint.Epoch)
		require.Equal(t, root, checkpoint.Root)
		require.Equal(t, epoch, checkpoint.Epoch)
	}
	cancel()
	for range watched {
	}
}

func TestEventsOfAllTopicsAreStreamed(t *testing.T) {
	for fork, want := range map[transition.Fork][]string{
		transition.Fulu:  {"head", "finalized_checkpoint", "chain_reorg", "head"},
		transition.Gloas: {"head_v2", "head_v2", "finalized_checkpoint", "chain_reorg", "head_v2", "head_v2"}, // first without its payload, then with it
	} {
		t.Run(fork.String(), func(t *testing.T) { checkEvents(t, fork, want) })
	}
}

func checkEvents(t *testing.T, fork transition.Fork, want []string) {
	c := start(t, on(fork))
	advanceTo(t, c, 19)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.BeaconURL()+"/eth/v1/events?topics=head,head_v2,chain_reorg&topics=finalized_checkpoint", nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	advance(t, c, 1)
	require.NoError(t, c.Reorg(t.Context(), 20, nil))
	var names []string
	for range want {
		var name, data string
		_, err := fmt.Fscanf(response.Body, "event: %s\n", &name)
		require.NoError(t, err)
		_, err = fmt.Fscanf(response.Body, "data: %s\n\n", &data)
		require.NoError(t, err)
		require.True(t, json.Valid([]byte(data)), data)
		names = append(names, name)
	}
	require.Equal(t, want, names)
}

func TestRefusalsNameTheirReason(t *testing.T) {
	c := start(t, nil)
	advance(t, c, 2)
	for path, want := range map[string]int{
		"/eth/v1/beacon/headers/99":                     http.StatusNotFound,
		"/eth/v1/beacon/headers/0x01":                   http.StatusBadRequest,
		"/eth/v1/beacon/headers/01":                     http.StatusBadRequest,
		"/eth/v1/beacon/states/latest/root":             http.StatusBadRequest,
		"/eth/v1/beacon/states/head/validators/1234":    http.StatusNotFound,
		"/eth/v2/debug/beacon/states/3":                 http.StatusNotFound,
		"/eth/v1/events?topics=block":                   http.StatusBadRequest,
		"/eth/v1/events":                                http.StatusBadRequest,
		"/eth/v1/beacon/light_client/finality_update":   http.StatusNotFound,
		"/eth/v1/beacon/blocks/" + zeroRoot() + "/root": http.StatusNotFound,
	} {
		status, _, body := request(t, c, path, "application/json")
		require.Equal(t, want, status, path)
		var answer struct{ Code int }
		require.NoError(t, json.Unmarshal(body, &answer), path)
		require.Equal(t, want, answer.Code)
	}
}

func zeroRoot() string { return common.Hash{}.Hex() }

func TestEveryAnswerIsWellFormed(t *testing.T) {
	c := start(t, nil)
	advanceTo(t, c, 20)
	require.NoError(t, c.Exit(4))
	advance(t, c, 1)
	for _, path := range []string{
		"/eth/v1/beacon/genesis", "/eth/v1/config/spec", "/eth/v1/config/deposit_contract", "/eth/v1/node/syncing", "/eth/v1/node/version",
		"/eth/v1/beacon/headers/head", "/eth/v1/beacon/headers/finalized", "/eth/v1/beacon/headers/justified", "/eth/v1/beacon/headers/genesis",
		"/eth/v1/beacon/blocks/head/root", "/eth/v2/beacon/blocks/head", "/eth/v2/beacon/blocks/genesis", "/eth/v1/beacon/states/head/root",
		"/eth/v1/beacon/states/finalized/fork", "/eth/v1/beacon/states/justified/finality_checkpoints", "/eth/v1/beacon/states/head/validators",
		"/eth/v1/beacon/states/genesis/pending_deposits", "/eth/v2/debug/beacon/states/head",
	} {
		status, _, body := request(t, c, path, "application/json")
		require.Equal(t, http.StatusOK, status, "%s: %s", path, body)
		var answer struct{ Data json.RawMessage }
		require.NoError(t, json.Unmarshal(body, &answer), path)
		require.NotEmpty(t, answer.Data, path)
	}
	_, _, body := request(t, c, "/eth/v1/beacon/states/head/validators/4", "application/json")
	require.Contains(t, string(body), `"status":"active_exiting"`)
}

func TestOldStatesAreForgottenButNothingThatIsNotFinal(t *testing.T) {
	c := start(t, func(config *chain.Config) { config.KeepStates, config.KeepBlocks = 8, 24 })
	advanceTo(t, c, 41) // finalized: epoch 8, slot 32
	_, err := c.State(31)
	require.ErrorIs(t, err, beaconapi.ErrNotFound)
	_, err = c.State(33)
	require.NoError(t, err)
	client := reader(t, c)
	_, err = client.Header(t.Context(), beacon.AtSlot(20))
	require.NoError(t, err, "headers are kept longer")
	_, err = client.Header(t.Context(), beacon.AtSlot(16))
	require.ErrorIs(t, err, beacon.ErrMissingBlock)
	status, _, _ := request(t, c, "/eth/v2/beacon/blocks/20", "application/octet-stream")
	require.Equal(t, http.StatusNotFound, status)

	c.HaltFinality(true)
	advanceTo(t, c, 90)
	_, err = c.State(44)
	require.NoError(t, err, "a state that is not final was forgotten")
}

func TestRunFollowsItsTicks(t *testing.T) {
	c := start(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	ticks, ended := make(chan time.Time), make(chan error)
	go func() { ended <- c.Run(ctx, ticks) }()
	for range 5 {
		ticks <- time.Time{}
	}
	cancel()
	require.NoError(t, <-ended)
	require.GreaterOrEqual(t, c.Slot(), uint64(4))
}
