// Package executionnode fakes an execution node for tests of package execution and of all that reads contracts by proof. It serves the blocks of an evm.Chain by
// JSON-RPC over HTTP, with real tries and proofs, drops old states like a full node, and gives false answers when a test says so.
//
//	evm.Chain --Seal--> header, tries --ServeHTTP--> eth_chainId, eth_blockNumber, eth_getProof, eth_getCode, eth_getBlockByHash, eth_call
//	                               '--Lying--> the same with altered results
package executionnode

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/test/evm"
)

// maxRequestBytes bounds a request's body.
const maxRequestBytes = 1 << 20

// Node is the node. It is safe for concurrent use.
type Node struct {
	chainID uint64

	mu     sync.Mutex
	blocks map[common.Hash]block
	head   uint64
	keep   uint64
	calls  map[string]int
}

type block struct {
	header *types.Header
	states state.Database
	chain  *evm.Chain // as it was, for calls
}

// New makes a node without blocks that keeps all states.
func New(chainID uint64) *Node {
	return &Node{chainID: chainID, blocks: make(map[common.Hash]block), keep: ^uint64(0), calls: make(map[string]int)}
}

// Seal makes a block of the chain's newest state and gives its header, whose hash the node answers to from now on.
func (n *Node) Seal(chain *evm.Chain) (*types.Header, error) {
	header, err := chain.HeaderByNumber(context.Background(), nil)
	if err != nil {
		return nil, err
	}
	root, states, err := chain.Commit()
	if err != nil {
		return nil, err
	}
	header.Root = root
	header.UncleHash, header.TxHash, header.ReceiptHash = types.EmptyUncleHash, types.EmptyTxsHash, types.EmptyReceiptsHash
	n.mu.Lock()
	defer n.mu.Unlock()
	n.blocks[header.Hash()] = block{header, states, chain.Snapshot()}
	n.head = max(n.head, header.Number.Uint64())
	return header, nil
}

// Keep lets the node drop the states of all but the newest blocks, as full nodes do.
func (n *Node) Keep(blocks uint64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.keep = blocks
}

// Calls is how often a method was asked for.
func (n *Node) Calls(method string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.calls[method]
}

// Errors that the node answers with, in geth's words.
var (
	errUnknownBlock  = errors.New("header for hash not found")
	errUnknownMethod = errors.New("the method does not exist/is not available")
)

type request struct {
	ID     json.RawMessage   `json:"id"`
	Method string            `json:"method"`
	Params []json.RawMessage `json:"params"`
}

// Alter changes the raw result of a method before it is sent.
type Alter func(method string, result json.RawMessage) json.RawMessage

// Lying is the same node with altered results.
func (n *Node) Lying(alter Alter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { n.serve(w, r, alter) })
}

// ServeHTTP answers one JSON-RPC request honestly.
func (n *Node) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n.serve(w, r, func(_ string, result json.RawMessage) json.RawMessage { return result })
}

func (n *Node) serve(w http.ResponseWriter, r *http.Request, alter Alter) {
	var q request
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequestBytes)).Decode(&q); err != nil {
		http.Error(w, "not JSON-RPC", http.StatusBadRequest)
		return
	}
	answer := map[string]any{"jsonrpc": "2.0", "id": q.ID}
	result, err := n.answer(q, alter)
	if err != nil {
		answer["error"] = map[string]any{"code": -32000, "message": err.Error()}
	} else {
		answer["result"] = result
	}
	w.Header().Set("Content-Type", "application/json")
	// The client may be gone: nothing can be done about it.
	_ = json.NewEncoder(w).Encode(answer)
}

func (n *Node) answer(q request, alter Alter) (json.RawMessage, error) {
	n.mu.Lock()
	n.calls[q.Method]++
	n.mu.Unlock()
	value, err := n.value(q)
	if err != nil {
		return nil, err
	}
	result, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return alter(q.Method, result), nil
}

func (n *Node) value(q request) (any, error) {
	switch q.Method {
	case "eth_chainId":
		return hexutil.Uint64(n.chainID), nil
	case "eth_blockNumber":
		n.mu.Lock()
		defer n.mu.Unlock()
		return hexutil.Uint64(n.head), nil
	case "eth_getBlockByHash":
		return n.headerOf(q.Params)
	case "eth_getCode":
		return n.code(q.Params)
	case "eth_call":
		return n.call(q.Params)
	case "eth_getProof":
		return n.proof(q.Params)
	}
	return nil, errUnknownMethod
}

// headerOf answers null for an unknown block.
func (n *Node) headerOf(params []json.RawMessage) (any, error) {
	var hash common.Hash
	if err := parse(params, &hash); err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if b, ok := n.blocks[hash]; ok {
		return b.header, nil
	}
	return nil, nil
}

// call calls a view at a block, given by its hash or as "latest".
func (n *Node) call(params []json.RawMessage) (hexutil.Bytes, error) {
	var (
		message struct {
			To   common.Address `json:"to"`
			Data hexutil.Bytes  `json:"data"`
		}
		at any
	)
	if err := parse(params, &message, &at); err != nil {
		return nil, err
	}
	hash := n.newest()
	if byHash, ok := at.(map[string]any); ok {
		text, _ := byHash["blockHash"].(string)
		hash = common.HexToHash(text)
	}
	b, err := n.stateAt(hash)
	if err != nil {
		return nil, err
	}
	answer, _, err := b.chain.Call(ethereum.CallMsg{To: &message.To, Data: message.Data}, nil)
	return answer, err
}

// newest is the hash of the newest block; of none, when there is none.
func (n *Node) newest() (newest common.Hash) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for hash, b := range n.blocks {
		if b.header.Number.Uint64() == n.head {
			newest = hash
		}
	}
	return newest
}

// stateAt gives a block whose state is kept.
func (n *Node) stateAt(hash common.Hash) (block, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	b, ok := n.blocks[hash]
	if !ok {
		return b, errUnknownBlock
	}
	if n.head-b.header.Number.Uint64() >= n.keep {
		return b, fmt.Errorf("missing trie node %x (path ) state %#x is not available", b.header.Root, b.header.Root)
	}
	return b, nil
}

// parse reads the leading parameters.
func parse(params []json.RawMessage, into ...any) error {
	if len(params) < len(into) {
		return errors.New("missing value for required argument")
	}
	for i, v := range into {
		if err := json.Unmarshal(params[i], v); err != nil {
			return fmt.Errorf("invalid argument %d: %w", i, err)
		}
	}
	return nil
}
