package state_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

func TestForksThatThisSoftwareDoesNotKnowAreFound(t *testing.T) {
	values := map[string]string{"SECONDS_PER_SLOT": "12", "ALTAIR_FORK_EPOCH": "0", "BELLATRIX_FORK_EPOCH": "0", "CAPELLA_FORK_EPOCH": "0"}
	for _, f := range state.Forks() {
		values[strings.ToUpper(f.String())+"_FORK_EPOCH"] = "7"
	}
	require.Empty(t, state.UnknownForks(values))

	values["HEZE_FORK_EPOCH"], values["I_STAR_FORK_EPOCH"] = "18446744073709551615", "500"
	require.Equal(t, []state.UnknownFork{{"I_STAR", 500}}, state.UnknownForks(values), "a fork without an epoch is not scheduled")
	values["HEZE_FORK_EPOCH"] = "400"
	require.Equal(t, []state.UnknownFork{{"HEZE", 400}, {"I_STAR", 500}}, state.UnknownForks(values))
}

func TestWhatANodeAnnouncesIsBounded(t *testing.T) {
	values := map[string]string{"_FORK_EPOCH": "1", "x\x1b[2J_FORK_EPOCH": "1", strings.Repeat("A", 33) + "_FORK_EPOCH": "1", "MINUS_FORK_EPOCH": "-1", "LATE_FORK_EPOCH": "4294967296", "NONE_FORK_EPOCH": ""}
	require.Empty(t, state.UnknownForks(values))
	for i := range 100 {
		values[fmt.Sprintf("F%d_FORK_EPOCH", i)] = fmt.Sprint(1000 - i)
	}
	found := state.UnknownForks(values)
	require.Len(t, found, 16)
	require.Equal(t, state.UnknownFork{"F99", 901}, found[0], "the soonest are kept")
}
