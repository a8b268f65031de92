package node

import (
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPanicWhileTheChainIsReadIsAnErrorAndForgetsWhatWasRead(t *testing.T) {
	log := &lines{}
	f := newFollower(&parts{log: slog.New(slog.NewTextHandler(log, nil)), clock: newChainClock(time.Unix(1, 0))}, nil) // Without a client every look panics.
	f.view.accepted = []acceptance{{refSlot: 7}}
	caughtUp, err := f.pollSafely(t.Context())
	require.ErrorIs(t, err, errPanic)
	require.False(t, caughtUp)
	require.Empty(t, f.view.accepted)
	require.Contains(t, log.String(), "Reading the execution chain panicked.")
}
