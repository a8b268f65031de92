package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm/program"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
)

// ErrReverted: a transaction was mined and did nothing.
var ErrReverted = errors.New("the transaction reverted")

// Bids of Transact: far above what the devnet's base fee comes to.
const (
	transactTipWei = 1e9
	transactCapWei = 100e9
)

// Transact sends a call as the account of auth and returns once it has a block. Errors: ErrReverted, or why the node refuses it.
func (b *Backend) Transact(ctx context.Context, auth *bind.TransactOpts, to common.Address, wei *big.Int, data []byte) error {
	return b.transact(ctx, auth, &to, wei, data)
}

// Give forces ether into a contract that takes none by a call: another contract destroys itself in its creation, and what it was given comes there without a
// call, as a withdrawal does. Errors: those of Transact.
func (b *Backend) Give(ctx context.Context, auth *bind.TransactOpts, to common.Address, wei *big.Int) error {
	return b.transact(ctx, auth, nil, wei, program.New().Selfdestruct(to).Bytes())
}

// transact creates a contract when to is nil.
func (b *Backend) transact(ctx context.Context, auth *bind.TransactOpts, to *common.Address, wei *big.Int, data []byte) error {
	gas, err := b.EstimateGas(ctx, ethereum.CallMsg{From: auth.From, To: to, Value: wei, Data: data})
	if err != nil {
		return fmt.Errorf("%w %s", err, abi.RevertName(err))
	}
	nonce, err := b.PendingNonceAt(ctx, auth.From)
	if err != nil {
		return err
	}
	signed, err := auth.Signer(auth.From, types.NewTx(&types.DynamicFeeTx{
		ChainID: new(big.Int).SetUint64(b.chain.Spec().DepositChainID), Nonce: nonce, To: to, Value: wei, Data: data, Gas: gas + gas/4,
		GasTipCap: big.NewInt(transactTipWei), GasFeeCap: big.NewInt(transactCapWei),
	}))
	if err != nil {
		return err
	}
	if err := b.SendTransaction(ctx, signed); err != nil {
		return err
	}
	receipt, err := b.TransactionReceipt(ctx, signed.Hash())
	if err != nil {
		return err
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		return fmt.Errorf("%w: %s", ErrReverted, signed.Hash())
	}
	return nil
}

// Backend is the execution node for who sends one transaction after the other, such as a deployment: each gets a block at once.
type Backend struct {
	*ethclient.Client
	chain *Chain
}

// Backend sends transactions while nothing else advances the chain: beside Run it would hurry it.
func (c *Chain) Backend() *Backend { return &Backend{Client: c.Client(), chain: c} }

// SendTransaction sends a transaction and lets slots pass until one brings an execution block, which holds the transaction if the pool took it for the next block.
func (b *Backend) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := b.Client.SendTransaction(ctx, tx); err != nil {
		return err
	}
	for {
		slot, err := b.chain.NextSlot(ctx)
		if err != nil || slot.Executed {
			return err
		}
	}
}
