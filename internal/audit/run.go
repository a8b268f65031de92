package audit

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// auditRun is one run of an auditor over a range of blocks.
type auditRun struct {
	*Auditor
	blocks     Blocks
	found      []events.Event // from the deployment to the range's end
	committees *committeeHistory
	result     Result
}

// history is a report with all that became of it.
type history struct {
	seen     events.Event  // ReportAccepted or ReportQuarantined: when submit was called
	judged   *events.Event // QuarantineJudged
	accepted *events.Event // ReportAccepted, at once or by a guardian
	rebased  *events.Event
}

func (w *auditRun) run(ctx context.Context) error {
	for _, f := range w.committees.replay(w.found) {
		w.addFinding(f)
	}
	histories := w.histories()
	for i, h := range histories {
		w.o.Progress("checking reports", uint64(i), uint64(len(histories)))
		if err := w.checkReport(ctx, h); err != nil {
			return err
		}
	}
	w.o.Progress("checking reports", uint64(len(histories)), uint64(len(histories)))
	if err := w.checkHistory(ctx); err != nil {
		return err
	}
	if err := w.checkMissedFrames(ctx); err != nil {
		return err
	}
	w.checkEvents()
	w.countMembers()
	yearlyRates(w.result.Reports, w.schedule.SecondsPerSlot)
	slices.SortStableFunc(w.result.Findings, func(a, b Finding) int { return cmp.Compare(a.Block, b.Block) })
	w.summarize()
	return nil
}

// addFinding adds a finding.
func (w *auditRun) addFinding(f Finding) {
	f.Type = "finding"
	w.result.Findings = append(w.result.Findings, f)
}

// inRange reports whether an event is in the range that is audited.
func (w *auditRun) inRange(e events.Event) bool {
	return e.Block >= w.blocks.First.Number && e.Block <= w.blocks.Last.Number
}

// histories puts together what became of each report that was submitted in the range.
func (w *auditRun) histories() []history {
	var found []history
	held := make(map[common.Hash]int) // place in found, by digest
	for i := range w.found {
		e := w.found[i]
		switch body := e.Body.(type) {
		case *events.ReportQuarantined:
			held[body.Digest] = len(found)
			found = append(found, history{seen: e})
		case *events.QuarantineJudged:
			if at, ok := held[body.Digest]; ok {
				found[at].judged = &w.found[i]
			}
		case *events.ReportAccepted:
			at, wasHeld := held[body.Digest]
			if !wasHeld || !found[at].isAcceptedIn(e) {
				at = len(found) // at once, also when the same report was held before
				found = append(found, history{seen: e})
			}
			found[at].accepted = &w.found[i]
			found[at].rebased = w.rebaseOf(i, body.RefSlot)
		}
	}
	return slices.DeleteFunc(found, func(h history) bool { return !w.inRange(h.seen) })
}

// isAcceptedIn reports whether a guardian accepted the held report in an event's transaction.
func (h history) isAcceptedIn(e events.Event) bool {
	if h.judged == nil || h.judged.TxHash != e.TxHash || h.judged.BlockHash != e.BlockHash {
		return false
	}
	return h.judged.Body.(*events.QuarantineJudged).Accepted
}

// rebaseOf is the Rebased event that follows an acceptance in its transaction.
func (w *auditRun) rebaseOf(accepted int, refSlot uint64) *events.Event {
	for i := accepted + 1; i < len(w.found) && w.found[i].TxHash == w.found[accepted].TxHash; i++ {
		if body, ok := w.found[i].Body.(*events.Rebased); ok && body.RefSlot == refSlot {
			return &w.found[i]
		}
	}
	return nil
}

// outcome is what became of a report.
func (h history) outcome() Outcome {
	_, atOnce := h.seen.Body.(*events.ReportAccepted)
	switch {
	case atOnce:
		return Accepted
	case h.accepted != nil:
		return AcceptedByGuardian
	case h.judged != nil && !h.judged.Body.(*events.QuarantineJudged).Accepted:
		return Rejected
	}
	return Quarantined
}

// refSlotAndDigest is what the first event says.
func (h history) refSlotAndDigest() (uint64, common.Hash) {
	switch body := h.seen.Body.(type) {
	case *events.ReportAccepted:
		return body.RefSlot, body.Digest
	case *events.ReportQuarantined:
		return body.RefSlot, body.Digest
	}
	return 0, common.Hash{}
}

// checkReport checks a report, or uses what an earlier audit found when nothing can be added to it.
func (w *auditRun) checkReport(ctx context.Context, h history) error {
	key := h.key()
	kept, ok := w.o.Cache.checked[key]
	if !ok || kept.Report.Outcome != h.outcome() || kept.unfinished(w.o.Compute != nil) {
		c := reportCheck{auditRun: w, h: h}
		c.run(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
		kept = CheckedReport{Report: c.out, Findings: c.findings}
		if h.isFinal(w.blocks.finalized()) {
			w.o.Cache.checked[key] = kept
		}
	}
	kept.Report.Seats = slices.Clone(kept.Report.Seats)
	for i := range kept.Report.Seats {
		kept.Report.Seats[i].Name = w.nameOf(kept.Report.Seats[i].ID)
	}
	w.result.Reports = append(w.result.Reports, kept.Report)
	for _, f := range kept.Findings {
		w.addFinding(f)
	}
	return nil
}

// key tells reports apart in the cache.
func (h history) key() string {
	return fmt.Sprintf("%s/%s/%d", h.seen.BlockHash.Hex(), h.seen.TxHash.Hex(), h.seen.LogIndex)
}

// isFinal reports whether all that became of it is final.
func (h history) isFinal(final events.Block) bool {
	last := h.seen.Block
	for _, e := range []*events.Event{h.judged, h.accepted} {
		if e != nil {
			last = max(last, e.Block)
		}
	}
	return last <= final.Number
}

// checkMissedFrames finds frames whose submissions closed in the range, or between the block before it and its first one, and that have no report.
func (w *auditRun) checkMissedFrames(ctx context.Context) error {
	first, ok := w.committees.firstRefSlot()
	if !ok {
		return nil
	}
	begin, err := w.firstDue(ctx)
	if err != nil {
		return err
	}
	pausings, err := w.pausings(ctx)
	if err != nil {
		return err
	}
	seen := make(map[uint64]bool)
	for _, e := range w.found {
		switch body := e.Body.(type) {
		case *events.ReportAccepted:
			seen[body.RefSlot] = true
		case *events.ReportQuarantined:
			seen[body.RefSlot] = true
		}
	}
	for refSlot := max(w.schedule.NextRefSlot(first), begin); ; refSlot += w.schedule.FrameSlots() {
		deadline := w.schedule.TimeOf(w.schedule.CloseSlot(refSlot))
		if deadline > w.blocks.Last.Time {
			return nil
		}
		if seen[refSlot] {
			continue
		}
		m := Missed{Type: "missed", RefSlot: refSlot, DeadlineSeconds: deadline, Paused: pausedAt(pausings, deadline)}
		w.result.Missed = append(w.result.Missed, m)
		text := "no report of this frame came before submissions closed; the next report carries its values"
		if m.Paused {
			text = "reports were paused when submissions of this frame closed; the next report carries its values"
		}
		w.addFinding(Finding{Kind: MissedFrame, RefSlot: &m.RefSlot, Text: text})
	}
}

// firstDue is the first reference slot whose submissions close after the block before the range: no frame falls between two ranges.
func (w *auditRun) firstDue(ctx context.Context) (refSlot uint64, err error) {
	if w.blocks.First.Number <= w.o.Manifest.DeploymentBlock {
		return w.schedule.RefSlot(0), nil
	}
	before, err := w.o.Chain.BlockByNumber(ctx, w.blocks.First.Number-1)
	if err != nil {
		return 0, fmt.Errorf("find the frames of the range: %w", err)
	}
	after := w.schedule.SlotAt(before.Time) + w.schedule.CloseSlots + 1 // CloseSlot of what is due is at least one slot later
	return w.schedule.NextRefSlot(after - min(after, w.schedule.FrameSlots())), nil
}

// pausing is when reports were paused: from since on, up to until, which is not in it any more.
type pausing struct{ since, until uint64 }

// pausings are those of the history, in order. A pause ends by itself when nobody ends it.
func (w *auditRun) pausings(ctx context.Context) (all []pausing, err error) {
	for _, e := range w.found {
		if e.Contract != w.o.Manifest.Contracts.ReportOracle {
			continue
		}
		switch body := e.Body.(type) {
		case *events.PauseEnds: // Paused says no end.
			if !body.UntilSeconds.IsUint64() {
				continue
			}
			b, err := w.o.Chain.BlockByNumber(ctx, e.Block)
			if err != nil {
				return nil, fmt.Errorf("find when reports were paused: %w", err)
			}
			all = append(all, pausing{b.Time, body.UntilSeconds.Uint64()})
		case *events.Unpaused:
			b, err := w.o.Chain.BlockByNumber(ctx, e.Block)
			if err != nil {
				return nil, fmt.Errorf("find when reports went on: %w", err)
			}
			if len(all) > 0 {
				all[len(all)-1].until = min(all[len(all)-1].until, b.Time)
			}
		}
	}
	return all, nil
}

// pausedAt reports whether reports were paused.
func pausedAt(all []pausing, seconds uint64) bool {
	return slices.ContainsFunc(all, func(p pausing) bool { return p.since <= seconds && seconds < p.until })
}

// checkEvents finds what happened to members and of proofs against reports.
func (w *auditRun) checkEvents() {
	for _, e := range w.found {
		if !w.inRange(e) {
			continue
		}
		hash := e.TxHash
		f := Finding{Block: e.Block, Transaction: &hash}
		switch body := e.Body.(type) {
		case *events.MemberEjected:
			f.Kind, f.Member = EjectedMember, &body.ID
			f.Text = w.nameOf(body.ID) + " was ejected from the committee at once"
		case *events.MemberSlashed:
			f.Kind, f.Member = SlashedMember, &body.ID
			f.Text = fmt.Sprintf("%s signed two reports for one round: its bond is gone, %s wei to %s and %s wei to the treasury",
				w.nameOf(body.ID), body.RewardWei, body.Reporter, body.ToTreasuryWei)
		case *events.Paused:
			if e.Contract != w.o.Manifest.Contracts.ReportOracle {
				continue
			}
			f.Kind, f.Text = PausedReports, fmt.Sprintf("%s paused reports", body.Account)
		case *events.LossUnconfirmed:
			f.Kind, f.RefSlot = LostEther, &body.RefSlot
			f.Text = fmt.Sprintf("the report lost %s gwei, more than noise: deposits wait until the next report takes it back or confirms it", body.LostGwei)
		case *events.FinalizedWithoutReport:
			f.Kind, f.Text = FinalizedSilently, fmt.Sprintf("requests up to %d were finalized without a report, at %s wei for 1e18 shares: the oracle was silent for long",
				body.UpTo, body.Rate)
		default:
			refSlot, text, ok := provenFalse(e.Body)
			if !ok {
				continue
			}
			f.Kind, f.RefSlot, f.Text = ProvenFalse, &refSlot, text
		}
		w.addFinding(f)
	}
}
