package events

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// Bounds of one question for logs.
const (
	MaxChunkBlocks = 10_000 // what many providers allow
	maxLogs        = 20_000 // in one answer
)

// Scan gives the events of blocks first to last, inclusive, in order: each is called once for every chunk, with the blocks that are done, and ends
// the scan by an error. A chunk begins with at most MaxChunkBlocks blocks; when every endpoint refuses it, or cannot answer in time, half of it
// is asked for, down to one block. Only what is final should be scanned: a block that is undone meanwhile leaves a gap. Errors: ErrRange, and
// those of the endpoints.
func (r *Reader) Scan(ctx context.Context, first, last uint64, want Selection, each func(first, last uint64, found []Event) error) error {
	if last < first {
		return fmt.Errorf("%w: %d, %d", ErrRange, first, last)
	}
	size := uint64(MaxChunkBlocks)
	for {
		end := min(last, first+size-1)
		found, err := r.chunk(ctx, first, end, want)
		switch {
		case err == nil:
			if err := each(first, end, found); err != nil {
				return err
			}
			if end == last {
				return nil
			}
			first, size = end+1, min(2*size, MaxChunkBlocks)
		case ctx.Err() != nil || first == end || !mayShrink(err):
			return fmt.Errorf("events of blocks %d to %d: %w", first, end, err)
		default:
			size = (end - first + 1) / 2
		}
	}
}

// chunk asks one endpoint that has block last for the events up to it: a node that lags would leave out what it does not know.
func (r *Reader) chunk(ctx context.Context, first, last uint64, want Selection) (found []Event, err error) {
	_, err = r.client.Ask(ctx, fmt.Sprintf("logs of blocks %d to %d", first, last), func(ctx context.Context, ask execution.Asker) error {
		if _, err := headerByNumber(ctx, ask, hexutil.EncodeUint64(last)); err != nil {
			return err
		}
		found, err = r.logsOf(ctx, ask, first, last, want)
		return err
	})
	return found, err
}

// logsOf asks an endpoint for the events of a range.
func (r *Reader) logsOf(ctx context.Context, ask execution.Asker, first, last uint64, want Selection) ([]Event, error) {
	addresses, topics := r.filter(want)
	answer, err := ask(ctx, "eth_getLogs", map[string]any{
		"fromBlock": hexutil.EncodeUint64(first), "toBlock": hexutil.EncodeUint64(last), "address": addresses, "topics": []any{topics},
	})
	if err != nil {
		return nil, err
	}
	return r.parseLogs(answer, want, func(l *types.Log) bool { return l.BlockNumber >= first && l.BlockNumber <= last })
}

// blockEvents are the events of one block. The header's Bloom filter, which its hash vouches for, tells of most blocks that there are none.
func (r *Reader) blockEvents(ctx context.Context, ask execution.Asker, b Block, want Selection) ([]Event, error) {
	addresses, topics := r.filter(want)
	mayHold := func(words [][]byte) bool {
		return slices.ContainsFunc(words, func(w []byte) bool { return b.header.Bloom.Test(w) })
	}
	var ours, kinds [][]byte
	for _, a := range addresses {
		ours = append(ours, a.Bytes())
	}
	for _, t := range topics {
		kinds = append(kinds, t.Bytes())
	}
	if !mayHold(ours) || !mayHold(kinds) {
		return nil, nil
	}
	answer, err := ask(ctx, "eth_getLogs", map[string]any{"blockHash": b.Hash, "address": addresses, "topics": []any{topics}})
	if err != nil {
		return nil, err
	}
	return r.parseLogs(answer, want, func(l *types.Log) bool { return l.BlockHash == b.Hash && l.BlockNumber == b.Number })
}

// parseLogs judges and decodes an answer of eth_getLogs. Logs must be of the filter, in order, each once.
func (r *Reader) parseLogs(answer json.RawMessage, want Selection, inRange func(*types.Log) bool) ([]Event, error) {
	if bytes.Equal(bytes.TrimSpace(answer), []byte("null")) {
		return nil, fmt.Errorf("%w: no list of logs", execution.ErrMalformed)
	}
	var logs []*types.Log
	if err := json.Unmarshal(answer, &logs); err != nil {
		return nil, fmt.Errorf("%w: logs: %w", execution.ErrMalformed, err)
	}
	if len(logs) > maxLogs {
		return nil, fmt.Errorf("%w: %d logs", execution.ErrTooLarge, len(logs))
	}
	found := make([]Event, 0, len(logs))
	for _, l := range logs {
		if l == nil || l.Removed || !inRange(l) {
			return nil, fmt.Errorf("%w: a log that was not asked for", ErrInconsistent)
		}
		e, ok, err := r.event(l, want)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue // topics and addresses are asked for as a grid: another contract may have an event of the same name
		}
		if n := len(found); n > 0 && !found[n-1].Before(e) {
			return nil, fmt.Errorf("%w: logs out of order", ErrInconsistent)
		}
		found = append(found, e)
	}
	return found, nil
}

// EventsIn decodes the events of the selection among a block's receipts, in order.
func (r *Reader) EventsIn(receipts []Receipt, want Selection) ([]Event, error) {
	var found []Event
	for _, receipt := range receipts {
		for _, l := range receipt.logs {
			e, ok, err := r.event(l, want)
			if err != nil {
				return nil, err
			}
			if ok {
				found = append(found, e)
			}
		}
	}
	return found, nil
}

// hashes of blocks, for notices.
func hashes(blocks []Block) []common.Hash {
	found := make([]common.Hash, len(blocks))
	for i, b := range blocks {
		found[i] = b.Hash
	}
	return found
}
