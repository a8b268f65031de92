package events

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// Reader reads the contracts of one manifest. It is safe for concurrent use.
type Reader struct {
	client   *execution.Client
	manifest *manifest.Manifest
	kinds    []kind
}

// NewReader makes a reader. Errors: execution.ErrConfig when the client is for another chain than the manifest.
func NewReader(c *execution.Client, m *manifest.Manifest) (*Reader, error) {
	if c.ChainID() != m.ChainID {
		return nil, fmt.Errorf("%w: the client is for chain %d, the manifest for chain %d", execution.ErrConfig, c.ChainID(), m.ChainID)
	}
	return &Reader{client: c, manifest: m, kinds: kinds(m.Contracts)}, nil
}

// Block is a block of the execution chain, whose header hashes to Hash. The zero Block is none.
type Block struct {
	Number     uint64
	Hash       common.Hash
	ParentHash common.Hash
	StateRoot  common.Hash
	Time       uint64 // seconds
	BaseFeeWei *big.Int
	// ParentBeaconRoot is the root of the beacon block before the one that this block is the payload of (EIP-4788); nil before Cancun.
	ParentBeaconRoot *common.Hash

	header *types.Header
}

// Ref is the block as proven reads take it.
func (b Block) Ref() execution.BlockRef {
	return execution.BlockRef{Hash: b.Hash, StateRoot: b.StateRoot, Number: b.Number}
}

// IsZero tells that there is no block.
func (b Block) IsZero() bool { return b.header == nil }

// Head is the newest block of the endpoint that serves.
func (r *Reader) Head(ctx context.Context) (Block, error) { return r.block(ctx, "latest") }

// Finalized is the newest finalized block that the endpoint tells of. Errors: execution.ErrUnknownBlock before the first finality.
func (r *Reader) Finalized(ctx context.Context) (Block, error) { return r.block(ctx, "finalized") }

// BlockByNumber is the canonical block of that number. Errors: execution.ErrUnknownBlock.
func (r *Reader) BlockByNumber(ctx context.Context, number uint64) (Block, error) {
	b, err := r.block(ctx, hexutil.EncodeUint64(number))
	if err == nil && b.Number != number {
		return Block{}, fmt.Errorf("block %d: %w: the node gives block %d", number, ErrInconsistent, b.Number)
	}
	return b, err
}

// BlockByHash is the block of that hash. Errors: execution.ErrUnknownBlock.
func (r *Reader) BlockByHash(ctx context.Context, hash common.Hash) (b Block, err error) {
	_, err = r.client.Ask(ctx, "block "+hash.Hex(), func(ctx context.Context, ask execution.Asker) error {
		b, err = headerByHash(ctx, ask, hash)
		return err
	})
	return b, err
}

// BlockAtTime is the last block at or before a time, in seconds, between block first and last inclusive; it is first when all are later. It asks
// at most 64 times.
func (r *Reader) BlockAtTime(ctx context.Context, seconds, first, last uint64) (Block, error) {
	for first < last {
		middle := first + (last-first+1)/2
		b, err := r.BlockByNumber(ctx, middle)
		if err != nil {
			return Block{}, err
		}
		if b.Time <= seconds {
			first = middle
		} else {
			last = middle - 1
		}
	}
	return r.BlockByNumber(ctx, first)
}

func (r *Reader) block(ctx context.Context, which string) (b Block, err error) {
	_, err = r.client.Ask(ctx, "block "+which, func(ctx context.Context, ask execution.Asker) error {
		b, err = headerByNumber(ctx, ask, which)
		return err
	})
	return b, err
}

// headerByNumber takes a number or a tag.
func headerByNumber(ctx context.Context, ask execution.Asker, which string) (Block, error) {
	answer, err := ask(ctx, "eth_getBlockByNumber", which, false)
	if err != nil {
		return Block{}, err
	}
	return parseHeader(answer)
}

func headerByHash(ctx context.Context, ask execution.Asker, hash common.Hash) (Block, error) {
	answer, err := ask(ctx, "eth_getBlockByHash", hash, false)
	if err != nil {
		return Block{}, err
	}
	b, err := parseHeader(answer)
	if err == nil && b.Hash != hash {
		return Block{}, fmt.Errorf("%w: asked for block %s, got %s", ErrInconsistent, hash, b.Hash)
	}
	return b, err
}

// parseHeader reads a block without its transactions; it must hash to the hash that the node gives.
func parseHeader(answer json.RawMessage) (Block, error) {
	if bytes.Equal(bytes.TrimSpace(answer), []byte("null")) {
		return Block{}, execution.ErrUnknownBlock
	}
	var named struct {
		Hash *common.Hash `json:"hash"`
	}
	header := new(types.Header)
	if err := json.Unmarshal(answer, header); err != nil {
		return Block{}, fmt.Errorf("%w: the header: %w", execution.ErrMalformed, err)
	}
	if err := json.Unmarshal(answer, &named); err != nil || named.Hash == nil {
		return Block{}, fmt.Errorf("%w: the block has no hash", execution.ErrMalformed)
	}
	if got := header.Hash(); got != *named.Hash {
		return Block{}, fmt.Errorf("%w: it hashes to %s, not to %s", execution.ErrHeader, got, *named.Hash)
	}
	if !header.Number.IsUint64() || header.BaseFee == nil {
		return Block{}, fmt.Errorf("%w: no block of a chain with EIP-1559", execution.ErrHeader)
	}
	return Block{
		Number: header.Number.Uint64(), Hash: *named.Hash, ParentHash: header.ParentHash, StateRoot: header.Root, Time: header.Time,
		BaseFeeWei: header.BaseFee, ParentBeaconRoot: header.ParentBeaconRoot, header: header,
	}, nil
}
