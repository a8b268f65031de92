package audit

import (
	"encoding/hex"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
)

// secondsPerYear is a Julian year.
const secondsPerYear = 31_557_600

// yearlyRates gives each rebase how fast the share rate grew since the one before: parts per million a year, without compounding, by the time between
// the reference slots. Rounded toward zero.
func yearlyRates(reports []Report, secondsPerSlot uint64) {
	var last *Report
	for i := range reports {
		r := &reports[i]
		if r.Rebase == nil || r.Rebase.ShareRateRay == nil {
			continue
		}
		r.Rebase = &Rebase{
			r.Rebase.PooledBeforeWei, r.Rebase.SharesBefore, r.Rebase.PooledAfterWei, r.Rebase.SharesAfter, r.Rebase.CLChangeWei, r.Rebase.FeeWei,
			r.Rebase.LockWei, r.Rebase.ShareRateRay, nil,
		}
		if last != nil && r.RefSlot > last.RefSlot && last.Rebase.ShareRateRay.Sign() > 0 {
			seconds := new(big.Int).SetUint64((r.RefSlot - last.RefSlot) * secondsPerSlot)
			rate := new(big.Int).Sub(&r.Rebase.ShareRateRay.Int, &last.Rebase.ShareRateRay.Int)
			rate.Mul(rate, big.NewInt(secondsPerYear*1_000_000))
			r.Rebase.YearlyRatePpm = amount(rate.Quo(rate, seconds.Mul(seconds, &last.Rebase.ShareRateRay.Int)))
		}
		last = r
	}
}

// countMembers says of each member that registered how often it was asked and signed in the range.
func (w *auditRun) countMembers() {
	counts := make(map[common.Hash]*Member)
	for _, id := range w.committees.order {
		m := w.committees.members[id]
		counts[id] = &Member{Type: "member", ID: id, Name: w.nameOf(id), PeerID: peerIDText(m.peerID), Key: hex.EncodeToString(m.key.Bytes()), Owner: m.owner, State: m.state}
	}
	for _, r := range w.result.Reports {
		for _, seat := range r.Seats {
			if m := counts[seat.ID]; m != nil {
				m.Rounds++
				if seat.Signed {
					m.Signed++
				}
			}
		}
	}
	for _, id := range w.committees.order {
		w.result.Members = append(w.result.Members, *counts[id])
	}
	if n := len(w.committees.changes); n > 0 {
		w.result.Committee = w.committees.changes[n-1].members
	}
}

// summarize counts and concludes.
func (w *auditRun) summarize() {
	s := Summary{Type: "summary", Reports: len(w.result.Reports), Missed: len(w.result.Missed), Findings: len(w.result.Findings)}
	s.History = w.result.Summary.History
	if s.History.State == NotChecked {
		s.Unchecked++
	}
	for _, r := range w.result.Reports {
		if r.Outcome == Accepted || r.Outcome == AcceptedByGuardian {
			s.Accepted++
		}
		if r.Outcome != Accepted {
			s.Held++
		}
		for _, c := range r.Checks {
			switch c.State {
			case NotChecked:
				s.Unchecked++
			case Skipped:
				s.Skipped++
			case OK, Wrong:
			}
		}
	}
	switch {
	case s.Findings > 0:
		s.Conclusion = Found
	case s.Unchecked > 0:
		s.Conclusion = Unchecked
	default:
		s.Conclusion = Clean
	}
	w.result.Summary = s
	w.result.Reports = slices.Clip(w.result.Reports)
}
