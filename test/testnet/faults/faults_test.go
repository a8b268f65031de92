package faults

import (
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// between is a proxy before a node that answers every path with one text of the type.
func between(t *testing.T, contentType string, answer func(path, body string) string) *Proxy {
	t.Helper()
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", contentType)
		w.Header().Set(forkHeader, "electra")
		fmt.Fprint(w, answer(r.URL.Path, string(body)))
	}))
	t.Cleanup(node.Close)
	p, err := Start("127.0.0.1:0", node.URL)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, p.Stop())
		http.DefaultClient.CloseIdleConnections()
	})
	return p
}

// ask sends a body to the proxy.
func ask(t *testing.T, p *Proxy, path, body string) (answer, fork string, status int) {
	t.Helper()
	response, err := http.Post(p.URL+path, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(text), response.Header.Get(forkHeader), response.StatusCode
}

// state is as much of a state as the proxy looks at: two balances at the end.
func state() string {
	text := make([]byte, balancesAt+4+16)
	binary.LittleEndian.PutUint32(text[balancesAt:], balancesAt+4)
	binary.LittleEndian.PutUint64(text[balancesAt+4:], 32_000_000_000)
	binary.LittleEndian.PutUint64(text[balancesAt+12:], 31_000_000_000)
	return string(text)
}

func TestStateIsPassedOnUntilALieIsTold(t *testing.T) {
	p := between(t, "application/octet-stream", func(string, string) string { return state() })
	honest, fork, _ := ask(t, p, statePrefix+"9", "")
	require.Equal(t, state(), honest)
	require.Equal(t, "electra", fork)

	p.Set(FlipBalance(1))
	answer, _, _ := ask(t, p, statePrefix+"9", "")
	require.Equal(t, state()[:balancesAt+12], answer[:balancesAt+12], "all else is as it was")
	require.Equal(t, uint64(31_000_000_001), binary.LittleEndian.Uint64([]byte(answer[balancesAt+12:])))
	require.EqualValues(t, 1, p.Applied())
	answer, _, _ = ask(t, p, "/eth/v1/node/version", "")
	require.Equal(t, state(), answer, "only states are changed")
	require.EqualValues(t, 1, p.Applied())

	p.Set(FlipBalance(2))
	_, _, _ = ask(t, p, statePrefix+"9", "")
	require.Zero(t, p.Applied(), "there is no third validator, and no lie")
	p.Set(WrongFork("deneb"))
	_, fork, _ = ask(t, p, statePrefix+"9", "")
	require.Equal(t, "deneb", fork)
	p.Set(Truncate())
	answer, _, _ = ask(t, p, statePrefix+"9", "")
	require.Equal(t, state()[:len(state())/2], answer)
	p.Set(Down())
	_, _, status := ask(t, p, statePrefix+"9", "")
	require.Equal(t, http.StatusBadGateway, status)
	p.Set(nil)
	answer, _, _ = ask(t, p, statePrefix+"9", "")
	require.Equal(t, state(), answer)
}

func TestOldRootIsGivenForNewEpochs(t *testing.T) {
	old, root := common.Hash{7}, common.Hash{7}
	p := between(t, "application/json", func(string, string) string {
		return fmt.Sprintf(`{"data":{"finalized":{"epoch":"8","root":"%s"}},"execution_optimistic":false}`, root)
	})
	p.Set(OldFinality(old))
	_, _, _ = ask(t, p, finalityPath, "")
	require.Zero(t, p.Applied(), "it is still true")
	root = common.Hash{8}
	answer, _, _ := ask(t, p, finalityPath, "")
	require.JSONEq(t, fmt.Sprintf(`{"data":{"finalized":{"epoch":"8","root":"%s"}},"execution_optimistic":false}`, old), answer)
	require.EqualValues(t, 1, p.Applied())
}

func TestExecutionNodeLiesAboutOneAccount(t *testing.T) {
	account, other := common.Address{0xaa}, common.Address{0xbb}
	p := between(t, "application/json", func(_, body string) string {
		if strings.HasPrefix(body, "[") {
			return `[{"jsonrpc":"2.0","id":2,"result":"0x10"},{"jsonrpc":"2.0","id":1,"result":{"balance":"0xff","accountProof":["0x0102","0x0304"]}}]`
		}
		return `{"jsonrpc":"2.0","id":5,"result":"0xff"}`
	})
	balance := func(of common.Address) string {
		return fmt.Sprintf(`{"jsonrpc":"2.0","id":5,"method":"eth_getBalance","params":["%s","latest"]}`, strings.ToLower(of.Hex()))
	}
	p.Set(FalseBalance(account))
	answer, _, _ := ask(t, p, "/", balance(account))
	require.JSONEq(t, `{"jsonrpc":"2.0","id":5,"result":"0x100"}`, answer)
	answer, _, _ = ask(t, p, "/", balance(other))
	require.JSONEq(t, `{"jsonrpc":"2.0","id":5,"result":"0xff"}`, answer)

	batch := fmt.Sprintf(`[{"jsonrpc":"2.0","id":1,"method":"eth_getProof","params":["%s",[],"0x1"]},{"jsonrpc":"2.0","id":2,"method":"eth_blockNumber","params":[]}]`, account)
	answer, _, _ = ask(t, p, "/", batch)
	require.JSONEq(t, `[{"jsonrpc":"2.0","id":2,"result":"0x10"},{"jsonrpc":"2.0","id":1,"result":{"balance":"0x100","accountProof":["0x0102","0x0304"]}}]`, answer)
	require.EqualValues(t, 2, p.Applied())

	p.Set(FalseProof())
	answer, _, _ = ask(t, p, "/", batch)
	require.Contains(t, answer, `"accountProof":["0x0102","0x0305"]`)
	require.Contains(t, answer, `"balance":"0xff"`)
	answer, _, _ = ask(t, p, "/", balance(account))
	require.JSONEq(t, `{"jsonrpc":"2.0","id":5,"result":"0xff"}`, answer)
}

func FuzzAnswers(f *testing.F) {
	f.Add([]byte(`{"id":1,"method":"eth_getProof","params":["0xaa00000000000000000000000000000000000000"]}`), []byte(`{"id":1,"result":{"balance":"0x1","accountProof":["0x"]}}`))
	f.Add([]byte(`[]`), []byte(`[{"id":null}]`))
	f.Fuzz(func(t *testing.T, request, answer []byte) {
		for _, fault := range []Fault{FalseProof(), FalseBalance(common.Address{0xaa}), OldFinality(common.Hash{1}), FlipBalance(0), Truncate()} {
			for _, path := range []string{"/", finalityPath, statePrefix + "1"} {
				x := Exchange{Path: path, Request: request, Status: http.StatusOK, Body: append([]byte(nil), answer...), Header: http.Header{"Content-Type": {"application/octet-stream"}}}
				if !fault(&x) && path != statePrefix+"1" {
					require.Equal(t, string(answer), string(x.Body), "what was not changed is as it was")
				}
			}
		}
	})
}
