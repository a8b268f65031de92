package report

import (
	"fmt"
	"math/big"
)

// PaymentStep is a report that pays requests which none before it can.
type PaymentStep struct {
	RefSlot uint64 // of the report
	UpTo    uint64 // identifier of the last request that it can pay
}

// maxPaymentSteps bounds how many are looked for.
const maxPaymentSteps = 16

// waitingRequests are those that a report leaves waiting.
type waitingRequests struct {
	Snapshot
	c           Computed
	in          ExitDemandInput
	schedule    Schedule
	doneID      uint64
	done, first QueuedRequest
}

// due is what all requests up to r are paid.
func (w waitingRequests) due(r QueuedRequest) *big.Int {
	valueWei, shares := r.since(w.done)
	return Payout(valueWei, shares, w.in.PooledWei, w.in.TotalShares)
}

// earliestOf is the reference slot of the first report that may pay a request, ether aside: it must be old enough, and no report pays requests from before and after
// a fall of the rate, or more than MaxRequestsPerReport.
func (w waitingRequests) earliestOf(id uint64, r QueuedRequest) uint64 {
	frames := max(uint64(r.Falls-w.first.Falls)+1, divUp64(id-w.doneID, MaxRequestsPerReport))
	return w.earliest(w.schedule, r, frames)
}

// paymentOf is when a request is paid.
func (w waitingRequests) paymentOf(id uint64, r QueuedRequest) (Payment, error) {
	p, err := PaymentOf(PaymentInput{Exits: w.in, Schedule: w.schedule, RefSlot: w.RefSlot, DueWei: w.due(r), Earliest: w.earliestOf(id, r)})
	p.Bunker = w.c.waitsForLosses(r)
	return p, err
}

// steps are the next reports that pay, by what is known. Requests beyond MaxRequestsPerReport are not looked at: whoever reads a pruned node has no others.
func (w waitingRequests) steps(lastID uint64) (steps []PaymentStep, err error) {
	lastID = min(lastID, w.doneID+MaxRequestsPerReport)
	for paid := w.doneID; paid < lastID && len(steps) < maxPaymentSteps; {
		next, err := readRequest(w.Request, paid+1)
		if err != nil {
			return nil, fmt.Errorf("find which requests are paid: %w", err)
		}
		payment, err := w.paymentOf(paid+1, next)
		if err != nil {
			return nil, err
		}
		if payment.RefSlot == 0 || payment.Bunker {
			break
		}
		if paid, err = w.lastPaidBy(payment.RefSlot, paid+1, lastID); err != nil {
			return nil, err
		}
		steps = append(steps, PaymentStep{payment.RefSlot, paid})
	}
	return steps, nil
}

// lastPaidBy is the last request up to high that the report of refSlot can pay, if it can pay low. What holds up a request holds up later ones.
func (w waitingRequests) lastPaidBy(refSlot, low, high uint64) (uint64, error) {
	for low < high {
		id := high - (high-low)/2
		r, err := readRequest(w.Request, id)
		if err != nil {
			return 0, fmt.Errorf("find which requests are paid: %w", err)
		}
		payment, err := w.paymentOf(id, r)
		if err != nil {
			return 0, err
		}
		if payment.RefSlot != 0 && payment.RefSlot <= refSlot && !payment.Bunker {
			low = id
		} else {
			high = id - 1
		}
	}
	return low, nil
}
