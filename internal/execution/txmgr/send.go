package txmgr

import (
	"context"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

const (
	transferGas    = 21_000
	maxEscalations = 8 // doublings against a stranger's transaction in one step
)

// send signs, writes down and sends the report's transaction at the nonce of the majority. standing is what this sender has there, or nil.
func (s *Sender) send(ctx context.Context, b *majority, w *work, previous *attempt, gas uint64) reason {
	offer := s.config.Fees.first(b.maxBaseWei)
	if previous != nil {
		old, err := previous.bid()
		if err != nil {
			return reasonf(CodeStore, "The transaction of nonce %d cannot be read: %v.", previous.Nonce, err)
		}
		var ok bool
		if offer, ok = s.config.Fees.next(old, b.maxBaseWei, gently); !ok {
			return s.atCap(ctx, b, w, previous)
		}
	}
	purpose := attempt{RefSlot: w.Report.RefSlot, Digest: w.digest, Deadline: w.Deadline}
	for range maxEscalations {
		var why reason
		if offer, why = s.affordable(b, offer, gas, previous); why.code != "" {
			return why
		}
		sent, said, why := s.signAndSend(ctx, s.transaction(b.nonce, s.config.Oracle, gas, offer, w.data), purpose, false)
		if why.code != "" {
			return why
		}
		s.tryOtherNonce(b, said)
		next, ok := s.config.Fees.next(offer, b.maxBaseWei, doubled)
		if said.inSomePool() || said.counts[underpriced] == 0 || !ok {
			return s.afterBroadcast(sent, said)
		}
		// Another transaction of the nonce is in the pools: the store was lost, or someone else uses the account.
		offer, previous = next, sent
	}
	return reasonf(CodeStranger, "A transaction with nonce %d of the account that this node did not send stands in the way; the bid rises until it gives way.", b.nonce)
}

// atCap leaves a transaction that bids as much as may be bid where it is. One of an older report cannot be replaced then.
func (s *Sender) atCap(ctx context.Context, b *majority, w *work, previous *attempt) reason {
	if !previous.bidsFor(w.Report.RefSlot, w.digest) {
		s.sendAgain(ctx, b, previous)
		return reasonf(CodeAtCap, "An earlier transaction with nonce %d is in the way and bids too near the cap of %s to be replaced: the submission waits for it.",
			previous.Nonce, gwei(s.config.Fees.MaxFeeWei))
	}
	if why := s.sendAgain(ctx, b, previous); why.code != CodeSent {
		return why
	}
	return reasonf(CodeAtCap, "The report of reference slot %d is on its way in transaction %s, which bids as much as the cap of %s allows.",
		w.Report.RefSlot, previous.newest().Hash.Hex(), gwei(s.config.Fees.MaxFeeWei))
}

// affordable lowers a bid to what the account can pay, if that is enough for a block and to replace what stands.
func (s *Sender) affordable(b *majority, offer bid, gas uint64, previous *attempt) (bid, reason) {
	need := offer.costWei(gas)
	if b.balanceWei.Cmp(need) >= 0 {
		return offer, reason{}
	}
	most := new(big.Int).Div(b.balanceWei, new(big.Int).SetUint64(gas))
	lower := bid{maxWei: min(most.Uint64(), offer.maxWei)}
	lower.tipWei = min(offer.tipWei, lower.maxWei)
	enough := lower.maxWei > b.minBaseWei
	if previous != nil {
		old, err := previous.bid()
		enough = enough && err == nil && lower.replaces(old)
	}
	if enough {
		return lower, reason{}
	}
	return bid{}, reasonf(CodeFunds, "The account %s holds %s and the submission needs up to %s (%d gas at %s): send it ether.",
		s.config.Signer.Address(), ether(b.balanceWei), ether(need), gas, gwei(offer.maxWei))
}

func (s *Sender) transaction(nonce uint64, to common.Address, gas uint64, offer bid, data []byte) *types.DynamicFeeTx {
	return offer.transaction(new(big.Int).SetUint64(s.config.ChainID), nonce, to, new(big.Int), gas, data)
}

// signAndSend writes the transaction down before it leaves. It gives the attempt with it as the newest variant.
func (s *Sender) signAndSend(ctx context.Context, tx *types.DynamicFeeTx, purpose attempt, cancels bool) (*attempt, broadcastResult, reason) {
	signed, err := sign(ctx, s.config.Signer, tx)
	if err != nil {
		return nil, broadcastResult{}, reasonf(CodeSigner, "The submission could not be signed: %s.", shortened(err))
	}
	if purpose.SentAt = s.config.Now(); s.store.at(tx.Nonce) == nil {
		s.stalledAt = time.Time{}
	}
	if err := s.store.record(signed, purpose, cancels); err != nil {
		return nil, broadcastResult{}, reasonf(CodeStore, "The submission could not be written down: %s.", shortened(err))
	}
	sent := s.store.at(tx.Nonce)
	said := s.broadcast(ctx, sent.Raw)
	s.config.Log.Info("A transaction was sent.", "transaction", signed.Hash(), "nonce", tx.Nonce, "variant", len(sent.Variants), "cancels", cancels,
		"refSlot", purpose.RefSlot, "gas", tx.Gas, "maxFee", gwei(tx.GasFeeCap.Uint64()), "tip", gwei(tx.GasTipCap.Uint64()), "endpoints", said.counts[taken])
	return sent, said, reason{}
}

// bid is what the newest variant offers.
func (a *attempt) bid() (bid, error) {
	tx, err := a.transaction()
	if err != nil {
		return bid{}, err
	}
	return bid{maxWei: tx.GasFeeCap().Uint64(), tipWei: tx.GasTipCap().Uint64()}, nil
}
