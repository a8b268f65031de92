package ledger

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
)

// Request puts ether's worth of the token into the withdrawal queue at a time in seconds.
func (l *Ledger) Request(from, owner common.Address, wei *big.Int, second uint64) error {
	shares := l.sharesFor(wei)
	l.requests = append(l.requests, request{owner: owner, value: l.worth(shares), shares: shares, second: second})
	return l.move(from, l.terms.Queue, shares)
}

// Claim pays a finalized request and gives what it pays, in wei.
func (l *Ledger) Claim(id uint64) (*big.Int, error) {
	if id == 0 || id > uint64(l.finalized) || l.requests[id-1].claimed {
		return nil, fmt.Errorf("%w: request %d is claimed, and %d are finalized", ErrImpossible, id, l.finalized)
	}
	r := &l.requests[id-1]
	r.claimed = true
	for _, b := range l.batches {
		if id <= uint64(b.upTo) {
			paid := least(r.value, times(r.shares, b.pooled, b.shares))
			l.locked = minus(l.locked, paid)
			return paid, nil
		}
	}
	return nil, fmt.Errorf("%w: request %d is in no batch", ErrImpossible, id)
}

// LockedWei is the ether of the queue: locked for finalized requests and not claimed.
func (l *Ledger) LockedWei() *big.Int { return l.locked }

// Claimable are the finalized requests of an owner that are not claimed, and the batch of each.
func (l *Ledger) Claimable(owner common.Address) (ids, batches []uint64) {
	at := 0
	for i, r := range l.requests[:l.finalized] {
		for i >= l.batches[at].upTo {
			at++
		}
		if r.owner == owner && !r.claimed {
			ids, batches = append(ids, uint64(i+1)), append(batches, uint64(at))
		}
	}
	return ids, batches
}

// Waiting is how many requests are not finalized.
func (l *Ledger) Waiting() int { return len(l.requests) - l.finalized }

// demand is what requests up to upTo that are not finalized want: ether by their value, and shares.
func (l *Ledger) demand(upTo int) (wei, shares *big.Int) {
	wei, shares = zero(), zero()
	for _, r := range l.requests[min(l.finalized, upTo):upTo] {
		wei, shares = plus(wei, r.value), plus(shares, r.shares)
	}
	return wei, shares
}
