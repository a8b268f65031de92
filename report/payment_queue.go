package report

import (
	"fmt"
	"math/big"
)

// WaitingQueue is the requests that a report leaves waiting, and when they are paid.
type WaitingQueue struct {
	First, Last uint64   // identifiers; both 0: none waits
	DueWei      *big.Int // what all are paid at the rate that the report leaves
	FirstPaid   Payment
	LastPaid    Payment
	Steps       []PaymentStep // which request is paid by which report, as far as it is known
	Hold        string        // why no report pays, however much ether there is; empty: nothing hinders
}

// Waiting finds what a report leaves waiting, and when it is paid. in is its exit demand's input. Errors: those of PaymentOf and of reading requests.
func Waiting(s Snapshot, c Computed, in ExitDemandInput, schedule Schedule) (WaitingQueue, error) {
	q := WaitingQueue{DueWei: new(big.Int)}
	doneID, lastID := s.finalizedAfter(c), s.Execution.Queue.LastRequestID
	if doneID == lastID {
		return q, nil
	}
	q.First, q.Last = doneID+1, lastID
	done, last, err := s.waiting(c)
	if err != nil {
		return WaitingQueue{}, fmt.Errorf("read what waits: %w", err)
	}
	first, err := readRequest(s.Request, q.First)
	if err != nil {
		return WaitingQueue{}, fmt.Errorf("read what waits: %w", err)
	}
	w := waitingRequests{s, c, in, schedule, doneID, done, first}
	if q.FirstPaid, err = w.paymentOf(q.First, first); err != nil {
		return WaitingQueue{}, err
	}
	if q.LastPaid, err = w.paymentOf(q.Last, last); err != nil {
		return WaitingQueue{}, err
	}
	if q.Steps, err = w.steps(q.Last); err != nil {
		return WaitingQueue{}, err
	}
	q.DueWei, q.Hold = w.due(last), s.hold(c, first)
	return q, nil
}

// earliest is the reference slot of the first report that may pay a request, ether aside, when so many reports are needed for those before it.
func (s Snapshot) earliest(schedule Schedule, r QueuedRequest, frames uint64) uint64 {
	queue := s.Execution.Queue
	notBefore := r.CreatedAt + uint64(queue.RequestMarginSeconds)
	if queue.PauseFlag {
		notBefore = max(notBefore, queue.PausedUntil)
	}
	after := uint64(0)
	if notBefore > s.Block.RefTimestamp {
		after = divUp64(notBefore-s.Block.RefTimestamp, s.Consensus.Rules.SecondsPerSlot)
	}
	return max(s.RefSlot+frames*schedule.FrameSlots(), schedule.NextRefSlot(s.RefSlot+after))
}

// hold says why no report pays the first request that waits.
func (s Snapshot) hold(c Computed, first QueuedRequest) string {
	switch queue := s.Execution.Queue; {
	case c.waitsForLosses(first):
		return "Losses are in progress (bunker): requests wait until the losses are over, however much ether there is."
	case s.queuePaused():
		return fmt.Sprintf("The queue is paused until timestamp %d, or until somebody ends the pause.", queue.PausedUntil)
	case c.Rebase.BeyondNoise:
		return "This report loses more than noise: nothing is paid before the next one takes the loss back or confirms it."
	}
	return ""
}

// waitsForLosses reports whether a request was made too late to be paid while losses are in progress.
func (c Computed) waitsForLosses(r QueuedRequest) bool {
	return c.Report.Bunker && r.CreatedAt >= c.Bunker.BeforeTimestamp
}

func divUp64(a, b uint64) uint64 { return (a + b - 1) / b }
