package network

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// ErrTransaction: a transaction of the devnet's own accounts did not do what it should.
var ErrTransaction = errors.New("transaction of the devnet failed")

// Call is a transaction to be sent.
type Call struct {
	From *localnet.Account
	To   common.Address
	Wei  *big.Int // nil: none
	Data []byte
	Gas  uint64 // up to Osaka; 0: two million
}

// Send gives a transaction to the execution node, with the sender's next nonce, and does not wait for a block.
func (n *Network) Send(ctx context.Context, c Call) (*types.Transaction, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	nonce, known := n.nonces[c.From.Address]
	if !known {
		var err error
		if nonce, err = n.Chain.Client().PendingNonceAt(ctx, c.From.Address); err != nil {
			return nil, fmt.Errorf("read the nonce of %s: %w", c.From.Address, err)
		}
	}
	if c.Gas == 0 {
		c.Gas = callGas
	}
	if spec := n.Chain.Spec(); spec.ForkAt((n.Chain.Slot()+1)/spec.SlotsPerEpoch) >= transition.Gloas {
		c.Gas *= amsterdamGas
	}
	if c.Wei == nil {
		c.Wei = new(big.Int)
	}
	auth := c.From.Auth(big.NewInt(ChainID))
	tx, err := auth.Signer(c.From.Address, types.NewTx(&types.DynamicFeeTx{
		ChainID: big.NewInt(ChainID), Nonce: nonce, To: &c.To, Value: c.Wei, Data: c.Data, Gas: c.Gas, GasTipCap: big.NewInt(2e9), GasFeeCap: big.NewInt(100e9),
	}))
	if err != nil {
		return nil, fmt.Errorf("sign for %s: %w", c.From.Address, err)
	}
	if err := n.Chain.Client().SendTransaction(ctx, tx); err != nil {
		return nil, fmt.Errorf("send to %s: %w", c.To, err)
	}
	n.nonces[c.From.Address] = nonce + 1
	return tx, nil
}

// perform sends calls at once and lets slots pass until all of them are in blocks. It is for the set-up, when nothing else drives the chain.
func (n *Network) perform(ctx context.Context, calls ...Call) error {
	var sent []*types.Transaction
	for _, c := range calls {
		tx, err := n.Send(ctx, c)
		if err != nil {
			return err
		}
		sent = append(sent, tx)
	}
	for range maxTries {
		if _, err := n.Chain.NextSlot(ctx); err != nil {
			return err
		}
		for len(sent) > 0 {
			receipt, err := n.Chain.Client().TransactionReceipt(ctx, sent[0].Hash())
			if errors.Is(err, ethereum.NotFound) {
				break
			}
			if err != nil {
				return fmt.Errorf("read a receipt: %w", err)
			}
			if receipt.Status != types.ReceiptStatusSuccessful {
				return n.reverted(ctx, calls[len(calls)-len(sent)], receipt)
			}
			sent = sent[1:]
		}
		if len(sent) == 0 {
			return nil
		}
	}
	return fmt.Errorf("%w: %d of %d are in no block after %d slots", ErrTransaction, len(sent), len(calls), maxTries)
}

// reverted asks the block before for the reason.
func (n *Network) reverted(ctx context.Context, c Call, receipt *types.Receipt) error {
	before := new(big.Int).Sub(receipt.BlockNumber, big.NewInt(1))
	_, err := n.Chain.Client().CallContract(ctx, ethereum.CallMsg{From: c.From.Address, To: &c.To, Value: c.Wei, Data: c.Data, Gas: c.Gas}, before)
	return fmt.Errorf("%w: call of %x to %s reverted: %s", ErrTransaction, c.Data[:min(4, len(c.Data))], c.To, abi.RevertName(err))
}

// Query calls a view of a contract at a block, nil for the newest, and unpacks its answer.
func Query[T any](ctx context.Context, n *Network, at common.Address, block *big.Int, call []byte, unpack func([]byte) (T, error)) (T, error) {
	var none T
	data, err := n.Chain.Client().CallContract(ctx, ethereum.CallMsg{To: &at, Data: call}, block)
	if err != nil {
		return none, fmt.Errorf("call %x of %s: %s: %w", call[:min(4, len(call))], at, abi.RevertName(err), err)
	}
	answer, err := unpack(data)
	if err != nil {
		return none, fmt.Errorf("unpack %x of %s: %w", call[:min(4, len(call))], at, err)
	}
	return answer, nil
}
