package consensus_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
)

// The clock was days ahead when the certificate was recorded, and is right after the restart.
func TestACertificateSeenInTheFutureDoesNotHoldTheOwnTurnBack(t *testing.T) {
	open := consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 95, Deadline: consensus.Instant(1).After(24 * time.Hour)}
	id := consensus.Round{Committee: open.Committee.Digest, RefSlot: open.RefSlot}
	mine := reportFor(id, 1)
	record := consensus.CertificateRecord{SeenAt: consensus.Instant(1).After(1000 * time.Hour), Certificate: consensus.Certificate{
		Round: id, Digest: domain().Digest(mine), Report: mine, Signers: consensus.Bitmap{0b111},
	}}
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1}, record})
	require.NoError(t, err)
	core.Step(1, open)
	core.Step(1, consensus.Computed{Report: mine})
	ready := core.Step(consensus.Instant(1).After(4*consensus.DefaultTiming().SubmitStagger), consensus.Tick{})
	require.NotNil(t, ready.Submit)
}

const hour = 3_600_000 // ms

// openedFor is a core in a round until deadline, after another one: nobody has to be asked in it.
func openedFor(t *testing.T, deadline consensus.Instant) (*consensus.Core, consensus.RoundOpened, consensus.Round) {
	t.Helper()
	core, err := consensus.New(configOf(0, cheapVerifier{}), []consensus.Record{consensus.JournalOpened{RefSlot: 1}})
	require.NoError(t, err)
	core.Step(1, consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 63, Deadline: deadline})
	open := consensus.RoundOpened{Committee: committeeOf(4), RefSlot: 95, Deadline: deadline}
	core.Step(1, open)
	return core, open, consensus.Round{Committee: open.Committee.Digest, RefSlot: open.RefSlot}
}

// requireVotes makes the others observe what the core computes, and requires that it votes.
func requireVotes(t *testing.T, core *consensus.Core, id consensus.Round, now consensus.Instant) {
	t.Helper()
	core.Step(now, consensus.Computed{Report: reportFor(id, 1)})
	signs := 0
	for m := 1; m < 3; m++ {
		signs += len(core.Step(now, consensus.Received{From: peerOf(m), Message: observationOf(id, m, 1)}).Sign)
	}
	require.Equal(t, 1, signs)
}

func TestAClockThatJumpsAheadAndBackEndsNoLaterRound(t *testing.T) {
	core, open, id := openedFor(t, hour)
	require.Len(t, core.Step(1000*hour, consensus.Tick{}).Closed, 1, "its deadline is over, as far as it knows")
	open.RefSlot, open.Deadline = 127, 2*hour
	core.Step(hour, open)
	id.RefSlot = 127
	require.Nil(t, core.Rounds()[0].Closed)
	requireVotes(t, core, id, hour+1)
}

func TestARoundThatAJumpingClockClosedGoesOnWhenTheClockIsBack(t *testing.T) {
	core, _, id := openedFor(t, hour)
	core.Step(1000*hour, consensus.Tick{})
	ready := core.Step(2000, consensus.Tick{})
	requireAlarm(t, ready, consensus.AlarmClock)
	require.Nil(t, core.Rounds()[0].Closed)
	requireVotes(t, core, id, 2001)
}

// The runner went by the same clock, and opened a round of the future.
func TestARoundOfTheFutureGivesWayWhenTheClockIsBack(t *testing.T) {
	core, open, id := openedFor(t, hour)
	future := open
	future.RefSlot, future.Deadline = 32_000, 1001*hour
	core.Step(1000*hour, future)
	core.Step(3000, open)
	require.Equal(t, id, core.Rounds()[0].Round)
	require.Nil(t, core.Rounds()[0].Closed)
	requireVotes(t, core, id, 3001)
}

func TestALowerRoundIsRefusedWhileTheClockIsRight(t *testing.T) {
	core, open, id := openedFor(t, hour)
	open.RefSlot = 63
	ready := core.Step(2, open)
	require.Equal(t, consensus.ReasonOldRound, ready.Dropped[0].Reason)
	require.Equal(t, id, core.Rounds()[0].Round)
}

// Timers go by the time that has passed: a node whose clock was set back by a day repeats itself as before.
func TestAClockThatIsSetBackDelaysNoTimer(t *testing.T) {
	core, _, id := openedFor(t, 1000*hour)
	ready := core.Step(24*hour, consensus.Computed{Report: reportFor(id, 1)})
	require.Less(t, ready.Next, consensus.Instant(24*hour+31_000))
	ready = core.Step(100, consensus.Tick{})
	require.Less(t, ready.Next, consensus.Instant(31_100), "in the time of the clock as it is")
	ready = core.Step(ready.Next, consensus.Tick{})
	require.NotEmpty(t, ready.Send)
}

func TestTimeThatPassedUnseenIsAlarmed(t *testing.T) {
	core, _, _ := openedFor(t, 1000*hour)
	requireAlarm(t, core.Step(hour, consensus.Tick{}), consensus.AlarmUnseenTime)
}

// The contract took the report while the clock was wrong.
func TestWhatWasAcceptedWhileTheClockWasWrongIsKnownAfterwards(t *testing.T) {
	core, _, id := openedFor(t, hour)
	core.Step(1000*hour, consensus.Tick{})
	core.Step(1000*hour, consensus.Accepted{RefSlot: id.RefSlot, Digest: domain().Digest(reportFor(id, 1))})
	core.Step(2000, consensus.Tick{})
	require.Equal(t, domain().Digest(reportFor(id, 1)), core.Rounds()[0].Accepted)
	require.Nil(t, core.Rounds()[0].Closed)
	core.Step(1001*hour, consensus.Tick{})
	ready := core.Step(1001*hour, consensus.Accepted{RefSlot: id.RefSlot, Digest: domain().Digest(reportFor(id, 1)), Finalized: true})
	require.Equal(t, consensus.Reported, ready.Closed[0].Result)
	core.Step(3000, consensus.Tick{})
	require.NotNil(t, core.Rounds()[0].Closed, "it is over")
}
