package report

import (
	"fmt"
	"math/big"
	"sort"
)

// PaymentInput is what the payment of a withdrawal request depends on.
type PaymentInput struct {
	Exits    ExitDemandInput // of the report of RefSlot
	Schedule Schedule
	RefSlot  uint64 // of the report that leaves the request waiting

	DueWei   *big.Int // what this request and those before it that wait are paid
	Earliest uint64   // reference slot of the first report that may pay it, ether aside; at least the next one
}

// Payment is when a withdrawal request will be paid, by what is known when a report is computed.
type Payment struct {
	// RefSlot is the reference slot of the first report that can pay it by what is known; 0: it needs ether for which nobody has asked an exit yet.
	RefSlot uint64
	// HereGwei is what the pool has of it already, HomeGwei what comes home by itself until then.
	HereGwei, HomeGwei uint64
	// MissingGwei is what exits must still be asked for. IfAskedRefSlot is the first report that can pay the request if they are asked for now.
	MissingGwei, IfAskedRefSlot uint64
	// Bunker: losses are in progress, and the request waits until they are over. Then the slots above say when its ether is there, not when it is paid.
	Bunker bool
}

// payments finds payments from one report's exit demand.
type payments struct {
	in       ExitDemandInput
	schedule Schedule
	refSlot  uint64
	out      ExitDemandOutput
	arrivals []Arrival
	queue    ExitQueue // of exits, behind what the contract of EIP-7002 holds
}

// PaymentOf says when a request is paid, and by what. It is careful: what the sweep brings counts when it has come round for sure, and of rewards only the part that is
// relied on. Deposits that people make meanwhile, and block rewards, pay earlier. Losses, and exits of others between now and an exit for which nobody has
// asked, pay later. Errors: those of ExitDemand; ErrBeforeFirstFrame for a slot that is none of the schedule's reference slots.
func PaymentOf(p PaymentInput) (Payment, error) {
	if p.RefSlot != p.Schedule.NextRefSlot(p.RefSlot) {
		return Payment{}, fmt.Errorf("find when requests are paid: slot %d is no reference slot: %w", p.RefSlot, ErrBeforeFirstFrame)
	}
	all, err := newPayments(p.Exits, p.Schedule, p.RefSlot)
	if err != nil {
		return Payment{}, err
	}
	return all.of(p.DueWei, p.Earliest), nil
}

func newPayments(in ExitDemandInput, schedule Schedule, refSlot uint64) (payments, error) {
	out, err := ExitDemand(in)
	if err != nil {
		return payments{}, fmt.Errorf("find when requests are paid: %w", err)
	}
	arrivals, queue, err := in.arrivals()
	if err != nil {
		return payments{}, fmt.Errorf("find when requests are paid: %w", err)
	}
	return payments{in, schedule, refSlot, out, arrivals, queue}, nil
}

// of finds the first frame, from earliest on, in which what is there by then is enough.
func (p payments) of(dueWei *big.Int, earliest uint64) Payment {
	dueGwei := gweiOf(divUp(dueWei, big.NewInt(WeiPerGwei)))
	first := p.frames(earliest)
	last := max(first, p.framesUntil(p.lastEpoch()))
	wait := uint64(sort.Search(int(last-first)+1, func(k int) bool { return p.availableGwei(p.epochAfter(first+uint64(k))) >= dueGwei }))
	if first+wait <= last {
		return p.paid(dueGwei, first+wait)
	}
	payment := p.paid(dueGwei, last)
	payment.RefSlot = 0
	payment.MissingGwei = dueGwei - p.availableGwei(p.epochAfter(last))
	payment.IfAskedRefSlot = p.refSlotAfter(max(first, p.framesUntil(p.askedNow(payment.MissingGwei))))
	return payment
}

// paid is a payment so many frames after the report.
func (p payments) paid(dueGwei, frames uint64) Payment {
	epoch := p.epochAfter(frames)
	here := min(dueGwei, p.hereGwei(epoch))
	return Payment{RefSlot: p.refSlotAfter(frames), HereGwei: here, HomeGwei: min(dueGwei, p.availableGwei(epoch)) - here}
}

// availableGwei is what can be paid out by an epoch.
func (p payments) availableGwei(epoch uint64) uint64 {
	sum := p.hereGwei(epoch)
	for _, a := range p.arrivals {
		if a.Epoch <= epoch {
			sum = satAdd(sum, a.Gwei)
		}
	}
	return satAdd(sum, p.in.reliedOn(p.in.rewardGwei(epoch-p.in.Epoch)))
}

// hereGwei is the buffer, and what the bound on the rate lets out of the vaults by an epoch.
func (p payments) hereGwei(epoch uint64) uint64 {
	released := smaller(p.in.VaultsWei, p.in.roomWei(epoch-p.in.Epoch))
	return satAdd(p.out.BufferGwei, gweiOf(div(released, big.NewInt(WeiPerGwei))))
}

// gweiOf is an amount, or the largest number of 64 bits.
func gweiOf(amount *big.Int) uint64 {
	if !amount.IsUint64() {
		return 1<<64 - 1
	}
	return amount.Uint64()
}

// lastEpoch is when all that is on its way is home, and an exit that begins now would be.
func (p payments) lastEpoch() uint64 {
	last := p.out.HomeEpoch
	for _, a := range p.arrivals {
		last = max(last, a.Epoch)
	}
	return last
}

// askedNow is the epoch by which so many gwei are home that are asked for now, behind what the contract of EIP-7002 holds.
func (p payments) askedNow(gwei uint64) uint64 {
	epoch, _ := p.in.leaveNow(p.queue, gwei, p.out.ChurnGwei)
	if gwei > p.in.PartsGwei {
		epoch += p.out.SweepEpochs
	}
	return epoch
}

// frames is how many frames after the report a reference slot comes, at least one.
func (p payments) frames(refSlot uint64) uint64 {
	if refSlot <= p.refSlot {
		return 1
	}
	return max(1, (refSlot-p.refSlot+p.schedule.FrameSlots()-1)/p.schedule.FrameSlots())
}

// framesUntil is how many frames after the report the first reference slot comes whose state has seen an epoch end.
func (p payments) framesUntil(epoch uint64) uint64 {
	return p.frames((epoch+1)*p.schedule.SlotsPerEpoch - 1)
}

func (p payments) refSlotAfter(frames uint64) uint64 {
	return p.refSlot + frames*p.schedule.FrameSlots()
}

// epochAfter is the epoch of the reference slot so many frames after the report. A reference slot is the last one of its epoch.
func (p payments) epochAfter(frames uint64) uint64 {
	return max(p.in.Epoch, p.refSlotAfter(frames)/p.schedule.SlotsPerEpoch)
}
