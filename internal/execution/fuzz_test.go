package execution

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/test/fakes/executionnode"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// truth is a block with honest raw answers about some accounts of it.
type truth struct {
	block    BlockRef
	header   json.RawMessage
	accounts []fact
}

// fact is an honest answer with what it proves.
type fact struct {
	address common.Address
	slots   []common.Hash
	answer  json.RawMessage
	account *Account
}

func newTruth(tb testing.TB) truth {
	tb.Helper()
	n, err := localnet.New(context.Background(), localnet.Options{Fixtures: "../../contracts/test/fixtures", Log: slog.New(slog.DiscardHandler)})
	require.NoError(tb, err)
	node := executionnode.New(n.ChainID)
	header, err := node.Seal(n.Chain)
	require.NoError(tb, err)
	block := BlockRef{Hash: header.Hash(), StateRoot: header.Root, Number: header.Number.Uint64()}
	t := truth{block: block, header: answerOf(tb, node, "eth_getBlockByHash", block.Hash, false)}
	for address, slots := range map[common.Address][]common.Hash{
		n.Contracts.StakingPool:     {slotAt(1), slotAt(3), slotAt(1 << 40)},
		n.Contracts.WithdrawalVault: {slotAt(0)},
		n.Accounts.User.Address:     {},
		{0xab}:                      {slotAt(9)}, // does not exist
	} {
		answer := answerOf(tb, node, "eth_getProof", address, slots, block.atHash())
		account, err := verifyAccount(answer, block.StateRoot, address, slots)
		require.NoError(tb, err)
		t.accounts = append(t.accounts, fact{address, slots, answer, account})
	}
	return t
}

func answerOf(tb testing.TB, node *executionnode.Node, method string, params ...any) json.RawMessage {
	tb.Helper()
	body, err := json.Marshal(rpcRequest{Version: "2.0", ID: requestID, Method: method, Params: params})
	require.NoError(tb, err)
	recorder := httptest.NewRecorder()
	node.ServeHTTP(recorder, httptest.NewRequest("POST", "/", bytes.NewReader(body)))
	result, err := parseResponse(recorder.Code, recorder.Body.Bytes())
	require.NoError(tb, err)
	return result
}

// FuzzVerifyAccount: whatever an endpoint answers, nothing but the truth verifies.
func FuzzVerifyAccount(f *testing.F) {
	t := newTruth(f)
	for _, a := range t.accounts {
		f.Add([]byte(a.answer))
	}
	f.Fuzz(func(tt *testing.T, answer []byte) {
		for _, a := range t.accounts {
			account, err := verifyAccount(answer, t.block.StateRoot, a.address, a.slots)
			if err == nil {
				require.Equal(tt, a.account, account)
			}
		}
	})
}

// FuzzTrieValue: nodes that do hash to their root, which no endpoint can choose, still make no panic.
func FuzzTrieValue(f *testing.F) {
	t := newTruth(f)
	for _, a := range t.accounts {
		var p proofAnswer
		require.NoError(f, json.Unmarshal(a.answer, &p))
		f.Add([]byte(p.AccountProof[len(p.AccountProof)-1]), []byte(p.AccountProof[0]), crypto.Keccak256(a.address[:]))
	}
	f.Fuzz(func(tt *testing.T, first, second, key []byte) {
		hashed := crypto.Keccak256(key)
		root := crypto.Keccak256Hash(first)
		if value, err := trieValue([]hexutil.Bytes{first, second}, root, hashed); err == nil && value != nil {
			require.True(tt, bytes.Contains(append(bytes.Clone(first), second...), value))
		}
		_, _ = provenAccount([]hexutil.Bytes{first, second}, root, common.BytesToAddress(key))
		_, _ = provenWord([]hexutil.Bytes{first, second}, root, common.BytesToHash(key))
	})
}

// FuzzVerifyHeader: only the block's own header verifies.
func FuzzVerifyHeader(f *testing.F) {
	t := newTruth(f)
	f.Add([]byte(t.header))
	f.Add([]byte("null"))
	f.Fuzz(func(tt *testing.T, answer []byte) {
		if block, err := verifyHeader(answer, t.block.Hash); err == nil {
			require.Equal(tt, t.block, block)
		}
	})
}

// FuzzParseResponse: an answer is a result or an error, never both and never neither.
func FuzzParseResponse(f *testing.F) {
	f.Add(200, []byte(`{"jsonrpc":"2.0","id":1,"result":"0x1"}`))
	f.Add(500, []byte(`{"id":1,"error":{"code":-32000,"message":"missing trie node","data":"x"}}`))
	f.Fuzz(func(tt *testing.T, status int, answer []byte) {
		result, err := parseResponse(status, answer)
		require.Equal(tt, err == nil, len(result) > 0)
	})
}

// FuzzKeysIn: keys are cut out of code of exactly the right length.
func FuzzKeysIn(f *testing.F) {
	f.Add(make([]byte, 1+2*KeyLength), uint16(2))
	f.Add(make([]byte, 1), uint16(1))
	f.Fuzz(func(tt *testing.T, code []byte, count uint16) {
		if keys, err := keysIn(code, int(count)); err == nil {
			require.Len(tt, keys, int(count))
			require.Equal(tt, code[1:], bytes.Join(keys, nil))
		}
	})
}

// FuzzChunksIn: chunks are cut out of code that names as many members as there are, a few in each.
func FuzzChunksIn(f *testing.F) {
	two := append(make([]byte, chunksAt+2*chunkEntry-1), 3)
	two[chunksAt+chunkEntry-1] = maxChunkMembers
	f.Add(two, uint16(maxChunkMembers+3))
	f.Add(two, uint16(maxChunkMembers+2))
	f.Add(make([]byte, chunksAt), uint16(0))
	f.Fuzz(func(tt *testing.T, code []byte, count uint16) {
		chunks, err := chunksIn(code, int(count))
		if err != nil {
			require.ErrorIs(tt, err, errNotASet)
			return
		}
		again, members := code[:chunksAt:chunksAt], 0
		for _, c := range chunks {
			require.Positive(tt, c.members)
			require.LessOrEqual(tt, c.members, maxChunkMembers)
			again, members = append(append(again, c.account[:]...), byte(c.members)), members+c.members
		}
		require.Equal(tt, int(count), members)
		require.Equal(tt, code, again)
	})
}
