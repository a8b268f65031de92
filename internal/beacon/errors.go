package beacon

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"
)

// Reasons for not using an endpoint or its answer. Each tells the remedy; Error names the endpoint and what it was asked.
var (
	// ErrConfig: the client cannot be built from these options.
	ErrConfig = errors.New("bad beacon client options: correct the configuration")
	// ErrUnreachable: no connection, a broken one, or no answer in time.
	ErrUnreachable = endpoint.ErrUnreachable
	// ErrServer: the node answered with an internal error (HTTP 5xx).
	ErrServer = errors.New("the node failed inside: see its log")
	// ErrRateLimited: HTTP 429.
	ErrRateLimited = errors.New("the node limits the rate of requests: raise the limit or add another endpoint")
	// ErrUnauthorized: HTTP 401 or 403.
	ErrUnauthorized = errors.New("the node refuses access: check the credentials in the endpoint's URL")
	// ErrRedirected: HTTP 3xx, which is not followed because the URL may hold credentials.
	ErrRedirected = errors.New("the node redirects: configure the final URL")
	// ErrUnsupported: the node does not have this call (HTTP 404, 405, 406, 415 or 501 where nothing can be missing).
	ErrUnsupported = errors.New("the node does not offer this call: update it, or check that the URL is a beacon node's")
	// ErrRejected: the node calls the request wrong (any other HTTP 4xx).
	ErrRejected = errors.New("the node rejects the request: update the node or this program")
	// ErrMalformed: the answer is not what the Beacon API says, or is larger than it can be.
	ErrMalformed = errors.New("malformed answer: update the node, and check that nothing in between alters answers")
	// ErrSyncing: the node is behind the chain, or its execution node is away.
	ErrSyncing = errors.New("the node is syncing: wait until it has caught up, or add another endpoint")
	// ErrOptimistic: the node's execution node has not verified the block yet.
	ErrOptimistic = errors.New("optimistic, not verified by an execution node: wait until the execution node has caught up")
	// ErrNotFinalized: the block is not finalized, or nothing above the reference slot is.
	ErrNotFinalized = errors.New("not finalized yet: wait for the next finalized checkpoint")
	// ErrWrongChain: genesis or spec of the node are another network's.
	ErrWrongChain = errors.New("the node follows another network: connect a node of the expected network")
	// ErrMissingBlock: the node has no canonical block there. A slot without a block gives this error too.
	ErrMissingBlock = errors.New("the node has no such block: if it must exist, wait until the node has it or use a node with older blocks")
	// ErrMissingState: the node does not have the state (any more).
	ErrMissingState = errors.New("the node has no such state: use a node that keeps historical states, or report sooner")
	// ErrDisagreement: endpoints name different finalized blocks.
	ErrDisagreement = errors.New("endpoints disagree on what is finalized: find out which is wrong and remove it; until then nothing is reported")
	// ErrSearchBound: no block was found within the search bound above the reference slot.
	ErrSearchBound = errors.New("no block within the search bound: raise MaxEmptySlots if the chain really had so long a gap")
	// ErrBrokenChain: headers that each hash to their root do not form a chain.
	ErrBrokenChain = errors.New("the node's headers are no chain: do not trust this node")
)

// Error says what one endpoint was asked and why its answer is not used. It matches its Reason and its Cause with errors.Is.
type Error struct {
	Endpoint string // redacted: no user info, path or query
	Doing    string // what was being done, as in "read the header of slot 12"
	Status   int    // HTTP status, 0 when there was none
	Reason   error  // one of this package's sentinels
	Detail   string // what exactly was wrong; may be empty
	Cause    error  // of the network or of decoding; may be nil

	temporary  bool          // the same endpoint may do better when asked again
	retryAfter time.Duration // what the node asks for; 0 for nothing
}

// Error is one line: endpoint, action, detail, reason with its remedy.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "beacon node %s: %s: ", e.Endpoint, e.Doing)
	if e.Status != 0 {
		fmt.Fprintf(&b, "HTTP %d: ", e.Status)
	}
	if e.Detail != "" {
		b.WriteString(e.Detail + ": ")
	}
	b.WriteString(e.Reason.Error())
	return b.String()
}

// Unwrap gives Reason and Cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Reason}
	}
	return []error{e.Reason, e.Cause}
}

// classify says what an error means for the endpoint that gave it.
func classify(err error) endpoint.Class {
	c := endpoint.Class{
		Fault: !endpoint.IsAny(err, ErrMissingBlock, ErrMissingState, ErrNotFinalized, ErrUnsupported),
		Away:  endpoint.IsAny(err, ErrUnreachable, ErrWrongChain),
	}
	if refused := new(Error); errors.As(err, &refused) {
		c.Temporary, c.RetryAfter = refused.temporary, refused.retryAfter
	}
	return c
}
