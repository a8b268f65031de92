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
	Falls            uint16 // falls of the rate before it, modulo 2^16: requests with different ones are not finalized together
}

// FinalizationInput is what Report.FinalizeUpTo depends on.
type FinalizationInput struct {
	Rebase               RebaseInput // of the report; its batch is ignored
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
	UpTo  uint64
	Batch Batch
}

// FinalizeUpTo finds the requests that the report should finalize: none when the report itself loses more than noise, unless that was so three times
// in a row; else up to the largest one that
//   - is old enough,
//   - has the same number of falls of the rate before it as the first one,
//   - is worth at most its shares at the rate that the rebase gives, if the first one is: requests that are paid their value and such that are
//     paid their shares are not finalized together,
//   - and up to which the lock fits into the buffer with what the rebase pulls;
//
// and at most MaxRequestsPerReport. Requests come from read, at most 27 times: the last finalized one, the first that waits, two in each of 12
// steps, and the one before the last of the batch.
//
// A binary search finds it because all conditions, once false, stay false. Requests are created in order, so age falls with the identifier, and falls of
// the rate are counted. Between two falls the rate at request does not fall, so once a request is worth more than its shares, later ones are too. (The
// contract's roundings can part them by a wei. Then the search may end at another request than the last possible one, the same for everybody, and
// the contract still takes it: it looks at the first and the last request only.) The rate P/S and the available ether do not depend on the request: the
// rebase pulls before it finalizes. Cumulative wei W and shares H do not fall, so neither do W, floor(H*P/S) and their minimum, the lock.
//
// Errors: those of Rebase and of read, ErrInconsistentQueue.
func FinalizeUpTo(in FinalizationInput, read func(id uint64) (QueuedRequest, error)) (FinalizationBatch, error) {
	none := FinalizationBatch{Batch: NoBatch()}
	search, err := newFinalizationSearch(in)
	if err != nil || !search.possible {
		return none, err
	}
	search.read = read
	if err := search.begin(in.LastFinalizedID); err != nil {
		return none, err
	}
	if !search.carries(search.first.QueuedRequest) {
		return none, nil
	}
	last, err := search.run(in.LastFinalizedID + min(in.LastRequestID-in.LastFinalizedID, MaxRequestsPerReport))
	if err != nil {
		return none, err
	}
	batch, err := search.batch(last)
	if err != nil {
		return none, err
	}
	return batch, nil
}

// queued is a request with its identifier.
type queued struct {
	id uint64
	QueuedRequest
}

// finalizationSearch judges requests under one rebase.
type finalizationSearch struct {
	read         func(id uint64) (QueuedRequest, error)
	possible     bool   // whether any request can be finalized
	notAfter     uint64 // newest timestamp that is old enough
	availableWei *big.Int
	pooledWei    *big.Int
	totalShares  *big.Int
	done         queued // the last finalized one
	first        queued // the first that waits
	byValue      bool   // the first one is worth at most its shares: so must be all others
}

func newFinalizationSearch(in FinalizationInput) (finalizationSearch, error) {
	if in.LastFinalizedID > in.LastRequestID {
		return finalizationSearch{}, fmt.Errorf("%w: finalized up to %d of %d", ErrInconsistentQueue, in.LastFinalizedID, in.LastRequestID)
	}
	rebase := in.Rebase
	rebase.Batch = NoBatch()
	out, err := Rebase(rebase)
	if err != nil {
		return finalizationSearch{}, fmt.Errorf("find what can be finalized: %w", err)
	}
	margin := uint64(in.RequestMarginSeconds)
	if in.Paused || in.LastFinalizedID == in.LastRequestID || in.RefTimestamp < margin || in.Bunker && in.BunkerBefore == 0 ||
		out.BeyondNoise && rebase.LossesInRow < MaxLossesInRow || // the next report takes the loss back or confirms it
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

// begin reads the last finalized request and the first that waits.
func (s *finalizationSearch) begin(lastFinalizedID uint64) (err error) {
	if s.done, err = s.request(lastFinalizedID); err != nil {
		return err
	}
	if s.first, err = s.request(lastFinalizedID + 1); err != nil {
		return err
	}
	if !s.first.follows(s.done.QueuedRequest) {
		return fmt.Errorf("%w: request %d is not after the one before", ErrInconsistentQueue, s.first.id)
	}
	s.byValue = !s.above(s.first.QueuedRequest, s.done.QueuedRequest)
	return nil
}

// run finds the last request up to high that can be finalized; the first one can.
func (s *finalizationSearch) run(high uint64) (queued, error) {
	low := s.first // can be finalized; nothing above high can in this report
	above, known := queued{}, false
	for low.id < high {
		id := high - (high-low.id)/2 // above low, and without overflow
		request, err := s.request(id)
		if err != nil {
			return queued{}, err
		}
		if !request.follows(low.QueuedRequest) || known && !above.follows(request.QueuedRequest) {
			return queued{}, fmt.Errorf("%w: request %d is not between its neighbours", ErrInconsistentQueue, id)
		}
		fits, err := s.fits(request, low)
		if err != nil {
			return queued{}, err
		}
		if fits {
			low = request
		} else {
			high, above, known = id-1, request, true
		}
	}
	return low, nil
}

// fits reports whether all requests up to r can be finalized; those up to low can. What is cheap to know is asked first: the value of a single request
// takes the sums of the one before it.
func (s *finalizationSearch) fits(r, low queued) (bool, error) {
	if !s.carries(r.QueuedRequest) || r.Falls != s.first.Falls {
		return false, nil
	}
	if !s.byValue {
		return true, nil
	}
	before, err := s.before(r, low)
	if err != nil {
		return false, err
	}
	return !s.above(r.QueuedRequest, before), nil
}

// before reads the request before r, which stands after low.
func (s *finalizationSearch) before(r, low queued) (QueuedRequest, error) {
	if r.id-1 == low.id {
		return low.QueuedRequest, nil
	}
	before, err := s.request(r.id - 1)
	if err != nil {
		return QueuedRequest{}, err
	}
	if !before.follows(low.QueuedRequest) || !r.follows(before.QueuedRequest) {
		return QueuedRequest{}, fmt.Errorf("%w: request %d is not between its neighbours", ErrInconsistentQueue, before.id)
	}
	return before.QueuedRequest, nil
}

// carries reports whether r is old enough and the lock of all requests up to it fits.
func (s *finalizationSearch) carries(r QueuedRequest) bool {
	if r.CreatedAt > s.notAfter {
		return false
	}
	valueWei, shares := r.since(s.done.QueuedRequest)
	return Payout(valueWei, shares, s.pooledWei, s.totalShares).Cmp(s.availableWei) <= 0
}

// above reports whether request r, which stands after before, is worth more than its shares at the rate.
func (s *finalizationSearch) above(r, before QueuedRequest) bool {
	valueWei, shares := r.since(before)
	return valueWei.Cmp(Payout(valueWei, shares, s.pooledWei, s.totalShares)) > 0
}

// batch is the requests up to last, as the queue gives them to the pool.
func (s *finalizationSearch) batch(last queued) (FinalizationBatch, error) {
	before := s.done
	if last.id > s.first.id {
		var err error
		if before, err = s.request(last.id - 1); err != nil {
			return FinalizationBatch{}, err
		}
	}
	b := Batch{}
	b.DemandWei, b.DemandShares = last.since(s.done.QueuedRequest)
	b.FirstWei, b.FirstShares = s.first.since(s.done.QueuedRequest)
	b.LastWei, b.LastShares = last.since(before.QueuedRequest)
	if b.LastWei.Sign() < 0 || b.LastShares.Sign() <= 0 {
		return FinalizationBatch{}, fmt.Errorf("%w: request %d is not after the one before", ErrInconsistentQueue, last.id)
	}
	return FinalizationBatch{last.id, b}, nil
}

// since is the value and the shares of all requests after before up to r.
func (r QueuedRequest) since(before QueuedRequest) (valueWei, shares *big.Int) {
	return sub(r.CumulativeWei, before.CumulativeWei), sub(r.CumulativeShares, before.CumulativeShares)
}

// follows reports whether r can stand in the queue after earlier. Every request has shares.
func (r QueuedRequest) follows(earlier QueuedRequest) bool {
	return r.CreatedAt >= earlier.CreatedAt && r.CumulativeWei.Cmp(earlier.CumulativeWei) >= 0 && r.CumulativeShares.Cmp(earlier.CumulativeShares) > 0
}

// request reads request id.
func (s *finalizationSearch) request(id uint64) (queued, error) {
	r, err := readRequest(s.read, id)
	return queued{id, r}, err
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
