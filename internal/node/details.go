package node

import (
	"context"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/report"
)

// How much is read for display: blocks at each look, and tries for each block.
const (
	detailsEach  = 2
	detailsTries = 3
)

// detail is what only the block of an acceptance holds. It is for display.
type detail struct {
	block     events.Block
	gasUsed   uint64
	sent      bool // the transaction called the oracle itself, so what follows is known
	report    report.Report
	signers   []int
	committee int // members
}

// detailCache remembers blocks that were read.
type detailCache struct {
	known map[common.Hash]*detail // by transaction
	tries map[common.Hash]int
}

// completeReports reads what is not known of some acceptances, newest first.
func (f *follower) completeReports(ctx context.Context) {
	cache := detailCache{known: make(map[common.Hash]*detail), tries: make(map[common.Hash]int)} // of those that are still shown
	read := 0
	for i := len(f.view.accepted) - 1; i >= 0; i-- {
		a := &f.view.accepted[i]
		known, tries := f.details.known[a.tx], f.details.tries[a.tx]
		if known != nil && known.block.Hash != a.hash {
			known = nil // mined anew in another block
		}
		if known == nil && tries < detailsTries && read < detailsEach {
			read++
			tries++
			var err error
			if known, err = f.readDetail(ctx, a); err != nil {
				f.log.Debug("The block of a report could not be read for display.", "refSlot", a.refSlot, "reason", err)
			}
		}
		if known != nil {
			cache.known[a.tx] = known
		}
		cache.tries[a.tx] = tries
		a.detail = known
	}
	f.details = cache
}

func (f *follower) readDetail(ctx context.Context, a *acceptance) (*detail, error) {
	contents, err := f.chain.Contents(ctx, a.hash)
	if err != nil {
		return nil, err
	}
	d := &detail{block: contents.Block}
	for i, tx := range contents.Transactions {
		if tx.Hash != a.tx {
			continue
		}
		d.gasUsed = contents.Receipts[i].GasUsed
		if submission, err := events.DecodeSubmission(tx.Data); err == nil {
			d.sent, d.report = true, submission.Report
			for member := range 256 * len(submission.Certificate.Signers) {
				if submission.Certificate.Signed(member) {
					d.signers = append(d.signers, member)
				}
			}
		}
	}
	for _, committee := range f.view.committees {
		if d.sent && committee.Digest == d.report.Committee {
			d.committee = len(committee.Members)
		}
	}
	return d, nil
}

const secondsPerYear = 365 * 24 * 3600

// yearlyRatePpm is the growth of the share rate between two reports, as parts per million a year; 0 when it is not known.
func yearlyRatePpm(before, after *acceptance, s report.Schedule) int64 {
	if before == nil || before.rebase == nil || after.rebase == nil || after.refSlot <= before.refSlot {
		return 0
	}
	was := events.ShareRateRay(before.rebase.PooledAfterWei, before.rebase.SharesAfter)
	is := events.ShareRateRay(after.rebase.PooledAfterWei, after.rebase.SharesAfter)
	if was == nil || is == nil || was.Sign() == 0 {
		return 0
	}
	seconds := (after.refSlot - before.refSlot) * s.SecondsPerSlot
	gain := new(big.Int).Sub(is, was)
	gain.Mul(gain, big.NewInt(1e6*secondsPerYear))
	gain.Quo(gain, was.Mul(was, new(big.Int).SetUint64(seconds)))
	if !gain.IsInt64() {
		return 0
	}
	return gain.Int64()
}
