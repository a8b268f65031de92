package report

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// paidDaily is a schedule with a reference slot in epoch exitEpochNow and daily frames.
func paidDaily() (s Schedule, refSlot uint64) {
	s = Schedule{GenesisTime: 1_606_824_023, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: 176, EpochsPerFrame: 225, FinalityMarginSlots: 64, CloseSlots: 8}
	return s, (exitEpochNow+1)*32 - 1
}

// comingHome has 30 ether here, of which 10 in the vaults; in 300 epochs a part of 10; a validator of 32.5 that the sweep has paid in 100 + 1954; 5 in flight.
func comingHome() ExitDemandInput {
	in := quietExits()
	in.WaitingWei, in.WaitingShares = milliEtherWei(200_000), milliEtherWei(190_000) // worth 199.5: that is what is due
	in.BufferWei, in.VaultsWei, in.InFlightGwei, in.PendingPartials = milliEtherWei(20_000), milliEtherWei(10_000), 5e9, 1
	in.Validators = []ExitValidator{leaves(11, 32_500_000_000, exitEpochNow+100), stays(13, 100e9)}
	in.Partials = []PendingPartial{{Index: 13, AmountGwei: 10e9, WithdrawableEpoch: exitEpochNow + 300}}
	in.EarnedGwei, in.BucketGwei = 0, 50e9 // nothing is swept, and the bound lets all of the vaults out at once
	return in
}

func paymentOf(t *testing.T, in ExitDemandInput, milliEther int64) Payment {
	t.Helper()
	schedule, refSlot := paidDaily()
	p, err := PaymentOf(PaymentInput{Exits: in, Schedule: schedule, RefSlot: refSlot, DueWei: milliEtherWei(milliEther)})
	require.NoError(t, err)
	return p
}

// Every number was computed by hand.
func TestARequestIsPaidByTheFirstReportForWhichEnoughIsHome(t *testing.T) {
	_, refSlot := paidDaily()
	after := func(frames uint64) uint64 { return refSlot + frames*7200 }
	for milliEther, want := range map[int64]Payment{
		20_000: {RefSlot: after(1), HereGwei: 20e9},
		30_000: {RefSlot: after(1), HereGwei: 30e9},                    // what the vaults hold is let out
		35_000: {RefSlot: after(1), HereGwei: 30e9, HomeGwei: 5e9},     // what is in flight
		35_001: {RefSlot: after(2), HereGwei: 30e9, HomeGwei: 5.001e9}, // the part: in epoch 300 of 225, 450
		45_000: {RefSlot: after(2), HereGwei: 30e9, HomeGwei: 15e9},
		45_001: {RefSlot: after(10), HereGwei: 30e9, HomeGwei: 15.001e9}, // 2054 / 225 is 9.1
		77_500: {RefSlot: after(10), HereGwei: 30e9, HomeGwei: 47.5e9},
		// Whoever asks now waits for 1,000 epochs of exits and one more day, since 122 ether do not fit into what is left of the last of them; then 256 and 1,954.
		199_500: {HereGwei: 30e9, HomeGwei: 47.5e9, MissingGwei: 122e9, IfAskedRefSlot: after(15)}, // 3,211 / 225 is 14.3
	} {
		require.Equal(t, want, paymentOf(t, comingHome(), milliEther), "%d thousandths of an ether", milliEther)
	}
	in := comingHome()
	in.PartsGwei = 122e9
	require.Equal(t, after(6), paymentOf(t, in, 199_500).IfAskedRefSlot, "parts wait for no sweep: 1,257 / 225 is 5.6")
}

func TestWhatTheContractStillHoldsLeavesBehindTheQueue(t *testing.T) {
	_, refSlot := paidDaily()
	in := comingHome()
	in.Asked = []AskedWithdrawal{{Index: 13, AmountGwei: 58e9}}
	want := Payment{RefSlot: refSlot + 6*7200, HereGwei: 30e9, HomeGwei: 65e9} // 1,000 + 256 epochs; the validator that waits for the sweep is home later
	require.Equal(t, want, paymentOf(t, in, 95_000))
	in.Asked = append(in.Asked, AskedWithdrawal{Index: 14})
	in.Validators = append(in.Validators, stays(14, 60e9))
	arrivals, err := in.Arrivals()
	require.NoError(t, err)
	require.Equal(t, []Arrival{
		{exitEpochNow + 1, 5e9, ArrivalInFlight}, {exitEpochNow + 300, 10e9, ArrivalPart}, {exitEpochNow + 1256, 58e9, ArrivalAskedPart},
		{exitEpochNow + 100 + 1954, 32_500_000_000, ArrivalExit},
		{exitEpochNow + 1257 + 1954, 60e9, ArrivalAskedExit}, // 42 ether of the last epoch are left, so it leaves one later
	}, arrivals)
}

// A day lets out 10,500 * 10 % / 365 = 2.876, and 50 / 30 = 1.666 of the bucket.
func TestTheBoundLetsVaultsOutDayByDay(t *testing.T) {
	_, refSlot := paidDaily()
	in := comingHome()
	in.BucketGwei, in.InFlightGwei = 0, 0
	require.Equal(t, Payment{RefSlot: refSlot + 7200, HereGwei: 24.5e9}, paymentOf(t, in, 24_500))
	require.Equal(t, Payment{RefSlot: refSlot + 2*7200, HereGwei: 24.6e9}, paymentOf(t, in, 24_600))
}

func TestRewardsThatAreSweptPayToo(t *testing.T) {
	_, refSlot := paidDaily()
	in := comingHome()
	in.Validators, in.Partials, in.InFlightGwei, in.PendingPartials = nil, nil, 0, 0
	in.EarnedGwei, in.ComingBps = 400_000_000, 5_000 // half of it by validators that are swept: 0.2 ether a day, less than normal, of which half is relied on
	require.Equal(t, Payment{RefSlot: refSlot + 15*7200, HereGwei: 30e9, HomeGwei: 1.5e9}, paymentOf(t, in, 31_500))
}

// The reader must not be told more than is known.
func TestWhenARequestIsPaidIsSaidInWords(t *testing.T) {
	schedule, refSlot := paidDaily()
	now := schedule.TimeOf(refSlot) + 3600
	for milliEther, want := range map[int64]string{
		30_000: "Within about 23 hours: the pool has what it is paid.",
		45_000: "Within about 47 hours: 15 ETH come home.",
		77_500: "Within about 10 days: 47.5 ETH come home.",
		199_500: "Not known: nobody has asked for 122 ETH of exits that it needs. No report asks yet: whoever has the pool's exit role does, or an operator for its own " +
			"keys. If it was asked for now: within about 15 days.",
	} {
		require.Equal(t, want, paymentOf(t, comingHome(), milliEther).Sentence(schedule, now))
	}
	require.Equal(t, "Within about an hour: the pool has what it is paid.", paymentOf(t, comingHome(), 1).Sentence(schedule, now+86_400))
}

func TestNoPaymentIsFoundInAnInputThatContradictsItself(t *testing.T) {
	schedule, refSlot := paidDaily()
	in := comingHome()
	_, err := PaymentOf(PaymentInput{Exits: in, Schedule: schedule, RefSlot: refSlot + 1, DueWei: milliEtherWei(1)})
	require.ErrorIs(t, err, ErrBeforeFirstFrame)
	in.PendingPartials = 0
	_, err = PaymentOf(PaymentInput{Exits: in, Schedule: schedule, RefSlot: refSlot, DueWei: milliEtherWei(1)})
	require.ErrorIs(t, err, ErrInconsistentExits)
	_, err = in.Arrivals()
	require.ErrorIs(t, err, ErrInconsistentExits)
}

// Who waits behind is not paid before; and what needs no exit by the formula is paid by what is known.
func TestPaymentsAgreeWithTheExitDemand(t *testing.T) {
	schedule, refSlot := paidDaily()
	rapid.Check(t, func(t *rapid.T) {
		in := drawExits(t)
		all, err := newPayments(in, schedule, refSlot)
		require.NoError(t, err)
		demandWei := mul(unsigned(all.out.DemandGwei), big.NewInt(WeiPerGwei))
		whole := all.of(demandWei, 0)
		require.Equal(t, all.out.DemandGwei, whole.HereGwei+whole.HomeGwei+whole.MissingGwei)
		if all.out.ExitGwei == 0 {
			require.NotZero(t, whole.RefSlot)
		}
		require.Equal(t, whole.MissingGwei == 0, whole.RefSlot != 0)
		balances, home := uint64(0), uint64(0)
		for _, v := range in.Validators {
			balances += v.BalanceGwei
		}
		for i, a := range all.arrivals {
			require.GreaterOrEqual(t, a.Epoch, all.arrivals[max(i, 1)-1].Epoch, "in order")
			home += a.Gwei
		}
		require.LessOrEqual(t, home, balances+in.InFlightGwei, "no gwei comes home twice")
		part := all.of(div(demandWei, big.NewInt(rapid.Int64Range(1, 10).Draw(t, "part"))), 0)
		when := func(p Payment) uint64 { return max(p.RefSlot, p.IfAskedRefSlot) }
		if whole.RefSlot != 0 {
			require.NotZero(t, part.RefSlot)
		}
		if part.RefSlot != 0 && whole.RefSlot != 0 || part.RefSlot == 0 {
			require.LessOrEqual(t, when(part), when(whole))
		}
		require.Greater(t, when(part), refSlot)
	})
}
