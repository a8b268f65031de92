package report

import (
	"cmp"
	"fmt"
	"slices"
)

// ArrivalKind is how ether comes home.
type ArrivalKind uint8

// Kinds of arrivals.
const (
	ArrivalInFlight  ArrivalKind = iota // the next payload pays it
	ArrivalExit                         // a validator leaves: the sweep pays it
	ArrivalPart                         // a partial withdrawal that the beacon chain knows
	ArrivalAskedExit                    // the contract of EIP-7002 still holds it: a whole validator
	ArrivalAskedPart                    // the contract of EIP-7002 still holds it: a part
)

// Arrival is ether of the pool that comes home by itself.
type Arrival struct {
	Epoch uint64 // by which it is home; what the sweep pays can be there a round earlier
	Gwei  uint64
	Kind  ArrivalKind
}

// Arrivals are all that is on its way, whenever it comes: what ExitDemand counts as in flight and leaving, and what it does not count because it comes later than an
// exit that begins now. What is home first stands first. Errors: ErrInconsistentExits, ErrAmountOutOfRange.
func (in ExitDemandInput) Arrivals() ([]Arrival, error) {
	all, _, err := in.arrivals()
	return all, err
}

// arrivals gives the queue of exits behind them, too.
func (in ExitDemandInput) arrivals() ([]Arrival, ExitQueue, error) {
	if err := in.check(); err != nil {
		return nil, ExitQueue{}, fmt.Errorf("find what is on its way: %w", err)
	}
	var all []Arrival
	if in.InFlightGwei > 0 {
		all = append(all, Arrival{in.Epoch + 1, in.InFlightGwei, ArrivalInFlight})
	}
	home := ExitDemandOutput{}
	in.findHome(&home)
	sweepEpochs := home.SweepEpochs
	home.WithdrawableEpoch, home.HomeEpoch, home.SweepEpochs = FarFutureEpoch, FarFutureEpoch, 0 // nothing is too late
	queue := in.Queue
	_, err := followLeaving(in, home, func(v *ExitValidator, kind ArrivalKind, gwei, epoch uint64) {
		switch kind {
		case ArrivalAskedExit:
			epoch, queue = in.leaveNow(queue, v.EffectiveBalanceGwei, home.ChurnGwei)
		case ArrivalAskedPart:
			epoch, queue = in.leaveNow(queue, gwei, home.ChurnGwei)
		}
		epoch = max(epoch, in.Epoch)
		if kind == ArrivalExit || kind == ArrivalAskedExit {
			epoch += sweepEpochs
		}
		if gwei > 0 && epoch <= maxSlot {
			all = append(all, Arrival{epoch, gwei, kind})
		}
	})
	if err != nil {
		return nil, ExitQueue{}, fmt.Errorf("find what is on its way: %w", err)
	}
	slices.SortStableFunc(all, func(a, b Arrival) int { return cmp.Compare(a.Epoch, b.Epoch) })
	return all, queue, nil
}

// leaveNow is when so many gwei become withdrawable that begin to leave now, behind a queue, and the queue behind them.
func (in ExitDemandInput) leaveNow(queue ExitQueue, gwei, churnGwei uint64) (epoch uint64, after ExitQueue) {
	epoch, after = queue.ExitEpoch(gwei, in.Epoch, churnGwei, in.Rules)
	return epoch + in.Consensus.MinValidatorWithdrawabilityDelay, after
}
