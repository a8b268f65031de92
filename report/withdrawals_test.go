package report

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// queueOf is a queue in which request i+1 is the i-th.
type queueOf []QueuedRequest

func (q queueOf) read(id uint64) (QueuedRequest, error) {
	if id == 0 || id > uint64(len(q)) {
		return QueuedRequest{}, errors.New("no such request")
	}
	return q[id-1], nil
}

// request appends a request of so much value and so many shares.
func (q queueOf) request(valueWei, shares *big.Int, createdAt uint64) queueOf {
	last := QueuedRequest{CumulativeWei: new(big.Int), CumulativeShares: new(big.Int)}
	if len(q) > 0 {
		last = q[len(q)-1]
	}
	return append(q, QueuedRequest{add(last.CumulativeWei, valueWei), add(last.CumulativeShares, shares), createdAt, last.Falls})
}

// before is the request before id, which may be none.
func (q queueOf) before(id uint64) QueuedRequest {
	if id == 1 {
		return QueuedRequest{CumulativeWei: new(big.Int), CumulativeShares: new(big.Int)}
	}
	return q[id-2]
}

// batch is what the queue gives the pool for the requests after done up to id, as WithdrawalQueue.batchUpTo computes it.
func (q queueOf) batch(done, id uint64) Batch {
	b := Batch{}
	b.DemandWei, b.DemandShares = q[id-1].since(q.before(done + 1))
	b.FirstWei, b.FirstShares = q[done].since(q.before(done + 1))
	b.LastWei, b.LastShares = q[id-1].since(q.before(id))
	b.SpansFall = q[done].Falls != q[id-1].Falls
	return b
}

// slowFinalizeUpTo tries one request after the other, each by a whole rebase.
func slowFinalizeUpTo(t require.TestingT, in FinalizationInput, q queueOf) uint64 {
	last := uint64(0)
	for id := in.LastFinalizedID + 1; id <= in.LastRequestID; id++ {
		request := q[id-1]
		ripe := request.CreatedAt+uint64(in.RequestMarginSeconds) <= in.RefTimestamp
		if !ripe || in.Paused || in.Bunker && request.CreatedAt >= in.BunkerBefore || in.Rebase.TotalShares.Sign() == 0 {
			return last
		}
		whole := in.Rebase
		whole.Batch = q.batch(in.LastFinalizedID, id)
		out, err := Rebase(whole)
		require.NoError(t, err)
		if !out.Finalized {
			return last
		}
		last = id
	}
	return last
}

func drawFinalization(t *rapid.T) (FinalizationInput, queueOf) {
	in := FinalizationInput{
		Rebase: drawInput(t), RefTimestamp: 10_000, RequestMarginSeconds: rapid.Uint32Range(0, 11_000).Draw(t, "margin"),
		Bunker: rapid.Bool().Draw(t, "bunker"), BunkerBefore: rapid.Uint64Range(0, 10_000).Draw(t, "before"), Paused: rapid.IntRange(0, 9).Draw(t, "paused") == 0,
	}
	q := drawQueue(t, in.Rebase)
	in.LastRequestID = uint64(len(q))
	in.LastFinalizedID = rapid.Uint64Range(0, in.LastRequestID).Draw(t, "finalized")
	return in, q
}

// drawQueue draws requests as the pool values them: between two falls the rate does not fall. Shares are so many that roundings do not matter.
func drawQueue(t *rapid.T, in RebaseInput) (q queueOf) {
	at, rate, falls := uint64(0), rapid.Int64Range(80, 120).Draw(t, "rate"), uint16(math.MaxUint16-1)
	left := new(big.Int).Set(in.TotalShares)
	for range rapid.IntRange(0, 40).Draw(t, "requests") {
		at += rapid.Uint64Range(0, 300).Draw(t, "pause")
		shares := add(big.NewInt(1), new(big.Int).Rsh(left, uint(rapid.IntRange(2, 12).Draw(t, "part"))))
		if left = sub(left, shares); left.Sign() < 0 {
			break
		}
		if rate += int64(rapid.IntRange(0, 3).Draw(t, "rise")); rapid.IntRange(0, 20).Draw(t, "fall") == 0 {
			rate, falls = rapid.Int64Range(50, rate).Draw(t, "fallen"), falls+1
		}
		q = q.request(div(mul(mul(shares, in.TotalPooledWei), big.NewInt(rate)), mul(in.TotalShares, big.NewInt(100))), shares, at)
		q[len(q)-1].Falls = falls
	}
	return q
}

// partedByRounding reports whether a request that is worth more than its shares stands before one that is not, with no fall of the rate between them: the rate
// after the report is then within a wei of theirs, and a search may end at one request or another.
func partedByRounding(t require.TestingT, in FinalizationInput, q queueOf) bool {
	s, err := newFinalizationSearch(in)
	require.NoError(t, err)
	for id := in.LastFinalizedID + 2; s.possible && id <= in.LastRequestID; id++ {
		one, next := q[id-2], q[id-1]
		if one.Falls == next.Falls && s.above(one, q.before(id-1)) && !s.above(next, one) {
			return true
		}
	}
	return false
}

func TestTheBinarySearchFindsWhatALinearOneFinds(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		in, q := drawFinalization(t)
		if partedByRounding(t, in, q) {
			return // The test below is about these.
		}
		batch, err := FinalizeUpTo(in, q.read)
		require.NoError(t, err)
		require.Equal(t, slowFinalizeUpTo(t, in, q), batch.UpTo)
		if batch.UpTo == 0 {
			require.Equal(t, NoBatch(), batch.Batch)
			return
		}
		found++
		want := q.batch(in.LastFinalizedID, batch.UpTo)
		require.Equal(t, batchText(want), batchText(batch.Batch), "as the queue gives it")
		in.Rebase.Batch = batch.Batch
		out, err := Rebase(in.Rebase)
		require.NoError(t, err)
		require.True(t, out.Finalized, "the contract finalizes the batch")
	})
	require.Greater(t, found, 10, "the cases must meet what they are about")
}

// batchText is a batch's figures: big.Int has no canonical form to compare by.
func batchText(b Batch) string {
	return fmt.Sprint(b.DemandWei, b.DemandShares, b.FirstWei, b.FirstShares, b.LastWei, b.LastShares, b.SpansFall)
}

// Whatever values requests have, the contract finalizes what the search found.
func TestTheContractTakesWhatIsFoundInAnyQueue(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		in, q := drawFinalization(t)
		in.Rebase.BookedWei, in.Rebase.BufferedWei = add(in.Rebase.BookedWei, eth(1)), add(in.Rebase.BufferedWei, eth(1))
		sum := new(big.Int)
		for i := range q {
			sum = add(sum, unsigned(rapid.Uint64Range(0, 1<<20).Draw(t, "value")))
			q[i].CumulativeWei = sum
		}
		got, err := FinalizeUpTo(in, q.read)
		require.NoError(t, err)
		if got.UpTo == 0 {
			return
		}
		found++
		in.Rebase.Batch = q.batch(in.LastFinalizedID, got.UpTo)
		out, err := Rebase(in.Rebase)
		require.NoError(t, err)
		require.True(t, out.Finalized, "%s", out.Skip)
	})
	require.Greater(t, found, 10)
}

func TestMoreEtherAndMoreTimeNeverFinalizeLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, q := drawFinalization(t)
		before, err := FinalizeUpTo(in, q.read)
		require.NoError(t, err)
		richer := in
		richer.RefTimestamp += rapid.Uint64Range(0, 1000).Draw(t, "later")
		richer.BunkerBefore += rapid.Uint64Range(0, 1000).Draw(t, "bunker later")
		richer.Rebase.BufferedWei = add(in.Rebase.BufferedWei, drawWei(t, 1<<50, "more in the buffer")) // not in the total: the rate stays
		after, err := FinalizeUpTo(richer, q.read)
		require.NoError(t, err)
		require.GreaterOrEqual(t, after.UpTo, before.UpTo)
	})
}

// A queue of 2^64-1 requests, whose every request is worth one, can be searched with few reads and without overflow. What is read is among the oldest
// requests: nodes that dropped the state have only those, captured before.
func TestALongQueueIsFinalizedInBatchesFromItsOldestEnd(t *testing.T) {
	for _, done := range []uint64{0, 17, math.MaxUint64 - MaxRequestsPerReport - 1, math.MaxUint64 - 5} {
		for _, fit := range []uint64{0, 1, 50, MaxRequestsPerReport - 1, MaxRequestsPerReport, MaxRequestsPerReport + 1, math.MaxUint64} {
			in := FinalizationInput{Rebase: quietInput(), LastRequestID: math.MaxUint64, LastFinalizedID: done, RefTimestamp: 100}
			in.Rebase.TotalPooledWei, in.Rebase.BookedWei, in.Rebase.TotalShares = unsigned(math.MaxUint64), unsigned(math.MaxUint64), unsigned(math.MaxUint64)
			in.Rebase.BufferedWei = unsigned(fit)
			want := done + min(fit, MaxRequestsPerReport, math.MaxUint64-done)
			if fit == 0 {
				want = 0
			}
			reads := 0
			batch, err := FinalizeUpTo(in, func(id uint64) (QueuedRequest, error) {
				reads++
				require.LessOrEqual(t, id-done, uint64(MaxRequestsPerReport))
				return QueuedRequest{unsigned(id), unsigned(id), 1, 9}, nil
			})
			require.NoError(t, err)
			require.Equal(t, want, batch.UpTo, "%d fit after %d", fit, done)
			require.LessOrEqual(t, reads, 27)
		}
	}
}

func TestFinalization(t *testing.T) {
	q := queueOf{}.request(big.NewInt(10), big.NewInt(10), 1000).request(big.NewInt(10), big.NewInt(10), 2000).request(big.NewInt(10), big.NewInt(10), 3000)
	for name, c := range map[string]struct {
		change func(*FinalizationInput)
		upTo   uint64
	}{
		"all that are old and covered":    {func(*FinalizationInput) {}, 3},
		"created just in time":            {func(in *FinalizationInput) { in.RefTimestamp = 3000 + 500 }, 3},
		"created a second too late":       {func(in *FinalizationInput) { in.RefTimestamp = 3000 + 499 }, 2},
		"a margin as old as time itself":  {func(in *FinalizationInput) { in.RefTimestamp = 499 }, 0},
		"the buffer carries two exactly":  {func(in *FinalizationInput) { in.Rebase.BufferedWei = big.NewInt(20) }, 2},
		"a wei is missing for the second": {func(in *FinalizationInput) { in.Rebase.BufferedWei = big.NewInt(19) }, 1},
		"the vaults help": {func(in *FinalizationInput) {
			in.Rebase.BufferedWei, in.Rebase.ELRewardsVaultWei = big.NewInt(19), big.NewInt(1)
		}, 2},
		"the vaults help no more than the cap lets": {func(in *FinalizationInput) {
			in.Rebase.BufferedWei, in.Rebase.ELRewardsVaultWei = big.NewInt(18), big.NewInt(9)
		}, 1},
		"after a loss requests need less": {func(in *FinalizationInput) {
			in.Rebase.BufferedWei, in.Rebase.CLWei, in.Rebase.LossesInRow = big.NewInt(15), big.NewInt(0), 3
		}, 3},
		"a loss beyond noise":                   {func(in *FinalizationInput) { in.Rebase.CLWei = big.NewInt(49) }, 0},
		"the third in a row":                    {func(in *FinalizationInput) { in.Rebase.CLWei, in.Rebase.LossesInRow = big.NewInt(49), 2 }, 0},
		"the fourth in a row":                   {func(in *FinalizationInput) { in.Rebase.CLWei, in.Rebase.LossesInRow = big.NewInt(49), 3 }, 3},
		"a loss that is noise":                  {func(in *FinalizationInput) { in.Rebase.CLWei, in.Rebase.NoisePcm = big.NewInt(49), 1000 }, 3},
		"some are finalized already":            {func(in *FinalizationInput) { in.LastFinalizedID, in.Rebase.BufferedWei = 2, big.NewInt(10) }, 3},
		"all are finalized already":             {func(in *FinalizationInput) { in.LastFinalizedID = 3 }, 0},
		"paused":                                {func(in *FinalizationInput) { in.Paused = true }, 0},
		"bunker: only what was there before":    {func(in *FinalizationInput) { in.Bunker, in.BunkerBefore = true, 2000 }, 1},
		"bunker: a second later":                {func(in *FinalizationInput) { in.Bunker, in.BunkerBefore = true, 2001 }, 2},
		"bunker: before everything":             {func(in *FinalizationInput) { in.Bunker, in.BunkerBefore = true, 0 }, 0},
		"bunker: the margin still holds":        {func(in *FinalizationInput) { in.Bunker, in.BunkerBefore, in.RefTimestamp = true, 9000, 2499 }, 1},
		"no bunker: its border does not matter": {func(in *FinalizationInput) { in.BunkerBefore = 1 }, 3},
		"no shares, no rate":                    {func(in *FinalizationInput) { in.Rebase.TotalShares = new(big.Int) }, 0},
		"nothing left, no rate": {func(in *FinalizationInput) {
			in.Rebase.BufferedWei, in.Rebase.LastCLWei, in.Rebase.CLWei, in.Rebase.LossesInRow = new(big.Int), big.NewInt(100), new(big.Int), 3
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			in := FinalizationInput{Rebase: quietInput(), LastRequestID: 3, RefTimestamp: 9000, RequestMarginSeconds: 500}
			c.change(&in)
			batch, err := FinalizeUpTo(in, q.read)
			require.NoError(t, err)
			require.Equal(t, c.upTo, batch.UpTo)
		})
	}
}

func TestABatchSpansNoFallOfTheRate(t *testing.T) {
	q := queueOf{}
	for i := range uint64(6) {
		q = q.request(big.NewInt(5), big.NewInt(5), 1000+i)
		q[i].Falls = uint16(i / 2)
	}
	for done, want := range map[uint64]uint64{0: 2, 1: 2, 2: 4, 3: 4, 4: 6, 5: 6} {
		batch, err := FinalizeUpTo(FinalizationInput{Rebase: quietInput(), LastRequestID: 6, LastFinalizedID: done, RefTimestamp: 9000}, q.read)
		require.NoError(t, err)
		require.Equal(t, want, batch.UpTo, "after %d", done)
	}
}

func TestABatchIsPaidByValueOrByShares(t *testing.T) {
	queue := func(values ...int64) (q queueOf) {
		for i, v := range values {
			q = q.request(big.NewInt(v), big.NewInt(5), 1000+uint64(i))
		}
		return q
	}
	for name, c := range map[string]struct {
		queue queueOf
		upTo  uint64
	}{
		"all at the rate":     {queue(5, 5, 5), 3},
		"all below it":        {queue(3, 4, 4), 3},
		"the last above it":   {queue(3, 5, 6), 2},
		"the second above it": {queue(5, 6, 7), 1},
		"all above it":        {queue(6, 7, 8), 3},
		"above first, which no rate that rises gives": {queue(6, 5, 4), 3},
	} {
		t.Run(name, func(t *testing.T) {
			batch, err := FinalizeUpTo(FinalizationInput{Rebase: quietInput(), LastRequestID: 3, RefTimestamp: 9000}, c.queue.read)
			require.NoError(t, err)
			require.Equal(t, c.upTo, batch.UpTo)
		})
	}
}

func TestAQueueThatCannotBeIsRefused(t *testing.T) {
	good := queueOf{}.request(big.NewInt(10), big.NewInt(10), 1000).request(big.NewInt(10), big.NewInt(10), 2000).request(big.NewInt(10), big.NewInt(10), 3000)
	for name, change := range map[string]func(q queueOf){
		"time runs backwards":      func(q queueOf) { q[1].CreatedAt = 4000 },
		"ether falls":              func(q queueOf) { q[1].CumulativeWei = big.NewInt(9) },
		"a request without shares": func(q queueOf) { q[2].CumulativeShares = big.NewInt(20) },
		"shares below zero":        func(q queueOf) { q[1].CumulativeShares = big.NewInt(-1) },
		"no ether":                 func(q queueOf) { q[1].CumulativeWei = nil },
		"ether beyond 128 bits":    func(q queueOf) { q[2].CumulativeWei = new(big.Int).Lsh(big.NewInt(1), 128) },
	} {
		t.Run(name, func(t *testing.T) {
			q := append(queueOf(nil), good...)
			change(q)
			_, err := FinalizeUpTo(FinalizationInput{Rebase: quietInput(), LastRequestID: 3, RefTimestamp: 9000}, q.read)
			require.ErrorIs(t, err, ErrInconsistentQueue)
		})
	}
	t.Run("128 bits are in order", func(t *testing.T) {
		q := append(queueOf(nil), good...)
		q[0].CumulativeWei, q[2].CumulativeWei = big.NewInt(11), sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1)) // all above their shares
		batch, err := FinalizeUpTo(FinalizationInput{Rebase: quietInput(), LastRequestID: 3, RefTimestamp: 9000}, q.read)
		require.NoError(t, err)
		require.EqualValues(t, 3, batch.UpTo)
	})
	t.Run("the last finalized one is above the next", func(t *testing.T) {
		q := append(queueOf(nil), good...)
		q[0].CumulativeShares = big.NewInt(21)
		_, err := FinalizeUpTo(FinalizationInput{Rebase: quietInput(), LastRequestID: 2, LastFinalizedID: 1, RefTimestamp: 9000}, q.read)
		require.ErrorIs(t, err, ErrInconsistentQueue)
	})
	t.Run("an early request is above a later one that does not fit", func(t *testing.T) {
		q := append(queueOf(nil), good...)
		q[0].CumulativeShares = big.NewInt(21)
		in := FinalizationInput{Rebase: quietInput(), LastRequestID: 3, RefTimestamp: 9000}
		in.Rebase.BufferedWei = big.NewInt(15)
		_, err := FinalizeUpTo(in, q.read)
		require.ErrorIs(t, err, ErrInconsistentQueue)
		require.ErrorContains(t, err, "request 2")
	})
	t.Run("the one before the last is not between its neighbours", func(t *testing.T) {
		q := append(queueOf(nil), good...)
		q[1].CumulativeShares = big.NewInt(30) // read only for the value of request 3
		_, err := FinalizeUpTo(FinalizationInput{Rebase: quietInput(), LastRequestID: 3, RefTimestamp: 9000}, q.read)
		require.ErrorIs(t, err, ErrInconsistentQueue)
	})
	t.Run("a request that cannot be read", func(t *testing.T) {
		broken := errors.New("no proof")
		_, err := FinalizeUpTo(FinalizationInput{Rebase: quietInput(), LastRequestID: 3, RefTimestamp: 9000}, func(uint64) (QueuedRequest, error) { return QueuedRequest{}, broken })
		require.ErrorIs(t, err, broken)
		require.ErrorContains(t, err, "read withdrawal request 1")
	})
}
