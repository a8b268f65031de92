package txmgr

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/tidemark-oracle/tidemark/internal/execution"
)

// poolAnswer is what an endpoint says to a transaction.
type poolAnswer uint8

const (
	failed      poolAnswer = iota // no answer, or a reason that is none of the others
	taken                         // it is in the pool
	nonceTooLow                   // the nonce is used
	underpriced                   // another transaction of this nonce is in the pool, and this one does not bid enough more
	tooCheap                      // the pool wants more than is bid
	noFunds                       // the account cannot pay
)

// words are how clients say it, in lower case: geth, Erigon and Reth; Nethermind; Besu.
func words() map[poolAnswer][]string {
	return map[poolAnswer][]string{
		taken:       {"already known", "alreadyknown", "known transaction", "already in the pool", "already imported", "transaction_already_known"},
		nonceTooLow: {"nonce too low", "nonce is too low", "oldnonce", "nonce_too_low", "transaction nonce is too low", "nonce below sender"},
		underpriced: {"replacement transaction underpriced", "replacement_underpriced", "replacementnotallowed", "replacement not allowed",
			"gas price too low to replace", "not enough to bump", "transaction_replacement_underpriced"},
		tooCheap: {"transaction underpriced", "max fee per gas less than block base fee", "feetoolow", "fee too low", "gas price below", "gas price too low",
			"gas price is below", "below configured minimum", "feecap too low", "tip below", "gas_price_too_low"},
		noFunds: {"insufficient funds", "insufficientfunds", "insufficient balance", "upfront cost exceeds", "upfront_cost_exceeds_balance"},
	}
}

// poolAnswerOf sorts an answer to eth_sendRawTransaction.
func poolAnswerOf(err error) poolAnswer {
	if err == nil {
		return taken
	}
	var refused *execution.RefusedError
	if !errors.As(err, &refused) {
		return failed
	}
	text := strings.ToLower(refused.Reason)
	// A replacement that is underpriced is so in the words of tooCheap as well.
	for _, v := range []poolAnswer{taken, nonceTooLow, underpriced, tooCheap, noFunds} {
		for _, word := range words()[v] {
			if strings.Contains(text, word) {
				return v
			}
		}
	}
	return failed
}

// broadcastResult is what all endpoints say.
type broadcastResult struct {
	counts map[poolAnswer]int
	err    error // of those that did not take it
}

// broadcast sends a signed transaction to every endpoint, also to those that gave no view.
func (s *Sender) broadcast(ctx context.Context, raw []byte) broadcastResult {
	errs := make([]error, len(s.config.Nodes))
	var group sync.WaitGroup
	for i, node := range s.config.Nodes {
		group.Go(func() {
			if errs[i] = node.CheckChain(ctx, s.config.ChainID); errs[i] == nil {
				_, errs[i] = node.Call(ctx, "eth_sendRawTransaction", hexutil.Bytes(raw))
			}
		})
	}
	group.Wait()
	all := broadcastResult{counts: make(map[poolAnswer]int)}
	for i, err := range errs {
		v := poolAnswerOf(err)
		if all.counts[v]++; v == taken {
			errs[i] = nil
		}
	}
	all.err = errors.Join(errs...)
	return all
}

// inSomePool tells whether the transaction is on its way.
func (v broadcastResult) inSomePool() bool { return v.counts[taken] > 0 }
