package execution_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/execution"
	"github.com/tidemark-oracle/tidemark/test/fakes/executionnode"
)

// onProof alters answers to eth_getProof.
func onProof(change func(*executionnode.Proof)) executionnode.Alter {
	return func(method string, result json.RawMessage) json.RawMessage {
		if method != "eth_getProof" {
			return result
		}
		var p executionnode.Proof
		if err := json.Unmarshal(result, &p); err != nil {
			panic(err)
		}
		change(&p)
		altered, err := json.Marshal(p)
		if err != nil {
			panic(err)
		}
		return altered
	}
}

// onText replaces in answers to a method.
func onText(method, old, replacement string) executionnode.Alter {
	return func(asked string, result json.RawMessage) json.RawMessage {
		if asked != method {
			return result
		}
		return bytes.ReplaceAll(result, []byte(old), []byte(replacement))
	}
}

// instead answers a method with a fixed result.
func instead(method, result string) executionnode.Alter {
	return func(asked string, honest json.RawMessage) json.RawMessage {
		if asked != method {
			return honest
		}
		return json.RawMessage(result)
	}
}

func onStorage(change func(*executionnode.StorageProof)) executionnode.Alter {
	return onProof(func(p *executionnode.Proof) {
		for i := range p.StorageProof {
			change(&p.StorageProof[i])
		}
	})
}

func cut(proof []hexutil.Bytes) []hexutil.Bytes { return proof[:len(proof)-1] }

func flip(node hexutil.Bytes) { node[len(node)-1] ^= 1 }

// lies are altered results, with the error that each must cause and words that the error must say.
func lies() map[string]struct {
	alter executionnode.Alter
	want  error
	says  string
} {
	type lie = struct {
		alter executionnode.Alter
		want  error
		says  string
	}
	one := big.NewInt(1)
	return map[string]lie{
		"flipped balance": {onProof(func(p *executionnode.Proof) { p.Balance.ToInt().Add(p.Balance.ToInt(), one) }), execution.ErrProof, "balance"},
		"flipped nonce":   {onProof(func(p *executionnode.Proof) { p.Nonce++ }), execution.ErrProof, "nonce"},
		"flipped code hash": {onProof(func(p *executionnode.Proof) { p.CodeHash[0] ^= 1 }), execution.ErrProof,
			"code hash"},
		"flipped storage root": {onProof(func(p *executionnode.Proof) { p.StorageHash[0] ^= 1 }), execution.ErrProof, "storage root"},
		"flipped storage": {onStorage(func(s *executionnode.StorageProof) { s.Value.ToInt().Xor(s.Value.ToInt(), one) }), execution.ErrProof,
			"is proven"},
		"flipped account leaf": {onProof(func(p *executionnode.Proof) { flip(p.AccountProof[len(p.AccountProof)-1]) }), execution.ErrProof, "missing"},
		"flipped account root": {onProof(func(p *executionnode.Proof) { flip(p.AccountProof[0]) }), execution.ErrProof, "missing"},
		"flipped storage leaf": {onStorage(func(s *executionnode.StorageProof) { flip(s.Proof[len(s.Proof)-1]) }), execution.ErrProof, "missing"},
		"truncated account proof": {onProof(func(p *executionnode.Proof) { p.AccountProof = cut(p.AccountProof) }), execution.ErrProof,
			"missing"},
		"truncated storage proof": {onStorage(func(s *executionnode.StorageProof) { s.Proof = cut(s.Proof) }), execution.ErrProof, "missing"},
		"empty account proof":     {onProof(func(p *executionnode.Proof) { p.AccountProof = []hexutil.Bytes{} }), execution.ErrProof, "missing"},
		"another account":         {onProof(func(p *executionnode.Proof) { p.Address[0] ^= 1 }), execution.ErrProof, "it is about account"},
		"another slot":            {onStorage(func(s *executionnode.StorageProof) { s.Key[0] ^= 1 }), execution.ErrProof, "it is about slot"},
		"slots dropped":           {onProof(func(p *executionnode.Proof) { p.StorageProof = p.StorageProof[:0] }), execution.ErrMalformed, "asked were"},
		"huge node": {onProof(func(p *executionnode.Proof) { p.AccountProof[0] = make([]byte, 10_000) }), execution.ErrProof,
			"larger than any"},
		"many nodes": {onProof(func(p *executionnode.Proof) { p.AccountProof = make([]hexutil.Bytes, 5_000) }), execution.ErrProof,
			"more than any path"},
		"missing accountProof": {onText("eth_getProof", `"accountProof"`, `"x"`), execution.ErrMalformed, "accountProof is missing"},
		"missing balance":      {onText("eth_getProof", `"balance"`, `"x"`), execution.ErrMalformed, "balance is missing"},
		"missing storageHash":  {onText("eth_getProof", `"storageHash"`, `"x"`), execution.ErrMalformed, "storageHash is missing"},
		"missing codeHash":     {onText("eth_getProof", `"codeHash"`, `"x"`), execution.ErrMalformed, "codeHash is missing"},
		"missing nonce":        {onText("eth_getProof", `"nonce"`, `"x"`), execution.ErrMalformed, "nonce is missing"},
		"missing address":      {onText("eth_getProof", `"address"`, `"x"`), execution.ErrMalformed, "address is missing"},
		"missing value":        {onText("eth_getProof", `"value"`, `"x"`), execution.ErrMalformed, "key, value or proof"},
		"missing storageProof": {onText("eth_getProof", `"storageProof"`, `"x"`), execution.ErrMalformed, "asked were"},
		"no hexadecimal":       {onText("eth_getProof", `"0x`, `"zz`), execution.ErrMalformed, ""},
		"null":                 {instead("eth_getProof", "null"), execution.ErrMalformed, "is missing"},
		"a list":               {instead("eth_getProof", "[]"), execution.ErrMalformed, ""},
		"code of another":      {instead("eth_getCode", `"0x00"`), execution.ErrProof, "the code has hash"},
		"code null":            {instead("eth_getCode", "null"), execution.ErrMalformed, "not hexadecimal"},
		"code too long":        {instead("eth_getCode", `"0x`+strings.Repeat("00", 30_000)+`"`), execution.ErrTooLarge, "code of 30000 bytes"},
		"another chain":        {instead("eth_chainId", `"0x1"`), execution.ErrWrongChain, "it is on chain 1, the manifest is of chain 1337"},
		"no chain":             {instead("eth_chainId", `{}`), execution.ErrMalformed, "not a quantity"},
	}
}

// readAll reads everything there is to read.
func readAll(r *execution.Reader, block execution.BlockRef, refSlot uint64) (*execution.Pool, error) {
	ctx := context.Background()
	p, err := r.Pool(ctx, block)
	if err == nil {
		_, err = p.Request(ctx, 2)
	}
	if err == nil {
		_, err = p.Committee(ctx, refSlot)
	}
	return p, err
}

func TestALieIsRefusedWithItsReasonAndTheNextEndpointServes(t *testing.T) {
	w := busy(t)
	block, refSlot := w.seal(), w.refSlotOfChange()
	honest := serve(t, w.node)
	want, err := readAll(w.reader(honest), block, refSlot)
	require.NoError(t, err)
	for name, lie := range lies() {
		t.Run(name, func(t *testing.T) {
			liar := serve(t, w.node.Lying(lie.alter))
			_, err := readAll(w.reader(liar), block, refSlot)
			require.ErrorIs(t, err, lie.want)
			require.ErrorContains(t, err, lie.says)
			require.ErrorContains(t, err, liar, "the endpoint is named")

			got, err := readAll(w.reader(liar, honest), block, refSlot)
			require.NoError(t, err)
			require.Equal(t, want.Values, got.Values)
		})
	}
}

func TestAProofOfAnotherAccountIsRefused(t *testing.T) {
	w := busy(t)
	block := w.seal()
	// Everything in the answer is true, but about the rewards vault; only the address is put in.
	swap := func(method string, result json.RawMessage) json.RawMessage {
		if method != "eth_getProof" || !bytes.Contains(result, []byte(strings.ToLower(w.Contracts.WithdrawalVault.Hex()))) {
			return result
		}
		other := ask1(t, w, block, w.Contracts.ELRewardsVault)
		return bytes.ReplaceAll(other, []byte(strings.ToLower(w.Contracts.ELRewardsVault.Hex())), []byte(strings.ToLower(w.Contracts.WithdrawalVault.Hex())))
	}
	_, err := w.reader(serve(t, w.node.Lying(swap))).Pool(context.Background(), block)
	require.ErrorIs(t, err, execution.ErrProof)
	require.ErrorContains(t, err, "WithdrawalVault")
}

// ask1 gets an honest raw proof of an account without slots.
func ask1(t *testing.T, w *world, block execution.BlockRef, address common.Address) json.RawMessage {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"jsonrpc": "2.0", "id": 1, "method": "eth_getProof", "params": []any{address, []string{}, map[string]any{"blockHash": block.Hash}},
	})
	require.NoError(t, err)
	response, err := http.Post(serve(t, w.node), "application/json", bytes.NewReader(body))
	require.NoError(t, err)
	defer response.Body.Close()
	var answer struct{ Result json.RawMessage }
	require.NoError(t, json.NewDecoder(response.Body).Decode(&answer))
	return answer.Result
}

func TestAProofOfAnotherBlockIsRefused(t *testing.T) {
	w := busy(t)
	old := w.seal()
	w.Chain.NextBlock(w.Chain.Slot() + 1)
	w.Chain.AddBalance(w.Contracts.WithdrawalVault, big.NewInt(1))
	block := w.seal()
	// The node is asked for one block and answers with true values and proofs of another.
	mixed := execution.BlockRef{Hash: old.Hash, StateRoot: block.StateRoot, Number: block.Number}
	_, err := w.reader(serve(t, w.node)).Pool(context.Background(), mixed)
	require.ErrorIs(t, err, execution.ErrProof)
}

// raw answers every request with the same bytes.
func raw(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

func TestAnswersThatAreNoJSONRPCAreRefused(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	for name, c := range map[string]struct {
		handler http.Handler
		want    error
		says    string
	}{
		"garbage":       {raw(200, "<html>"), execution.ErrMalformed, "not a JSON-RPC object"},
		"empty":         {raw(200, ""), execution.ErrMalformed, "not a JSON-RPC object"},
		"cut off":       {raw(200, `{"id":1,"result":"0x5`), execution.ErrMalformed, "not a JSON-RPC object"},
		"no result":     {raw(200, `{"id":1}`), execution.ErrMalformed, "neither result nor error"},
		"another id":    {raw(200, `{"id":2,"result":"0x539"}`), execution.ErrMalformed, "another request"},
		"oversized":     {raw(200, `{"id":1,"result":"`+strings.Repeat("0", 1<<20)+`"}`), execution.ErrTooLarge, "more than 524288 bytes"},
		"not found":     {raw(404, "no"), execution.ErrRefused, "404"},
		"no credential": {raw(401, "no"), execution.ErrRefused, "credentials"},
		"busy":          {raw(429, "no"), execution.ErrUnreachable, "429"},
		"broken":        {raw(500, "no"), execution.ErrUnreachable, "500"},
		"an error":      {raw(200, `{"id":1,"error":{"code":-32601,"message":"no such method"}}`), execution.ErrRefused, "no such method"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := serve(t, c.handler)
			o := options(w.ChainID, bad)
			o.MaxResponseBytes = 1 << 19
			_, err := w.readerWith(o).Pool(context.Background(), block)
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, c.says)
			require.ErrorContains(t, err, bad)
			_, err = w.reader(bad, serve(t, w.node)).Pool(context.Background(), block)
			require.NoError(t, err)
		})
	}
}

func TestAnEndlessAnswerIsCutOff(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	endless := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for chunk := make([]byte, 1<<16); ; {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	_, err := w.reader(endless).Pool(context.Background(), block)
	require.ErrorIs(t, err, execution.ErrTooLarge)
}

func TestASlowEndpointTimesOutAndTheNextServes(t *testing.T) {
	w := newWorld(t)
	block := w.seal()
	slow := serve(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // lets the server see that the client goes
		<-r.Context().Done()
	}))
	o := options(w.ChainID, slow)
	o.RequestTimeout, o.Rounds = 50*time.Millisecond, 1
	_, err := w.readerWith(o).Pool(context.Background(), block)
	require.ErrorIs(t, err, execution.ErrTimeout)
	require.ErrorContains(t, err, slow)
	o = options(w.ChainID, slow, serve(t, w.node))
	o.RequestTimeout = 2 * time.Second
	p, err := w.readerWith(o).Pool(context.Background(), block)
	require.NoError(t, err)
	require.NotEqual(t, slow, p.Sources()[0].Endpoint)
}
