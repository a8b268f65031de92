package state_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
)

func TestTheForkOfAStateFollowsFromTheScheduleAndItsSlot(t *testing.T) {
	spec := smallSpec()
	for _, fork := range state.Forks() {
		data, _ := encode(t, fork, spec, newState(seeded(2), fork, spec, counts{validators: 5}))
		got, err := state.ForkOf(bytes.NewReader(data), spec)
		require.NoError(t, err)
		require.Equal(t, fork, got)
	}
}

func TestAStateOfAnotherNetworkHasNoFork(t *testing.T) {
	spec := smallSpec()
	data, _ := encode(t, state.Fulu, spec, newState(seeded(2), state.Fulu, spec, counts{validators: 5}))
	for name, change := range map[string]func(*state.Spec){
		"another version":       func(s *state.Spec) { s.Activations[state.Fulu-1].Version = [4]byte{1} },
		"Gloas since long":      func(s *state.Spec) { s.Activations[state.Gloas-1].Epoch = 1 },
		"Fulu not yet":          func(s *state.Spec) { s.Activations[state.Fulu-1].Epoch = 1 << 60 },
		"before the oldest one": func(s *state.Spec) { s.SlotsPerEpoch = 1 << 60 },
	} {
		other := spec
		change(&other)
		_, err := state.ForkOf(bytes.NewReader(data), other)
		require.ErrorIs(t, err, state.ErrWrongFork, name)
		var at *state.Error
		require.ErrorAs(t, err, &at)
		require.Equal(t, "fork", at.Field)
		require.EqualValues(t, 52, at.Offset)
	}
}

type brokenFile struct{ err error }

func (b brokenFile) ReadAt([]byte, int64) (int, error) { return 0, b.err }

func TestTheForkOfWhatIsNoStateIsNotGuessed(t *testing.T) {
	_, err := state.ForkOf(bytes.NewReader(make([]byte, 55)), smallSpec())
	require.ErrorIs(t, err, state.ErrTruncated)
	broken := errors.New("disk failed")
	_, err = state.ForkOf(brokenFile{broken}, smallSpec())
	require.ErrorIs(t, err, state.ErrRead)
	require.ErrorIs(t, err, broken)
	_, err = state.ForkOf(bytes.NewReader(make([]byte, 56)), state.Spec{})
	require.ErrorIs(t, err, state.ErrSpec)
}
