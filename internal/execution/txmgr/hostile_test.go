package txmgr_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

const huge = "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

// lies are what one hostile endpoint beside an honest one may say; none may keep the report out, nor cost more than some reverts.
func lies() map[string]map[string]answer {
	field := func(name string, value any) map[string]answer {
		return map[string]answer{"eth_getBlockByNumber": header(func(h map[string]any) { h[name] = value })}
	}
	return map[string]map[string]answer{
		"huge base fee":     field("baseFeePerGas", huge),
		"no base fee":       field("baseFeePerGas", nil),
		"zero base fee":     field("baseFeePerGas", "0x0"),
		"far future":        field("timestamp", "0xffffffffffffffff"),
		"long past":         field("timestamp", "0x1"),
		"other blocks":      field("hash", common.Hash{7}),
		"huge number":       field("number", "0xffffffffffffffff"),
		"no block":          {"eth_getBlockByNumber": says(nil)},
		"text for a block":  {"eth_getBlockByNumber": says("latest")},
		"no balance":        {"eth_getBalance": says("0x0")},
		"huge balance":      {"eth_getBalance": says(huge)},
		"reported already":  {"eth_call": says("0x" + string(repeated('f', 512)))},
		"reported words":    {"eth_call": says(hexutil.Encode(append(make([]byte, 24), append([]byte{0, 255, 255, 255, 255, 255, 255, 255}, make([]byte, 7*32)...)...)))},
		"empty call":        {"eth_call": says("0x")},
		"reverting call":    {"eth_call": refuses("execution reverted")},
		"huge gas":          {"eth_estimateGas": says("0xffffffffffffffff")},
		"no gas":            {"eth_estimateGas": says("0x0")},
		"too cheap":         {"eth_sendRawTransaction": refuses("transaction underpriced")},
		"always replacing":  {"eth_sendRawTransaction": refuses("replacement transaction underpriced")},
		"nonce too low":     {"eth_sendRawTransaction": refuses("nonce too low")},
		"swallows":          {"eth_sendRawTransaction": says(common.Hash{})},
		"nobody's receipts": {"eth_getTransactionReceipt": says(map[string]any{"status": "0x1"})},
		"costly receipts": {"eth_getTransactionReceipt": func(params []json.RawMessage, honest json.RawMessage) (any, string) {
			var r map[string]any
			if json.Unmarshal(honest, &r) != nil || r == nil {
				return honest, ""
			}
			r["effectiveGasPrice"] = huge
			return r, ""
		}},
		"other chain": {"eth_chainId": says("0x1")},
	}
}

func repeated(c byte, count int) []byte {
	b := make([]byte, count)
	for i := range b {
		b[i] = c
	}
	return b
}

func TestOneHostileEndpointBesideAnHonestOneDoesNotKeepTheReportOut(t *testing.T) {
	w := newWorld(t)
	for name, script := range lies() {
		for _, first := range []bool{true, false} {
			p := w.proxy()
			for method, a := range script {
				p.on(method, a)
			}
			c := w.config()
			c.Store = filepath.Join(t.TempDir(), "submissions.json")
			c.Nodes = append(c.Nodes, p.node())
			if first {
				c.Nodes[0], c.Nodes[1] = c.Nodes[1], c.Nodes[0]
			}
			s := w.sender(c)
			refSlot := w.frame()
			require.NoError(t, s.Submit(w.job(refSlot)))
			for range 16 {
				s.Step(t.Context())
				w.slots(1)
			}
			state := s.State()
			require.Equal(t, refSlot, w.reported(), "%s, first %t: %s", name, first, state.Why)
			require.LessOrEqual(t, state.SpentWei.Cmp(hexutil.MustDecodeBig("0x2386f26fc10000")), 0, "%s: 0.01 ether", name)
		}
	}
}

func TestEndlessAndSlowAnswersAreBounded(t *testing.T) {
	w := newWorld(t)
	for name, serve := range map[string]http.HandlerFunc{
		"endless": func(response http.ResponseWriter, _ *http.Request) {
			for {
				if _, err := response.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		},
		"silent": func(_ http.ResponseWriter, request *http.Request) {
			_, _ = io.Copy(io.Discard, request.Body) // a server notices that its client has gone only after that
			<-request.Context().Done()
		},
	} {
		server := httptest.NewServer(serve)
		t.Cleanup(server.Close)
		node, err := execution.NewNode(server.URL, execution.NodeOptions{HTTP: w.http, RequestTimeout: 2 * time.Second, MaxResponseBytes: 1 << 20})
		require.NoError(t, err)
		c := w.config()
		c.Store = filepath.Join(t.TempDir(), "submissions.json")
		c.Nodes = append([]*execution.Node{node}, c.Nodes...)
		s := w.sender(c)
		refSlot := w.frame()
		require.NoError(t, s.Submit(w.job(refSlot)))
		s.Step(t.Context())
		require.Equal(t, txmgr.CodeSent, s.State().Code, "%s: %s", name, s.State().Why)
		w.slots(1)
		require.Equal(t, refSlot, w.reported())
	}
}

func TestOwnTransactionsThatRevertAgainAndAgainEndTheSending(t *testing.T) {
	w := newWorld(t)
	p, s := w.behindProxy()
	job := w.job(w.frame())
	job.Report.CLValidatorsGwei++ // the contract refuses the certificate
	p.on("eth_call", func(params []json.RawMessage, honest json.RawMessage) (any, string) {
		if honest == nil {
			return "0x", ""
		}
		return honest, ""
	})
	p.on("eth_estimateGas", says("0x7a120"))
	require.NoError(t, s.Submit(job))
	reverts := w.stepUntil(s, txmgr.CodeReverts)
	require.Equal(t, uint64(3), w.nonce(w.key.Address()))
	require.Contains(t, reverts.Why, "Check the execution endpoints")
	for range 5 {
		w.slots(1)
		s.Step(t.Context())
	}
	require.Equal(t, uint64(3), w.nonce(w.key.Address()), "nothing more is sent")
}

func TestRunWorksUntilItsContextEnds(t *testing.T) {
	w := newWorld(t)
	c := w.config()
	c.PollEvery = time.Hour
	changed := make(chan struct{}, 1)
	c.Changed = func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	s := w.sender(c)
	job := w.job(w.frame())
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { s.Run(ctx); close(ended) }()
	require.NoError(t, s.Submit(job))
	for s.State().Stage != txmgr.Sent {
		<-changed
	}
	w.slots(1)
	s.Wake()
	for s.State().Stage != txmgr.Taken {
		<-changed
	}
	cancel()
	<-ended
}
