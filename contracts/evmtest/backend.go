package evmtest

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

var (
	_ bind.ContractBackend = (*Chain)(nil)
	_ bind.DeployBackend   = (*Chain)(nil)
)

// ChainID is the chain's id.
func (ch *Chain) ChainID(ctx context.Context) (*big.Int, error) {
	return new(big.Int).Set(ch.params.ChainID), background(ctx)
}

// CodeAt is the account's code in the newest state.
func (ch *Chain) CodeAt(ctx context.Context, account common.Address, _ *big.Int) ([]byte, error) {
	return ch.state.GetCode(account), background(ctx)
}

// PendingCodeAt is CodeAt: nothing is ever pending.
func (ch *Chain) PendingCodeAt(ctx context.Context, account common.Address) ([]byte, error) {
	return ch.CodeAt(ctx, account, nil)
}

// CallContract is Call without a tracer.
func (ch *Chain) CallContract(ctx context.Context, call ethereum.CallMsg, _ *big.Int) ([]byte, error) {
	if err := background(ctx); err != nil {
		return nil, err
	}
	data, _, err := ch.Call(call, nil)
	return data, err
}

// EstimateGas runs the call and answers with a limit that always suffices. Errors: *RevertError.
func (ch *Chain) EstimateGas(ctx context.Context, call ethereum.CallMsg) (uint64, error) {
	if err := background(ctx); err != nil {
		return 0, err
	}
	_, _, err := ch.Call(call, nil)
	return BlockGasLimit / 2, err
}

// SuggestGasPrice is zero.
func (ch *Chain) SuggestGasPrice(ctx context.Context) (*big.Int, error) {
	return new(big.Int), background(ctx)
}

// SuggestGasTipCap is zero.
func (ch *Chain) SuggestGasTipCap(ctx context.Context) (*big.Int, error) {
	return new(big.Int), background(ctx)
}

// SendTransaction is Execute without a tracer. A transaction that fails is not an error here: its receipt says so.
func (ch *Chain) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := background(ctx); err != nil {
		return err
	}
	_, err := ch.Execute(tx, nil)
	return err
}

// HeaderByNumber knows the newest block only.
func (ch *Chain) HeaderByNumber(ctx context.Context, number *big.Int) (*types.Header, error) {
	if number != nil && number.Sign() >= 0 && number.Cmp(ch.head.Number) != 0 {
		return nil, fmt.Errorf("header %s: %w", number, ErrOutOfScope)
	}
	return types.CopyHeader(ch.head), background(ctx)
}

// PendingNonceAt is the account's nonce.
func (ch *Chain) PendingNonceAt(ctx context.Context, account common.Address) (uint64, error) {
	return ch.state.GetNonce(account), background(ctx)
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
	return r.Receipt, background(ctx)
}

// FilterLogs gives the logs of all blocks that match addresses and topics.
func (ch *Chain) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	var found []types.Log
	for _, l := range ch.logs {
		if (len(q.Addresses) == 0 || slices.Contains(q.Addresses, l.Address)) && topicsMatch(q.Topics, l.Topics) {
			found = append(found, l)
		}
	}
	return found, background(ctx)
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
