package node

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/report"
)

func TestImpossibleFinalizedEpochDoesNotStopComputations(t *testing.T) {
	schedule := report.Schedule{GenesisTime: 1_700_000_000, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: 1, EpochsPerFrame: 225}
	now := time.Unix(int64(schedule.TimeOf(100)), 0)
	r := &runner{parts: &parts{schedule: schedule, clock: newChainClock(now)}, finalSeen: true}
	for _, epoch := range []uint64{4, 1 << 59, 1<<59 + 1, math.MaxUint64} {
		r.finalized = epoch
		require.True(t, r.isFinal(127), "epoch %d", epoch)
		require.Equal(t, uint64(96), r.describeFrame(endpointView{}).FinalizedSlot, "nothing is final that is to come")
	}
	r.finalized = 3
	require.True(t, r.isFinal(95))
	require.False(t, r.isFinal(96), "the checkpoint's own slot is not above itself")
}

// closing is a runner in the given slot of a schedule whose first frame closes in slot 7223.
func closing(slot uint64) *runner {
	schedule := report.Schedule{
		GenesisTime: 1_700_000_000, SecondsPerSlot: 12, SlotsPerEpoch: 32, InitialEpoch: 1, EpochsPerFrame: 225, FinalityMarginSlots: 64, CloseSlots: 8,
	}
	return &runner{parts: &parts{schedule: schedule, clock: newChainClock(time.Unix(int64(schedule.TimeOf(slot)), 0))}}
}

func TestTheDeadlineIsTheCloseOfSubmissions(t *testing.T) {
	r := closing(100)
	require.Equal(t, r.timeOf(31+225*32-8).UTC(), r.describeFrame(endpointView{}).Deadline)
}

func TestTheNextFrameOpensAfterItsReferenceSlotAndNotAtTheClose(t *testing.T) {
	for _, slot := range []uint64{100, 7222, 7223, 7231} {
		r := closing(slot)
		r.frame = frame{open: true, refSlot: 31, deadline: r.timeOf(7223)}
		require.Equal(t, instantOf(r.timeOf(7232)), r.nextFrame(), "slot %d", slot)
	}
}

func TestNoRoundOpensAfterSubmissionsClosed(t *testing.T) {
	for _, slot := range []uint64{7223, 7231} {
		r := closing(slot)
		r.core = new(consensus.Core)
		r.chainNow.committees = map[uint64]consensus.Committee{31: {}}
		r.openFrame()
		require.False(t, r.frame.open, "slot %d", slot)
	}
}
