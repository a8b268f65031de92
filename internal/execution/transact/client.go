package transact

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/deploy"
)

// Reasons for refusing or failing. They are wrapped with what was being done.
var (
	// ErrEndpoint: no endpoint can be used.
	ErrEndpoint = errors.New("no usable execution endpoint")
	// ErrReverted: the contract refuses the call.
	ErrReverted = errors.New("the contract refuses")
	// ErrFunds: the account cannot pay value and fees.
	ErrFunds = errors.New("insufficient funds")
	// ErrFees: the network's fees are above the cap.
	ErrFees = errors.New("fees above the cap")
	// ErrReplaced: another transaction of the account took the nonce.
	ErrReplaced = errors.New("another transaction of the account took its place")
	// ErrSigner: the signer gave something else than was to be signed.
	ErrSigner = errors.New("the signer changed the transaction")
)

// Chain is an execution node; ethclient.Client is one.
type Chain interface {
	deploy.Backend
	BalanceAt(ctx context.Context, account common.Address, block *big.Int) (*big.Int, error)
	NonceAt(ctx context.Context, account common.Address, block *big.Int) (uint64, error)
}

// Call is a call of a contract.
type Call struct {
	To       common.Address
	ValueWei *big.Int // nil for none
	Data     []byte
}

func (c Call) value() *big.Int {
	if c.ValueWei == nil {
		return new(big.Int)
	}
	return c.ValueWei
}

// Client asks one node. It is safe for concurrent use when its Chain is.
type Client struct{ chain Chain }

// New makes a client of a node.
func New(chain Chain) *Client { return &Client{chain} }

// ChainID is the node's.
func (c *Client) ChainID(ctx context.Context) (*big.Int, error) {
	id, err := c.chain.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the chain id: %w", err)
	}
	return id, nil
}

// Verify compares the contracts on the chain with a manifest: chain, code, wiring, schedule and roles. Errors: deploy.ErrWiring.
func (c *Client) Verify(ctx context.Context, m *deploy.Manifest) error { return m.Verify(ctx, c.chain) }

// View calls a contract without a transaction, at the newest block. Errors: ErrReverted with the contract's reason.
func (c *Client) View(ctx context.Context, to common.Address, data []byte) ([]byte, error) {
	answer, err := c.chain.CallContract(ctx, ethereum.CallMsg{To: &to, Data: data}, nil)
	if err != nil {
		return nil, explain(err)
	}
	return answer, nil
}

// Try calls a contract as an account, without a transaction, at the newest block. Errors: ErrReverted with the contract's reason.
func (c *Client) Try(ctx context.Context, from common.Address, call Call) error {
	_, err := c.chain.CallContract(ctx, ethereum.CallMsg{From: from, To: &call.To, Value: call.value(), Data: call.Data}, nil)
	if err != nil {
		return explain(err)
	}
	return nil
}

// BalanceWei is an account's, at the newest block.
func (c *Client) BalanceWei(ctx context.Context, account common.Address) (*big.Int, error) {
	balance, err := c.chain.BalanceAt(ctx, account, nil)
	if err != nil {
		return nil, fmt.Errorf("read the balance of %s: %w", account, err)
	}
	return balance, nil
}

// Nonces are how many transactions of an account are in blocks, and how many with those that wait.
func (c *Client) Nonces(ctx context.Context, account common.Address) (mined, pending uint64, err error) {
	if mined, err = c.chain.NonceAt(ctx, account, nil); err != nil {
		return 0, 0, fmt.Errorf("read the nonce of %s: %w", account, err)
	}
	if pending, err = c.chain.PendingNonceAt(ctx, account); err != nil {
		return 0, 0, fmt.Errorf("read the nonce of %s: %w", account, err)
	}
	return mined, pending, nil
}

// Time is the newest block's, in seconds.
func (c *Client) Time(ctx context.Context) (uint64, error) {
	head, err := c.chain.HeaderByNumber(ctx, nil)
	if err != nil {
		return 0, fmt.Errorf("read the newest block: %w", err)
	}
	return head.Time, nil
}

// explain puts the contract's own error first.
func explain(err error) error {
	if name := deploy.RevertName(err); name != "" {
		return fmt.Errorf("%w: %s", ErrReverted, name)
	}
	return err
}
