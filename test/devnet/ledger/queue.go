package ledger

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
)

// Request puts ether's worth of the token into the withdrawal queue at a time in seconds.
func (l *Ledger) Request(from, owner common.Address, wei *big.Int, second uint64) error {
	shares := l.sharesFor(wei)
	l.requests = append(l.requests, request{owner: owner, value: l.valueOf(shares), shares: shares, second: second, falls: l.falls})
	return l.move(from, l.terms.Queue, shares)
}

// valueOf is what a request of shares is valued at: while a loss is not confirmed, or the last report is proven false, what they were worth before it.
func (l *Ledger) valueOf(shares *big.Int) *big.Int {
	if l.unconfirmed.Sign() == 0 && !l.isFalse {
		return l.weiOf(shares)
	}
	return times(shares, l.valueRate(), perShares())
}

// valueRate is what requests are valued at, in wei for 1e18 shares.
func (l *Ledger) valueRate() *big.Int {
	rate := times(plus(l.pooled, l.unconfirmed), perShares(), l.total)
	if l.isFalse && l.rateBefore != nil && l.rateBefore.Cmp(rate) > 0 {
		return l.rateBefore
	}
	return rate
}

// knownRate is the rate at which requests are paid without a report: the lowest of that in force, those of reports held since the last one, and, when that is
// proven false, the one before it.
func (l *Ledger) knownRate() (wei, shares *big.Int) {
	inForce := times(l.pooled, perShares(), l.total)
	lowest := inForce
	if l.lowestHeld != nil {
		lowest = least(lowest, l.lowestHeld)
	}
	if l.isFalse && l.rateBefore != nil {
		lowest = least(lowest, l.rateBefore)
	}
	if lowest.Cmp(inForce) < 0 {
		return lowest, perShares()
	}
	return l.pooled, l.total
}

func perShares() *big.Int { return big.NewInt(1e18) }

// Claim pays a finalized request and gives what it pays, in wei.
func (l *Ledger) Claim(id uint64) (*big.Int, error) {
	if id == 0 || id > uint64(l.finalized) || l.requests[id-1].claimed {
		return nil, fmt.Errorf("%w: request %d is claimed, and %d are finalized", ErrImpossible, id, l.finalized)
	}
	r := &l.requests[id-1]
	r.claimed = true
	for _, b := range l.batches {
		if id <= uint64(b.upTo) {
			paid := b.payout(*r)
			l.locked = minus(l.locked, paid)
			return paid, nil
		}
	}
	return nil, fmt.Errorf("%w: request %d is in no batch", ErrImpossible, id)
}

func (b batch) payout(r request) *big.Int { return least(r.value, times(r.shares, b.pooled, b.shares)) }

// Settle counts payouts of a batch, at most so many. When all are counted, what the lock exceeds them by goes to the buffer.
func (l *Ledger) Settle(batch, most uint64) error {
	if batch >= uint64(len(l.batches)) {
		return fmt.Errorf("%w: batch %d of %d is settled", ErrImpossible, batch, len(l.batches))
	}
	b := &l.batches[batch]
	count := b.upTo - b.first + 1
	if b.settled == count {
		return nil
	}
	b.settled += int(min(most, uint64(count-b.settled)))
	if b.settled < count {
		return nil
	}
	surplus := b.lock
	for _, r := range l.requests[b.first-1 : b.upTo] {
		surplus = minus(surplus, b.payout(r))
	}
	l.locked, l.buffered = minus(l.locked, surplus), plus(l.buffered, surplus)
	return nil
}

// Unsettled is the first batch whose payouts are not all counted, and how many requests it has; ok is false when there is none.
func (l *Ledger) Unsettled() (batch uint64, requests int, ok bool) {
	for i, b := range l.batches {
		if count := b.upTo - b.first + 1; b.settled < count {
			return uint64(i), count, true
		}
	}
	return 0, 0, false
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
