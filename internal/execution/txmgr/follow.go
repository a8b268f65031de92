package txmgr

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// follow looks where own transactions are: in a block, out of it again, or final.
func (s *Sender) follow(ctx context.Context, b *majority) {
	changed := false
	for _, a := range slices.Clone(s.store.Attempts) {
		if a.Mined == nil && a.Nonce >= b.nonce {
			a.lostAt = time.Time{}
			continue
		}
		found, known := s.inclusionOf(ctx, b, a)
		if known && ctx.Err() == nil {
			changed = s.settle(b, a, found) || changed
		}
	}
	if !changed {
		return
	}
	// What is not written down now is found out again after a restart.
	if err := s.store.save(); err != nil {
		s.config.Log.Warn("What became of a transaction could not be written down; it is looked up again after a restart.", "reason", err)
	}
}

// settle takes in where an attempt stands. It reports whether that is news.
func (s *Sender) settle(b *majority, a *attempt, found *inclusion) bool {
	switch {
	case found != nil && found.BlockNumber <= b.guide.finalized:
		a.Mined = found
		s.noteInclusion(a)
		s.close(a, outcomeOf(a))
		s.settled.Add(s.settled, found.CostWei.ToInt())
	case found != nil:
		if a.Mined != nil && a.Mined.Hash == found.Hash && a.Mined.BlockHash == found.BlockHash {
			return false
		}
		a.Mined = found
		s.noteInclusion(a)
		s.config.Log.Info("A transaction of this node is in a block.", "transaction", found.Hash, "block", found.BlockNumber, "succeeded", found.Succeeded,
			"outcome", outcomeOf(a))
	case a.Mined != nil:
		s.config.Log.Warn("A reorganisation removed the block with a transaction of this node; it is sent again if the report is not in.",
			"transaction", a.Mined.Hash, "block", a.Mined.BlockNumber)
		if s.job != nil {
			delete(s.job.reverts, a.Mined.Hash)
		}
		a.Mined = nil
		s.change(func(state *State) { state.Included = nil })
	case a.lostAt.IsZero():
		a.lostAt = s.config.Now()
		return false
	case s.config.Now().Sub(a.lostAt) >= s.config.Patience:
		s.close(a, Superseded)
	default:
		return false
	}
	return true
}

// noteInclusion remembers what the job's own transaction did.
func (s *Sender) noteInclusion(a *attempt) {
	if s.job == nil || a.RefSlot != s.job.Report.RefSlot || a.Digest != s.job.digest || a.cancelled() {
		return
	}
	hash := a.Mined.Hash
	if !a.Mined.Succeeded {
		s.job.reverts[hash] = true
		return
	}
	s.change(func(state *State) { state.Included = &hash })
}

// cancelled tells whether the mined variant is a self-transfer.
func (a *attempt) cancelled() bool {
	return a.Mined != nil && slices.ContainsFunc(a.Variants, func(v variant) bool { return v.Hash == a.Mined.Hash && v.Cancels })
}

func outcomeOf(a *attempt) string {
	switch {
	case a.cancelled():
		return Cancelled
	case a.Mined.Succeeded:
		return Accepted
	}
	return Reverted
}

// close forgets an attempt whose end is known.
func (s *Sender) close(a *attempt, outcome string) {
	s.store.drop(a.Nonce)
	s.change(func(state *State) { state.Transactions[outcome]++ })
	s.config.Log.Info("A transaction of this node came to its end.", "nonce", a.Nonce, "transaction", a.newest().Hash, "outcome", outcome)
}

// inclusionOf finds the block of one of the attempt's variants, on the chain of endpoints that side with the majority. It is not known when none
// could answer everything.
func (s *Sender) inclusionOf(ctx context.Context, b *majority, a *attempt) (found *inclusion, known bool) {
	hashes := make([]common.Hash, 0, len(a.Variants)+1)
	if a.Mined != nil {
		hashes = append(hashes, a.Mined.Hash)
	}
	for _, v := range slices.Backward(a.Variants) {
		hashes = append(hashes, v.Hash)
	}
	for _, v := range b.views {
		if v.nonce != b.nonce {
			continue
		}
		found, err := s.receiptOf(ctx, v, hashes)
		if err != nil {
			s.config.Log.Debug("An endpoint could not tell where a transaction of this node is.", "reason", err)
			continue
		}
		if found != nil {
			return found, true
		}
		known = true
	}
	return nil, known
}

// receiptOf asks one endpoint for the receipts of hashes, and for the block at the height of the one that it has: only that block is canonical.
func (s *Sender) receiptOf(ctx context.Context, v *view, hashes []common.Hash) (*inclusion, error) {
	for _, hash := range hashes {
		var r *receipt
		if err := ask(ctx, v.node, &r, "eth_getTransactionReceipt", hash); err != nil {
			return nil, err
		}
		if r == nil {
			continue
		}
		found, err := r.inclusion(hash)
		if err != nil {
			return nil, malformed(v.node, "eth_getTransactionReceipt", err)
		}
		at, err := readBlock(ctx, v.node, hexutil.EncodeUint64(found.BlockNumber))
		if errors.Is(err, execution.ErrUnknownBlock) || err == nil && at.hash != found.BlockHash {
			continue
		}
		if err != nil {
			return nil, err
		}
		return found, nil
	}
	return nil, nil
}

// receipt is the part of a receipt that is needed.
type receipt struct {
	Transaction common.Hash     `json:"transactionHash"`
	BlockHash   *common.Hash    `json:"blockHash"`
	BlockNumber *hexutil.Uint64 `json:"blockNumber"`
	Status      *hexutil.Uint64 `json:"status"`
	GasUsed     *hexutil.Uint64 `json:"gasUsed"`
	GasPrice    *hexutil.Big    `json:"effectiveGasPrice"`
}

// inclusion judges a receipt: the cost that it names must be one that a transaction of ours can have.
func (r *receipt) inclusion(hash common.Hash) (*inclusion, error) {
	switch {
	case r.BlockHash == nil || r.BlockNumber == nil || r.Status == nil || r.GasUsed == nil || r.GasPrice == nil:
		return nil, errors.New("a receipt that is not complete")
	case r.Transaction != hash:
		return nil, errors.New("the receipt of another transaction")
	case uint64(*r.GasUsed) > maxGas || !r.GasPrice.ToInt().IsUint64() || r.GasPrice.ToInt().Uint64() > maxFeeCapWei || *r.Status > 1:
		return nil, errors.New("a receipt with a status, gas or price that no own transaction can have")
	}
	cost := new(big.Int).Mul(new(big.Int).SetUint64(uint64(*r.GasUsed)), r.GasPrice.ToInt())
	return &inclusion{
		Hash: hash, BlockNumber: uint64(*r.BlockNumber), BlockHash: *r.BlockHash, Succeeded: *r.Status == 1, CostWei: (*hexutil.Big)(cost),
	}, nil
}
