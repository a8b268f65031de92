package report

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// Explain says of each number of the exit demand where it comes from, the result first.
func (o ExitDemandOutput) Explain() []Line {
	e := &explanation{}
	why := "What comes by itself is enough for all requests that wait: nothing is asked for."
	if o.ExitGwei > 0 {
		why = fmt.Sprintf("Ether that exits must bring home for the requests that wait: %s that they are paid, less %s that the pool has, %s that leave already and %s that are swept%s.",
			format.EtherOfGwei(o.DemandGwei), format.EtherOfGwei(o.HaveGwei()), format.EtherOfGwei(o.LeavingGwei()), format.EtherOfGwei(o.ComingGwei), o.sweepNote())
	}
	e.add("exitGwei", gwei(o.ExitGwei), "%s", why)
	e.add("demand", gwei(o.DemandGwei), "What the requests are paid that this report does not finalize, at the rate that it leaves.")
	how := "as a part of a validator it is paid at once"
	if o.HomeEpoch > o.WithdrawableEpoch {
		how = fmt.Sprintf("as a whole validator it waits for the sweep, up to %s more", format.Plural(o.SweepEpochs, "epoch"))
	}
	e.add("home", fmt.Sprintf("epoch %d", o.HomeEpoch), "When an exit that begins now would be home: it becomes withdrawable in epoch %d, by the exits before it and by %s that may leave in an epoch; %s.",
		o.WithdrawableEpoch, format.EtherOfGwei(o.ChurnGwei), how)
	e.add("have", gwei(o.HaveGwei()), "%s in the buffer after this report, %s that the bound on the share rate lets out of the vaults until then, and %s in flight.",
		format.EtherOfGwei(o.BufferGwei), format.EtherOfGwei(o.ReleasedGwei), format.EtherOfGwei(o.InFlightGwei))
	e.add("leaving", gwei(o.LeavingGwei()), "What is home not later: %s of validators that leave, of which %s will be lost to penalties; %s of partial withdrawals; "+
		"%s that were asked for and have not reached the beacon chain. Later, and not counted: %s.",
		format.EtherOfGwei(o.ExitingGwei), format.EtherOfGwei(o.PenaltyGwei), format.EtherOfGwei(o.PartialsGwei), format.EtherOfGwei(o.AskedGwei), format.EtherOfGwei(o.LaterGwei))
	if o.SweepGwei > 0 {
		e.add("waiting for the sweep", gwei(o.SweepGwei), "Of validators that are withdrawable in time, but are swept later than a part is paid: it covers only what parts cannot bring. Parts can bring %s.",
			format.EtherOfGwei(o.PartsGwei))
	}
	e.add("coming", gwei(o.ComingGwei), "What is relied on of %s of rewards that the sweep brings until then, at the lower of the normal reward and the last one.",
		format.EtherOfGwei(o.RewardGwei))
	return e.lines
}

// sweepNote says what is taken off for validators that wait for the sweep.
func (o ExitDemandOutput) sweepNote() string {
	short := o.DemandGwei - min(o.DemandGwei, satAdd(satAdd(o.HaveGwei(), o.LeavingGwei()), o.ComingGwei))
	if o.ExitGwei == short {
		return ""
	}
	return fmt.Sprintf(", and %s that wait for the sweep", format.EtherOfGwei(short-o.ExitGwei))
}
