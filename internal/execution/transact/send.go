package transact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

const (
	gweiWei         = 1_000_000_000
	baseFeeHeadroom = 2 // full blocks double the base fee in about six
	gasHeadroom     = 4 // a quarter more than estimated
)

// Signer signs transactions of one account. What it gives back is checked before it is sent. The signers of package submit are some.
type Signer interface {
	Address() common.Address
	Sign(ctx context.Context, tx *types.DynamicFeeTx) (*types.Transaction, error)
}

// Fees bound what a transaction may pay.
type Fees struct {
	MaxFeeGwei uint64 // hard cap of a unit of gas, base fee and tip together
	TipGwei    uint64 // to the block's proposer
}

// Prepared is a call that the contract would take now.
type Prepared struct {
	Call
	From      common.Address
	Gas       uint64
	FeeCapWei *big.Int // of a unit of gas
	TipWei    *big.Int
	Nonce     uint64
}

// MostWei is what the transaction costs at most: value and fees.
func (p Prepared) MostWei() *big.Int {
	fees := new(big.Int).Mul(p.FeeCapWei, new(big.Int).SetUint64(p.Gas))
	return fees.Add(fees, p.value())
}

// Prepare simulates a call and reckons its cost. Nothing is sent. Errors: ErrFunds, ErrFees, ErrReverted with the contract's reason.
func (c *Client) Prepare(ctx context.Context, from common.Address, call Call, fees Fees) (Prepared, error) {
	p := Prepared{Call: call, From: from, TipWei: new(big.Int).SetUint64(fees.TipGwei)}
	p.TipWei.Mul(p.TipWei, big.NewInt(gweiWei))
	head, err := c.chain.HeaderByNumber(ctx, nil)
	if err != nil {
		return p, fmt.Errorf("read the newest block: %w", err)
	}
	capWei := new(big.Int).Mul(new(big.Int).SetUint64(fees.MaxFeeGwei), big.NewInt(gweiWei))
	base := head.BaseFee
	if base == nil {
		base = new(big.Int)
	}
	if new(big.Int).Add(base, p.TipWei).Cmp(capWei) > 0 {
		return p, fmt.Errorf("%w: the base fee is %s wei, with a tip of %d gwei that is more than %d gwei: wait, or raise --max-fee-gwei",
			ErrFees, base, fees.TipGwei, fees.MaxFeeGwei)
	}
	p.FeeCapWei = new(big.Int).Mul(base, big.NewInt(baseFeeHeadroom))
	if p.FeeCapWei.Add(p.FeeCapWei, p.TipWei).Cmp(capWei) > 0 {
		p.FeeCapWei = capWei
	}
	balance, err := c.BalanceWei(ctx, from)
	if err != nil {
		return p, err
	}
	if balance.Cmp(p.value()) < 0 { // said before the simulation, which would say it less clearly
		return p, fundsError(from, balance, p.value())
	}
	gas, err := c.chain.EstimateGas(ctx, ethereum.CallMsg{From: from, To: &call.To, Value: p.value(), Data: call.Data})
	if err != nil {
		return p, fmt.Errorf("simulate the transaction: %w", explain(err))
	}
	p.Gas = gas + gas/gasHeadroom
	if balance.Cmp(p.MostWei()) < 0 {
		return p, fundsError(from, balance, p.MostWei())
	}
	if p.Nonce, err = c.chain.PendingNonceAt(ctx, from); err != nil {
		return p, fmt.Errorf("read the nonce of %s: %w", from, err)
	}
	return p, nil
}

func fundsError(from common.Address, have, need *big.Int) error {
	return fmt.Errorf("%w: %s has %s wei, and needs up to %s wei: send it at least %s wei more", ErrFunds, from, have, need, new(big.Int).Sub(need, have))
}

// Receipt is a transaction in a block.
type Receipt struct {
	Hash    common.Hash
	Block   uint64
	GasUsed uint64
	FeeWei  *big.Int
}

// Sending is how Send waits.
type Sending struct {
	Sent  func(hash common.Hash)                           // called when a node took the transaction; may be nil
	Sleep func(ctx context.Context, d time.Duration) error // between two looks
	Every time.Duration
}

// Send signs a prepared call, sends it and waits until it is in a block. When ctx ends first the transaction may still be included. Errors:
// ErrReverted when it failed in its block, ErrReplaced, ErrSigner, and the node's.
func (c *Client) Send(ctx context.Context, signer Signer, p Prepared, w Sending) (Receipt, error) {
	chainID, err := c.ChainID(ctx)
	if err != nil {
		return Receipt{}, err
	}
	tx := &types.DynamicFeeTx{
		ChainID: chainID, Nonce: p.Nonce, GasTipCap: p.TipWei, GasFeeCap: p.FeeCapWei, Gas: p.Gas, To: &p.To, Value: p.value(), Data: p.Data,
	}
	signed, err := signer.Sign(ctx, tx)
	if err != nil {
		return Receipt{}, err
	}
	if err := checkSigned(types.NewTx(tx), signed, chainID, p.From); err != nil {
		return Receipt{}, err
	}
	if err := c.chain.SendTransaction(ctx, signed); err != nil {
		return Receipt{}, fmt.Errorf("send transaction %s: %w", signed.Hash(), shortened(explain(err)))
	}
	if w.Sent != nil {
		w.Sent(signed.Hash())
	}
	return c.wait(ctx, signed, p, w)
}

// checkSigned makes sure that a signer, which may be another program, signed this transaction as this account.
func checkSigned(tx, signed *types.Transaction, chainID *big.Int, from common.Address) error {
	s := types.LatestSignerForChainID(chainID)
	if signed == nil || s.Hash(tx) != s.Hash(signed) {
		return fmt.Errorf("%w: it was not sent", ErrSigner)
	}
	by, err := types.Sender(s, signed)
	if err != nil || !bytes.Equal(by[:], from[:]) {
		return fmt.Errorf("%w: it is not signed by %s; it was not sent", ErrSigner, from)
	}
	return nil
}

func (c *Client) wait(ctx context.Context, tx *types.Transaction, p Prepared, w Sending) (Receipt, error) {
	for {
		receipt, err := c.chain.TransactionReceipt(ctx, tx.Hash())
		switch {
		case err == nil:
			return c.judge(ctx, receipt, p)
		case ctx.Err() != nil:
			return Receipt{}, fmt.Errorf("wait for transaction %s: %w", tx.Hash(), ctx.Err())
		case errors.Is(err, ethereum.NotFound):
			if err := c.checkReplaced(ctx, tx, p); err != nil {
				return Receipt{}, err
			}
		}
		// Other errors pass: the transaction is under way, and the node may be back soon.
		if err := w.Sleep(ctx, w.Every); err != nil {
			return Receipt{}, fmt.Errorf("wait for transaction %s, which may still be included: %w", tx.Hash(), err)
		}
	}
}

// checkReplaced tells when the nonce is used up and, asked again, the transaction still has no receipt.
func (c *Client) checkReplaced(ctx context.Context, tx *types.Transaction, p Prepared) error {
	mined, err := c.chain.NonceAt(ctx, p.From, nil)
	if err != nil || mined <= p.Nonce {
		return nil // not known, or not used
	}
	if _, err := c.chain.TransactionReceipt(ctx, tx.Hash()); !errors.Is(err, ethereum.NotFound) {
		return nil
	}
	return fmt.Errorf("%w: transaction %s, nonce %d", ErrReplaced, tx.Hash(), p.Nonce)
}

func (c *Client) judge(ctx context.Context, r *types.Receipt, p Prepared) (Receipt, error) {
	done := Receipt{Hash: r.TxHash, GasUsed: r.GasUsed, FeeWei: new(big.Int)}
	if r.BlockNumber != nil {
		done.Block = r.BlockNumber.Uint64()
	}
	if r.EffectiveGasPrice != nil {
		done.FeeWei.Mul(r.EffectiveGasPrice, new(big.Int).SetUint64(r.GasUsed))
	}
	if r.Status == types.ReceiptStatusSuccessful {
		return done, nil
	}
	reason := error(ErrReverted)
	_, err := c.chain.CallContract(ctx, ethereum.CallMsg{From: p.From, To: &p.To, Value: p.value(), Data: p.Data}, nil)
	if err != nil {
		reason = explain(err)
	}
	return done, fmt.Errorf("transaction %s failed in block %d: %w", done.Hash, done.Block, reason)
}
