package execution

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common"
)

// Errors of this package, to be told apart with errors.Is.
var (
	// ErrConfig: options with which no client can work.
	ErrConfig = errors.New("invalid configuration of the execution client")
	// ErrUnreachable: the endpoint does not answer, or answers that it cannot now (HTTP 429, 5xx).
	ErrUnreachable = endpoint.ErrUnreachable
	// ErrTimeout: no complete answer in the time of one request.
	ErrTimeout = errors.New("no complete answer in time: raise the request time-out or name a faster endpoint")
	// ErrRefused: the node answers with an error.
	ErrRefused = errors.New("the node refuses: see its reason, and name another endpoint if it does not serve this method")
	// ErrTooLarge: the answer is larger than any honest one.
	ErrTooLarge = endpoint.ErrTooLarge
	// ErrMalformed: the answer is not what JSON-RPC and the method prescribe.
	ErrMalformed = errors.New("malformed answer: check that the endpoint is an Ethereum node's JSON-RPC")
	// ErrWrongChain: the node is on another chain than the manifest.
	ErrWrongChain = errors.New("the node is on another chain: name an endpoint of the manifest's chain")
	// ErrUnknownBlock: the node does not know the block, because it is behind or followed another fork.
	ErrUnknownBlock = errors.New("the node does not know the block: wait until it is synced, or name another endpoint")
	// ErrPruned: the node no longer has the block's state. *PrunedError says more.
	ErrPruned = errors.New("the node no longer has the block's state")
	// ErrProof: the answer contradicts the block's state root, or itself.
	ErrProof = errors.New("the answer is not proven by the block's state root: distrust the endpoint")
	// ErrHeader: a header contradicts its block's hash or the beacon state.
	ErrHeader = errors.New("the header contradicts the block")
	// ErrWrongCode: it is proven that a contract's code is not the manifest's.
	ErrWrongCode = errors.New("the code is not the manifest's: check the manifest, and that the block is not older than the deployment")
	// ErrUnknownRequest: the queue has no such withdrawal request.
	ErrUnknownRequest = errors.New("the withdrawal queue has no such request")
	// ErrCommittee: nobody answers for the reference slot, or the proven key set contradicts the manifest.
	ErrCommittee = errors.New("no valid committee")
)

// EndpointError is what one endpoint did wrong in one call. It wraps one of the errors above.
type EndpointError struct {
	Endpoint string // scheme and host only
	Method   string
	Err      error
}

func (e *EndpointError) Error() string {
	return fmt.Sprintf("endpoint %s, %s: %v", e.Endpoint, e.Method, e.Err)
}

// Unwrap gives the cause.
func (e *EndpointError) Unwrap() error { return e.Err }

// PrunedError is ErrPruned with what an operator needs.
type PrunedError struct {
	Block      common.Hash
	Number     uint64
	Head       uint64 // the node's newest block; 0 when it did not say
	NodeReason string // the node's own words, shortened
}

func (e *PrunedError) Error() string {
	age := "of unknown age, for the node does not tell its head"
	switch {
	case e.Head >= e.Number && e.Head > 0:
		age = fmt.Sprintf("%d blocks behind the node's head %d", e.Head-e.Number, e.Head)
	case e.Head > 0:
		age = fmt.Sprintf("%d blocks ahead of the node's head %d", e.Number-e.Head, e.Head)
	}
	return fmt.Sprintf("%v: block %d (%s), %s: read it earlier (before finality), name another endpoint, or use an archive node that serves "+
		"proofs; the node says %q", ErrPruned, e.Number, e.Block, age, e.NodeReason)
}

// Is makes every PrunedError an ErrPruned.
func (e *PrunedError) Is(target error) bool { return target == ErrPruned }

// classify says what an error means for the endpoint that gave it. Who served last is asked first: every failure counts.
func classify(err error) endpoint.Class {
	return endpoint.Class{Fault: true, Temporary: endpoint.IsAny(err, ErrUnreachable, ErrTimeout, ErrUnknownBlock), Away: errors.Is(err, ErrUnreachable)}
}

// prunedWords are what nodes say when they have dropped a state, in lower case. eth_getProof needs trie nodes, which some nodes that
// keep old values do not keep.
func prunedWords() []string {
	return []string{
		"missing trie node",            // geth (hash scheme), Nethermind
		"historical state",             // geth (path scheme): "is not available", "has been pruned"
		"haven't been fully indexed",   // geth (path scheme)
		"required historical state",    // geth
		"no state available for block", // Nethermind
		"missingtrienodeexception",     // Nethermind, in the data of an internal error
		"is missing from the db",       // Nethermind
		"world state unavailable",      // Besu
		"world state is not available", // Besu
		"requested block is too old",   // Erigon
		"not available due to pruning", // Erigon
		"commitment history pruned",    // Erigon
		"exceeds maximum proof window", // Reth
		"no state found for block",     // Reth
		"is pruned",                    // Reth: "state at block #n is pruned"
	}
}

// unknownBlockWords are what nodes say of a block that they do not know.
func unknownBlockWords() []string {
	return []string{
		"header not found", "header for hash not found", "block not found", "unknown block", "not currently canonical", "could not be found",
		"cannot find block",
	}
}

// saysPruned tells whether a node's error means that the state is gone.
func saysPruned(text string) bool {
	text = strings.ToLower(text)
	// geth (path scheme): "state 0x… is not available".
	if strings.Contains(text, "state ") && strings.Contains(text, "is not available") {
		return true
	}
	return containsAny(text, prunedWords())
}

func saysUnknownBlock(text string) bool {
	return containsAny(strings.ToLower(text), unknownBlockWords())
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

// shortened bounds a node's words for logs and errors.
func shortened(text string) string { return format.Printable(text, 200) }
