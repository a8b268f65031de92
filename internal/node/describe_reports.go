package node

import (
	"math/big"
	"slices"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// describeReports are what the contract took or judged, newest first.
func (r *runner) describeReports() []status.Report {
	all := make([]status.Report, 0, len(r.chainNow.accepted))
	for i, a := range slices.Backward(r.chainNow.accepted) {
		s := status.Report{
			RefSlot: a.refSlot, Digest: a.digest, Outcome: string(a.outcome), Block: a.block, Transaction: a.tx, Finalized: a.finalized,
			Own: r.metrics.own[a.refSlot] == a.digest, LatencySeconds: r.metrics.latency[a.refSlot].Seconds(), TotalPooledWei: "0", TotalShares: "0",
			ShareRateRay: "0", RewardWei: "0",
		}
		if a.rebase != nil {
			s.TotalPooledWei, s.TotalShares = weiText(a.rebase.PooledAfterWei), weiText(a.rebase.SharesAfter)
			s.ShareRateRay = weiText(events.ShareRateRay(a.rebase.PooledAfterWei, a.rebase.SharesAfter))
			s.RewardWei = rewardWei(a.rebase).String()
			s.YearlyRatePpm = yearlyRatePpm(r.chainNow.rebasedBefore(i), &a, r.schedule)
		}
		if d := a.detail; d != nil {
			s.Time, s.GasUsed = unix(d.block.Time), d.gasUsed
			if d.sent {
				s.Signers, s.Members, s.ValidatorsCount = d.signers, d.committee, d.report.Validators
			}
		}
		all = append(all, s)
	}
	return all
}

// rewardWei is the change of the holders' and fee receivers' ether: what was locked for withdrawals was theirs already.
func rewardWei(r *events.Rebased) *big.Int {
	change := new(big.Int).Set(r.CLChangeWei)
	change.Add(change, r.FromWithdrawalsWei)
	return change.Add(change, r.FromRewardsWei)
}

// rebasedBefore is the newest acceptance before the i-th that changed the token.
func (v chainView) rebasedBefore(i int) *acceptance {
	for j := i - 1; j >= 0; j-- {
		if v.accepted[j].rebase != nil {
			return &v.accepted[j]
		}
	}
	return nil
}
