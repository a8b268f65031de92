package execution

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

const (
	// slotsAtOnce bounds one eth_getProof: geth takes at most 1024 slots, and answers stay small.
	slotsAtOnce = 128
	// maxCodeBytes is the limit of EIP-170.
	maxCodeBytes = 24_576
)

// Account proves an account and words of its storage at a block, against block.StateRoot, and names the endpoint that served last.
// Errors: one for each endpoint, see the package's errors.
func (c *Client) Account(ctx context.Context, block BlockRef, address common.Address, slots []common.Hash) (*Account, string, error) {
	whole, served, err := c.accountPart(ctx, block, address, slots[:min(len(slots), slotsAtOnce)])
	for from := slotsAtOnce; err == nil && from < len(slots); from += slotsAtOnce {
		var part *Account
		part, served, err = c.accountPart(ctx, block, address, slots[from:min(len(slots), from+slotsAtOnce)])
		if err == nil {
			for slot, word := range part.Words {
				whole.Words[slot] = word
			}
		}
	}
	if err != nil {
		return nil, "", fmt.Errorf("prove account %s at block %d: %w", address, block.Number, err)
	}
	return whole, served, nil
}

func (c *Client) accountPart(ctx context.Context, block BlockRef, address common.Address, slots []common.Hash) (*Account, string, error) {
	var account *Account
	if slots == nil {
		slots = []common.Hash{} // null is not a list to a node
	}
	served, err := c.ask(ctx, question{
		method: "eth_getProof",
		params: []any{address, slots, block.atHash()},
		block:  block,
		accept: func(answer json.RawMessage) (err error) {
			account, err = verifyAccount(answer, block.StateRoot, address, slots)
			return err
		},
	})
	return account, served, err
}

// Code reads an account's code at a block and checks it against a code hash that Account has proven.
func (c *Client) Code(ctx context.Context, block BlockRef, address common.Address, codeHash common.Hash) ([]byte, error) {
	if codeHash == types.EmptyCodeHash {
		return nil, nil
	}
	var code hexutil.Bytes
	_, err := c.ask(ctx, question{
		method: "eth_getCode",
		params: []any{address, block.atHash()},
		block:  block,
		accept: func(answer json.RawMessage) error {
			var given hexutil.Bytes
			if err := json.Unmarshal(answer, &given); err != nil || bytes.Equal(answer, []byte("null")) {
				return fmt.Errorf("%w: the code is not hexadecimal", ErrMalformed)
			}
			if len(given) > maxCodeBytes {
				return fmt.Errorf("%w: code of %d bytes", ErrTooLarge, len(given))
			}
			if got := crypto.Keccak256Hash(given); got != codeHash {
				return fmt.Errorf("%w: the code has hash %s, %s is proven", ErrProof, got, codeHash)
			}
			code = given
			return nil
		},
	})
	if err != nil {
		return nil, fmt.Errorf("read the code of %s at block %d: %w", address, block.Number, err)
	}
	return code, nil
}

// Block reads the header of a block hash. It must hash to it, so state root and number are as good as the hash. Errors: ErrHeader besides the
// endpoints' own. A fork that adds header fields needs a go-ethereum that knows them: until then its headers do not hash to their blocks.
func (c *Client) Block(ctx context.Context, hash common.Hash) (BlockRef, error) {
	var block BlockRef
	_, err := c.ask(ctx, question{
		method: "eth_getBlockByHash",
		params: []any{hash, false},
		block:  BlockRef{Hash: hash},
		accept: func(answer json.RawMessage) (err error) {
			block, err = verifyHeader(answer, hash)
			return err
		},
	})
	if err != nil {
		return BlockRef{}, fmt.Errorf("read the header of block %s: %w", hash, err)
	}
	return block, nil
}

func verifyHeader(answer []byte, hash common.Hash) (BlockRef, error) {
	if bytes.Equal(bytes.TrimSpace(answer), []byte("null")) {
		return BlockRef{}, ErrUnknownBlock
	}
	var header types.Header
	if err := json.Unmarshal(answer, &header); err != nil {
		return BlockRef{}, fmt.Errorf("%w: %s", ErrMalformed, shortened(err.Error()))
	}
	if got := header.Hash(); got != hash {
		return BlockRef{}, fmt.Errorf("%w: it hashes to %s, not to %s: distrust the endpoint, or update this program if a fork has added header fields",
			ErrHeader, got, hash)
	}
	if !header.Number.IsUint64() {
		return BlockRef{}, fmt.Errorf("%w: the number is not in 64 bits", ErrHeader)
	}
	return BlockRef{Hash: hash, StateRoot: header.Root, Number: header.Number.Uint64()}, nil
}
