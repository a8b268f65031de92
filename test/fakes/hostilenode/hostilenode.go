// Package hostilenode fakes execution nodes that whoever sends transactions must bear.
package hostilenode

import (
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// Liar is a node that takes every call and says of each transaction that it is in a block. It sends none: it keeps them, signed, and counts the nonce up.
// Views are told truly.
type Liar struct {
	txmgr.Chain
	Held []*types.Transaction
}

// CallContract says of every call of an account that it would pass.
func (l *Liar) CallContract(ctx context.Context, m ethereum.CallMsg, number *big.Int) ([]byte, error) {
	if m.From == (common.Address{}) {
		return l.Chain.CallContract(ctx, m, number)
	}
	return nil, nil
}

// EstimateGas is as high as a transaction may go.
func (l *Liar) EstimateGas(context.Context, ethereum.CallMsg) (uint64, error) { return 16_000_000, nil }

// BalanceAt is very much.
func (l *Liar) BalanceAt(context.Context, common.Address, *big.Int) (*big.Int, error) {
	return new(big.Int).Lsh(big.NewInt(1), 100), nil
}

// HeaderByNumber has a high base fee.
func (l *Liar) HeaderByNumber(context.Context, *big.Int) (*types.Header, error) {
	return &types.Header{BaseFee: big.NewInt(90e9)}, nil
}

// NonceAt counts what it holds.
func (l *Liar) NonceAt(context.Context, common.Address, *big.Int) (uint64, error) {
	return uint64(len(l.Held)), nil
}

// PendingNonceAt counts what it holds.
func (l *Liar) PendingNonceAt(context.Context, common.Address) (uint64, error) {
	return uint64(len(l.Held)), nil
}

// SendTransaction keeps the transaction.
func (l *Liar) SendTransaction(_ context.Context, tx *types.Transaction) error {
	l.Held = append(l.Held, tx)
	return nil
}

// TransactionReceipt says that it succeeded.
func (l *Liar) TransactionReceipt(_ context.Context, hash common.Hash) (*types.Receipt, error) {
	return &types.Receipt{TxHash: hash, Status: types.ReceiptStatusSuccessful, GasUsed: 1, BlockNumber: big.NewInt(1), EffectiveGasPrice: big.NewInt(1)}, nil
}

// Forgetful is a node that takes transactions and never has one in a block.
type Forgetful struct {
	txmgr.Chain
	Given int // transactions, each as often as it came
}

// SendTransaction counts.
func (f *Forgetful) SendTransaction(context.Context, *types.Transaction) error {
	f.Given++
	return nil
}
