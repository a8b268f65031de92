package page

import (
	"math/big"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/audit"
	"github.com/tidemark-oracle/tidemark/internal/web/status"
	"github.com/tidemark-oracle/tidemark/report"
)

// maxListed bounds each list: years of daily reports.
const maxListed = 2000

// describe fills in what the newest result says.
func (p *Page) describe(s *status.Audit) {
	r := p.result
	s.Result = status.AuditResult{
		Verdict: string(r.Summary.Conclusion), Text: r.Text(), FirstBlock: r.Head.FirstBlock, LastBlock: r.Head.LastBlock,
		Findings: r.Summary.Findings, Unchecked: r.Summary.Unchecked, Skipped: r.Summary.Skipped,
	}
	for _, one := range newest(r.Reports) {
		s.Reports = append(s.Reports, reportOf(one, r.Head.FinalBlock))
	}
	for _, m := range newest(r.Missed) {
		why := "The contract has no report of this frame."
		if m.Paused {
			why = "Reports were paused when the frame ended."
		}
		s.Missed = append(s.Missed, status.Missed{RefSlot: m.RefSlot, Result: "missed", Why: why})
	}
	s.Members = membersOf(r)
	s.Alarms, s.Result.Kinds = alarmsOf(r)
	if p.token != nil {
		t := p.token
		s.Token = &status.Token{
			Block: t.Block.Number, Time: second(t.Block.Time), TotalPooledWei: decimal(t.TotalPooledWei), TotalShares: decimal(t.TotalShares),
			ShareRateRay: decimal(t.ShareRateRay), BufferedWei: decimal(t.BufferedWei), LockedWei: decimal(t.LockedWei),
		}
	}
}

// newest are the last ones of a list, the last first.
func newest[T any](all []T) []T {
	chosen := slices.Clone(all[max(0, len(all)-maxListed):])
	slices.Reverse(chosen)
	return chosen
}

// reportOf is a report as a status describes it. It counts as the auditor's own unless the auditor's nodes give something else.
func reportOf(r audit.Report, finalBlock uint64) status.Report {
	s := status.Report{
		RefSlot: r.RefSlot, Digest: r.Digest, Outcome: string(r.Outcome), Block: r.Block, Transaction: r.Transaction, Time: second(r.TimeSeconds),
		Finalized: r.Block <= finalBlock, Own: len(r.Divergence) == 0, Members: len(r.Seats), GasUsed: r.GasUsed, LatencySeconds: float64(r.LateSeconds),
		TotalPooledWei: "0", TotalShares: "0", ShareRateRay: "0", RewardWei: "0",
	}
	if r.Outcome == audit.AcceptedByGuardian { // The status says what the contract did with it; who decided is among the alarms.
		s.Outcome = string(audit.Accepted)
	}
	for i, seat := range r.Seats {
		if seat.Signed {
			s.Signers = append(s.Signers, i)
		}
	}
	if r.Values != nil {
		s.ValidatorsCount = r.Values.Validators
	}
	if b := r.Rebase; b != nil {
		s.TotalPooledWei, s.TotalShares, s.ShareRateRay = text(b.PooledAfterWei), text(b.SharesAfter), text(b.ShareRateRay)
		if b.YearlyRatePpm != nil && b.YearlyRatePpm.IsInt64() {
			s.YearlyRatePpm = b.YearlyRatePpm.Int64()
		}
		if b.PooledBeforeWei != nil && b.PooledAfterWei != nil && b.LockWei != nil {
			// What was locked for withdrawals left the pool, and is no loss.
			reward := new(big.Int).Sub(&b.PooledAfterWei.Int, &b.PooledBeforeWei.Int)
			s.RewardWei = reward.Add(reward, &b.LockWei.Int).String()
		}
	}
	return s
}

// membersOf is the newest committee. Nobody is connected with an auditor.
func membersOf(r audit.Result) []status.Member {
	known := make(map[common.Hash]audit.Member, len(r.Members))
	for _, m := range r.Members {
		known[m.ID] = m
	}
	lastSigned := make(map[common.Hash]uint64)
	for _, one := range r.Reports {
		for _, seat := range one.Seats {
			if seat.Signed {
				lastSigned[seat.ID] = max(lastSigned[seat.ID], one.TimeSeconds)
			}
		}
	}
	all := make([]status.Member, 0, len(r.Committee))
	for i, id := range r.Committee {
		m := known[id]
		all = append(all, status.Member{Index: i, Key: m.Key, PeerID: m.PeerID, Seen: second(lastSigned[id])})
	}
	return all
}

// alarmsOf are the findings, the newest first, and how many there are of each kind.
func alarmsOf(r audit.Result) ([]status.Alarm, map[string]uint64) {
	times := make(map[uint64]uint64) // seconds, by block
	for _, one := range r.Reports {
		times[one.Block] = one.TimeSeconds
	}
	deadlines := make(map[uint64]uint64) // by reference slot
	for _, m := range r.Missed {
		deadlines[m.RefSlot] = m.DeadlineSeconds
	}
	counts := make(map[string]uint64)
	var all []status.Alarm
	for _, f := range r.Findings {
		counts[string(f.Kind)]++
		a := status.Alarm{Kind: string(f.Kind), Text: f.Text, Time: second(times[f.Block])}
		if f.RefSlot != nil {
			a.RefSlot = *f.RefSlot
			if f.Kind == audit.MissedFrame {
				a.Time = second(deadlines[a.RefSlot])
			}
		}
		all = append(all, a)
	}
	return newest(all), counts
}

// frame is where the wall clock and the newest look stand.
func (p *Page) frame(now time.Time) status.Frame {
	s := report.Schedule(p.config.Manifest.Schedule)
	f := status.Frame{Slot: s.SlotAt(uint64(max(0, now.Unix()))), HeadSlot: s.SlotAt(p.result.Head.LastTime)}
	if refSlot, err := s.CurrentRefSlot(f.Slot); err == nil {
		f.RefSlot, f.OpenedAt, f.Deadline = refSlot, second(s.TimeOf(refSlot)), second(s.TimeOf(s.CloseSlot(refSlot)))
	}
	return f
}

// endpoints are the auditor's nodes, none until a look is over: how they are is not known before. An audit asks one after another, so of
// several it is not known which one answered.
func (p *Page) endpoints() []status.Endpoint {
	headSlot := report.Schedule(p.config.Manifest.Schedule).SlotAt(p.result.Head.LastTime)
	why := ""
	switch {
	case p.failure != nil:
		why = "the last look failed"
	case p.looked.IsZero():
		return nil
	}
	var all []status.Endpoint
	for _, nodes := range []struct {
		kind   string
		hosts  []string
		height uint64
	}{{"beacon", p.config.Beacon, headSlot}, {"execution", p.config.Execution, p.result.Head.LastBlock}} {
		for _, host := range nodes.hosts {
			e := status.Endpoint{Kind: nodes.kind, Name: host, Usable: why == "", Why: why, Height: nodes.height, Checked: p.looked}
			if nodes.kind == "beacon" && e.Usable && p.result.Summary.Unchecked > 0 {
				e.Why = "some checks could not be made"
			}
			if len(nodes.hosts) > 1 && e.Why == "" {
				e.Why = "one of several, which are asked in turn"
			}
			all = append(all, e)
		}
	}
	return all
}

// second is a time; zero for 0.
func second(seconds uint64) time.Time {
	if seconds == 0 || seconds > 1<<40 {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0).UTC()
}

func decimal(v *big.Int) string {
	if v == nil {
		return "0"
	}
	return v.String()
}

func text(a *audit.Amount) string {
	if a == nil {
		return "0"
	}
	return a.String()
}
