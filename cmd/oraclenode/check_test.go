package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/cli"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/preflight"
)

func (w *world) check(home string, args ...string) result {
	w.Helper()
	return w.program.run(w.T, append([]string{
		"check", "--home", home, "--beacon", w.Chain.BeaconURL(), "--execution", w.Chain.ExecutionURL(), "--listen", "/ip4/127.0.0.1/udp/0/quic-v1",
	}, args...)...)
}

func TestCheckOfAMemberNamesItAndEndsWell(t *testing.T) {
	w := newWorld(t)
	for range 40 { // finality
		_, err := w.Chain.NextSlot(t.Context())
		require.NoError(t, err)
	}
	w.RestartClock()
	w.program.now, w.program.chainTime = time.Now, w.Now
	r := w.check(w.Members[2].Home)
	require.Contains(t, r.out, "this node is member 2")
	require.Contains(t, r.out, "A node would run")
	require.Equal(t, cli.ExitOK, r.status, r.out)
}

func TestCheckEndsWithFindingsAndSaysWhatToDo(t *testing.T) {
	w := newWorld(t)
	home := w.Members[1].Home
	require.NoError(t, os.Remove(filepath.Join(home, "identity")))
	r := w.check(home, "--json")
	require.Equal(t, cli.ExitFindings, r.status, r.err)
	var answer checkJSON
	require.NoError(t, json.Unmarshal([]byte(r.out), &answer))
	require.Equal(t, preflight.Failed, answer.Result)
	for _, f := range answer.Findings {
		if f.Area == "keys" && strings.HasSuffix(f.Subject, "identity") {
			require.Contains(t, f.Remedy, "oraclenode keys new")
			return
		}
	}
	require.Fail(t, "nothing was said of the identity", r.out)
}
