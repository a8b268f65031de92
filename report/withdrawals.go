package report

import (
	"errors"
	"fmt"
	"math/big"
)

// ErrInconsistentQueue: the queue's requests cannot be what the contract keeps. They were read wrongly.
var ErrInconsistentQueue = errors.New("inconsistent withdrawal queue")

// MaxRequestsPerReport bounds what one report finalizes; the rest waits for the next. Early capture keeps as many, so a full node suffices however long the
// queue has become, as after a bunker.
const MaxRequestsPerReport = 4096

// QueuedRequest is a withdrawal request as the queue keeps it. Sums run over all requests from the first.
type QueuedRequest struct {
	CumulativeWei    *big.Int
	CumulativeShares *big.Int
	CreatedAt        uint64 // timestamp, in seconds
}

// FinalizationInput is what Report.FinalizeUpTo depends on.
type FinalizationInput struct {
	Rebase               RebaseInput // of the report; its demand is ignored
	LastRequestID        uint64
	LastFinalizedID      uint64
	Paused               bool   // the queue is paused: nothing can be finalized
	RefTimestamp         uint64 // time of the reference slot, in seconds
	RequestMarginSeconds uint32
	Bunker               bool
	BunkerBefore         uint64 // in bunker: only requests made before this timestamp, in seconds
}

// FinalizationBatch is the requests that a report finalizes: those after the last finalized one up to UpTo. The zero UpTo is no batch.
type FinalizationBatch struct {
	UpTo                    uint64
	DemandWei, DemandShares *big.Int // of the batch, 0 for none
}

// FinalizeUpTo finds the requests that the report should finalize: up to the largest one that is old enough and up to which the lock
// fits into the buffer with what the rebase pulls, and at most MaxRequestsPerReport. Requests come from read, at most 14 times.
//
// A binary search finds it because both conditions, once false, stay false. Requests are created in
// order, so age falls with the identifier. The rate P/S and the available ether do not depend on it: the rebase pulls before it finalizes.
// Cumulative wei W and shares H do not fall, so neither do W, floor(H*P/S) and their minimum, the lock.
//
// Errors: those of Rebase and of read, ErrInconsistentQueue.
func FinalizeUpTo(in FinalizationInput, read func(id uint64) (QueuedRequest, error)) (FinalizationBatch, error) {
	none := FinalizationBatch{DemandWei: new(big.Int), DemandShares: new(big.Int)}
	search, err := newFinalizationSearch(in)
	if err != nil || !search.possible {
		return none, err
	}
	if search.done, err = readRequest(read, in.LastFinalizedID); err != nil {
		return none, err
	}
	low := in.LastFinalizedID // can be finalized; nothing above high can in this report
	high := low + min(in.LastRequestID-low, MaxRequestsPerReport)
	below, above := search.done, QueuedRequest{}
	for known := false; low < high; {
		id := high - (high-low)/2 // above low, and without overflow
		request, err := readRequest(read, id)
		if err != nil {
			return none, err
		}
		if !request.follows(below) || known && !above.follows(request) {
			return none, fmt.Errorf("%w: request %d is not between its neighbours", ErrInconsistentQueue, id)
		}
		if search.fits(request) {
			low, below = id, request
		} else {
			high, above, known = id-1, request, true
		}
	}
	if low == in.LastFinalizedID {
		return none, nil
	}
	return FinalizationBatch{low, sub(below.CumulativeWei, search.done.CumulativeWei), sub(below.CumulativeShares, search.done.CumulativeShares)}, nil
}

// finalizationSearch judges requests under one rebase.
type finalizationSearch struct {
	possible     bool   // whether any request can be finalized
	notAfter     uint64 // newest timestamp that is old enough
	availableWei *big.Int
	pooledWei    *big.Int
	totalShares  *big.Int
	done         QueuedRequest // the last finalized one
}

func newFinalizationSearch(in FinalizationInput) (finalizationSearch, error) {
	if in.LastFinalizedID > in.LastRequestID {
		return finalizationSearch{}, fmt.Errorf("%w: finalized up to %d of %d", ErrInconsistentQueue, in.LastFinalizedID, in.LastRequestID)
	}
	rebase := in.Rebase
	rebase.DemandWei, rebase.DemandShares = new(big.Int), new(big.Int)
	out, err := Rebase(rebase)
	if err != nil {
		return finalizationSearch{}, fmt.Errorf("find what can be finalized: %w", err)
	}
	margin := uint64(in.RequestMarginSeconds)
	if in.Paused || in.LastFinalizedID == in.LastRequestID || in.RefTimestamp < margin || in.Bunker && in.BunkerBefore == 0 ||
		out.RebasedPooledWei.Sign() == 0 || rebase.TotalShares.Sign() == 0 { // without ether or shares there is no rate
		return finalizationSearch{}, nil
	}
	s := finalizationSearch{
		possible: true, notAfter: in.RefTimestamp - margin, pooledWei: out.RebasedPooledWei, totalShares: rebase.TotalShares,
		availableWei: add(rebase.BufferedWei, add(out.FromWithdrawalsWei, out.FromRewardsWei)),
	}
	if in.Bunker {
		s.notAfter = min(s.notAfter, in.BunkerBefore-1)
	}
	return s, nil
}

// fits tells whether all requests up to r can be finalized.
func (s finalizationSearch) fits(r QueuedRequest) bool {
	if r.CreatedAt > s.notAfter {
		return false
	}
	lockWei := Payout(sub(r.CumulativeWei, s.done.CumulativeWei), sub(r.CumulativeShares, s.done.CumulativeShares), s.pooledWei, s.totalShares)
	return lockWei.Cmp(s.availableWei) <= 0
}

// follows tells whether r can stand in the queue after earlier. Every request has shares.
func (r QueuedRequest) follows(earlier QueuedRequest) bool {
	return r.CreatedAt >= earlier.CreatedAt && r.CumulativeWei.Cmp(earlier.CumulativeWei) >= 0 && r.CumulativeShares.Cmp(earlier.CumulativeShares) > 0
}

// readRequest reads request id. Request 0, before the first, is nothing and is not read.
func readRequest(read func(id uint64) (QueuedRequest, error), id uint64) (QueuedRequest, error) {
	if id == 0 {
		return QueuedRequest{CumulativeWei: new(big.Int), CumulativeShares: new(big.Int)}, nil
	}
	r, err := read(id)
	if err != nil {
		return QueuedRequest{}, fmt.Errorf("read withdrawal request %d: %w", id, err)
	}
	for _, amount := range []*big.Int{r.CumulativeWei, r.CumulativeShares} {
		if amount == nil || amount.Sign() < 0 || amount.BitLen() > weiBits {
			return QueuedRequest{}, fmt.Errorf("%w: request %d has amount %v", ErrInconsistentQueue, id, amount)
		}
	}
	return r, nil
}
