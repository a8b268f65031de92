package evm

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
)

var (
	_ bind.ContractBackend = (*Chain)(nil)
	_ bind.DeployBackend   = (*Chain)(nil)
)

// ChainID is the chain's id.
func (ch *Chain) ChainID(ctx context.Context) (*big.Int, error) {
	return new(big.Int).Set(ch.params.ChainID), ctx.Err()
}

// CodeAt is the account's code in the newest state. Errors: ErrOutOfScope for an older block.
func (ch *Chain) CodeAt(ctx context.Context, account common.Address, number *big.Int) ([]byte, error) {
	if err := ch.onlyNewest(ctx, number); err != nil {
		return nil, err
	}
	return ch.state.GetCode(account), nil
}

// PendingCodeAt is CodeAt: nothing is ever pending.
func (ch *Chain) PendingCodeAt(ctx context.Context, account common.Address) ([]byte, error) {
	return ch.CodeAt(ctx, account, nil)
}

// CallContract is Call without a tracer. Errors: *RevertError; ErrOutOfScope for an older block.
func (ch *Chain) CallContract(ctx context.Context, call ethereum.CallMsg, number *big.Int) ([]byte, error) {
	if err := ch.onlyNewest(ctx, number); err != nil {
		return nil, err
	}
	data, _, err := ch.Call(call, nil)
	return data, err
}

// isNewest reports whether number asks for the newest block: its own number, none, or a negative one, which names a tag (latest, pending, safe
// or finalized) as in package rpc.
func (ch *Chain) isNewest(number *big.Int) bool {
	return number == nil || number.Sign() < 0 || number.Cmp(ch.head.Number) == 0
}

func (ch *Chain) onlyNewest(ctx context.Context, number *big.Int) error {
	if !ch.isNewest(number) {
		return fmt.Errorf("state of block %s: %w", number, ErrOutOfScope)
	}
	return ctx.Err()
}

// EstimateGas searches the least gas limit with which the call succeeds, and gives at most a sixty-fourth more. Errors: *RevertError when it
// succeeds with none.
func (ch *Chain) EstimateGas(ctx context.Context, call ethereum.CallMsg) (uint64, error) {
	enough := min(call.Gas, ch.TxGasLimit())
	if enough == 0 {
		enough = ch.TxGasLimit()
	}
	call.Gas = enough
	asTransaction := func(*core.Message) {}
	_, used, err := ch.ask(call, nil, asTransaction)
	if err != nil {
		return 0, err
	}
	for tooLittle := used - 1; enough-tooLittle > 1+tooLittle/64; {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		call.Gas = tooLittle + (enough-tooLittle)/2
		if enough > 4*tooLittle {
			call.Gas = 2 * tooLittle // the answer is near what was used
		}
		if _, _, err := ch.ask(call, nil, asTransaction); err != nil {
			tooLittle = call.Gas
		} else {
			enough = call.Gas
		}
	}
	return enough, nil
}

// SuggestGasPrice is zero.
func (ch *Chain) SuggestGasPrice(ctx context.Context) (*big.Int, error) {
	return new(big.Int), ctx.Err()
}

// SuggestGasTipCap is zero.
func (ch *Chain) SuggestGasTipCap(ctx context.Context) (*big.Int, error) {
	return new(big.Int), ctx.Err()
}

// SendTransaction is Execute without a tracer. A transaction that fails is not an error here: its receipt says so.
func (ch *Chain) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err := ch.Execute(tx, nil)
	return err
}

// HeaderByNumber gives the header of a block, or of the newest one. Errors: ethereum.NotFound.
func (ch *Chain) HeaderByNumber(ctx context.Context, number *big.Int) (*types.Header, error) {
	header := ch.head
	if !ch.isNewest(number) {
		if !number.IsUint64() || number.Uint64() >= uint64(len(ch.headers)) {
			return nil, fmt.Errorf("header %s: %w", number, ethereum.NotFound)
		}
		header = ch.headers[number.Uint64()]
	}
	return types.CopyHeader(header), ctx.Err()
}

// PendingNonceAt is the account's nonce.
func (ch *Chain) PendingNonceAt(ctx context.Context, account common.Address) (uint64, error) {
	return ch.state.GetNonce(account), ctx.Err()
}

// NonceAt is the account's nonce. Errors: ErrOutOfScope for an older block.
func (ch *Chain) NonceAt(ctx context.Context, account common.Address, number *big.Int) (uint64, error) {
	if err := ch.onlyNewest(ctx, number); err != nil {
		return 0, err
	}
	return ch.state.GetNonce(account), nil
}

// BalanceAt is the account's balance in wei. Errors: ErrOutOfScope for an older block.
func (ch *Chain) BalanceAt(ctx context.Context, account common.Address, number *big.Int) (*big.Int, error) {
	if err := ch.onlyNewest(ctx, number); err != nil {
		return nil, err
	}
	return ch.Balance(account), nil
}

// TransactionByHash is not kept.
func (ch *Chain) TransactionByHash(context.Context, common.Hash) (*types.Transaction, bool, error) {
	return nil, false, fmt.Errorf("transaction: %w", ErrOutOfScope)
}

// TransactionReceipt is the receipt of an executed transaction.
func (ch *Chain) TransactionReceipt(ctx context.Context, hash common.Hash) (*types.Receipt, error) {
	r, err := ch.ResultOf(hash)
	if err != nil {
		return nil, err
	}
	return r.Receipt, ctx.Err()
}

// FilterLogs gives the logs that match blocks, addresses and topics, oldest first.
func (ch *Chain) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	var found []types.Log
	for _, l := range ch.logs {
		if ch.blockMatches(q, l) && (len(q.Addresses) == 0 || slices.Contains(q.Addresses, l.Address)) && topicsMatch(q.Topics, l.Topics) {
			found = append(found, l)
		}
	}
	return found, ctx.Err()
}

func (ch *Chain) blockMatches(q ethereum.FilterQuery, l types.Log) bool {
	if q.BlockHash != nil {
		return *q.BlockHash == l.BlockHash
	}
	number := new(big.Int).SetUint64(l.BlockNumber)
	first, last := q.FromBlock, q.ToBlock
	if first != nil && first.Sign() < 0 {
		first = ch.head.Number
	}
	if last != nil && last.Sign() < 0 {
		last = ch.head.Number
	}
	return (first == nil || number.Cmp(first) >= 0) && (last == nil || number.Cmp(last) <= 0)
}

func topicsMatch(wanted [][]common.Hash, topics []common.Hash) bool {
	for i, any := range wanted {
		if len(any) > 0 && (i >= len(topics) || !slices.Contains(any, topics[i])) {
			return false
		}
	}
	return true
}

// SubscribeFilterLogs is not kept.
func (ch *Chain) SubscribeFilterLogs(context.Context, ethereum.FilterQuery, chan<- types.Log) (ethereum.Subscription, error) {
	return nil, fmt.Errorf("subscription: %w", ErrOutOfScope)
}
