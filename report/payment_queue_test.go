package report

import (
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
