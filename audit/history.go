package audit

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/execution/watch"
)

// checkHistory compares the newest events with what the contracts say at the end of the range. A node that hides events, or has thrown away its old
// logs, would otherwise pass for a chain on which nothing has happened.
func (w *walk) checkHistory(ctx context.Context) error {
	s, err := w.o.Chain.State(ctx, w.blocks.Last, 0)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		w.history(NotChecked, fmt.Sprintf("whether events are missing is not known: %v", err))
		return nil
	}
	why := w.contradicted(s)
	if why == "" {
		w.history(OK, "")
		return nil
	}
	if w.blocks.Last.Number > w.blocks.finalized().Number { // the events may be another fork's
		b, err := w.o.Chain.BlockByNumber(ctx, w.blocks.Last.Number)
		if err != nil || b.Hash != w.blocks.Last.Hash {
			w.history(NotChecked, fmt.Sprintf("block %d was undone during the audit", w.blocks.Last.Number))
			return nil
		}
	}
	w.history(Wrong, why)
	w.find(Finding{Kind: HiddenEvent, Block: w.blocks.Last.Number, Text: why})
	return nil
}

func (w *walk) history(state State, text string) {
	w.result.Summary.History = Check{Name: "history", State: state, Text: text}
}

// contradicted says how the newest events are not those that the contracts remember; empty when they are.
func (w *walk) contradicted(s watch.State) string {
	var applied, held common.Hash
	var newest uint64
	judgement := watch.NotHeld
	for _, e := range w.events {
		switch body := e.Body.(type) {
		case *watch.ReportAccepted:
			newest, applied = body.RefSlot, body.Digest
		case *watch.ReportQuarantined:
			held, judgement = body.Digest, watch.Pending
		case *watch.QuarantineJudged:
			judgement = watch.RejectedByGuardian
			if body.Accepted {
				judgement = watch.AcceptedByGuardian
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
