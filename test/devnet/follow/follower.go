// Package follow reads a devnet's blocks as they come and says what happened in them: what holders did, which reports were submitted and taken, and whether
// every balance is then what an independent ledger says.
//
//	blocks, receipts ──► Follower ──► Block{Events, Ledger} ──► Frames, Check
//	                        │  an undone block takes its events and its entries in the books back
//	beacon state ───────────┘
package follow

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
)

// keepBooks is for how many blocks back the ledger is kept: further back no block is undone, since it is final.
const keepBooks = 512

// Block is a block and what happened in it.
type Block struct {
	Number uint64
	Hash   common.Hash
	Slot   uint64
	Events []Event

	books   *ledger.Ledger // after it; nil for those long past
	second  uint64
	rewards *big.Int // in the rewards vault, after the transactions that were read
}

// Follower reads blocks. It is safe for concurrent use, and Follow is to be called by one goroutine at a time.
type Follower struct {
	network *network.Network
	calls   *calls

	mu     sync.Mutex
	blocks []*Block // the canonical ones, from block 0
	undone int
}

// New follows a network from its first block on.
func New(n *network.Network) (*Follower, error) {
	c, err := newCalls(n)
	if err != nil {
		return nil, err
	}
	return &Follower{network: n, calls: c}, nil
}

// Follow reads up to the execution node's newest block and gives the blocks that are new. Errors: ledger.ErrImpossible, those of the node.
func (f *Follower) Follow(ctx context.Context) (fresh []*Block, err error) {
	head, err := f.network.Chain.Client().BlockByNumber(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("read the newest block: %w", err)
	}
	missing, err := f.missing(ctx, head)
	if err != nil {
		return nil, err
	}
	for _, b := range missing {
		read, err := f.read(ctx, b)
		if err != nil {
			return fresh, fmt.Errorf("block %d: %w", b.NumberU64(), err)
		}
		f.append(read)
		fresh = append(fresh, read)
	}
	return fresh, nil
}

// missing are the blocks up to head that are not known, oldest first; those that they replace are dropped.
func (f *Follower) missing(ctx context.Context, head *types.Block) ([]*types.Block, error) {
	var missing []*types.Block
	for {
		if known := f.at(head.NumberU64()); known != nil && known.Hash == head.Hash() {
			break
		}
		missing = append([]*types.Block{head}, missing...)
		if head.NumberU64() == 0 {
			break
		}
		parent, err := f.network.Chain.Client().BlockByHash(ctx, head.ParentHash())
		if err != nil {
			return nil, fmt.Errorf("read block %d: %w", head.NumberU64()-1, err)
		}
		head = parent
	}
	if len(missing) > 0 {
		f.truncate(missing[0].NumberU64())
	}
	return missing, nil
}

func (f *Follower) at(number uint64) *Block {
	f.mu.Lock()
	defer f.mu.Unlock()
	if number >= uint64(len(f.blocks)) {
		return nil
	}
	return f.blocks[number]
}

// truncate forgets blocks from number on.
func (f *Follower) truncate(number uint64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if number < uint64(len(f.blocks)) {
		f.undone += len(f.blocks) - int(number)
		f.blocks = f.blocks[:number]
	}
}

func (f *Follower) append(b *Block) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.blocks = append(f.blocks, b)
	if old := len(f.blocks) - keepBooks; old >= 0 {
		f.blocks[old].books = nil
	}
}

// Undone is how many blocks were taken back so far.
func (f *Follower) Undone() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.undone
}

// Books are the ledger after the newest block that was read. The copy is the caller's.
func (f *Follower) Books() *ledger.Ledger {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.blocks[len(f.blocks)-1].books.Clone()
}

// Blocks are all canonical blocks so far.
func (f *Follower) Blocks() []*Block {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]*Block(nil), f.blocks...)
}

var errNoBooks = errors.New("the books of that block are no longer kept")

// booksAt is the block of a hash, with the books after it.
func (f *Follower) booksAt(hash common.Hash) (*Block, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := len(f.blocks) - 1; i >= 0; i-- {
		if b := f.blocks[i]; b.Hash == hash && b.books != nil {
			return b, nil
		}
	}
	return nil, fmt.Errorf("block %s: %w", hash, errNoBooks)
}

// read applies a block's calls to the books, in order.
func (f *Follower) read(ctx context.Context, b *types.Block) (*Block, error) {
	read := &Block{Number: b.NumberU64(), Hash: b.Hash(), Slot: f.network.Schedule.SlotAt(b.Time()), second: b.Time()}
	if parent := f.at(read.Number - 1); read.Number > 0 && parent != nil {
		read.books = parent.books.Clone()
	} else {
		read.books = ledger.New(f.calls.terms())
	}
	if len(b.Transactions()) == 0 || b.NumberU64() == 0 {
		return read, nil
	}
	var err error
	read.rewards, err = f.network.Chain.Client().BalanceAt(ctx, f.network.Manifest.Contracts.ELRewardsVault, new(big.Int).SetUint64(read.Number-1))
	if err != nil {
		return nil, fmt.Errorf("read the rewards vault before it: %w", err)
	}
	for _, tx := range b.Transactions() {
		receipt, err := f.network.Chain.Client().TransactionReceipt(ctx, tx.Hash())
		if err != nil {
			return nil, fmt.Errorf("read a receipt: %w", err)
		}
		if err := f.applyTransaction(ctx, read, tx, receipt); err != nil {
			return nil, err
		}
		f.addReward(b, read, tx, receipt)
	}
	for i, e := range read.Events { // Later calls of the block count for the balances that the chain tells.
		if rebase, ok := e.(Rebase); ok {
			if err := f.compare(ctx, read, &rebase); err != nil {
				return nil, err
			}
			read.Events[i] = rebase
		}
	}
	return read, nil
}

// addReward adds what a transaction leaves in the rewards vault: its tip, where the vault takes the block's fees, and its ether.
func (f *Follower) addReward(b *types.Block, read *Block, tx *types.Transaction, receipt *types.Receipt) {
	vault := f.network.Manifest.Contracts.ELRewardsVault
	if b.Coinbase() == vault {
		tip := new(big.Int).Sub(receipt.EffectiveGasPrice, b.BaseFee())
		read.rewards = new(big.Int).Add(read.rewards, tip.Mul(tip, new(big.Int).SetUint64(receipt.GasUsed)))
	}
	if tx.To() != nil && *tx.To() == vault && receipt.Status == types.ReceiptStatusSuccessful {
		read.rewards = new(big.Int).Add(read.rewards, tx.Value())
	}
}

// applyTransaction applies a transaction to the books.
func (f *Follower) applyTransaction(ctx context.Context, b *Block, tx *types.Transaction, receipt *types.Receipt) error {
	if tx.To() == nil {
		if receipt.ContractAddress == f.network.Manifest.Contracts.StakingPool {
			b.books.Open(firstDeposit(), tx.Value(), b.second)
		}
		return nil
	}
	from, err := types.Sender(types.LatestSignerForChainID(big.NewInt(network.ChainID)), tx)
	if err != nil {
		return fmt.Errorf("find the sender of %s: %w", tx.Hash(), err)
	}
	f.markFalse(b, receipt)
	if err := f.applyKeys(b, from, receipt); err != nil {
		return err
	}
	c := call{from: from, tx: tx, receipt: receipt, ok: receipt.Status == types.ReceiptStatusSuccessful}
	if err := f.calls.decode(&c); err != nil {
		return err
	}
	if c.method == "" {
		return nil
	}
	return f.applyCall(ctx, b, c)
}
