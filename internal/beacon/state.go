package beacon

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// ErrStateRefused: the reader that was given to ReadState did not accept what the node sent.
var ErrStateRefused = errors.New("the state was not accepted: use another node if this one keeps sending such states")

// maxForkNameBytes bounds the name of a fork.
const maxForkNameBytes = 32

// StateStream is a beacon state as SSZ while it comes in. Nothing of it is verified: the reader must compare its hash-tree root.
type StateStream struct {
	io.ReadCloser
	Fork     string // from the Eth-Consensus-Version header, as in "electra"
	Endpoint string // redacted name of the node that sends it
}

// OpenState asks for a state, /eth/v2/debug/beacon/states/{id}, of the first endpoint that has it. The caller must close it.
// Errors: ErrMissingState ... Reading can fail with the reasons of Error; ErrMalformed when it is longer than MaxStateBytes.
func (c *Client) OpenState(ctx context.Context, id ID) (*StateStream, error) {
	return endpoint.Ask(ctx, c.pool, stateCall(id).doing, func(ctx context.Context, e *endpoint.Endpoint) (*StateStream, error) {
		s, _, err := c.openState(ctx, e, id)
		return s, err
	})
}

// ReadState hands the state of slot to read, which must verify it against root, and tries the next endpoint when read fails. Each
// endpoint is asked by slot first and by state root after an HTTP 404, because not every node finds states by root. The error holds
// every endpoint's reason, and matches read's own errors. A reader that wants to stop keeps that to itself and returns nil.
func (c *Client) ReadState(ctx context.Context, slot uint64, root common.Hash, read func(context.Context, *StateStream) error) error {
	doing := fmt.Sprintf("read the state of slot %d", slot)
	_, err := endpoint.Ask(ctx, c.pool, doing, func(ctx context.Context, e *endpoint.Endpoint) (struct{}, error) {
		err := c.readStateOf(ctx, e, AtSlot(slot), read)
		if errors.Is(err, ErrMissingState) {
			err = c.readStateOf(ctx, e, AtRoot(root), read)
		}
		return struct{}{}, err
	})
	return err
}

func (c *Client) readStateOf(ctx context.Context, e *endpoint.Endpoint, id ID, read func(context.Context, *StateStream) error) error {
	s, raw, err := c.openState(ctx, e, id)
	if err != nil {
		return err
	}
	defer s.Close()
	switch err := read(ctx, s); {
	case err == nil:
		return nil
	case raw.failure != nil:
		return raw.failure
	default:
		return &Error{Endpoint: e.Name, Doing: raw.request.doing, Reason: ErrStateRefused, Detail: e.Printable(err.Error()), Cause: err}
	}
}

func (c *Client) openState(ctx context.Context, e *endpoint.Endpoint, id ID) (*StateStream, *stream, error) {
	request := stateCall(id)
	raw, err := c.openStream(ctx, e, request, c.options.MaxStateBytes, c.options.WholeStateTimeout)
	if err != nil {
		return nil, nil, err
	}
	fork := raw.response.Header.Get("Eth-Consensus-Version")
	if !isForkName(fork) {
		raw.Close()
		return nil, nil, malformed(e, request, fmt.Errorf("Eth-Consensus-Version %.40q is no fork's name", fork))
	}
	return &StateStream{ReadCloser: raw, Fork: fork, Endpoint: e.Name}, raw, nil
}

func stateCall(id ID) call {
	return call{doing: "read state " + id.String(), path: "/eth/v2/debug/beacon/states/" + id.String(), accept: mediaSSZ, missing: ErrMissingState}
}

// isForkName accepts lower-case letters and digits, as all forks are written.
func isForkName(name string) bool {
	if name == "" || len(name) > maxForkNameBytes {
		return false
	}
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
