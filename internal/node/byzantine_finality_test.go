package node

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

func TestFalseFinalityOfAnExecutionNodeDoesNotStopTheNodeForGood(t *testing.T) {
	w := newWorld(t, 1)
	var lies atomic.Bool
	lies.Store(true)
	transport := &http.Transport{DisableKeepAlives: true}
	endpoint := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		if err != nil {
			return
		}
		if lies.Load() { // Every block is called final as soon as it is there.
			body = []byte(strings.ReplaceAll(string(body), `"finalized"`, `"latest"`))
		}
		in.Body = io.NopCloser(bytes.NewReader(body))
		forward(out, in, w.ExecutionURL(), transport)
	}))
	t.Cleanup(func() {
		endpoint.CloseClientConnections()
		endpoint.Close()
	})
	n := w.start(0, func(c *Config, _ *Hooks) { c.Execution = []string{endpoint.URL} })
	w.slot()
	head := w.Head().Number
	require.NoError(t, w.Reorg(t.Context(), w.Slot()-1, nil))
	lies.Store(false)
	_, err := w.NextSlot(w.Context())
	require.NoError(t, err)
	w.clock.advance(w.now().Sub(w.clock.true()))
	n.until("follows the chain again", func(s status.Status) bool { return s.Token != nil && s.Token.Block > head })
	require.Contains(t, n.log.String(), "The chain is read anew")
	refSlot := w.schedule.RefSlot(0)
	w.untilNode(n, refSlot, "the contract has the report", reported(refSlot))
}
