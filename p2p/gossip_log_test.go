package p2p

import (
	"bytes"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWarningsOfGossipAreForWhoDebugsIt(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(gossipLog{slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelInfo})}).With("peer", 1).WithGroup("g")
	log.Warn("a warning")
	require.Empty(t, out.String())
	log.Error("an error", "k", 2)
	require.Contains(t, out.String(), `level=ERROR msg="an error" peer=1 g.k=2`)
}
