package beacon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/tidemark-oracle/tidemark/internal/endpoint"

	"github.com/ethereum/go-ethereum/common"
)

// Bounds of the list of pending deposits.
const (
	maxPendingBytes      = 512 << 20
	maxPendingValueBytes = 64 << 10 // of one element, with what is read ahead
)

// PendingDeposit is an entry of a state's pending deposits, without its signature. Source: consensus specs, electra, PendingDeposit.
type PendingDeposit struct {
	PublicKey   [48]byte
	Credentials common.Hash
	AmountGwei  uint64
	Slot        uint64
}

// PendingDeposits reads the pending deposits that a node lists for a state, /eth/v1/beacon/states/{id}/pending_deposits, those that
// keep accepts. They are a hint and verified by nobody. A node that does not have the call or the state gives no hint: nil and no error.
// keep may see an entry again when a second endpoint is asked.
func (c *Client) PendingDeposits(ctx context.Context, id ID, keep func(PendingDeposit) bool) ([]PendingDeposit, error) {
	request := call{
		doing: "read the pending deposits of state " + id.String(), accept: mediaJSON,
		path: "/eth/v1/beacon/states/" + id.String() + "/pending_deposits", missing: ErrMissingState,
	}
	kept, err := endpoint.Ask(ctx, c.pool, request.doing, func(ctx context.Context, e *endpoint.Endpoint) ([]PendingDeposit, error) {
		s, err := c.openStream(ctx, e, request, maxPendingBytes, c.options.HintTimeout)
		if err != nil {
			return nil, err
		}
		defer s.Close()
		kept, err := decodePending(s, keep)
		switch {
		case s.failure != nil:
			return nil, s.failure
		case err != nil:
			return nil, malformed(e, request, err)
		}
		return kept, nil
	})
	if errors.Is(err, ErrMissingState) || errors.Is(err, ErrUnsupported) {
		return nil, nil
	}
	return kept, err
}

// rationed bounds what a decoder may read for one value.
type rationed struct {
	r    io.Reader
	left int
}

func (r *rationed) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, fmt.Errorf("a value is longer than %d bytes", maxPendingValueBytes)
	}
	n, err := r.r.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}

// decodePending reads {"data": [...]} one element at a time, whatever else the object has.
func decodePending(r io.Reader, keep func(PendingDeposit) bool) ([]PendingDeposit, error) {
	ration := &rationed{r: r, left: maxPendingValueBytes}
	d := json.NewDecoder(ration)
	if err := expectDelim(d, '{'); err != nil {
		return nil, err
	}
	var kept []PendingDeposit
	found := false
	for d.More() {
		ration.left = maxPendingValueBytes
		field, err := d.Token()
		if err != nil {
			return nil, err
		}
		if field != "data" {
			if err := d.Decode(new(json.RawMessage)); err != nil {
				return nil, err
			}
			continue
		}
		if found {
			return nil, errors.New("field data comes twice")
		}
		found = true
		if kept, err = decodePendingList(d, ration, keep); err != nil {
			return nil, err
		}
	}
	if err := expectDelim(d, '}'); err != nil {
		return nil, err
	}
	if !found {
		return nil, errors.New("data is missing")
	}
	return kept, nil
}

func decodePendingList(d *json.Decoder, ration *rationed, keep func(PendingDeposit) bool) ([]PendingDeposit, error) {
	if err := expectDelim(d, '['); err != nil {
		return nil, err
	}
	var kept []PendingDeposit
	var raw json.RawMessage
	for i := 0; d.More(); i++ {
		ration.left = maxPendingValueBytes
		if err := d.Decode(&raw); err != nil {
			return nil, fmt.Errorf("data[%d]: %w", i, err)
		}
		element, err := parseObject(fmt.Sprintf("data[%d]", i), raw)
		if err != nil {
			return nil, err
		}
		deposit, err := decodePendingDeposit(element)
		if err != nil {
			return nil, err
		}
		if keep(deposit) {
			kept = append(kept, deposit)
		}
	}
	return kept, expectDelim(d, ']')
}

func decodePendingDeposit(element object) (p PendingDeposit, err error) {
	element.bytes("pubkey", p.PublicKey[:])
	p.Credentials, p.AmountGwei, p.Slot = element.hash("withdrawal_credentials"), element.uint("amount"), element.uint("slot")
	return p, element.err()
}
