package report

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawExits is a pool with anything on its way.
func drawExits(t *rapid.T) ExitDemandInput {
	in := quietExits()
	milli := func(most int64, name string) int64 { return rapid.Int64Range(0, most).Draw(t, name) }
	in = in.waiting(milli(2_000_000, "waits"))
	in.BufferWei, in.VaultsWei = milliEtherWei(milli(200_000, "buffer")), milliEtherWei(milli(200_000, "vaults"))
	in.BookedWei = add(in.PooledWei, milliEtherWei(milli(100_000, "due")))
	in.BucketGwei, in.InFlightGwei = uint64(milli(50, "bucket"))*1e9, uint64(milli(50, "in flight"))*1e9
	in.Queue.EarliestEpoch = exitEpochNow - 10 + rapid.Uint64Range(0, 12_000).Draw(t, "exits before")
	in.Queue.BalanceToConsumeGwei = rapid.Uint64Range(0, 256e9).Draw(t, "left of the epoch")
	in.Gloas, in.SlashingsGwei = rapid.Bool().Draw(t, "gloas"), rapid.Uint64Range(0, 40_000_000e9).Draw(t, "slashings")
	in.EarnedGwei, in.EarnedEpochs = rapid.Uint64Range(0, 2e9).Draw(t, "earned"), rapid.Uint64Range(0, 500).Draw(t, "epochs")
	in.PartsGwei = rapid.SampledFrom([]uint64{0, 1e9 - 1, 1e9, 5000e9}).Draw(t, "parts")
	in.ComingBps = rapid.Uint64Range(0, 10_000).Draw(t, "share")
	for index := range rapid.Uint32Range(0, 8).Draw(t, "validators") {
		in.Validators = append(in.Validators, drawExitValidator(t, index))
	}
	for range rapid.IntRange(0, len(in.Validators)).Draw(t, "partials") {
		index := rapid.SampledFrom(in.Validators).Draw(t, "of").Index
		in.Partials = append(in.Partials, PendingPartial{index, rapid.Uint64Range(0, 100e9).Draw(t, "gwei"), exitEpochNow + rapid.Uint64Range(0, 13_000).Draw(t, "when")})
	}
	in.PendingPartials = uint64(len(in.Partials)) + rapid.Uint64Range(0, 9).Draw(t, "others")
	for range rapid.IntRange(0, len(in.Validators)).Draw(t, "asked") {
		index := rapid.SampledFrom(in.Validators).Draw(t, "of").Index
		in.Asked = append(in.Asked, AskedWithdrawal{index, rapid.SampledFrom([]uint64{0, 1, 10e9, 2000e9}).Draw(t, "gwei")})
	}
	return in
}

func drawExitValidator(t *rapid.T, index uint32) ExitValidator {
	v := stays(index, rapid.Uint64Range(0, 2048e9).Draw(t, "balance"))
	v.Compounding = rapid.Bool().Draw(t, "compounding")
	v.ActivationEpoch = exitEpochNow - rapid.Uint64Range(0, 500).Draw(t, "age")
	if rapid.Bool().Draw(t, "leaves") {
		v = leaves(index, v.BalanceGwei, exitEpochNow-20+rapid.Uint64Range(0, 13_000).Draw(t, "withdrawable"))
		v.Slashed = rapid.Bool().Draw(t, "slashed")
	}
	return v
}

// Given what comes anyway, a demand up to it asks for nothing, what goes beyond it for what parts can bring, and the rest for what does not wait for the sweep.
func TestADemandThatIsMetByWhatComesAnywayAsksForNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawExits(t)
		in.WaitingWei.SetUint64(0)
		out, err := ExitDemand(in)
		require.NoError(t, err)
		require.Zero(t, out.ExitGwei)
		comes := out.HaveGwei() + out.LeavingGwei() + out.ComingGwei
		in.WaitingShares = in.TotalShares // worth more than all that comes
		require.Less(t, comes+out.SweepGwei, uint64(10_500e9+5_000e9), "the generator")
		for _, c := range []struct{ demand, want uint64 }{{comes, 0}, {comes / 2, 0}, {comes + 1, out.exit(1)}, {comes + out.PartsGwei, out.PartsGwei}, {comes + out.PartsGwei + out.SweepGwei + 7, out.PartsGwei + 7}} {
			in.WaitingWei = sumWei(c.demand)
			out, err := ExitDemand(in)
			require.NoError(t, err)
			require.Equal(t, c.want, out.ExitGwei)
		}
	})
}

func TestMoreDemandNeverAsksForLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawExits(t)
		less, err := ExitDemand(in)
		require.NoError(t, err)
		more := milliEtherWei(rapid.Int64Range(0, 1_000_000).Draw(t, "more"))
		in.WaitingWei, in.WaitingShares = add(in.WaitingWei, more), add(in.WaitingShares, more)
		out, err := ExitDemand(in)
		require.NoError(t, err)
		require.GreaterOrEqual(t, out.ExitGwei, less.ExitGwei)
		require.LessOrEqual(t, out.ExitGwei-less.ExitGwei, out.DemandGwei-less.DemandGwei, "and for no more than the rest")
	})
}

// Whatever is home later than any exit that begins now is as if it were not there: nobody waits for it in the place of an exit. A part is paid when it becomes
// withdrawable, a whole validator may wait for a round of the sweep.
func TestARequestNeverWaitsForWhatComesLaterThanAnExitThatNobodyAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawExits(t)
		out, err := ExitDemand(in)
		require.NoError(t, err)
		exit, _ := in.Queue.ExitEpoch(rapid.Uint64Range(1e9, 100_000e9).Draw(t, "exit"), in.Epoch, out.ChurnGwei, in.Rules)
		byPart, byWhole := exit+256, exit+256+1954
		if in.PartsGwei < 1e9 {
			byPart = byWhole
		}
		require.LessOrEqual(t, out.HomeEpoch, byPart, "an exit that begins now is sooner")

		without := withoutLaterThan(t, in, byWhole)
		require.GreaterOrEqual(t, without.ExitGwei, out.ExitGwei)
		if exit+256 == out.WithdrawableEpoch {
			require.Equal(t, out.ExitGwei, without.ExitGwei, "what is later than a whole validator")
		}
		if without := withoutLaterThan(t, in, out.HomeEpoch); out.ExitGwei <= out.PartsGwei && out.SweepGwei == 0 {
			require.Equal(t, out.ExitGwei, without.ExitGwei, "what is later than a part")
		}
	})
}

// withoutLaterThan is the demand without the validators that the sweep has not surely paid in an epoch.
func withoutLaterThan(t *rapid.T, in ExitDemandInput, epoch uint64) ExitDemandOutput {
	in.Validators = slices.Clone(in.Validators)
	for i := range in.Validators {
		if v := &in.Validators[i]; v.WithdrawableEpoch != FarFutureEpoch && v.WithdrawableEpoch+1954 > epoch {
			v.BalanceGwei = 0
		}
	}
	out, err := ExitDemand(in)
	require.NoError(t, err)
	return out
}

// crossing is a pool whose reports are read, accepted and used at any time, and whose calls pass the contract's queue, the beacon chain's and the vault.
type crossing struct {
	in          ExitDemandInput
	asked       uint64 // ever, in gwei
	read        []certifiedExits
	inForce     certifiedExits
	mostWaiting uint64
}

// certifiedExits are what a report says of exits.
type certifiedExits struct{ exitGwei, askedGwei uint64 }

func (c *crossing) request(milliEther int64) {
	c.in.WaitingWei, c.in.WaitingShares = add(c.in.WaitingWei, milliEtherWei(milliEther)), add(c.in.WaitingShares, milliEtherWei(milliEther))
	c.mostWaiting += uint64(milliEther) * 1e6
}

// compute reads the state and computes a report, which is accepted some time or never.
func (c *crossing) compute(t *rapid.T) {
	out, err := ExitDemand(c.in)
	require.NoError(t, err)
	c.read = append(c.read, certifiedExits{out.ExitGwei, c.asked})
}

// accept takes the report read last: reports are accepted in the order of their reference slots.
func (c *crossing) accept() {
	if len(c.read) > 0 {
		c.inForce, c.read = c.read[len(c.read)-1], nil
	}
}

func (c *crossing) call(part uint64) {
	if gwei := ExitsAllowed(c.inForce.exitGwei, c.inForce.askedGwei, c.asked) / part; gwei > 0 {
		c.asked += gwei
		c.in.Asked = append(c.in.Asked, AskedWithdrawal{7, gwei})
	}
}

// dequeue lets the beacon chain take what waits in the contract.
func (c *crossing) dequeue() {
	churn := ExitChurn(c.in.TotalActiveGwei, 1e9, c.in.Rules, false)
	for _, a := range c.in.Asked {
		var exit uint64
		exit, c.in.Queue = c.in.Queue.ExitEpoch(a.AmountGwei, c.in.Epoch, churn, c.in.Rules)
		c.in.Partials = append(c.in.Partials, PendingPartial{7, a.AmountGwei, exit + 256})
		c.in.PendingPartials++
	}
	c.in.Asked = nil
}

// wait lets time pass: what is withdrawable comes to the buffer.
func (c *crossing) wait(epochs uint64) {
	c.in.Epoch += epochs
	for len(c.in.Partials) > 0 && c.in.Partials[0].WithdrawableEpoch <= c.in.Epoch {
		gwei := c.in.Partials[0].AmountGwei
		c.in.Validators[0].BalanceGwei -= gwei
		c.in.BufferWei = add(c.in.BufferWei, sumWei(gwei))
		c.in.Partials, c.in.PendingPartials = c.in.Partials[1:], c.in.PendingPartials-1
	}
}

func TestWhatWasAskedForIsCountedOnceHoweverReportsAndCallsCross(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := crossing{in: quietExits()}
		c.in.Validators = []ExitValidator{stays(7, 2_000_000e9)}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0:
				c.request(rapid.Int64Range(1, 50_000).Draw(t, "request"))
			case 1, 2:
				c.compute(t)
			case 3:
				c.accept()
			case 4:
				c.call(rapid.Uint64Range(1, 3).Draw(t, "part"))
			case 5:
				c.dequeue()
			case 6:
				c.wait(rapid.Uint64Range(1, 900).Draw(t, "epochs"))
			}
			require.LessOrEqual(t, c.asked, c.mostWaiting, "asked for twice")
		}
		c.compute(t)
		c.accept()
		c.call(1)
		require.Equal(t, c.mostWaiting, c.asked, "and for all that waits in the end")
	})
}
