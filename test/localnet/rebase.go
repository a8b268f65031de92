package localnet

import (
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/report"
)

// RebaseInput is what the contracts compute with when they apply r now without a guardian, as their views tell it.
func (n *Network) RebaseInput(r report.Report) (report.RebaseInput, error) {
	pool, token, queue := bindings.NewStakingPool(), bindings.NewStakedEther(), bindings.NewWithdrawalQueue()
	set, none := n.Contracts, report.RebaseInput{}
	totals, err := Query(n, set.StakedEther, token.PackTotals(), token.UnpackTotals)
	if err != nil {
		return none, err
	}
	base, err := Query(n, set.StakingPool, pool.PackReportBase(r.RefSlot), pool.UnpackReportBase)
	if err != nil {
		return none, err
	}
	terms, err := Query(n, set.StakingPool, pool.PackTerms(), pool.UnpackTerms)
	if err != nil {
		return none, err
	}
	buffered, err := Query(n, set.StakingPool, pool.PackBufferedWei(), pool.UnpackBufferedWei)
	if err != nil {
		return none, err
	}
	unrecognised, err := Query(n, set.StakingPool, pool.PackUnrecognisedWei(), pool.UnpackUnrecognisedWei)
	if err != nil {
		return none, err
	}
	doubts, err := Query(n, set.StakingPool, pool.PackDoubts(), pool.UnpackDoubts)
	if err != nil {
		return none, err
	}
	batch, err := Query(n, set.WithdrawalQueue, queue.PackBatchUpTo(r.FinalizeUpTo), queue.UnpackBatchUpTo)
	if err != nil {
		return none, err
	}
	last := base.Last
	return report.RebaseInput{
		TotalPooledWei: totals.TotalPooledWei, TotalShares: totals.TotalShares, BufferedWei: buffered,
		BookedWei: new(big.Int).Add(totals.TotalPooledWei, unrecognised),
		LastCLWei: weiOf(last.ClValidatorsGwei, last.ClPendingGwei, last.ClInFlightGwei), LastDepositedWei: last.DepositedWei, LastVaultLeftWei: last.WithdrawalVaultLeftWei,
		CLWei: r.CLWei(), DepositedWei: r.DepositedWei.ToBig(),
		WithdrawalVaultWei: r.WithdrawalVaultWei.ToBig(), ELRewardsVaultWei: r.ELRewardsVaultWei.ToBig(),
		ElapsedSeconds: (r.RefSlot - last.RefSlot) * n.Schedule.SecondsPerSlot, MaxRiseBps: n.Bounds.MaxRiseBps,
		BucketWei:      new(big.Int).Mul(base.BucketGwei, big.NewInt(report.WeiPerGwei)),
		UnconfirmedWei: weiOf(last.UnconfirmedGwei), LossesInRow: doubts.LossesInRow,
		NoisePcm: terms.NoisePcm, NormalRewardBps: terms.NormalRewardBps, FeeBps: terms.FeeBps, Batch: report.Batch(batch),
	}, nil
}

func weiOf(amountsGwei ...uint64) *big.Int {
	sum := new(big.Int)
	for _, gwei := range amountsGwei {
		sum.Add(sum, new(big.Int).SetUint64(gwei))
	}
	return sum.Mul(sum, big.NewInt(report.WeiPerGwei))
}
