package report

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// scheduleOf is daily frames one of whose reference slots is refSlot, at refTimestamp.
func scheduleOf() Schedule {
	return Schedule{GenesisTime: refTimestamp - refSlot*12, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: (refEpoch + 1) % 225, EpochsPerFrame: 225, FinalityMarginSlots: 64, CloseSlots: 8}
}

func waitingOf(t *testing.T, s Snapshot, r ExitReadings) WaitingQueue {
	t.Helper()
	c := computedOf(t, s)
	in, err := r.Input(s, c)
	require.NoError(t, err)
	q, err := Waiting(s, c, in, scheduleOf())
	require.NoError(t, err)
	return q
}

// The pool has 3.1 ether in the buffer and 2.9 in the vaults; 50 ether are on their way.
func TestTheFirstAndTheLastRequestThatWait(t *testing.T) {
	s := waitingSnapshot()
	r := readingsOf()
	r.SweptActiveGwei = 0 // no rewards are swept
	r.Leaving = []ExitValidator{leaves(10, 50e9, refEpoch+10)}
	q := waitingOf(t, s, r)
	require.EqualValues(t, 2, q.First)
	require.EqualValues(t, 3, q.Last)
	require.Empty(t, q.Hold)
	shares := computedOf(t, s).Rebase.Shares
	require.Equal(t, Payout(milliEtherWei(60_000), milliEtherWei(59_000), milliEtherWei(99_078), shares), q.DueWei, "the shares are worth less than the value")
	const sweep = 1954 // epochs
	frames := uint64((10+sweep)/225 + 1)
	require.Equal(t, refSlot+frames*7200, q.FirstPaid.RefSlot, "the validator is home in 1,964 epochs")
	require.EqualValues(t, 6e9, q.FirstPaid.HereGwei, "all of the vaults is let out until then")
	require.Zero(t, q.LastPaid.RefSlot, "59 shares are worth more than 56 ether")
	require.NotZero(t, q.LastPaid.MissingGwei)
	require.NotZero(t, q.LastPaid.IfAskedRefSlot)
}

func TestOtherReasonsToWait(t *testing.T) {
	plenty := func() Snapshot {
		s := waitingSnapshot()
		s.Execution.BufferedWei, s.Execution.TotalPooledWei, s.Execution.TotalShares = etherWei(104), etherWei(200), etherWei(200)
		s.Execution.Queue.RequestMarginSeconds = 200_000 // all requests are too young
		return s
	}
	q := waitingOf(t, plenty(), readingsOf())
	require.EqualValues(t, 1, q.First)
	require.Equal(t, refSlot+2*uint64(7200), q.FirstPaid.RefSlot, "it was made 90,000 seconds ago, and must be 200,000 old: 110,000 are more than a day")
	require.Equal(t, refSlot+3*uint64(7200), q.LastPaid.RefSlot, "199,400 seconds")

	s := plenty()
	s.Execution.Queue.PauseFlag, s.Execution.Queue.PausedUntil = true, refTimestamp+4*86_400
	q = waitingOf(t, s, readingsOf())
	require.Equal(t, refSlot+4*uint64(7200), q.LastPaid.RefSlot)
	require.Contains(t, q.Hold, "The queue is paused until timestamp 1700345600")

	s = plenty()
	whole := s.Request
	s.Request = func(id uint64) (QueuedRequest, error) {
		r, err := whole(id)
		r.Falls = uint16(65_534 + id*2) // the rate fell twice before each, and the count came round
		return r, err
	}
	require.Equal(t, refSlot+5*uint64(7200), waitingOf(t, s, readingsOf()).LastPaid.RefSlot, "no report pays requests from before and after a fall: five at most")

	s = waitingSnapshot()
	s.Consensus.Validators[0].BalanceGwei -= 2_010_000_000 // 0.01 more than the vault gained
	q = waitingOf(t, s, readingsOf())
	require.EqualValues(t, 2, q.First, "the first one was made before the losses, and is paid")
	require.Contains(t, q.Hold, "bunker")
	require.True(t, q.FirstPaid.Bunker && q.LastPaid.Bunker)
	require.Contains(t, q.FirstPaid.Sentence(scheduleOf(), refTimestamp), "Not known: losses are in progress (bunker), and it waits until they are over.")
	require.Equal(t, "not known", q.Explain(scheduleOf(), refTimestamp)[2].Value)

	s.Consensus.Validators[0].BalanceGwei -= 3e9
	q = waitingOf(t, s, readingsOf())
	require.EqualValues(t, 1, q.First)
	require.False(t, q.FirstPaid.Bunker)
	require.True(t, q.LastPaid.Bunker)
	require.Contains(t, q.Hold, "more than noise", "the first request is older than the losses")
}

// Each step was found by hand: 6 ether are here (3.1 of the buffer at once, the vaults day by day), 10 come in 300 epochs, 50 by the sweep.
func TestWhichReportPaysWhichRequest(t *testing.T) {
	s := waitingSnapshot()
	q := queueOf{}.request(milliEtherWei(2_000), milliEtherWei(2_000), refTimestamp-90_000)
	for range 8 { // identifiers 2 to 9, of 8 ether each
		q = q.request(milliEtherWei(8_000), milliEtherWei(7_900), refTimestamp-5_000)
	}
	s.Request, s.Execution.Queue.LastRequestID = q.read, 9
	r := readingsOf(stays(7, 60e9))
	r.SweptActiveGwei = 0
	r.Partials = []PendingPartial{{Index: 7, AmountGwei: 10e9, WithdrawableEpoch: refEpoch + 300}}
	r.Leaving = []ExitValidator{leaves(10, 42e9, refEpoch+10)}
	w := waitingOf(t, s, r)
	require.EqualValues(t, 1, computedOf(t, s).Report.FinalizeUpTo)
	require.Equal(t, []PaymentStep{
		{refSlot + 2*7200, 2}, // 300 epochs are in the second day, which lets 2.1 out of the vaults: 15.2 ether, less than two requests
		{refSlot + 3*7200, 3}, // the third day lets out all 2.9
		{refSlot + 9*7200, 8}, // 1,964 are in the ninth: 58 ether; seven requests are paid 56, and eight 64
	}, w.Steps)
	require.Zero(t, w.LastPaid.RefSlot)

	s.Consensus.Validators[0].BalanceGwei -= 2_010_000_000 // bunker
	require.Empty(t, waitingOf(t, s, r).Steps)
}

// A pruned node has captured no more requests than a report can pay.
func TestStepsReadNoMoreRequestsThanAreCaptured(t *testing.T) {
	s := waitingSnapshot()
	q := queueOf{}.request(milliEtherWei(2_000), milliEtherWei(2_000), refTimestamp-90_000)
	for range 4999 {
		q = q.request(milliEtherWei(1), milliEtherWei(1), refTimestamp-5_000)
	}
	s.Execution.BufferedWei = etherWei(3)
	s.Execution.TotalPooledWei, s.Execution.TotalShares = etherWei(99), etherWei(99)
	s.Execution.Queue.LastRequestID, s.Execution.Queue.RequestMarginSeconds = 5000, 6000 // all but the first are too young
	s.Request = func(id uint64) (QueuedRequest, error) {
		if id > 1+MaxRequestsPerReport && id != 5000 {
			return QueuedRequest{}, errors.New("the state is gone")
		}
		return q.read(id)
	}
	r := readingsOf()
	r.Leaving = []ExitValidator{leaves(10, 42e9, refEpoch+10)}
	w := waitingOf(t, s, r)
	require.EqualValues(t, 2, w.First)
	require.NotEmpty(t, w.Steps)
	require.EqualValues(t, 1+MaxRequestsPerReport, w.Steps[len(w.Steps)-1].UpTo)
	require.GreaterOrEqual(t, w.LastPaid.RefSlot, refSlot+2*uint64(7200), "4,999 requests take two reports")
}
