package dashboard

import (
	"math/big"

	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// tokenView is what the token is worth, in both of its forms.
type tokenView struct {
	Since     *instant // of the oldest accepted report that is shown; nil: there are not two
	Balance   string   // now, of who held 100 tmETH then
	ValueThen string   // of 1 wtmETH, in ETH
	ValueNow  string
	Rate      string
	Facts     []fact
	Read      *instant
	Block     string
	Plots     []plotView // of the balance and of the value; none while there are too few reports
}

// held is the balance of the example.
const held = 100

func tokenOf(o status.Overview) *tokenView {
	if o.Token == nil {
		return nil
	}
	t := o.Token
	v := &tokenView{
		ValueNow: rate(t.ShareRateRay, 9), Rate: rate(t.ShareRateRay, 12), Read: at(t.Time, o.Time), Block: count(t.Block),
		Facts: []fact{
			{Name: "Pooled ether", Value: ether(t.TotalPooledWei, 4) + " ETH"},
			{Name: "Shares", Value: ether(t.TotalShares, 4)},
			{Name: "Waiting to be staked", Value: ether(t.BufferedWei, 4) + " ETH"},
			{Name: "Locked for withdrawals", Value: ether(t.LockedWei, 4) + " ETH"},
		},
	}
	if plots := tokenPlots(o); len(plots) == len(tokenPlotKinds()) {
		v.Plots = plots
	}
	accepted := acceptedOldestFirst(o)
	if len(accepted) < 2 {
		return v
	}
	oldest := accepted[0]
	then, now := format.Integer(oldest.ShareRateRay), format.Integer(t.ShareRateRay)
	if then == nil || now == nil || then.Sign() <= 0 {
		return v
	}
	v.Since, v.ValueThen = at(oldest.Time, o.Time), rate(oldest.ShareRateRay, 9)
	v.Balance = fixed(balanceWei(then, now), format.WeiDecimals, 6)
	return v
}

// balanceWei is what a rebasing balance of held tokens at one share rate has become at another.
func balanceWei(then, now *big.Int) *big.Int {
	wei := new(big.Int).Mul(big.NewInt(held), power(format.WeiDecimals))
	return wei.Quo(wei.Mul(wei, now), then)
}

// acceptedOldestFirst are the reports that rebased the token, but for those of which it is not known how: an audit may not be able to read one.
func acceptedOldestFirst(o status.Overview) []status.Report {
	var all []status.Report
	for i := len(o.Reports) - 1; i >= 0; i-- {
		rate := format.Integer(o.Reports[i].ShareRateRay)
		if o.Reports[i].Outcome == accepted && rate != nil && rate.Sign() > 0 {
			all = append(all, o.Reports[i])
		}
	}
	return all
}
