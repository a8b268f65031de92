package testnet

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
)

// node serves fixed answers by path; any other path is not found.
func node(t *testing.T, answers map[string]string) Info {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, ok := answers[r.URL.Path]
		switch {
		case !ok:
			http.Error(w, "no such block", http.StatusNotFound)
		case answer == "":
			http.Error(w, "still syncing", http.StatusServiceUnavailable)
		default:
			_, _ = w.Write([]byte(answer))
		}
	}))
	t.Cleanup(server.Close)
	return Info{BeaconURL: server.URL, GenesisTime: 1000, SecondsPerSlot: 4, SlotsPerEpoch: 6}
}

const (
	headPath        = "/eth/v1/beacon/headers/head"
	checkpointsPath = "/eth/v1/beacon/states/head/finality_checkpoints"
)

func TestStatusIsReadFromTheNode(t *testing.T) {
	root := common.Hash{7}
	i := node(t, map[string]string{
		headPath: `{"data":{"header":{"message":{"slot":"25"}}}}`,
		checkpointsPath: `{"data":{"current_justified":{"epoch":"3","root":"` + common.Hash{}.Hex() + `"},
			"finalized":{"epoch":"2","root":"` + root.Hex() + `"}}}`,
	})
	status, err := i.Status(t.Context())
	require.NoError(t, err)
	require.Equal(t, Status{HeadSlot: 25, Justified: Checkpoint{Epoch: 3}, Finalized: Checkpoint{Epoch: 2, Root: root}}, status)
}

func TestStatusReportsWhatTheNodeAnswersInstead(t *testing.T) {
	for answer, reason := range map[string]string{
		"":  "status 503: still syncing",
		"{": "decode",
		`{"data":{"header":{"message":{"slot":"-1"}}}}`: "decode",
		strings.Repeat(" ", 2*maxAnswerBytes) + "{}":    "decode",
	} {
		_, err := node(t, map[string]string{headPath: answer}).Status(t.Context())
		require.ErrorContains(t, err, reason, "%.80s", answer)
	}
	_, err := Info{BeaconURL: "http://127.0.0.1:0"}.Status(t.Context())
	require.ErrorContains(t, err, "ask the beacon node")
}

func TestSlotWithoutABlockIsToldFromAFailure(t *testing.T) {
	i := node(t, map[string]string{"/eth/v1/beacon/headers/4": `{}`, "/eth/v1/beacon/headers/6": ""})
	has, err := i.hasBlock(t.Context(), 4)
	require.NoError(t, err)
	require.True(t, has)
	has, err = i.hasBlock(t.Context(), 5)
	require.NoError(t, err)
	require.False(t, has)
	_, err = i.hasBlock(t.Context(), 6)
	require.ErrorContains(t, err, "503")
}

func TestDutyToMissIsTheFirstOfAGenesisValidator(t *testing.T) {
	i := node(t, map[string]string{"/eth/v1/validator/duties/proposer/3": `{"data":[
		{"slot":"20","validator_index":"3"},{"slot":"18","validator_index":"9"},
		{"slot":"19","validator_index":"64"},{"slot":"21","validator_index":"40"}]}`})
	duties, err := i.duties(t.Context(), 3)
	require.NoError(t, err)
	for earliest, want := range map[uint64]duty{17: {18, 9}, 18: {18, 9}, 19: {20, 3}, 20: {20, 3}, 21: {21, 40}} {
		found, ok := firstDuty(duties, earliest)
		require.True(t, ok)
		require.Equal(t, want, found, "from slot %d on", earliest)
	}
	_, ok := firstDuty(duties, 22)
	require.False(t, ok)
}

func TestSlotsAreCountedFromGenesis(t *testing.T) {
	i := Info{GenesisTime: 1000, SecondsPerSlot: 4}
	for unix, slot := range map[int64]uint64{0: 0, 999: 0, 1000: 0, 1003: 0, 1004: 1, 1043: 10} {
		require.Equal(t, slot, i.slotAt(time.Unix(unix, 0)), unix)
	}
	require.Equal(t, time.Unix(1040, 0), i.SlotStart(10))
}

func TestWaitingReportsWhyItEndedAndTheLastFailure(t *testing.T) {
	late, question := errors.New("too late"), errors.New("connection refused")
	ctx, cancel := context.WithCancelCause(t.Context())
	err := poll(ctx, "finality", func() (bool, error) {
		cancel(late)
		return false, question
	})
	require.ErrorIs(t, err, late)
	require.ErrorContains(t, err, "wait for finality: too late (the last question ended with: connection refused)")
	require.NoError(t, poll(ctx, "finality", func() (bool, error) { return true, nil }))
}
