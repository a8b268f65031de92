package sample

import (
	"math/big"
	"time"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// shownReports is how many reports the history has.
const shownReports = 40

// history is the reports before the newest round, with the newest one when it was accepted, and the token after them.
func history(withNewest, finalized bool) ([]status.Report, *status.Token) {
	ray := new(big.Int).Exp(big.NewInt(10), big.NewInt(27), nil)
	shares := new(big.Int).Mul(big.NewInt(278_411), new(big.Int).Exp(big.NewInt(10), big.NewInt(18), nil))
	rate := new(big.Int).Div(new(big.Int).Mul(ray, big.NewInt(1_034_112)), big.NewInt(1_000_000))
	var all []status.Report
	var token *status.Token
	for i := shownReports; i >= 0; i-- {
		slot := uint64(refSlot - i*slotsPerFrame)
		ppm := yearlyPpm(i)
		if i == 17 || i == 0 && !withNewest {
			continue
		}
		before := pooled(shares, rate, ray)
		if i != 29 { // That one is held.
			growth := new(big.Int).Div(new(big.Int).Mul(rate, big.NewInt(ppm)), big.NewInt(365*1_000_000))
			rate = new(big.Int).Add(rate, growth)
		}
		after := pooled(shares, rate, ray)
		report := status.Report{
			RefSlot: slot, Digest: hash("digest", slot), Outcome: "accepted", Block: 21_504_411 - uint64(i)*7159, Transaction: hash("transaction", slot),
			Time: slotTime(slot + 1).Add(16*time.Minute + time.Duration(25+i%5*7)*time.Second), Finalized: i > 0 || finalized, Own: true, Signers: signers(i),
			Members: members, TotalPooledWei: after.String(), TotalShares: shares.String(), ShareRateRay: rate.String(),
			RewardWei: new(big.Int).Sub(after, before).String(), GasUsed: 371_134 + uint64(i*7919%60_000), LatencySeconds: float64(25 + i%5*7),
			YearlyRatePpm: ppm, ValidatorsCount: uint32(9001 - i/3),
		}
		if i == 29 {
			report.Outcome, report.YearlyRatePpm = "quarantined", 0
		}
		all = append([]status.Report{report}, all...)
		token = &status.Token{
			Block: report.Block + 210, Time: report.Time.Add(42 * time.Minute), TotalPooledWei: report.TotalPooledWei, TotalShares: report.TotalShares,
			ShareRateRay: report.ShareRateRay, BufferedWei: "184220114907551224411", LockedWei: "91120000000000000000",
		}
	}
	return all, token
}

func pooled(shares, rate, ray *big.Int) *big.Int {
	return new(big.Int).Div(new(big.Int).Mul(shares, rate), ray)
}

// yearlyPpm varies as real rates do; the report 22 frames ago brought a loss.
func yearlyPpm(i int) int64 {
	if i == 22 {
		return -4_200
	}
	return 29_500 + int64(i*i*37%4200) - 1500
}

// signers are those who signed the report i frames ago.
func signers(i int) []int {
	var all []int
	for m := range members {
		missing := m == away && i < 2 || m == differing && i < 1 || m == 3 && i%9 == 4 || m == 1 && i == 12
		if !missing {
			all = append(all, m)
		}
	}
	return all
}
