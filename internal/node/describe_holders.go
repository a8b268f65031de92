package node

import (
	"math/big"
	"time"

	"github.com/tidemark-oracle/tidemark/contracts/manifest"
	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// Whoever buys while a share is worth less than a hundredth of what the first one cost is refused: StakedEther.MIN_RATE_PART.
const minRatePart = 100

// wholeToken is one wrapped token, in shares, and one ether, in wei.
func wholeToken() *big.Int { return big.NewInt(1e18) }

// describeHolders puts what the contracts say into the words of the API.
func describeHolders(h events.Holders, m *manifest.Manifest) status.Holders {
	set := m.Contracts
	return status.Holders{
		Version: status.Version, Network: m.Name, ChainID: m.ChainID,
		Block: status.HoldersBlock{Number: h.Block.Number, Hash: h.Block.Hash, Time: unix(h.Block.Time)},
		Contracts: status.HoldersContracts{
			StakingPool: set.StakingPool, StakedEther: set.StakedEther, WrappedStakedEther: set.WrappedStakedEther, WithdrawalQueue: set.WithdrawalQueue,
		},
		Rate: status.HoldersRate{
			TotalPooledWei: weiText(h.TotalPooledWei), TotalShares: weiText(h.TotalShares), WrappedShares: weiText(h.WrappedShares),
			WeiPerToken: weiText(h.WeiPerToken), SharesPerEther: weiText(h.SharesForEther),
		},
		Doubts: describeDoubts(h), Deposits: describeDeposits(h), Requests: describeRequests(h),
		Reports: describeNextReport(h, report.Schedule(m.Schedule)), Silence: describeSilence(h, m),
	}
}

func describeDoubts(h events.Holders) status.HoldersDoubts {
	d := status.HoldersDoubts{
		Bunker: h.Flags.Has(report.FlagBunker), Held: h.Flags.Has(report.FlagHeld), LossUnconfirmed: h.Flags.Has(report.FlagUnconfirmed),
		ReportFalse: h.Flags.Has(report.FlagFalse), UnconfirmedWei: weiText(weiOfGwei(h.UnconfirmedGwei)),
	}
	d.InDoubt = d.Bunker || d.LossUnconfirmed || d.ReportFalse || h.LowestHeldRate.Sign() > 0
	return d
}

// describeDeposits names everything that a deposit would be refused for, as StakingPool.deposit and StakedEther.mint judge it.
func describeDeposits(h events.Holders) status.HoldersDeposits {
	d := status.HoldersDeposits{
		ClosedBy: []string{}, NoPrice: h.NoPrice, DueWei: weiText(h.DueWei),
		Limit: status.StakeLimit{MaxWei: weiText(h.Limit.MaxWei), LeftWei: weiText(h.Limit.LeftWei), RefillSeconds: h.Limit.RefillSeconds, FullAt: limitFullAt(h)},
	}
	if h.NoPrice == "" {
		d.SharesPerEther, d.BalanceWeiPerEther = weiText(h.DepositShares), weiText(sharesInWei(h, h.DepositShares))
	}
	for _, reason := range []struct {
		code  string
		holds bool
	}{
		{"paused", h.DepositsPaused}, {"report-held", h.Flags.Has(report.FlagHeld)}, {"loss-unconfirmed", h.Flags.Has(report.FlagUnconfirmed)},
		{"report-false", h.Flags.Has(report.FlagFalse)}, {"limit", h.Limit.LeftWei.Sign() == 0}, {"no-price", h.NoPrice != ""},
		{"rate-too-low", new(big.Int).Mul(h.TotalPooledWei, big.NewInt(minRatePart)).Cmp(h.TotalShares) < 0},
	} {
		if reason.holds {
			d.ClosedBy = append(d.ClosedBy, reason.code)
		}
	}
	d.Open = len(d.ClosedBy) == 0
	return d
}

// limitFullAt is when the stake limit is full again if nobody deposits; zero: it is full, or closed for good.
func limitFullAt(h events.Holders) time.Time {
	missing := new(big.Int).Sub(h.Limit.MaxWei, h.Limit.LeftWei)
	if missing.Sign() <= 0 {
		return time.Time{}
	}
	up := new(big.Int).Mul(missing, new(big.Int).SetUint64(h.Limit.RefillSeconds))
	up.Add(up, new(big.Int).Sub(h.Limit.MaxWei, big.NewInt(1)))
	return unix(h.Block.Time + up.Quo(up, h.Limit.MaxWei).Uint64()) // at most RefillSeconds, which has 24 bits
}

func describeRequests(h events.Holders) status.HoldersRequests {
	pay := lower(h.WaitingValueWei, sharesInWei(h, h.WaitingShares))
	missing := new(big.Int).Sub(pay, h.BufferedWei)
	if missing.Sign() < 0 {
		missing.SetInt64(0)
	}
	r := status.HoldersRequests{
		ClosedBy: []string{}, MinWei: weiText(h.MinRequestWei), MaxWei: weiText(h.MaxRequestWei), ValueWeiPerEther: weiText(h.RequestValueWei),
		Last: h.LastRequestID, LastFinalized: h.LastFinalizedID, Waiting: h.LastRequestID - min(h.LastFinalizedID, h.LastRequestID),
		WaitingValueWei: weiText(h.WaitingValueWei), WaitingPayWei: weiText(pay), BufferedWei: weiText(h.BufferedWei), FreeWei: weiText(h.FreeWei),
		MissingWei: weiText(missing), LockedWei: weiText(h.LockedWei),
	}
	if h.QueuePaused {
		r.ClosedBy, r.PausedUntil = append(r.ClosedBy, "paused"), unix(h.QueuePausedUntil)
	}
	if h.TotalPooledWei.Sign() == 0 {
		r.ClosedBy = append(r.ClosedBy, "pool-empty")
	}
	r.Open = len(r.ClosedBy) == 0
	return r
}

// describeNextReport is the first report that may finalize a request made at the block's time, by the members' rule: the request must be a margin older than
// the reference slot.
func describeNextReport(h events.Holders, s report.Schedule) status.HoldersReports {
	refSlot := s.NextRefSlot(s.SlotAt(h.Block.Time + h.RequestMarginSeconds))
	if s.TimeOf(refSlot) < h.Block.Time+h.RequestMarginSeconds {
		refSlot = s.NextRefSlot(refSlot + 1)
	}
	r := status.HoldersReports{
		LastAt: unix(h.LastReportAt), MarginSeconds: h.RequestMarginSeconds, NextRefSlot: refSlot, NextRefAt: unix(s.TimeOf(refSlot)),
		NextFrom: unix(s.TimeOf(refSlot + s.FinalityMarginSlots)), NextUntil: unix(s.TimeOf(s.CloseSlot(refSlot))),
	}
	if h.ReportsPaused != 0 {
		r.PausedUntil = unix(h.ReportsPaused)
	}
	return r
}

// describeSilence is when and at which rate anyone may finalize the first waiting request, as PoolSilence judges it.
func describeSilence(h events.Holders, m *manifest.Manifest) status.HoldersSilence {
	s := status.HoldersSilence{
		StaleAfterSeconds: m.Bounds.StaleAfterSeconds, DoubtAfterSeconds: m.Bounds.DoubtAfterSeconds, From: unix(h.SilentFrom), RateWei: weiText(knownRate(h)),
		Refusal: h.SilentRefusal,
	}
	after := max(h.SilentFrom+1, h.Block.Time) // The contract wants more than so long.
	if h.LastFinalizedID < h.LastRequestID {
		ripeAt := h.FirstWaitingAt + m.Bounds.StaleAfterSeconds
		s.FirstWaiting, s.FirstWaitingAt, s.FirstRipeAt = h.LastFinalizedID+1, unix(h.FirstWaitingAt), unix(ripeAt)
		after = max(after, ripeAt+1)
	}
	from, until := silentWindow(report.Schedule(m.Schedule), after)
	s.WindowFrom, s.WindowUntil = unix(from), unix(until)
	return s
}

// silentWindow is the first window that is not over at a time: from the close of a frame's submissions to the end of the second last slot before the next
// reference slot. What of it has passed is left out.
func silentWindow(s report.Schedule, after uint64) (from, until uint64) {
	refSlot := s.NextRefSlot(s.SlotAt(after))
	if s.SlotAt(after)+2 > refSlot {
		refSlot = s.NextRefSlot(refSlot + 1)
	}
	return max(s.TimeOf(refSlot-min(s.CloseSlots, refSlot)), after), s.TimeOf(refSlot - min(1, refSlot))
}

// knownRate is the lowest of the rate in force, those held, and, when the last report is false, the one before: wei for 1e18 shares.
func knownRate(h events.Holders) *big.Int {
	lowest := sharesInWei(h, wholeToken())
	for _, other := range []*big.Int{h.LowestHeldRate, h.RateBefore} {
		if other.Sign() > 0 {
			lowest = lower(lowest, other)
		}
	}
	return lowest
}

// sharesInWei is what shares are worth at the rate in force, rounded down.
func sharesInWei(h events.Holders, shares *big.Int) *big.Int {
	if h.TotalShares.Sign() == 0 {
		return new(big.Int)
	}
	wei := new(big.Int).Mul(shares, h.TotalPooledWei)
	return wei.Quo(wei, h.TotalShares)
}

func lower(a, b *big.Int) *big.Int {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func weiOfGwei(gwei uint64) *big.Int {
	return new(big.Int).Mul(new(big.Int).SetUint64(gwei), big.NewInt(report.WeiPerGwei))
}
