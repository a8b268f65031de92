package txmgr

import (
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
)

const (
	maxLag    = 2 * time.Minute  // an endpoint whose head is that much older than another's is behind
	clockSkew = 30 * time.Second // a head from further in the future is nobody's
)

// majority is what is made of the endpoints' views.
type majority struct {
	views      []*view // of those that are not behind, in order of preference
	guide      *view   // whose chain is followed
	nonce      uint64
	disputed   bool // as many endpoints say another nonce
	minBaseWei uint64
	maxBaseWei uint64
	balanceWei *big.Int // the most that one says: who has less refuses by itself
}

// majorityOf weighs views, of which there is at least one. favour counts how often the choice among nonces that as many say made no progress.
func majorityOf(views []*view, now time.Time, nonceChoice int) *majority {
	b := &majority{views: inSync(views, now)}
	count := make(map[uint64]int)
	most := 0
	for _, v := range b.views {
		count[v.nonce]++
		most = max(most, count[v.nonce])
	}
	var nonces []uint64
	for nonce, n := range count {
		if n == most {
			nonces = append(nonces, nonce)
		}
	}
	slices.Sort(nonces)
	b.nonce, b.disputed = nonces[nonceChoice%len(nonces)], len(nonces) > 1
	b.guide = b.views[slices.IndexFunc(b.views, func(v *view) bool { return v.nonce == b.nonce })]
	b.minBaseWei, b.balanceWei = b.guide.head.baseFeeWei, new(big.Int)
	for _, v := range b.views {
		b.minBaseWei, b.maxBaseWei = min(b.minBaseWei, v.head.baseFeeWei), max(b.maxBaseWei, v.head.baseFeeWei)
		if v.balanceWei.Cmp(b.balanceWei) > 0 {
			b.balanceWei = v.balanceWei
		}
	}
	return b
}

// inSync are the views of endpoints that are neither behind the others nor ahead of time; all, when that is nobody.
func inSync(views []*view, now time.Time) []*view {
	var newest uint64
	limit := uint64(max(0, now.Add(clockSkew).Unix()))
	for _, v := range views {
		if v.head.time <= limit {
			newest = max(newest, v.head.time)
		}
	}
	var kept []*view
	for _, v := range views {
		if v.head.time <= limit && v.head.time+uint64(maxLag/time.Second) >= newest {
			kept = append(kept, v)
		}
	}
	if len(kept) == 0 {
		return views
	}
	return kept
}

// has tells whether most say that the contract has the report. A tie is no: then the simulation decides.
func (b *majority) has(refSlot uint64, digest common.Hash) bool {
	return b.most(func(v *view) bool { return v.atHead.has(refSlot, digest) })
}

// hasFinal is has at the finalized blocks.
func (b *majority) hasFinal(refSlot uint64, digest common.Hash) bool {
	return b.most(func(v *view) bool { return v.atFinal.has(refSlot, digest) })
}

func (b *majority) most(says func(*view) bool) bool {
	yes := 0
	for _, v := range b.views {
		if says(v) {
			yes++
		}
	}
	return 2*yes > len(b.views)
}
