package audit

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/execution/events"
)

// checkHistory compares the newest events with what the contracts say, at the end of the range and at the newest final block in it. A node that hides
// events, or has thrown away its old logs, would otherwise pass for a chain on which nothing has happened. Where blocks can still be undone, events
// and state may be those of two forks: a contradiction is then no finding yet.
func (w *auditRun) checkHistory(ctx context.Context) error {
	w.history(OK, "")
	if final := w.blocks.finalized(); final.Number >= w.o.Manifest.DeploymentBlock && final.Number < w.blocks.Last.Number {
		if err := w.compareHistory(ctx, final, true); err != nil || w.result.Summary.History.State != OK {
			return err
		}
	}
	return w.compareHistory(ctx, w.blocks.Last, w.blocks.Last.Number <= w.blocks.finalized().Number)
}

func (w *auditRun) compareHistory(ctx context.Context, at events.Block, isFinal bool) error {
	s, err := w.o.Chain.State(ctx, at, 0)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		w.history(NotChecked, fmt.Sprintf("whether events are missing is not known: %v", err))
		return nil
	}
	why := w.contradicted(s)
	switch {
	case why != "" && isFinal:
		w.history(Wrong, why)
		w.addFinding(Finding{Kind: HiddenEvent, RefSlot: &s.Last.RefSlot, Text: why}) // without a block: each look has another one
	case why != "":
		w.history(NotChecked, why+", or look again when it is final")
	}
	return nil
}

func (w *auditRun) history(state State, text string) {
	w.result.Summary.History = Check{Name: "history", State: state, Text: text}
}

// contradicted says how the newest events are not those that the contracts remember; empty when they are.
func (w *auditRun) contradicted(s events.State) string {
	var applied, held common.Hash
	var newest uint64
	judgement := events.NotHeld
	for _, e := range w.found {
		if e.Block > s.Block.Number {
			break
		}
		switch body := e.Body.(type) {
		case *events.ReportAccepted:
			newest, applied = body.RefSlot, body.Digest
		case *events.ReportQuarantined:
			held, judgement = body.Digest, events.Pending
		case *events.QuarantineJudged:
			judgement = events.RejectedByGuardian
			if body.Accepted {
				judgement = events.AcceptedByGuardian
			}
		}
	}
	const advice = ": a node hides events, or has no old logs; ask another one"
	switch {
	case applied == (common.Hash{}) && s.Last.RefSlot >= w.schedule.RefSlot(0):
		return fmt.Sprintf("after block %d the pool has the report of slot %d, and there is no event of any report%s", s.Block.Number, s.Last.RefSlot, advice)
	case applied != (common.Hash{}) && s.Last.RefSlot != newest:
		return fmt.Sprintf("after block %d the pool has the report of slot %d, the newest event is of slot %d%s", s.Block.Number, s.Last.RefSlot, newest, advice)
	case s.Quarantine.Digest != held || s.Quarantine.Judgement != judgement:
		return fmt.Sprintf("after block %d the oracle remembers another quarantine, of slot %d, than the events tell of%s", s.Block.Number, s.Quarantine.RefSlot, advice)
	}
	return ""
}
