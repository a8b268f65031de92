package events

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// Transaction is a transaction of a block, under the transactions root of the block's header.
type Transaction struct {
	Hash  common.Hash
	Index uint
	From  common.Address  // recovered from the signature
	To    *common.Address // nil: it creates a contract
	Data  []byte
	Value *big.Int
}

// Receipt is what a transaction did, under the receipts root of the block's header.
type Receipt struct {
	TxHash            common.Hash
	TxIndex           uint
	Succeeded         bool
	GasUsed           uint64
	EffectiveGasPrice *big.Int // in wei; computed from header and transaction

	logs []*types.Log
}

// BlockContents is a block with everything in it, verified against its hash.
type BlockContents struct {
	Block
	Transactions []Transaction
	Receipts     []Receipt // of the same order
}

// maxTransactions bounds a block: a block of 2^27 gas has at most 6,400.
const maxTransactions = 20_000

// Contents reads a block whole and verifies it: the header hashes to hash, the transactions hash to its transactions root, the receipts to its
// receipts root. So no endpoint can alter, add or leave out a transaction or an event of the block. Errors: ErrInconsistent, execution.ErrHeader,
// and those of the endpoints.
func (r *Reader) Contents(ctx context.Context, hash common.Hash) (c BlockContents, err error) {
	_, err = r.client.Ask(ctx, "contents of block "+hash.Hex(), func(ctx context.Context, ask execution.Asker) error {
		c, err = r.contents(ctx, ask, hash)
		return err
	})
	return c, err
}

func (r *Reader) contents(ctx context.Context, ask execution.Asker, hash common.Hash) (BlockContents, error) {
	answer, err := ask(ctx, "eth_getBlockByHash", hash, true)
	if err != nil {
		return BlockContents{}, err
	}
	block, err := parseHeader(answer)
	if err != nil {
		return BlockContents{}, err
	}
	if block.Hash != hash {
		return BlockContents{}, fmt.Errorf("%w: asked for block %s, got %s", ErrInconsistent, hash, block.Hash)
	}
	txs, err := parseTransactions(answer, block.header)
	if err != nil {
		return BlockContents{}, err
	}
	answer, err = ask(ctx, "eth_getBlockReceipts", hash)
	if err != nil {
		return BlockContents{}, err
	}
	receipts, err := parseReceipts(answer, block.header, txs)
	if err != nil {
		return BlockContents{}, err
	}
	return r.assemble(block, txs, receipts)
}

// parseTransactions takes the transactions of a whole block.
func parseTransactions(answer json.RawMessage, header *types.Header) (types.Transactions, error) {
	var whole struct {
		Transactions types.Transactions `json:"transactions"`
	}
	if err := json.Unmarshal(answer, &whole); err != nil {
		return nil, fmt.Errorf("%w: transactions: %w", execution.ErrMalformed, err)
	}
	if len(whole.Transactions) > maxTransactions {
		return nil, fmt.Errorf("%w: %d transactions", execution.ErrTooLarge, len(whole.Transactions))
	}
	for _, tx := range whole.Transactions {
		if tx == nil {
			return nil, fmt.Errorf("%w: a transaction is null", execution.ErrMalformed)
		}
	}
	if got := types.DeriveSha(whole.Transactions, trie.NewStackTrie(nil)); got != header.TxHash {
		return nil, fmt.Errorf("%w: the transactions hash to %s, the header says %s", ErrInconsistent, got, header.TxHash)
	}
	return whole.Transactions, nil
}

func parseReceipts(answer json.RawMessage, header *types.Header, txs types.Transactions) (types.Receipts, error) {
	if bytes.Equal(bytes.TrimSpace(answer), []byte("null")) {
		return nil, execution.ErrUnknownBlock
	}
	var receipts types.Receipts
	if err := json.Unmarshal(answer, &receipts); err != nil {
		return nil, fmt.Errorf("%w: receipts: %w", execution.ErrMalformed, err)
	}
	if len(receipts) != len(txs) {
		return nil, fmt.Errorf("%w: %d receipts of %d transactions", ErrInconsistent, len(receipts), len(txs))
	}
	logs := 0
	for _, receipt := range receipts {
		if receipt == nil {
			return nil, fmt.Errorf("%w: a receipt is null", execution.ErrMalformed)
		}
		for _, l := range receipt.Logs {
			if l == nil {
				return nil, fmt.Errorf("%w: a log is null", execution.ErrMalformed)
			}
		}
		receipt.Bloom = types.CreateBloom(receipt)
		logs += len(receipt.Logs)
	}
	if got := types.DeriveSha(receipts, trie.NewStackTrie(nil)); got != header.ReceiptHash {
		return nil, fmt.Errorf("%w: the receipts hash to %s, the header says %s", ErrInconsistent, got, header.ReceiptHash)
	}
	return receipts, nil
}

// assemble takes over what the roots vouch for, and computes the rest: places and hashes in a node's answer are vouched for by nothing.
func (r *Reader) assemble(block Block, txs types.Transactions, receipts types.Receipts) (BlockContents, error) {
	c := BlockContents{Block: block}
	signer := types.LatestSignerForChainID(new(big.Int).SetUint64(r.manifest.ChainID))
	logIndex, gasBefore := uint(0), uint64(0)
	for i, tx := range txs {
		from, err := types.Sender(signer, tx)
		if err != nil {
			return BlockContents{}, fmt.Errorf("%w: transaction %s: %w", ErrInconsistent, tx.Hash(), err)
		}
		c.Transactions = append(c.Transactions, Transaction{
			Hash: tx.Hash(), Index: uint(i), From: from, To: tx.To(), Data: tx.Data(), Value: tx.Value(),
		})
		receipt := Receipt{
			TxHash: tx.Hash(), TxIndex: uint(i), Succeeded: receipts[i].Status == types.ReceiptStatusSuccessful,
			GasUsed: receipts[i].CumulativeGasUsed - gasBefore, EffectiveGasPrice: effectivePrice(tx, block.BaseFeeWei),
		}
		gasBefore = receipts[i].CumulativeGasUsed
		for _, l := range receipts[i].Logs {
			placed := types.Log{
				Address: l.Address, Topics: l.Topics, Data: l.Data,
				BlockNumber: block.Number, BlockHash: block.Hash, TxHash: tx.Hash(), TxIndex: uint(i), Index: logIndex,
			}
			receipt.logs = append(receipt.logs, &placed)
			logIndex++
		}
		c.Receipts = append(c.Receipts, receipt)
	}
	return c, nil
}

// effectivePrice is what a unit of gas cost (EIP-1559).
func effectivePrice(tx *types.Transaction, baseFee *big.Int) *big.Int {
	tip, err := tx.EffectiveGasTip(baseFee)
	if err != nil {
		return new(big.Int).Set(tx.GasFeeCap())
	}
	return tip.Add(tip, baseFee)
}
