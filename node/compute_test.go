package node

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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
