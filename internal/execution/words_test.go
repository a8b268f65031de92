package execution

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNodesSayInTheirOwnWordsThatAStateIsGone(t *testing.T) {
	for node, e := range map[string]rpcError{
		"geth, hash scheme": {Code: -32000, Message: "missing trie node 1b2c (path ) state 0x1b2c is not available, not found"},
		"geth, path scheme": {Code: -32000, Message: "historical state 02203acdaff3 is not available"},
		"geth, no state":    {Code: -32000, Message: "state 0x02203acd is not available"},
		"geth, indexing":    {Code: -32000, Message: "trienode histories haven't been fully indexed yet"},
		"geth, history":     {Code: -32000, Message: "historical state has been pruned, first: 5, state: 3"},
		"nethermind":        {Code: -32002, Message: "No state available for block 0x4a8411"},
		"nethermind, deep": {Code: -32603, Message: "Internal error",
			Data: json.RawMessage(`"Nethermind.Trie.MissingTrieNodeException: Node A: P:2 H:0x992e is missing from the DB\n   at Nethermind"`)},
		"besu":           {Code: -32000, Message: "World state unavailable"},
		"erigon, rewind": {Code: -32000, Message: "requested block is too old, block must be within 1000 blocks of the head block number (currently 3696916)"},
		"erigon, pruned": {Code: -32000, Message: "old data not available due to pruning: requested block 6134861"},
		"erigon, proofs": {Code: -32000, Message: "commitment history pruned: start 10, last tx: 5"},
		"reth, window":   {Code: -32602, Message: "distance to target block exceeds maximum proof window"},
		"reth, pruned":   {Code: -32603, Message: "State at block #11052984 is pruned"},
		"reth, unknown":  {Code: -32603, Message: "no state found for block 0x1234"},
	} {
		require.ErrorIs(t, nodeError(&e), ErrPruned, node)
		require.NotErrorIs(t, nodeError(&e), ErrUnknownBlock, node)
	}
}

func TestNodesSayInTheirOwnWordsThatTheyDoNotKnowABlock(t *testing.T) {
	for node, text := range map[string]string{
		"geth": "header for hash not found", "geth, other": "header not found", "besu": "Block not found", "reth": "block not found: hash 0x12",
		"nethermind": "0x12 could not be found", "canonical": "hash 0x12 is not currently canonical", "erigon": "unknown block",
	} {
		err := nodeError(&rpcError{Message: text})
		require.ErrorIs(t, err, ErrUnknownBlock, node)
		require.NotErrorIs(t, err, ErrPruned, node)
	}
}

func TestOtherErrorsAreNeither(t *testing.T) {
	for _, text := range []string{"execution reverted", "the method eth_getProof does not exist/is not available", "rate limit", "Account not found", ""} {
		err := nodeError(&rpcError{Code: -32000, Message: text})
		require.ErrorIs(t, err, ErrRefused, text)
		require.NotErrorIs(t, err, ErrPruned, text)
		require.NotErrorIs(t, err, ErrUnknownBlock, text)
	}
}

func TestANodesWordsAreShortened(t *testing.T) {
	err := nodeError(&rpcError{Message: string(make([]byte, 100_000))})
	require.Less(t, len(err.Error()), 2_000)
}
