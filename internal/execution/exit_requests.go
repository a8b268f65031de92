package execution

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"
)

// ErrExitRequests: what the contract of EIP-7002 holds cannot be what that EIP says.
var ErrExitRequests = errors.New("the contract of withdrawal requests (EIP-7002) is not as that EIP has it")

// MaxExitRequests bounds how long a queue of requests is read. A block takes 16 away, and the fee of the next one rises by a sixth for every three that are left over
// from the blocks before: with some 770, one request costs 32 ether. What fits into a single block, whose fee does not rise, is below the bound.
const MaxExitRequests = 4096

// ExitRequest is a withdrawal that was asked for by EIP-7002 and that no block has handed to the beacon chain yet.
type ExitRequest struct {
	PublicKey  [48]byte // of the validator
	AmountGwei uint64   // 0: the whole validator
}

// Storage of the contract. Source: EIP-7002, "Configuration" and "Add Withdrawal Request".
const (
	exitHeadSlot    = 2
	exitTailSlot    = 3
	exitQueueSlot   = 4
	exitRequestSize = 3 // words: source; first 32 bytes of the key; its last 16 bytes, then the amount, then 8 bytes of nothing
)

// ExitRequests proves what the contract of EIP-7002 still holds of what source asked for after a block, in the queue's order. A chain without that contract holds
// nothing. It names the endpoint that served last. Errors: ErrExitRequests, and those of the endpoints.
func (c *Client) ExitRequests(ctx context.Context, block BlockRef, source common.Address) ([]ExitRequest, string, error) {
	q := exitQueue{client: c, block: block, source: source}
	found, err := q.read(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("read the withdrawal requests that wait at block %d: %w", block.Number, err)
	}
	return found, q.served, nil
}

// exitQueue is a reading of the queue.
type exitQueue struct {
	client *Client
	block  BlockRef
	source common.Address
	served string
}

func (q *exitQueue) read(ctx context.Context) ([]ExitRequest, error) {
	bounds, err := q.words(ctx, []common.Hash{slotAt(exitHeadSlot), slotAt(exitTailSlot)})
	if err != nil {
		return nil, err
	}
	head, tail, err := exitBounds(bounds[slotAt(exitHeadSlot)], bounds[slotAt(exitTailSlot)])
	if err != nil || head == tail {
		return nil, err
	}
	var sources, rest []common.Hash
	for i := head; i < tail; i++ {
		sources = append(sources, exitSlot(i, 0))
	}
	whose, err := q.words(ctx, sources)
	if err != nil {
		return nil, err
	}
	for i := head; i < tail; i++ {
		if whose[exitSlot(i, 0)] == common.BytesToHash(q.source[:]) {
			rest = append(rest, exitSlot(i, 1), exitSlot(i, 2))
		}
	}
	if len(rest) == 0 {
		return nil, nil
	}
	words, err := q.words(ctx, rest)
	if err != nil {
		return nil, err
	}
	found := make([]ExitRequest, 0, len(rest)/2)
	for i := 0; i < len(rest); i += 2 {
		found = append(found, exitRequestOf(words[rest[i]], words[rest[i+1]]))
	}
	return found, nil
}

// words proves words of the contract, whose code must be the one that the EIP deploys.
func (q *exitQueue) words(ctx context.Context, slots []common.Hash) (words, error) {
	account, served, err := q.client.Account(ctx, q.block, params.WithdrawalQueueAddress, slots)
	if err != nil {
		return nil, err
	}
	want := crypto.Keccak256Hash(params.WithdrawalQueueCode)
	if account.CodeHash != want && account.CodeHash != types.EmptyCodeHash {
		return nil, fmt.Errorf("%w: its code hash is %s, want %s", ErrExitRequests, account.CodeHash, want)
	}
	q.served = served
	return account.Words, nil
}

// exitBounds are the numbers of the first request and of the one behind the last.
func exitBounds(headWord, tailWord common.Hash) (head, tail uint64, err error) {
	first, end := new(uint256.Int).SetBytes32(headWord[:]), new(uint256.Int).SetBytes32(tailWord[:])
	if end.Lt(first) || end.BitLen() > 62 { // three words for each must not overflow
		return 0, 0, fmt.Errorf("%w: its queue reaches from %s to %s", ErrExitRequests, first, end)
	}
	head, tail = first.Uint64(), end.Uint64()
	if tail-head > MaxExitRequests {
		return 0, 0, fmt.Errorf("%w: %d requests wait; at most %d are read, since the fee lets nobody make as many", ErrExitRequests, tail-head, MaxExitRequests)
	}
	return head, tail, nil
}

// exitSlot is where a word of a request stands.
func exitSlot(request, word uint64) common.Hash {
	return slotAt(exitQueueSlot + request*exitRequestSize + word)
}

func exitRequestOf(first, second common.Hash) (r ExitRequest) {
	copy(r.PublicKey[:common.HashLength], first[:])
	copy(r.PublicKey[common.HashLength:], second[:16])
	r.AmountGwei = binary.BigEndian.Uint64(second[16:24])
	return r
}

// exitRequests is what a Pool has read of the queue; a block's state can be gone later.
type exitRequests struct {
	read  bool
	found []ExitRequest
	err   error // ErrExitRequests: read again it would be the same
}

// ExitRequests proves what the withdrawal vault asked for and the contract of EIP-7002 still holds. Errors: as Client.ExitRequests; ErrPruned when the block was not
// captured in time.
func (p *Pool) ExitRequests(ctx context.Context) ([]ExitRequest, error) {
	p.mu.Lock()
	kept := p.exits
	p.mu.Unlock()
	if kept.read {
		return kept.found, kept.err
	}
	found, served, err := p.reader.client.ExitRequests(ctx, p.Block, p.reader.manifest.Contracts.WithdrawalVault)
	if err != nil && !errors.Is(err, ErrExitRequests) {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.exits = exitRequests{true, found, err}
	if err == nil {
		p.sources = append(p.sources, Source{What: "withdrawal requests (EIP-7002)", Endpoint: served})
	}
	return found, err
}
