package txmgr

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/manifest"
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
	// ErrStuck: a transaction has not come into a block for long. It may still.
	ErrStuck = errors.New("a transaction of the account is in no block for long: its fee may have reached max-fee-gwei, or the node has lost it")
	// ErrReplaced: another transaction of the account took the nonce.
	ErrReplaced = errors.New("another transaction of the account took its place")
)

// Chain is an execution node; ethclient.Client is one.
type Chain interface {
	manifest.Chain
	bind.ContractTransactor
	bind.DeployBackend
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

// NewClient makes a client of a node.
func NewClient(chain Chain) *Client { return &Client{chain} }

// ChainID is the node's.
func (c *Client) ChainID(ctx context.Context) (*big.Int, error) {
	id, err := c.chain.ChainID(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the chain id: %w", err)
	}
	return id, nil
}

// Verify compares the contracts on the chain with a manifest: chain, code, wiring, schedule and roles. Errors: manifest.ErrWiring.
func (c *Client) Verify(ctx context.Context, m *manifest.Manifest) error {
	return m.Verify(ctx, c.chain)
}

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

// Settle waits until no transaction of an account is under way: one of an interrupted run may be the very one that is to be sent. waiting is called
// once, if there are some.
func (c *Client) Settle(ctx context.Context, account common.Address, w Sending, waiting func(transactions uint64)) error {
	for looks := 1; ; looks++ {
		mined, pending, err := c.Nonces(ctx, account)
		if err != nil || pending <= mined {
			return err
		}
		if looks == 1 {
			waiting(pending - mined)
		}
		if looks == w.Looks {
			return fmt.Errorf("wait for earlier transactions of %s: %w", account, ErrStuck)
		}
		if err := w.Sleep(ctx, w.Every); err != nil {
			return fmt.Errorf("wait for earlier transactions of %s: %w", account, err)
		}
	}
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
	if name := abi.RevertName(err); name != "" {
		return &revertedError{name, err}
	}
	return printable(err)
}

// revertedError is ErrReverted with the contract's error; the node's words about it are not shown.
type revertedError struct {
	name  string
	cause error
}

func (e *revertedError) Error() string   { return ErrReverted.Error() + ": " + e.name }
func (e *revertedError) Unwrap() []error { return []error{ErrReverted, e.cause} }

// Prepared is a call that the contract would take now.
type Prepared struct {
	Call
	From  common.Address
	Gas   uint64
	Nonce uint64

	bid bid
}

// MostWei is what the transaction costs at most: value and fees.
func (p Prepared) MostWei() *big.Int {
	fees := p.bid.costWei(p.Gas)
	return fees.Add(fees, p.value())
}

// Prepare simulates a call and reckons its cost. Nothing is sent. Errors: ErrFunds, ErrFees, ErrReverted with the contract's reason.
func (c *Client) Prepare(ctx context.Context, from common.Address, call Call, fees Fees) (Prepared, error) {
	p := Prepared{Call: call, From: from}
	head, err := c.chain.HeaderByNumber(ctx, nil)
	if err != nil {
		return p, fmt.Errorf("read the newest block: %w", err)
	}
	base := head.BaseFee
	if base == nil {
		base = new(big.Int)
	}
	if !base.IsUint64() || base.Uint64() > fees.MaxFeeWei || fees.MaxFeeWei-base.Uint64() < fees.TipWei {
		return p, fmt.Errorf("%w: the base fee is %s wei, with a tip of %s that is more than %s: wait, or raise --max-fee-gwei",
			ErrFees, base, gwei(fees.TipWei), gwei(fees.MaxFeeWei))
	}
	p.bid = fees.first(base.Uint64())
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
	p.Gas = withMargin(gas)
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
	Hash     common.Hash
	Block    uint64
	GasUsed  uint64
	FeeWei   *big.Int
	Reverted bool // it failed there, and cost its fee all the same
}

// Sending is how Send waits.
type Sending struct {
	Sent  func(hash common.Hash)                           // called when a node took the transaction; may be nil
	Sleep func(ctx context.Context, d time.Duration) error // between two looks
	Every time.Duration
	Looks int // after which waiting ends with ErrStuck; 0: never
}

// Send signs a prepared call, sends it and waits until it is in a block. When ctx ends first the transaction may still be included. Errors:
// ErrReverted when it failed in its block, ErrReplaced, ErrSigner, and the node's.
func (c *Client) Send(ctx context.Context, signer Signer, p Prepared, w Sending) (Receipt, error) {
	signed, err := c.start(ctx, signer, p, w)
	if err != nil {
		return Receipt{}, err
	}
	return c.wait(ctx, signed, p, w)
}

// start signs a prepared call and sends it.
func (c *Client) start(ctx context.Context, signer Signer, p Prepared, w Sending) (*types.Transaction, error) {
	chainID, err := c.ChainID(ctx)
	if err != nil {
		return nil, err
	}
	signed, err := sign(ctx, signer, p.bid.transaction(chainID, p.Nonce, p.To, p.value(), p.Gas, p.Data))
	if err != nil {
		return nil, err
	}
	if p.From != signer.Address() {
		return nil, fmt.Errorf("%w: %s signs, and the call was prepared for %s: nothing was sent", ErrSigner, signer.Address(), p.From)
	}
	if err := c.chain.SendTransaction(ctx, signed); err != nil {
		return nil, fmt.Errorf("send transaction %s: %w", signed.Hash(), printable(explain(err)))
	}
	if w.Sent != nil {
		w.Sent(signed.Hash())
	}
	return signed, nil
}

// SendAll prepares calls that do not depend on each other, sends them one after the other without waiting, and then waits until all are in blocks. It gives
// the receipts of those that are, in order; what could not be prepared or sent ends the sending. Errors: those of Prepare and Send.
func (c *Client) SendAll(ctx context.Context, signer Signer, calls []Call, fees Fees, w Sending) (receipts []Receipt, err error) {
	var prepared []Prepared
	var sent []*types.Transaction
	var failures []error
	for i, call := range calls {
		p, err := c.Prepare(ctx, signer.Address(), call, fees)
		if err == nil {
			if i > 0 && len(prepared) > 0 {
				p.Nonce = prepared[len(prepared)-1].Nonce + 1 // a node may be slow to count what it was just given
			}
			var tx *types.Transaction
			if tx, err = c.start(ctx, signer, p, w); err == nil {
				prepared, sent = append(prepared, p), append(sent, tx)
			}
		}
		if err != nil {
			failures = append(failures, err)
			break
		}
	}
	for i, tx := range sent {
		receipt, err := c.wait(ctx, tx, prepared[i], w)
		if err != nil {
			failures = append(failures, err)
		}
		if err == nil || receipt.Reverted {
			receipts = append(receipts, receipt)
		}
	}
	return receipts, errors.Join(failures...)
}

// sendAgainEvery is how many looks pass until a node is given a transaction again: it may have lost it.
const sendAgainEvery = 8

func (c *Client) wait(ctx context.Context, tx *types.Transaction, p Prepared, w Sending) (Receipt, error) {
	for looks := 1; ; looks++ {
		receipt, err := c.chain.TransactionReceipt(ctx, tx.Hash())
		switch {
		case err == nil:
			return c.outcome(ctx, receipt, p)
		case ctx.Err() != nil:
			return Receipt{}, fmt.Errorf("wait for transaction %s: %w", tx.Hash(), ctx.Err())
		case errors.Is(err, ethereum.NotFound):
			if err := c.checkReplaced(ctx, tx, p); err != nil {
				return Receipt{}, err
			}
			if looks%sendAgainEvery == 0 {
				_ = c.chain.SendTransaction(ctx, tx) // a node that has it says so
			}
		}
		if looks == w.Looks {
			return Receipt{}, fmt.Errorf("wait for transaction %s, which may still be included: %w", tx.Hash(), ErrStuck)
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

// outcome is what a receipt says: an error with the contract's reason for a transaction that failed.
func (c *Client) outcome(ctx context.Context, r *types.Receipt, p Prepared) (Receipt, error) {
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
	done.Reverted = true
	reason := error(ErrReverted)
	_, err := c.chain.CallContract(ctx, ethereum.CallMsg{From: p.From, To: &p.To, Value: p.value(), Data: p.Data}, nil)
	if err != nil {
		reason = explain(err)
	}
	return done, fmt.Errorf("transaction %s failed in block %d: %w", done.Hash, done.Block, reason)
}
