package node

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/status"
)

// connected tells whether the node sees so many members.
func connected(members int) func(status.Status) bool {
	return func(s status.Status) bool {
		count := 0
		for _, m := range s.Members {
			if m.Connected {
				count++
			}
		}
		return count >= members
	}
}

// stage tells whether the newest round is that of the slot and has come as far.
func stage(refSlot uint64, stages ...status.Stage) func(status.Status) bool {
	return func(s status.Status) bool {
		if len(s.Rounds) == 0 || s.Rounds[0].RefSlot != refSlot {
			return false
		}
		for _, one := range stages {
			if s.Rounds[0].Stage == one {
				return true
			}
		}
		return false
	}
}

// report lets slots pass until the contract has the report of the slot.
func (w *world) report(refSlot uint64) {
	w.Helper()
	for w.Slot() < refSlot+w.schedule.FrameSlots() {
		w.slot()
		s := w.nodes[0].desk.Status()
		if stage(refSlot, status.Accepted, status.Done)(s) {
			return
		}
	}
	require.FailNowf(w, "not reported", "slot %d: %+v", refSlot, w.nodes[0].desk.Status().Rounds)
}

func TestCommitteeReportsAndRebases(t *testing.T) {
	w := newWorld(t, 4)
	for i := range 4 {
		w.start(i, nil)
	}
	for _, n := range w.nodes {
		n.until("sees the others", connected(4))
	}
	for frame := range uint64(2) {
		w.report(w.schedule.RefSlot(frame))
	}
	s := w.nodes[0].desk.Status()
	require.Len(t, s.Reports, 2)
}
