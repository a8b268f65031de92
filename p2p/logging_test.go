package p2p

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/libp2p/go-libp2p/gologshim"
	"github.com/stretchr/testify/require"
)

func TestTheLibrarysLinesAreBoundedAndCounted(t *testing.T) {
	var out bytes.Buffer
	clock := &manualClock{now: time.Unix(1_800_000_000, 0)}
	library := slog.New(LibraryHandler(slog.NewTextHandler(&out, nil), clock))
	swarm, rpc := library.With("logger", "swarm2"), library.WithGroup("rpc")
	for range libraryLinesBurst {
		swarm.Error("a peer makes it say so", "peer", "x")
		rpc.Error("and so")
	}
	require.Equal(t, libraryLinesBurst, strings.Count(out.String(), "\n"))
	require.Contains(t, out.String(), `level=WARN msg="the network library says: a peer makes it say so" logger=swarm2 peer=x`)
	clock.pass(time.Minute)
	out.Reset()
	swarm.Warn("later")
	swarm.Info("of no interest")
	require.Equal(t, 1, strings.Count(out.String(), "\n"))
	require.Contains(t, out.String(), "linesLeftOut=20")
}

func TestTheLibraryLogsThroughTheNodesLogger(t *testing.T) {
	var out bytes.Buffer
	RouteLibraryLogs(slog.New(slog.NewJSONHandler(&out, nil)))
	t.Cleanup(func() { RouteLibraryLogs(slog.New(slog.DiscardHandler)) })
	gologshim.Logger("test").Error("hello")
	require.Contains(t, out.String(), `"level":"WARN","msg":"the network library says: hello","logger":"test"`)
}

func TestWarningsOfGossipAreForWhoDebugsIt(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(gossipLog{slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelInfo})}).With("peer", 1).WithGroup("g")
	log.Warn("a warning")
	require.Empty(t, out.String())
	log.Error("an error", "k", 2)
	require.Contains(t, out.String(), `level=ERROR msg="an error" peer=1 g.k=2`)
}
